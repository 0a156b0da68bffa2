"""Places with their coordinates, administrative units and time zones."""

from dateline.gazetteer.entry import Entry
from dateline.gazetteer.keys import key
from dateline.gazetteer.lookup import (
    NOTICE,
    Gazetteer,
    chosen,
    find,
    gazetteer,
    load,
    zone,
)

__all__ = [
    "NOTICE",
    "Entry",
    "Gazetteer",
    "chosen",
    "find",
    "gazetteer",
    "key",
    "load",
    "zone",
]
