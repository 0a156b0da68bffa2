"""The days on which a report may have been written, narrowed by one piece of evidence
after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.model import Span, Why

Days = tuple[date, date]
FIRM = ("times.dating.weekday", "times.dating.compared")
AHEAD = timedelta(days=2)  # a report may name a day as past before its own
SOONEST = date(1900, 1, 3)
EVER: tuple[Days, ...] = ((date(1900, 1, 1), date(2100, 12, 31)),)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that bind the report's day to one of some intervals."""

    days: tuple[Days, ...]
    why: Why


def dated_since(day: date, rule: str, span: Span | None) -> Evidence:
    """The report is of that day or later."""
    return Evidence(((max(day, SOONEST) - AHEAD, EVER[0][1]),), Why(rule, span))


def dated_until(day: date, rule: str, span: Span | None) -> Evidence:
    """The report is of that day or earlier."""
    return Evidence(((EVER[0][0], day),), Why(rule, span))


def meet(a: Sequence[Days], b: Sequence[Days]) -> tuple[Days, ...]:
    """Return the days that two sets of intervals share.

    >>> one = (date(2018, 1, 1), date(2018, 12, 31))
    >>> meet([one], [(date(2018, 6, 1), date(2019, 6, 1))])
    ((datetime.date(2018, 6, 1), datetime.date(2018, 12, 31)),)
    """
    shared = {(max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b}
    return merge_intervals(sorted(days for days in shared if days[0] <= days[1]))


def merge_intervals(days: Sequence[Days]) -> tuple[Days, ...]:
    """Join intervals that touch; `days` come in order."""
    out: list[Days] = []
    for first, last in days:
        if out and first <= out[-1][1] + timedelta(days=1):
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return tuple(out)


def solve(
    found: Sequence[Evidence], named: int = 0
) -> tuple[tuple[Days, ...], tuple[Why, ...]]:
    """Return the days all evidence allows, () in conflict, and what narrowed them.

    The latest beginning stands; an end before it, or before the latest year `named`,
    is of something told as history.
    """
    floor = max((one.days[0][0] for one in found if opens(one)), default=EVER[0][0])
    left, used = EVER, list[Evidence]()
    for one in found:
        last = one.days[-1][1]
        if (last < floor or last.year < named) and not bound(one):
            continue
        narrower = meet(left, one.days)
        if narrower != left:
            left = narrower
            used.append(one)
    return left, tuple(one.why for one in needed_evidence(used, left))


def needed_evidence(used: Sequence[Evidence], left: tuple[Days, ...]) -> list[Evidence]:
    """Return the evidence without which more days were left."""
    kept = list(used)
    for one in used:
        fewer = [each for each in kept if each is not one]
        days: tuple[Days, ...] = EVER
        for each in fewer:
            days = meet(days, each.days)
        if days == left:
            kept = fewer
    return kept


def opens(one: Evidence) -> bool:
    """Whether evidence says only that a report is of some day or later."""
    return len(one.days) == 1 and one.days[0][1] == EVER[0][1]


def bound(one: Evidence) -> bool:
    """Whether evidence binds a report to days that cannot be history."""
    return one.why.rule.startswith(FIRM)
