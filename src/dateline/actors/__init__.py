"""Who somebody is, as of the report's day."""

from dateline.actors.lists import check, find, missing
from dateline.actors.phoenix import bring_in
from dateline.actors.resolve import Resolver, visitors
from dateline.actors.visits import at_home

__all__ = ["Resolver", "at_home", "bring_in", "check", "find", "missing", "visitors"]
