"""What stands behind an actor: what the knowledge base holds, as of a day."""

from datetime import date
from typing import Any

from dateline.facts.base import base
from dateline.facts.values import Entity, Role

Record = dict[str, Any]
OFFICES = (
    "monarch",
    "supreme leader",
    "president",
    "prime minister",
    "foreign minister",
    "defense minister",
)


def look_up_actor(actor: str, at: date | None) -> Record | None:
    """Return what the base holds of an entity or a state, and who it is on a day.

    None where it holds nothing.
    """
    code = actor.upper()
    try:
        entity = base().entity(actor)
    except KeyError:
        held = offices(code, at) if len(code) == 3 else []
        return (
            {"entity": None, "roles": (), "then": (), "offices": held} if held else None
        )
    roles = base().roles(actor)
    then = (
        [(role, is_surely_held(role, at)) for role in base().roles(actor, at)]
        if at
        else []
    )
    held = offices(entity.country or "", at) if entity.kind == "state" else []
    return {"entity": entity, "roles": roles, "then": then, "offices": held}


def offices(country: str, at: date | None) -> list[tuple[str, Entity, Role, bool]]:
    """Return who held the offices of a state on a day: office, who, role, surely."""
    if at is None or not country:
        return []
    return [
        (office, base().entity(role.entity), role, is_surely_held(role, at))
        for office in OFFICES
        for role in base().holders(country, office, at)
    ]


def is_surely_held(role: Role, at: date) -> bool:
    """Whether a role was held that day, whatever the precision of its terms hides."""
    return role.surely(at, at)


def day_or_none(told: str) -> date | None:
    """Return a day, None for what is none.

    >>> day_or_none("2019-01-08"), day_or_none("Monday")
    (datetime.date(2019, 1, 8), None)
    """
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None
