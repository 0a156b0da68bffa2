"""What well-known happenings say of the day of a report that speaks of them."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateline.facts.base import base
from dateline.model import Lexicon, Span, Why
from dateline.times.grains import add_days, timex_interval
from dateline.times.lifespans import Called, by_word, likely
from dateline.times.numerals import load_number_words
from dateline.times.tagging import Timex
from dateline.times.window import Days, Evidence, dated_since

BEHIND = 30  # characters before a happening in which a time is told
LARGEST = 12  # units that are counted in words
ROUND = {"D": 1, "W": 5, "M": 20, "Y": 180}
LENGTH = {"D": 1, "W": 7, "M": 30, "Y": 365}
YEAR_AFTER = (
    350  # days in which a month and day without a year still mean the last ones
)
NEAR = 150  # characters between the name of a happening and its relative time
# Kinds that are named long before they come
FORETOLD = ("election", "games", "summit", "visit", "planned", "treaty", "independence")
FEW = 2  # happenings in a text beside which a bare day of the year still names one
CLOSE = 150  # days within which two happenings are of one season
MOST = 20  # mentions of one happening that times are held against
AHEAD = 40  # characters before a name in which it is told as ahead
Hit = re.Match[str]


@dataclass(frozen=True, slots=True)
class Happening(Called):
    """Something whose days are known, and the small letters it goes by."""

    kind: str
    first: date
    last: date

    @property
    def numbers(self) -> frozenset[str]:
        """Return the numbers in its names."""
        return frozenset(re.findall(r"\d+", " ".join(self.called)))


@cache
def load_happenings() -> tuple[Happening, ...]:
    """Return the happenings of the knowledge base whose days are known."""
    return tuple(
        Happening(
            tuple(map(str.lower, dated.names)),
            dated.kind,
            dated.first,
            dated.last or dated.first,
        )
        for dated in base().dated()
        if dated.precision == "day"
    )


@cache
def index_happenings() -> dict[str, tuple[int, ...]]:
    """Return where among the happenings names with each word stand."""
    return by_word(one.called for one in load_happenings())


def happened(
    text: str, lexicon: Lexicon, times: tuple[Timex, ...]
) -> Iterator[Evidence]:
    """A happening whose days are known, told as past: the report comes after it."""
    low = text.lower()
    some = [load_happenings()[n] for n in likely(index_happenings(), low)]
    found = [(one, hit) for one in some if (hit := one.search(low))]
    starts = [timex.span.start for timex in times]
    found = [(one, hit) for one, hit in found if not is_still_ahead(low, lexicon, hit)]
    yield from cluster(found)
    for one, hit in found:
        if one.kind not in FORETOLD:
            yield dated_since(one.first, "times.dating.happening.v2", Span(*hit.span()))
        yield from day_after_happening(one, low, lexicon, hit.start())
        told = [*mentions_of_happening(low, lexicon, hit, found)][:MOST]
        own = f"XXXX-{one.first:%m-%d}"
        near = {
            n
            for at in told
            for n in times_around(starts, at)
            if near_by(low, lexicon, times[n].span, at)
        }
        if len(found) <= FEW:
            near |= {n for n, timex in enumerate(times) if timex.value == own}
        called = str(one.first.day) in one.numbers  # "Sept. 11" is no day of this year
        for timex in (times[n] for n in sorted(near)):
            if not (called and timex.value == own):
                yield from evidence_beside_happening(one, timex, text, lexicon)


def times_around(starts: Sequence[int], at: Span) -> range:
    """Return the numbers of the times that start near a span; starts are in order.

    >>> times_around([10, 900, 1000], Span(950, 960))
    range(1, 3)
    """
    low = bisect_right(starts, at.start - NEAR)
    return range(low, bisect_left(starts, at.start + NEAR))


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


def day_after_happening(
    one: Happening, low: str, lexicon: Lexicon, first: int
) -> Iterator[Evidence]:
    """News told "two weeks after" a happening is of that day, unless years went by.

    It is named from the character `first` on.
    """
    so_long_after = lexicon.patterns["times.so-long-after"]
    for at in one.names.finditer(low, first):
        found = so_long_after.search(low[max(0, at.start() - BEHIND) : at.start()])
        if found and one.first == one.last:
            yield from back_from(one, found, Span(*at.span()), lexicon)


def is_still_ahead(low: str, lexicon: Lexicon, hit: Hit) -> bool:
    """Whether a happening is told as one still to come: "before the Alaska summit"."""
    head = low[max(0, hit.start() - AHEAD) : hit.start()]
    return bool(lexicon.patterns["times.foretold"].search(head))


def mentions_of_happening(
    low: str, lexicon: Lexicon, hit: Hit, found: list[tuple[Happening, Hit]]
) -> Iterator[Span]:
    """Yield where a happening is named, then where its head alone names it again."""
    yield Span(*hit.span())
    head = lexicon.patterns["times.happening"].search(hit[0])
    if head is None or sum(head[0] in other[0] for _, other in found) > 1:
        return
    the = "|".join(map(re.escape, lexicon.words["times.the"]))
    for again in re.finditer(rf"\b(?:{the}) {head[0]}\b", low[hit.end() :]):
        yield Span(hit.end() + again.start(), hit.end() + again.end())


def near_by(low: str, lexicon: Lexicon, a: Span, b: Span) -> bool:
    """Whether two spans stand near each other in one sentence."""
    return abs(a.start - b.start) < NEAR and same_sentence(low, lexicon, a, b)


def same_sentence(text: str, lexicon: Lexicon, a: Span, b: Span) -> bool:
    """Whether no full stop parts two spans."""
    between = text[min(a.end, b.end) : max(a.start, b.start)]
    whole = lexicon.patterns["times.cut-short"].sub("", between)
    return not re.search(r"[.!?]\s", whole)


def evidence_beside_happening(
    one: Happening, timex: Timex, text: str, lexicon: Lexicon
) -> Iterator[Evidence]:
    """Yield what a time beside a known happening says of the report's day."""
    words, patterns = timex.span.of(text), lexicon.patterns
    if hit := re.fullmatch(r"XXXX-(\d\d)-(\d\d)", timex.value):
        if (int(hit[1]), int(hit[2])) == (one.first.month, one.first.day):
            days = (one.first, add_days(one.first, YEAR_AFTER) or one.first)
            yield Evidence((days,), Why("times.dating.happening.day.v1", timex.span))
    elif hit := patterns["times.last-unit"].fullmatch(words):
        if days_after := month_after(one, timex.value):
            yield Evidence(
                (days_after,), Why("times.dating.happening.last.v1", timex.span)
            )
        elif lexicon.senses["times.unit"].get(hit[1].lower()) == "Y":
            year = one.first.year + 1
            days = (date(year, 1, 1), date(year, 12, 31))
            yield Evidence((days,), Why("times.dating.happening.last.v1", timex.span))
    elif hit := patterns["times.ago"].search(words):
        yield from back_from(one, hit, timex.span, lexicon)


def month_after(one: Happening, value: str) -> Days | None:
    """Return the days on which "last June" is the June of a happening."""
    hit = re.fullmatch(r"XXXX-(\d\d)", value)
    if hit is None or int(hit[1]) != one.first.month:
        return None
    days = timex_interval(f"{one.first.year}-{one.first.month:02d}")
    end = add_days(days[1], 334) if days else None
    return (days[1] + timedelta(days=1), end) if days and end else None


def back_from(
    one: Happening, hit: re.Match[str], span: Span, lexicon: Lexicon
) -> Iterator[Evidence]:
    """Yield the days from which a happening lies so many units back."""
    count, unit = number_before_unit(hit[1].lower(), lexicon), hit[2].lower()
    unit = lexicon.senses["times.unit"][unit]
    if not count or one.first != one.last:
        return
    middle = add_days(one.first, count * LENGTH[unit] + count * (unit == "Y") // 4)
    slack = timedelta(days=ROUND[unit])
    nearly = hit.string.lower().startswith(tuple(lexicon.words["times.nearly"]))
    if middle:
        days = (middle - slack, middle + (timedelta(0) if nearly else slack))
        yield Evidence((days,), Why("times.dating.happening.ago.v1", span))


def number_before_unit(word: str, lexicon: Lexicon) -> int:
    """Return the number that a word before a unit tells, 0 where it tells none."""
    if word in lexicon.words["times.or-one"]:
        return 1
    if word.isdigit():
        return int(word)
    count = load_number_words(lexicon).small.get(word, 0)
    return count if count <= LARGEST else 0
