"""Who somebody is, as of the report's day."""

from dateline.actors.lists import check, find, missing
from dateline.actors.phoenix import bring_in
from dateline.actors.resolve import (
    Resolver,
    conceivable,
    each_once,
    one_sided,
    visitors,
)

__all__ = [
    "Resolver",
    "bring_in",
    "check",
    "conceivable",
    "each_once",
    "find",
    "missing",
    "one_sided",
    "visitors",
]
