"""Who somebody is, as of the report's day."""

from dateline.extract.actors.resolve import Resolver
from dateline.extract.actors.user_lists import (
    bring_in,
    check_actor_list,
    find_in_base,
    unresolved_names,
)

__all__ = ["Resolver", "bring_in", "check_actor_list", "find_in_base", "unresolved_names"]
