"""What stands behind an event or an actor: origins of the tellings, dated roles."""

from typing import Any

from dateline.facts.base import base
from dateline.store.pages import Told

Record = dict[str, Any]


def origins(told: list[Told]) -> list[tuple[str, list[Told]]]:
    """Return the tellings by the voice they rest on, in the order they were told.

    Whoever is named last in a chain of speakers is its origin, else the outlet.
    """
    found: dict[str, list[Told]] = {}
    for claim, head in told:
        inner = claim["said_by"][-1] if claim["said_by"] else None
        voice = inner and (inner["name"] or inner["text"])
        own = head["outlet"] or claim["report"]
        found.setdefault(voice or f"{own}, in its own voice", []).append((claim, head))
    return list(found.items())


def known(actor: str) -> Record | None:
    """Return what the knowledge base holds of an entity, with dated roles, or None."""
    try:
        entity = base().entity(actor)
    except KeyError:
        return None
    return {"entity": entity, "roles": base().roles(actor)}
