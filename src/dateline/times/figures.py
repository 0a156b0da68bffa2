"""What a firm's or a state's figures say of the day of the report that gives them.

A year's figures come out after it, a quarter's within four months; they are set
against those of the year before.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateline.model import Lexicon, Span, Why
from dateline.times.grains import months_interval
from dateline.times.window import Days, Evidence, dated_since, dated_until

WHOLE_YEAR = ("times.in-year-earned", "times.earnings-in-year")
NAMED = re.compile(r"\b(?P<year>(?:19[5-9]|20[0-4])\d)\b(?!-|[.,]\d)")
OUT, EARLY = 125, 20  # days after a quarter's end in which it is reported; before it
LATER = 2  # years that an outlook may name beyond the last whole year
SHORT = 4000  # characters beyond which a report tells a firm's history too
SENTENCE = 200  # characters from a period in which it may be set beside a year ago


def year_after_compared(text: str, lexicon: Lexicon) -> Iterator[Evidence]:
    """Figures set against those of a year named: the report is of the year after."""
    named = {int(hit["year"]) for hit in NAMED.finditer(text)}
    yield from quarter_beside_period(text, lexicon, named)
    yield from whole_years(text, lexicon, named)


def quarter_beside_period(
    text: str, lexicon: Lexicon, named: set[int]
) -> Iterator[Evidence]:
    """A quarter beside "the 1988 period": the report comes out in or after 1989."""
    patterns = lexicon.patterns
    periods, year_ago = patterns["times.period"], patterns["times.year-ago"]
    found = [
        h
        for h in periods.finditer(text)
        if not year_ago.search(rest_of_sentence(text, h))
    ]
    years = {int(hit["year"]) for hit in found}
    if len(years) == 1 and years == {max(named)} and year_ago.search(text):
        days = after_quarter(text, lexicon, max(years) + 1)
        why = Why("times.dating.against.v1", Span(*found[0].span()))
        yield Evidence((days,), why)


def rest_of_sentence(text: str, hit: re.Match[str]) -> str:
    """Return the words from a hit to its sentence's end."""
    return re.split(r"[.!?]\s", text[hit.start() : hit.end() + SENTENCE], maxsplit=1)[0]


def after_quarter(text: str, lexicon: Lexicon, year: int) -> Days:
    """Return when the one quarter that a text reports is told, else any of a year."""
    quarters = lexicon.patterns["times.quarter"].finditer(text)
    which = {named_quarter(hit, lexicon) for hit in quarters}
    if len(which) == 1:
        end = months_interval(year, 3 * which.pop() - 2, 3)[1]
        return end - timedelta(days=EARLY), end + timedelta(days=OUT)
    return date(year, 2, 15), date(year + 1, 2, 14)


def named_quarter(hit: re.Match[str], lexicon: Lexicon) -> int:
    """Return the quarter that words name; nine months end with the third."""
    ordinals = lexicon.senses["times.ordinal"]
    return int(ordinals[hit[1].lower()]) if hit[1] else 3


def whole_years(text: str, lexicon: Lexicon, named: set[int]) -> Iterator[Evidence]:
    """A whole year's figures, the last that are given: the next year's are not out."""
    every = (lexicon.patterns[name].finditer(text) for name in WHOLE_YEAR)
    hits = [hit for some in every for hit in some]
    if not hits:
        return
    hit = max(hits, key=lambda each: int(each["year"]))
    year, span = int(hit["year"]), Span(*hit.span())
    begun = date(year, 7, 1) if hit["fiscal"] else date(year + 1, 1, 1)
    yield dated_since(begun, "times.dating.figures.v1", span)
    newest = year + 1 not in named and max(named) <= year + LATER
    firm = lexicon.patterns["times.of-a-firm"]
    if newest and len(text) < SHORT and firm.search(text):
        yield dated_until(date(year + 2, 2, 28), "times.dating.figures.latest.v1", span)
