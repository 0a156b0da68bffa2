"""What well-known happenings say of the day of a report that speaks of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateline.facts.base import base
from dateline.model import Span, Why
from dateline.times.grains import add_days, interval
from dateline.times.lifespans import by_word, likely, whole_words
from dateline.times.tagging import Timex
from dateline.times.window import Days, Evidence, since

AGO = re.compile(r"\b(\w+|\d+) (day|week|month|year)s? ago\b", re.I)
AFTER = re.compile(r"\b(\w+) (day|week|month)s? after (?:the )?$")
BEHIND = 30  # characters before a happening in which a time is told
NUMBERS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
ROUND = {"day": 1, "week": 5, "month": 20, "year": 180}
LENGTH = {"day": 1, "week": 7, "month": 30, "year": 365}
YEAR_AFTER = (
    350  # days in which a month and day without a year still mean the last ones
)
NEAR = 150  # characters between the name of a happening and its relative time
# Kinds that are named long before they come
FORETOLD = ("election", "games", "summit", "visit", "planned", "treaty", "independence")
FEW = 2  # happenings in a text beside which a bare day of the year still names one
HEAD = re.compile(
    r"\b(?:invasion|earthquake|quake|summit|bombings?|genocide|coup|hurricane|crash|takeover"
    r"|accords?|handover|referendum|tsunami|siege|explosion)\b"
)
COMING = re.compile(
    r"\b(?:next|upcoming|planned|coming|proposed|scheduled|ahead of|before|a possible"
    r"|threat of|threaten\w*|fear\w* of) (?:an? |the |\w+['’]s |\w+ )?$"
)
CLOSE = 150  # days within which two happenings are of one season
MOST = 20  # mentions of one happening that times are held against
AHEAD = 40  # characters before a name in which it is told as ahead
Hit = re.Match[str]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something whose days are known, and the small letters it goes by."""

    kind: str
    first: date
    last: date
    called: tuple[str, ...]

    @property
    def names(self) -> re.Pattern[str]:
        """Return a pattern for any of its names, made when first asked for."""
        return whole_words(self.called)

    def search(self, low: str) -> re.Match[str] | None:
        """Return where a text in small letters names it first."""
        return self.names.search(low) if any(n in low for n in self.called) else None


@cache
def happenings() -> tuple[Happening, ...]:
    """Return the happenings of the knowledge base whose days are known."""
    return tuple(
        Happening(
            dated.kind,
            dated.first,
            dated.last or dated.first,
            tuple(map(str.lower, dated.names)),
        )
        for dated in base().dated()
        if dated.precision == "day"
    )


@cache
def index() -> dict[str, tuple[int, ...]]:
    """Return where among the happenings names with each word stand."""
    return by_word(one.called for one in happenings())


def happened(text: str, times: tuple[Timex, ...]) -> Iterator[Evidence]:
    """A happening whose days are known, told as past: the report comes after it."""
    low = text.lower()
    some = [happenings()[n] for n in likely(index(), low)]
    found = [(one, hit) for one in some if (hit := one.search(low))]
    found = [(one, hit) for one, hit in found if not ahead(low, hit)]
    yield from cluster(found)
    for one, hit in found:
        if one.kind not in FORETOLD:
            yield since(one.first, "times.dating.happening.v2", Span(*hit.span()))
        yield from after(one, low, hit)
        told = [*mentions(low, hit, found)][:MOST]
        for timex in times:
            if called_by_day(one, timex):
                continue
            alone = len(found) <= FEW and timex.value == f"XXXX-{one.first:%m-%d}"
            if alone or any(near_by(low, timex.span, at) for at in told):
                yield from told_of(one, timex, text)


def cluster(found: list[tuple[Happening, Hit]]) -> Iterator[Evidence]:
    """The newest two happenings that are named lie close: both are still news."""
    newest = sorted(found, key=lambda each: each[0].first)[-2:]
    if len(newest) == 1 + 1:
        (one, _), (two, hit) = newest
        gap = (two.first - one.first).days
        if 1 < gap < CLOSE and two.first == two.last:
            days = (two.first, add_days(two.first, YEAR_AFTER) or two.first)
            why = Why("times.dating.happening.cluster.v1", Span(*hit.span()))
            yield Evidence((days,), why)


def after(one: Happening, low: str, hit: Hit) -> Iterator[Evidence]:
    """News told "two weeks after" a happening is of that day, unless years went by."""
    for at in one.names.finditer(low):
        found = AFTER.search(low[max(0, at.start() - BEHIND) : at.start()])
        if found and one.first == one.last:
            yield from back_from(one, found, Span(*at.span()))


def ahead(low: str, hit: Hit) -> bool:
    """Whether a happening is told as one still to come: "before the Alaska summit"."""
    return bool(COMING.search(low[max(0, hit.start() - AHEAD) : hit.start()]))


def called_by_day(one: Happening, timex: Timex) -> bool:
    """Whether a happening goes by a day: "Sept. 11" is then no day of this year."""
    day = str(one.first.day)
    own = timex.value == f"XXXX-{one.first:%m-%d}"
    return own and any(day in re.findall(r"\d+", name) for name in one.called)


def mentions(low: str, hit: Hit, found: list[tuple[Happening, Hit]]) -> Iterator[Span]:
    """Yield where a happening is named, then where its head alone names it again."""
    yield Span(*hit.span())
    head = HEAD.search(hit[0])
    if head is None or sum(head[0] in other[0] for _, other in found) > 1:
        return
    for again in re.finditer(rf"\bthe {head[0]}\b", low[hit.end() :]):
        yield Span(hit.end() + again.start(), hit.end() + again.end())


def near_by(low: str, a: Span, b: Span) -> bool:
    """Whether two spans stand near each other in one sentence."""
    return abs(a.start - b.start) < NEAR and same_sentence(low, a, b)


def same_sentence(text: str, a: Span, b: Span) -> bool:
    """Whether no full stop parts two spans."""
    between = text[min(a.end, b.end) : max(a.start, b.start)]
    return not re.search(
        r"[.!?]\s", re.sub(r"\b(?:u\.s|u\.n|sept|oct|jan|aug)\.", "", between)
    )


def told_of(one: Happening, timex: Timex, text: str) -> Iterator[Evidence]:
    """Yield what a time beside a known happening says of the report's day."""
    words = timex.span.of(text)
    if hit := re.fullmatch(r"XXXX-(\d\d)-(\d\d)", timex.value):
        if (int(hit[1]), int(hit[2])) == (one.first.month, one.first.day):
            days = (one.first, add_days(one.first, YEAR_AFTER) or one.first)
            yield Evidence((days,), Why("times.dating.happening.day.v1", timex.span))
    elif hit := re.fullmatch(r"(?i)last (\w+)", words):
        if days_after := month_after(one, timex.value):
            yield Evidence(
                (days_after,), Why("times.dating.happening.last.v1", timex.span)
            )
        elif hit[1].lower() == "year":
            year = one.first.year + 1
            days = (date(year, 1, 1), date(year, 12, 31))
            yield Evidence((days,), Why("times.dating.happening.last.v1", timex.span))
    elif hit := AGO.search(words):
        yield from back_from(one, hit, timex.span)


def month_after(one: Happening, value: str) -> Days | None:
    """Return the days on which "last June" is the June of a happening."""
    hit = re.fullmatch(r"XXXX-(\d\d)", value)
    if hit is None or int(hit[1]) != one.first.month:
        return None
    days = interval(f"{one.first.year}-{one.first.month:02d}")
    end = add_days(days[1], 334) if days else None
    return (days[1] + timedelta(days=1), end) if days and end else None


def back_from(one: Happening, hit: re.Match[str], span: Span) -> Iterator[Evidence]:
    """Yield the days from which a happening lies so many units back."""
    word, unit = hit[1].lower(), hit[2].lower()
    count = (
        int(word) if word.isdigit() else NUMBERS.index(word) if word in NUMBERS else 0
    )
    count = 1 if word in ("a", "an") else count
    if not count or one.first != one.last:
        return
    middle = add_days(one.first, count * LENGTH[unit] + count * (unit == "year") // 4)
    slack = timedelta(days=ROUND[unit])
    nearly = (
        timedelta(0) if hit.string.lower().startswith(("nearly", "almost")) else slack
    )
    if middle:
        days = (middle - slack, middle + nearly)
        yield Evidence((days,), Why("times.dating.happening.ago.v1", span))
