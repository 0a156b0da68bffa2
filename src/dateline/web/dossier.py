"""What stands behind an actor: what the knowledge base holds, with dated roles."""

from typing import Any

from dateline.facts.base import base

Record = dict[str, Any]


def known(actor: str) -> Record | None:
    """Return what the knowledge base holds of an entity, with dated roles, or None."""
    try:
        entity = base().entity(actor)
    except KeyError:
        return None
    return {"entity": entity, "roles": base().roles(actor)}
