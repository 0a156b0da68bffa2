"""The days on which a report may have been written, narrowed by one piece of evidence
after another, and by the months that it names."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import exp

from dateline.extract.time.tagging import Timex
from dateline.extract.time.tagging.match import nearest_verb_lean
from dateline.extract.time.tagging.words import Words
from dateline.model import Span, Why

Days = tuple[date, date]
FIRM = ("times.dating.weekday", "times.dating.compared")
AHEAD = timedelta(days=2)  # a report may name a day as past before its own
SOONEST = date(1900, 1, 3)
EVER: tuple[Days, ...] = ((date(1900, 1, 1), date(2100, 12, 31)),)
YEAR = 12
SURE = 0.985  # share of the likelihood that a part of an interval must hold
LEANS = {-1: "past", 0: "plain", 1: "ahead"}


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


def dated_in(year: int, rule: str, span: Span | None) -> Evidence:
    """The report is of that year."""
    return Evidence(((date(year, 1, 1), date(year, 12, 31)),), Why(rule, span))


def meet(a: Sequence[Days], b: Sequence[Days]) -> tuple[Days, ...]:
    """Return the days that two sets of intervals share, those that touch joined.

    >>> one = (date(2018, 1, 1), date(2018, 12, 31))
    >>> meet([one], [(date(2018, 6, 1), date(2019, 6, 1))])
    ((datetime.date(2018, 6, 1), datetime.date(2018, 12, 31)),)
    """
    shared = {(max(x[0], y[0]), min(x[1], y[1])) for x in a for y in b}
    out: list[Days] = []
    for first, last in sorted(days for days in shared if days[0] <= days[1]):
        if out and first <= out[-1][1] + timedelta(days=1):
            out[-1] = (out[-1][0], max(last, out[-1][1]))
        else:
            out.append((first, last))
    return tuple(out)


def solve(found: Sequence[Evidence], named: int = 0) -> tuple[tuple[Days, ...], tuple[Why, ...]]:
    """Return the days all evidence allows, () in conflict, and what narrowed them.

    The latest beginning stands; an end before it, or before the latest year `named`,
    is of something told as history, unless its rule is one that tells no history.
    """
    opens = (e for e in found if len(e.days) == 1 and e.days[0][1] == EVER[0][1])
    floor = max((one.days[0][0] for one in opens), default=EVER[0][0])
    left, used = EVER, list[Evidence]()
    for one in found:
        last = one.days[-1][1]
        old = last < floor or last.year < named
        if old and not one.why.rule.startswith(FIRM):
            continue
        narrower = meet(left, one.days)
        if narrower != left:
            left = narrower
            used.append(one)
    kept = list(used)
    for one in used:  # told is only that without which more days were left
        fewer = [each for each in kept if each is not one]
        days: tuple[Days, ...] = EVER
        for each in fewer:
            days = meet(days, each.days)
        if days == left:
            kept = fewer
    return left, tuple(one.why for one in kept)


@cache
def season_weights() -> dict[str, tuple[float, ...]]:
    """Return how likely a report is 0, 1 ... 11 months after a month that is named."""
    rows = (files("dateline.extract.time") / "season.tsv").read_text("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if not row.startswith("# "))
    return {kind: tuple(map(float, told.split())) for kind, told in pairs}


def likeliest_days(
    days: Sequence[Days], words: Words, times: Sequence[Timex], longest: int
) -> Days | None:
    """The months that are named leave the shortest part of the days that is likely.

    They are near the report, behind or ahead of it. None where that part is longer than
    `longest` days.
    """
    known = season_weights()
    named = [*dict.fromkeys(named_months(words, times))]
    share = max(1, len(named)) ** -0.5
    months = [
        sum(known[kind][(month - each) % YEAR] for kind, each in named) * share
        for month in range(1, YEAR + 1)
    ]
    first, last = days[0][0], days[-1][1]
    every = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    inside = (any(a <= day <= b for a, b in days) for day in every)
    chance = [
        exp(months[day.month - 1]) if allowed else 0.0
        for day, allowed in zip(every, inside, strict=True)
    ]
    below = [0.0, *accumulate(chance)]
    sought, start, best = SURE * below[-1], 0, longest + 1
    found = None
    for end in range(1, len(below)):
        while below[end] - below[start + 1] >= sought:
            start += 1
        if below[end] - below[start] >= sought and end - start < best:
            best, found = end - start, (every[start], every[end - 1])
    return found


def named_months(words: Words, times: Sequence[Timex]) -> Iterator[tuple[str, int]]:
    """Yield the months and quarters' last months that are named, with their tense."""
    for timex in times:
        if hit := re.match(r"XXXX-(\d\d)(-\d\d)?$", timex.value):
            first = bisect_left(words.starts, timex.span.start)
            last = bisect_left(words.starts, timex.span.end)
            lean = LEANS[nearest_verb_lean(words, first, last)]
            yield f"{'day' if hit[2] else 'month'} {lean}", int(hit[1])
        elif hit := re.match(r"XXXX-Q([1-4])", timex.value):
            yield "quarter", 3 * int(hit[1])
    if words.lexicon.patterns["times.nine-months"].search(words.text):
        yield "quarter", 9
