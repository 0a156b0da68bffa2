"""An event: what the claims of one happening add up to, as the record has it.

Merging makes it (`record.dossiers`), the store keeps it as JSON, writers, panels and
releases take it. The names are those of CONTRACTS; a party, place, time or count has
the form that a claim's has. None says that nobody told.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict

Answer = dict[str, Any]
"""A party, time, place or count of a record, as `model.record` writes it."""
Record = dict[str, Any]
INFERRED = "inferred"


class Event(TypedDict):
    """The happening that several claims tell: one line of `dateline events`."""

    event: str
    type: str
    deed: str
    status: str
    confidence: float
    background: bool
    actors: list[Answer]
    recipients: list[Answer]
    when: Answer | None
    no_day: str | None
    where: Answer | None
    quantities: list[Answer]
    reports: list[str]
    outlets: int
    origins: int
    first_told: str | None
    last_told: str | None
    claims: list[str]
    part_of: NotRequired[str | None]
    """The event of which this is a part; only where all beside it were looked at."""


class Lead(TypedDict):
    """What the surest claim of an event's type tells of it that the event does not."""

    id: str
    report: str
    quad: str | None
    score: float | None
    cameo: str | None
    mode: list[str] | None
    said_by: list[Answer] | None
    confidence: float | None
    evidence: str


class EventSum(Event):
    """An event with what a list of events needs without its claims; it is kept so.

    `against` tells whether one claim affirms what another denies.
    """

    lead: Lead
    against: bool


class WorkedOut(TypedDict):
    """A row of the kept sums: the event, and by what the store sorts and asks it.

    `weight` is how much hangs on it: review begins with the heaviest.
    """

    event: str
    origins: int
    weight: float
    record: EventSum


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
