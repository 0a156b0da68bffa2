"""Who goes by a name on a day: those who then had a part, else all who ever had one."""

from datetime import date
from functools import cache

from dateline.resources.knowledge_base.base import base
from dateline.resources.knowledge_base.values import Entity


@cache
def people_of(name: str, day: date) -> tuple[Entity, ...]:
    """Return each person of a name whom the base knows to act on a day.

    >>> [one.name for one in people_of("Tymoshenko", date(2009, 3, 1))]
    ['Yulia Tymoshenko']
    """
    every = tuple(one for one in base().find(name) if one.kind == "person")
    # A part is one that is not only that of who once had one.
    acting = tuple(
        one
        for one in every
        if any(not role.title.startswith("former ") for role in base().roles(one.id, day))
    )
    return acting or every
