"""Which report is a later version of which: corrected, led again, the same address."""

from dataclasses import dataclass
from datetime import datetime

from dateline.plugins import shared_lexicon

KINDS = ("correction", "update")
HEAD = 160  # characters in which a version names itself
ALIKE = 0.3  # share of copy with what it corrects
DAYS = 3


@dataclass(frozen=True, slots=True)
class Edition:
    """What tells one version of a report from another."""

    report: str
    outlet: str
    url: str
    head: str
    day: int | None
    moment: datetime | None = None


def names_itself(head: str) -> str:
    """Return "correction" or "update" where a title or first line says so, else "".

    >>> names_itself("CORRECTION: Toll in market blast was 12")
    'correction'
    """
    lines = head[:HEAD].splitlines()[:2]
    said = shared_lexicon().patterns
    told = (k for k in KINDS if any(map(said[f"merge.{k}"].search, lines)))
    return next(told, "")


def update_number(head: str) -> int:
    """Return the number that an update tells of itself, 0 where it tells none.

    >>> update_number("Market blast kills 15 - 3rd lead")
    3
    >>> update_number("UPDATE 2 - Market blast")
    2
    """
    lines = head[:HEAD].splitlines()[:2]
    told = (
        hit
        for line in lines
        for hit in shared_lexicon().patterns["merge.numbered"].finditer(line)
    )
    return max((int(hit[1] or hit[2]) for hit in told), default=0)


def supersedes(new: Edition, old: Edition, shared: float) -> str:
    """Return in words why one report is a later version of another, "" where it is not.

    `shared` is the share of copy between the two.
    """
    if new.report == old.report:
        return "the same id with another text"
    if new.outlet != old.outlet or not follows_in_time(new, old):
        return ""
    if new.url and new.url == old.url:
        return "the same address with another text"
    kind = names_itself(new.head)
    later = (new.day or 0) > (old.day or 0) or update_number(new.head) > update_number(
        old.head
    )
    later = later or bool(new.moment and old.moment and new.moment > old.moment)
    first = not names_itself(old.head) or later
    if kind and first and shared >= ALIKE:
        return f"{kind} of a report that it shares {shared:.0%} of its copy with"
    return ""


def follows_in_time(new: Edition, old: Edition) -> bool:
    """Whether one report can follow the other by its time, as far as both are told."""
    if new.day is None or old.day is None:
        return True
    if new.day == old.day and new.moment and old.moment:
        return new.moment >= old.moment
    return 0 <= new.day - old.day <= DAYS
