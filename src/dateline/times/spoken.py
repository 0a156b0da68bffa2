"""What the years, months and weekdays that a report names say about its own day."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dateline.model import Span, Why
from dateline.times.grains import is_day, months_interval
from dateline.times.tense import forward, verb_lean_before
from dateline.times.window import Evidence, dated_since, dated_until
from dateline.times.words import Words

FIRST, LAST = 1950, 2090  # years that reports in reach can name
STOPS = frozenset(".!?;¶")
UNNAMED = 2
QUARTERS, AFTER_QUARTER, EARLY = 4, 125, 20
PERIOD = re.compile("e?Y(?:U|p)|eYO-?U|YO-?U")
ENDED, QUARTER = re.compile("Mn"), re.compile("O-?U")
WEEKDAY_YEARS = range(FIRST, LAST)


def sentence_around_word(words: Words, at: int) -> tuple[int, int]:
    """Return the bounds of the sentence that holds word `at`."""
    first = at
    while first > 0 and words.letters[first - 1] not in STOPS and at - first < 60:
        first -= 1
    last = at
    while (
        last < len(words.letters)
        and words.letters[last] not in STOPS
        and last - at < 60
    ):
        last += 1
    return first, last


def years(words: Words) -> Iterator[Evidence]:
    """A year told as past begins before the report, one told as ahead ends after it."""
    plain = list(plain_years(words))
    for at, year, side in plain:
        span = Span(words.starts[at], words.ends[at])
        if side < 0:
            yield dated_since(past_from(words, at, year), "times.dating.past.v1", span)
        elif side > 0:
            yield dated_until(date(year, 12, 31), "times.dating.ahead.v1", span)
    yield from beside_this_year(words, plain)
    yield from year_between(words, plain)
    yield from laws(words)


def plain_years(words: Words) -> Iterator[tuple[int, int, int]]:
    """Yield word, year and direction (-1, 0, 1) of each year named in the text."""
    for at, letter in enumerate(words.letters):
        if letter != "Y" or not FIRST <= int(words.values[at]) <= LAST:
            continue
        yield at, int(words.values[at]), year_direction(words, at)


def latest_year(words: Words) -> int:
    """Return the latest year that a text names as past or its own, 0 for none."""
    due, up_to = words.lexicon.patterns["times.due"], words.listed("times.until")
    return max(
        (
            year
            for at, year, side in plain_years(words)
            if side <= 0 and forward(words, at + 1) <= 0
            and verb_lean_before(words, at) <= 0
            and not due.search(
                words.text[max(0, words.starts[at] - 40) : words.starts[at]]
            )
            and words.lower[at - 1] not in up_to
        ),
        default=0,
    )  # fmt: skip


def year_direction(words: Words, at: int) -> int:
    """Return -1 for a year surely told as past, 1 for one surely ahead, else 0."""
    first, last = sentence_around_word(words, at)
    before = words.lower[at - 1] if at else ""
    dated = words.letters[max(0, at - 3) : at]
    day_before = dated.endswith(("Mn,", "M")) or dated.endswith("M,")
    back, on = verb_lean_before(words, at), forward(words, at + 1)
    forecast = not words.listed("times.forecast").isdisjoint(words.lower[first:last])
    verb = back or on
    noun = words.lower[at - 2] if at > 1 else ""
    coming = not words.listed("times.next").isdisjoint(words.lower[first:at])
    if coming or noun in words.listed("times.contest"):
        back = on = verb = 0
    past = day_before or before in words.listed("times.year-past")
    if verb < 0 and on <= 0 and not forecast and past:
        return -1
    sure = not words.listed("times.surely-ahead").isdisjoint(
        words.lower[max(first, at - 12) : at]
    )
    up_to = before in words.listed("times.until")
    if (
        verb > 0
        and (up_to or at - first <= 1 or back > 0 and sure)
        and before in words.listed("times.year-ahead")
        and words.letters[at + 1 : at + 2] != "-"
    ):
        return 1
    return 0


def past_from(words: Words, at: int, year: int) -> date:
    """Return the first day of a past time: of its month where one is named."""
    head = words.letters[max(0, at - 3) : at]
    for back in (1, 2, 3):
        if at >= back and words.letters[at - back] == "M":
            month = int(words.values[at - back])
            named = words.values[at - back + 1] if head.endswith("Mn,") else "1"
            day = int(named) if is_day(year, month, int(named)) else 1
            return date(year, month, day)
    return date(year, 1, 1)


def beside_this_year(
    words: Words, plain: list[tuple[int, int, int]]
) -> Iterator[Evidence]:
    """A year told as ahead beside "this year" is a later one."""
    here = word_before_year(words, "i")
    if here < 0:
        return
    span = Span(words.starts[here], words.ends[here + 1])
    ahead = [year for _, year, side in plain if side > 0]
    if ahead:
        yield dated_until(
            date(min(ahead) - 1, 12, 31), "times.dating.thisyear.v1", span
        )


def year_between(words: Words, plain: list[tuple[int, int, int]]) -> Iterator[Evidence]:
    """Between a year told as past and one told as ahead lies the year not named."""
    bare = [p for p in plain if "M" not in words.letters[max(0, p[0] - 3) : p[0]]]
    past = [(year, at) for at, year, side in bare if side < 0]
    ahead = [(year, at) for at, year, side in bare if side > 0]
    if not past or not ahead or min(ahead)[0] - max(past)[0] != UNNAMED:
        return
    year = max(past)[0] + 1
    if any(named == year for _, named, _ in plain):
        return
    at = max(past)[1]
    days = ((date(year, 1, 1), date(year, 12, 31)),)
    yield Evidence(days, Why("times.dating.between.v1", word_span(words, at)))


def laws(words: Words) -> Iterator[Evidence]:
    """A law called by its year was made in it: the report is no earlier."""
    for at, letter in enumerate(words.letters[2:], start=2):
        if letter != "Y":
            continue
        if " ".join(words.lower[at - 2 : at]) in words.listed("times.law"):
            day = date(max(FIRST, int(words.values[at])), 1, 1)
            yield dated_since(day, "times.dating.law.v1", word_span(words, at))


def word_span(words: Words, at: int) -> Span:
    """Return the characters of one word."""
    return Span(words.starts[at], words.ends[at])


def year_after_quarter(words: Words) -> Iterator[Evidence]:
    """Figures of this quarter beside "the 1988 period": the report follows in 1989.

    Quarterly figures come out within four months of the quarter's end.
    """
    this = any(words.letters.find(mark) >= 0 for mark in ("elU", "elp", "iU"))
    for hit in PERIOD.finditer(words.letters):
        at = hit.start() + hit[0].index("Y")
        year = int(words.values[at]) + 1
        end = quarter_end(words, year)
        named = {
            v for v, k in zip(words.values, words.letters, strict=True) if k == "Y"
        }
        if not this or end is None or str(year) in named or not FIRST < year < LAST:
            continue
        days = ((end, end + timedelta(days=AFTER_QUARTER)),)
        span = Span(words.starts[hit.start()], words.ends[hit.end() - 1])
        yield Evidence(days, Why("times.dating.compared.v1", span))
        return


def quarter_end(words: Words, year: int) -> date | None:
    """Return the day on which the quarter that a text reports ended in a year."""
    for hit in ENDED.finditer(words.letters):
        before = words.lower[hit.start() - 1] if hit.start() else ""
        ended = before in words.listed("times.ended")
        month, day = (int(words.values[hit.start() + i]) for i in (0, 1))
        if ended and is_day(year, month, day):
            return date(year, month, day)
    for hit in QUARTER.finditer(words.letters):
        unit = hit.end() - 1
        which = int(words.values[hit.start()])
        before = words.letters[max(0, hit.start() - 1) : hit.start()]
        if (
            words.values[unit] == "Q"
            and 1 <= which <= QUARTERS
            and before not in ("z", "Y")
        ):
            return months_interval(year, 3 * which - 2, 3)[1] - timedelta(days=EARLY)
    return None


def word_before_year(words: Words, one: str) -> int:
    """Return where a word of letter `one` stands before the unit of a year, or -1."""
    at = words.letters.find(one + "U")
    while at >= 0:
        if words.values[at + 1] == "Y":
            return at
        at = words.letters.find(one + "U", at + 1)
    return -1


def last_year(words: Words) -> Iterator[Evidence]:
    """Last year against a named year: "last year, down from 1996" is 1997."""
    at = word_before_year(words, "L")
    while at >= 0:
        _, last = sentence_around_word(words, at)
        for i in range(at + 2, min(last, at + 14)):
            before = words.lower[i - 1] in words.listed("times.compared-to")
            how = words.listed("times.comparison").intersection(words.lower[at + 2 : i])
            if words.letters[i] == "Y" and before and how:
                year = int(words.values[i]) + 2
                span = Span(words.starts[at], words.ends[i])
                days = ((date(year, 1, 1), date(year, 12, 31)),)
                yield Evidence(days, Why("times.dating.lastyear.v1", span))
        return


def years_of_weekday(words: Words) -> Iterator[Evidence]:
    """A weekday with its day of the month leaves the years in which the two agree."""
    text = words.letters
    for at in range(len(text) - 2):
        skip = 2 if text[at : at + 2] == "W," else 1 if text[at] == "W" else 0
        if not skip or text[at + skip : at + skip + 1] != "M":
            continue
        number = at + skip + 1
        if text[number : number + 1] not in ("n", "O") or not text[number:]:
            continue
        if text[number + 1 : number + 2] == "Y" or text[number + 2 : number + 3] == "Y":
            continue
        month, day = int(words.values[at + skip]), int(words.values[number])
        found = agreeing(int(words.values[at]), month, day)
        if found:
            span = Span(words.starts[at], words.ends[number])
            yield Evidence(found, Why("times.dating.weekday.v1", span))


def agreeing(weekday: int, month: int, day: int) -> tuple[tuple[date, date], ...]:
    """Return the days around which a weekday falls on a day of a month."""
    days = [date(y, month, day) for y in WEEKDAY_YEARS if is_day(y, month, day)]
    near = timedelta(days=182)
    return tuple((d - near, d + near) for d in days if d.isoweekday() == weekday)
