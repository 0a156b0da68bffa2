"""Days told without their year: of the year that the report tells for the same day."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from dateline.model import Lexicon, Span
from dateline.times.grains import is_day
from dateline.times.tagging import Timex

DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")
MONTH = re.compile(r"[A-Z][a-z]{2,}|[A-Z]{3,}")
FAR = 60  # characters before a day in which it is told to be an anniversary's


def with_years(
    text: str, lexicon: Lexicon, times: Sequence[Timex]
) -> tuple[Timex, ...]:
    """Return times, days without a year of the one year told for them elsewhere.

    "The October 7 attacks" of a report that has "October 7, 2023" were in 2023, and so
    they were where it tells of "the first anniversary" of them in 2024.
    """
    known = defaultdict(set)
    for timex in times:
        hit = named_day(text, timex)
        if hit and (year := year_for_day(text, lexicon, timex, hit)):
            known[hit[2], hit[3]].add(year)
    return tuple(date_without_year(text, lexicon, timex, known) for timex in times)


def named_day(text: str, timex: Timex) -> re.Match[str] | None:
    """Return the parts of a day that is told by its month and number."""
    hit = DAY.match(timex.value)
    words = timex.span.of(text)
    return hit if hit and MONTH.search(words) and str(int(hit[3])) in words else None


def year_for_day(text: str, lexicon: Lexicon, timex: Timex, day: re.Match[str]) -> int:
    """Return the year that words tell for a day, 0 where they tell none."""
    if day[1] == "XXXX":
        return 0
    if lexicon.patterns["times.year-told"].search(timex.span.of(text)):
        return int(day[1])
    start = timex.span.start
    head = Span(max(0, start - FAR), start).of(text)
    hit = lexicon.patterns["times.anniversary"].search(head)
    return (
        int(day[1]) - anniversary_number(lexicon, hit[1].strip().lower()) if hit else 0
    )


def anniversary_number(lexicon: Lexicon, word: str) -> int:
    """Return the number of an anniversary; it is the first where none is told."""
    figures = "".join(filter(str.isdigit, word))
    return int(lexicon.senses["times.ordinal"].get(word, figures or "1"))


def date_without_year(
    text: str,
    lexicon: Lexicon,
    timex: Timex,
    known: dict[tuple[str, str], set[int]],
) -> Timex:
    """Return a day without a year as one of the year that is known for it."""
    hit = named_day(text, timex)
    years = known.get((hit[2], hit[3]), set()) if hit else set()
    told = lexicon.patterns["times.year-told"]
    if hit is None or len(years) != 1 or told.search(timex.span.of(text)):
        return timex
    year = next(iter(years))
    if not is_day(year, int(hit[2]), int(hit[3])):
        return timex
    value = f"{year:04d}{timex.value[4:]}"
    return (
        timex if value == timex.value else replace(timex, value=value, alternatives=())
    )
