"""What the knowledge base knows of a party that a claim names."""

from dateline.facts.base import base
from dateline.facts.values import Entity
from dateline.write.given import Record


def entity_of_party(who: Record) -> Entity | None:
    """Return the entity that a party was resolved to, None where it is not ours."""
    if not who["entity"]:
        return None
    try:
        return base().entity(who["entity"])
    except KeyError:
        return None


def is_known_entity_person(who: Record) -> bool:
    """Whether a party is a person of the knowledge base."""
    found = entity_of_party(who)
    return found is not None and found.kind == "person"


def is_body(who: Record) -> bool:
    """Whether a party is an organisation of the knowledge base, no state or person."""
    found = entity_of_party(who)
    return found is not None and found.kind not in ("person", "state", "ethnic group")
