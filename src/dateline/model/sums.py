"""What an event's claims add up to that more than one room must know."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

Record = dict[str, Any]
INFERRED = "inferred"


def event_confidence(claims: Sequence[Record], kind: str) -> float:
    """Return how sure an event is: that of the surest claim of its own type."""
    told = [float(claim["confidence"]) for claim in claims if claim["type"] == kind]
    return round(max(told), 3)


def told_days(claim: Record) -> Record | None:
    """Return the days that words tell for a claim: none that are merely inferred."""
    when: Record | None = claim["when"]
    return None if when and when.get("answer") == INFERRED else when


def why_undated(claims: Sequence[Mapping[str, Any]]) -> str | None:
    """Return by which rule most claims of an event have no day; None where one has."""
    if any(claim["when"] for claim in claims):
        return None
    whys = (why for claim in claims for why in claim["why"])
    rules = Counter(why["rule"] for why in whys if why["question"] == "when")
    return min(rules, key=lambda rule: (-rules[rule], rule), default=None)


def is_background(claims: Sequence[Record]) -> bool:
    """Whether an event is a war or a history of before, told by no claim as new."""
    fresh = (told_days(c) and not c.get("background") for c in claims)
    return any(c.get("background") for c in claims) and not any(fresh)
