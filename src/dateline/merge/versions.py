"""Which report is a later version of which: corrected, led again, the same address."""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_name("versions.tsv")
HEAD = 160  # characters in which a version names itself
ALIKE = 0.3  # share of copy with what it corrects
DAYS = 3
NUMBERED = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th) (?:lead|ld|update|writethru)\b"
    r"|^\W*(?:update|lead|writethru)[ -]?(\d{1,2})\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Edition:
    """What tells one version of a report from another."""

    report: str
    outlet: str
    url: str
    head: str
    day: int | None
    moment: datetime | None = None


@cache
def patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return how a later version names itself."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and line[0] != "#"][1:]
    return tuple((kind, re.compile(told, re.IGNORECASE)) for kind, told in rows)


def names_itself(head: str) -> str:
    """Return "correction" or "update" where a title or first line says so, else "".

    >>> names_itself("CORRECTION: Toll in market blast was 12")
    'correction'
    """
    lines = head[:HEAD].splitlines()[:2]
    told = (kind for kind, seen in patterns() if any(map(seen.search, lines)))
    return next(told, "")


def number(head: str) -> int:
    """Return the number that an update tells of itself, 0 where it tells none.

    >>> number("Market blast kills 15 - 3rd lead"), number("UPDATE 2 - Market blast")
    (3, 2)
    """
    lines = head[:HEAD].splitlines()[:2]
    told = (hit for line in lines for hit in NUMBERED.finditer(line))
    return max((int(hit[1] or hit[2]) for hit in told), default=0)


def supersedes(new: Edition, old: Edition, shared: float) -> str:
    """Return in words why one report is a later version of another, "" where it is not.

    `shared` is the share of copy between the two.
    """
    if new.report == old.report:
        return "the same id with another text"
    if new.outlet != old.outlet or not in_time(new, old):
        return ""
    if new.url and new.url == old.url:
        return "the same address with another text"
    kind = names_itself(new.head)
    later = (new.day or 0) > (old.day or 0) or number(new.head) > number(old.head)
    later = later or bool(new.moment and old.moment and new.moment > old.moment)
    first = not names_itself(old.head) or later
    if kind and first and shared >= ALIKE:
        return f"{kind} of a report that it shares {shared:.0%} of its copy with"
    return ""


def in_time(new: Edition, old: Edition) -> bool:
    """Whether one report can follow the other by its time, as far as both are told."""
    if new.day is None or old.day is None:
        return True
    if new.day == old.day and new.moment and old.moment:
        return new.moment >= old.moment
    return 0 <= new.day - old.day <= DAYS
