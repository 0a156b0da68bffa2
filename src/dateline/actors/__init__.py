"""Who somebody is, as of the report's day."""

from dateline.actors.lists import (
    bring_in,
    check_actor_list,
    find_in_base,
    unresolved_names,
)
from dateline.actors.resolve import Resolver

__all__ = [
    "Resolver",
    "bring_in",
    "check_actor_list",
    "find_in_base",
    "unresolved_names",
]
