"""The days on which a report may have been written, narrowed by one piece of evidence
after another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.model import Span, Why

Days = tuple[date, date]
EVER: tuple[Days, ...] = ((date(1900, 1, 1), date(2100, 12, 31)),)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that bind the report's day to one of some intervals."""

    days: tuple[Days, ...]
    why: Why


def since(day: date, rule: str, span: Span | None) -> Evidence:
    """The report is of that day or later."""
    return Evidence(((day, EVER[0][1]),), Why(rule, span))


def until(day: date, rule: str, span: Span | None) -> Evidence:
    """The report is of that day or earlier."""
    return Evidence(((EVER[0][0], day),), Why(rule, span))


def meet(a: Sequence[Days], b: Sequence[Days]) -> tuple[Days, ...]:
    """Return the days that two sets of intervals share.

    >>> one = (date(2018, 1, 1), date(2018, 12, 31))
    >>> meet([one], [(date(2018, 6, 1), date(2019, 6, 1))])
    ((datetime.date(2018, 6, 1), datetime.date(2018, 12, 31)),)
    """
    shared = {(max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b}
    return merged(sorted(days for days in shared if days[0] <= days[1]))


def merged(days: Sequence[Days]) -> tuple[Days, ...]:
    """Join intervals that touch; `days` come in order."""
    out: list[Days] = []
    for first, last in days:
        if out and first <= out[-1][1] + timedelta(days=1):
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return tuple(out)


def solve(found: Sequence[Evidence]) -> tuple[tuple[Days, ...], tuple[Why, ...]]:
    """Return the days all evidence allows, () in conflict, and what narrowed them."""
    left, used = EVER, list[Why]()
    for one in found:
        narrower = meet(left, one.days)
        if narrower != left:
            left = narrower
            used.append(one.why)
    return left, tuple(used)
