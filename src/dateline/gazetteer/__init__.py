"""Places with their coordinates, administrative units and time zones."""

from dateline.gazetteer.entry import Entry
from dateline.gazetteer.keys import key
from dateline.gazetteer.lookup import NOTICE, Gazetteer, find, gazetteer, load, zone

__all__ = [
    "NOTICE",
    "Entry",
    "Gazetteer",
    "find",
    "gazetteer",
    "key",
    "load",
    "zone",
]
