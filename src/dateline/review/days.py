"""How a reviewer writes days, and how they are read back."""

from calendar import monthrange
from datetime import date

from dateline.review.words import RULE, About, Record, Unread


def write_when(when: Record | None) -> str:
    """Write an interval of days."""
    if not when:
        return ""
    first, last = when["from"] or "", when["to"] or ""
    return first if first == last else f"{first}..{last}"


def read_when(told: str, claim: Record, _about: About) -> Record | None:
    """Read a day, a month, a year, or an interval with dots; nothing is no time."""
    if not told:
        return None
    if told == write_when(claim.get("when")):
        same: Record = claim["when"]
        return same
    first, dots, last = told.partition("..")
    low = read_reviewed_day(first, first=True) if first else None
    high = (
        read_reviewed_day(last if dots else first, first=False)
        if last or not dots
        else None
    )
    if low and high and high < low:
        raise Unread(f"{told!r} ends before it begins")
    ends = {"from": low and low.isoformat(), "to": high and high.isoformat()}
    at = {"text": None, "start": None, "end": None}
    why = {"rule": RULE, "start": None, "end": None}
    return {**ends, "precision": interval_grain(low, high), **at, "why": why}


def read_reviewed_day(told: str, first: bool) -> date:
    """Return a day, or the first or last one of a month or year."""
    try:
        parts = [int(part) for part in told.strip().split("-")]
        year, month, of = [*parts, 0, 0][:3]
        if len(parts) > 3:
            raise ValueError(told)
        month = month or (1 if first else 12)
        return date(year, month, of or (1 if first else monthrange(year, month)[1]))
    except (ValueError, IndexError) as error:
        raise Unread(f"{told!r} is no day like 2019-01-08") from error


def interval_grain(low: date | None, high: date | None) -> str:
    """Return how precise an interval is."""
    if not low or not high:
        return "range"
    if low == high:
        return "day"
    ends = (low.month, low.day), (high.month, high.day)
    if low.year == high.year and ends == ((1, 1), (12, 31)):
        return "year"
    month = (low.year, low.month) == (high.year, high.month) and low.day == 1
    if month and high.day == monthrange(high.year, high.month)[1]:
        return "month"
    return "week" if (high - low).days == 6 else "range"
