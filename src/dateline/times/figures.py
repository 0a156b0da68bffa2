"""What a firm's or a state's figures say of the day of the report that gives them.

A year's figures come out after it, a quarter's within four months; they are set
against those of the year before.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateline.model import Span, Why
from dateline.times.grains import months
from dateline.times.window import Days, Evidence, since, until

YEAR = r"(?P<year>(?:19[5-9]|20[0-4])\d)\b(?!-|[.,]\d)"
QUARTERS = ("first", "second", "third", "fourth")
PERIOD = re.compile(
    rf"\b(?:the|from|in|its) {YEAR}(?: (?:{'|'.join(QUARTERS)}|final|latest))?[ -]"
    r"(?:fiscal )?(?:quarter|period|half|nine[ -]months|six[ -]months)",
    re.IGNORECASE,
)
FULL = (
    re.compile(
        rf"\b(?<!far )in (?P<fiscal>fiscal )?{YEAR},? (?:the |its )?(?:\w+ ){{1,3}}"
        r"(?:earned|lost|posted|reported|recorded|had|made|generated|totaled|were|was)"
        r" (?:an? )?(?:\w+ ){0,4}(?:[A-Z]{0,2}[$#£¥€]|\d)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:earnings|profits?|income|loss|sales|revenues?|deficit|surplus|exports"
        r"|imports|output) (?:of|were|was|totaled|rose|fell)\b[^.;]{0,40}[$#£¥€]"
        rf"[^.;]{{0,30}} in (?P<fiscal>fiscal )?{YEAR}"
        rf"(?!,? (?:{'|'.join(QUARTERS)}|quarter|period|half))",
        re.IGNORECASE,
    ),
)
OF_A_FIRM = re.compile(
    r"\b(?:a share|quarter|shareholders?|stock exchange)\b", re.IGNORECASE
)
YEAR_AGO = re.compile(
    r"\b(?:a year (?:ago|earlier|before)|year[- ](?:ago|earlier)"
    r"|(?:latest|this year['’]s|most recent) (?:\w+ )?(?:quarter|period))\b",
    re.IGNORECASE,
)
QUARTER = re.compile(
    rf"\b({'|'.join(QUARTERS)})[ -](?:fiscal )?quarter\b|\bnine[ -]months\b",
    re.IGNORECASE,
)
NAMED = re.compile(rf"\b{YEAR}")
OUT, EARLY = 125, 20  # days after a quarter's end in which it is reported; before it
LATER = 2  # years that an outlook may name beyond the last whole year
SHORT = 4000  # characters beyond which a report tells a firm's history too
SENTENCE = 200  # characters from a period in which it may be set beside a year ago


def figures(text: str) -> Iterator[Evidence]:
    """Figures set against those of a year named: the report is of the year after."""
    named = {int(hit["year"]) for hit in NAMED.finditer(text)}
    yield from against(text, named)
    yield from whole_years(text, named)


def against(text: str, named: set[int]) -> Iterator[Evidence]:
    """A quarter beside "the 1988 period": the report comes out in or after 1989."""
    found = [h for h in PERIOD.finditer(text) if not YEAR_AGO.search(rest(text, h))]
    years = {int(hit["year"]) for hit in found}
    if len(years) == 1 and years == {max(named)} and YEAR_AGO.search(text):
        days = after_quarter(text, max(years) + 1)
        why = Why("times.dating.against.v1", Span(*found[0].span()))
        yield Evidence((days,), why)


def rest(text: str, hit: re.Match[str]) -> str:
    """Return the words from a hit to its sentence's end."""
    return re.split(r"[.!?]\s", text[hit.start() : hit.end() + SENTENCE], maxsplit=1)[0]


def after_quarter(text: str, year: int) -> Days:
    """Return when the one quarter that a text reports is told, else any of a year."""
    which = {quarter_of(hit) for hit in QUARTER.finditer(text)}
    if len(which) == 1:
        end = months(year, 3 * which.pop() - 2, 3)[1]
        return end - timedelta(days=EARLY), end + timedelta(days=OUT)
    return date(year, 2, 15), date(year + 1, 2, 14)


def quarter_of(hit: re.Match[str]) -> int:
    """Return the quarter that words name; nine months end with the third."""
    return QUARTERS.index(hit[1].lower()) + 1 if hit[1] else 3


def whole_years(text: str, named: set[int]) -> Iterator[Evidence]:
    """A whole year's figures, the last that are given: the next year's are not out."""
    hits = [hit for pattern in FULL for hit in pattern.finditer(text)]
    if not hits:
        return
    hit = max(hits, key=lambda each: int(each["year"]))
    year, span = int(hit["year"]), Span(*hit.span())
    begun = date(year, 7, 1) if hit["fiscal"] else date(year + 1, 1, 1)
    yield since(begun, "times.dating.figures.v1", span)
    newest = year + 1 not in named and max(named) <= year + LATER
    if newest and len(text) < SHORT and OF_A_FIRM.search(text):
        yield until(date(year + 2, 2, 28), "times.dating.figures.latest.v1", span)
