"""Who somebody is, as of the report's day."""

from dateline.actors.lists import check, find, missing
from dateline.actors.phoenix import bring_in
from dateline.actors.resolve import Resolver
from dateline.actors.sides import (
    each_once,
    governments,
    one_sided,
    peoples,
    possible,
    visitors,
)

__all__ = [
    "Resolver",
    "bring_in",
    "check",
    "each_once",
    "find",
    "governments",
    "missing",
    "one_sided",
    "peoples",
    "possible",
    "visitors",
]
