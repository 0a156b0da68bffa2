"""Who somebody is, as of the report's day."""

from dateline.actors.lists import check, find, missing
from dateline.actors.phoenix import bring_in
from dateline.actors.resolve import Resolver

__all__ = [
    "Resolver",
    "bring_in",
    "check",
    "find",
    "missing",
]
