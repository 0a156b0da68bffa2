"""Places with their coordinates, administrative units and time zones."""

from dateline.resources.gazetteer.entry import Entry, place_key
from dateline.resources.gazetteer.lookup import (
    NOTICE,
    Gazetteer,
    choose_gazetteer,
    find_places,
    gazetteer,
    load_gazetteer,
    zone,
)

__all__ = [
    "NOTICE",
    "Entry",
    "Gazetteer",
    "choose_gazetteer",
    "find_places",
    "gazetteer",
    "place_key",
    "load_gazetteer",
    "zone",
]
