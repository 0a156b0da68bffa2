"""The months that a report names without a year are near it, behind or ahead of it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from importlib.resources import files
from itertools import accumulate
from math import exp

from dateline.times.tagging import Timex
from dateline.times.tense import forward, verb_lean_before
from dateline.times.window import Days
from dateline.times.words import Words

YEAR = 12
SURE = 0.985  # share of the likelihood that a part of an interval must hold
Named = tuple[str, int]


@cache
def season_weights() -> dict[str, tuple[float, ...]]:
    """Return how likely a report is 0, 1 ... 11 months after a month that is named."""
    rows = (files("dateline.times") / "season.tsv").read_text("utf-8").splitlines()
    pairs = (row.split("\t") for row in rows if not row.startswith("# "))
    return {kind: tuple(map(float, told.split())) for kind, told in pairs}


def month_likelihoods(words: Words, times: Sequence[Timex]) -> tuple[float, ...]:
    """Return the log-likelihood of each month of the year as a report's month."""
    known = season_weights()
    found = [*dict.fromkeys(named_months(words, times))]
    share = max(1, len(found)) ** -0.5
    return tuple(
        sum(known[kind][(month - each) % YEAR] for kind, each in found) * share
        for month in range(1, YEAR + 1)
    )


def likeliest_days(
    days: Sequence[Days], months: Sequence[float], longest: int
) -> Days | None:
    """The months that are named leave the shortest part of the days that is likely.

    None where that part is longer than `longest` days.
    """
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


def named_months(words: Words, times: Sequence[Timex]) -> Iterator[Named]:
    """Yield the months and quarters' last months that are named, with their tense."""
    for timex in times:
        if hit := re.match(r"XXXX-(\d\d)(-\d\d)?$", timex.value):
            yield f"{'day' if hit[2] else 'month'} {leaning(words, timex)}", int(hit[1])
        elif hit := re.match(r"XXXX-Q([1-4])", timex.value):
            yield "quarter", 3 * int(hit[1])
    if words.lexicon.patterns["times.nine-months"].search(words.text):
        yield "quarter", 9


def leaning(words: Words, timex: Timex) -> str:
    """Return whether the verbs beside a time look back, ahead or nowhere."""
    first = bisect_left(words.starts, timex.span.start)
    last = bisect_left(words.starts, timex.span.end)
    side = verb_lean_before(words, first) or forward(words, last)
    return {-1: "past", 0: "plain", 1: "ahead"}[side]
