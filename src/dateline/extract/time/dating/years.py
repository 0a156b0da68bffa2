"""What years, months, weekdays and figures that a report names say of its own day.

A year's figures come out after it, a quarter's within four months; they are set
against those of the year before.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from dateline.extract.time.dating.window import Evidence, dated_in, dated_since, dated_until
from dateline.extract.time.grains import is_day, months_interval
from dateline.extract.time.tagging.match import verb_lean_after, verb_lean_before
from dateline.extract.time.tagging.words import Words
from dateline.model import Lexicon, Span, Why

FIRST, LAST = 1950, 2090  # years that reports in reach can name
STOPS = frozenset(".!?;¶")
FAR = 60  # words: no sentence is followed farther
UNNAMED = 2
QUARTERS = 4
OUT, EARLY = 125, 20  # days after a quarter's end in which it is reported; before it
PERIOD = re.compile("e?Y(?:U|p)|eYO-?U|YO-?U")
ENDED, QUARTER = re.compile("Mn"), re.compile("O-?U")
WHOLE_YEAR = ("times.in-year-earned", "times.earnings-in-year")
NAMED = re.compile(r"\b(?P<year>(?:19[5-9]|20[0-4])\d)\b(?!-|[.,]\d)")
LATER = 2  # years that an outlook may name beyond the last whole year
SHORT = 4000  # characters beyond which a report tells a firm's history too
SENTENCE = 200  # characters from a period in which it may be set beside a year ago
Year = tuple[int, int, int]
"""A year of the text: its word, the year, and its direction (-1, 0, 1)."""


def tell_report_year(words: Words, plain: Sequence[Year]) -> Iterator[Evidence]:
    """Yield what the years, weekdays and figures of a text say of its report's day."""
    yield from past_and_coming_years(words, plain)
    yield from beside_this_year(words, plain)
    yield from year_between(words, plain)
    yield from laws(words)
    yield from last_year(words)
    yield from year_after_quarter(words)
    yield from years_of_weekday(words)
    named = {int(hit["year"]) for hit in NAMED.finditer(words.text)}
    yield from quarter_beside_period(words.text, words.lexicon, named)
    yield from whole_years(words.text, words.lexicon, named)


def plain_years(words: Words) -> Iterator[Year]:
    """Yield the years named in the text."""
    for at, letter in enumerate(words.letters):
        if letter == "Y" and FIRST <= int(words.values[at]) <= LAST:
            yield at, int(words.values[at]), year_direction(words, at)


def latest_year(words: Words, plain: Sequence[Year]) -> int:
    """Return the latest year that a text names as past or its own, 0 for none."""
    due, up_to = words.lexicon.patterns["times.due"], words.listed("times.until")
    return max(
        (
            year
            for at, year, side in plain
            if side <= 0 and verb_lean_after(words, at + 1) <= 0
            and verb_lean_before(words, at) <= 0
            and not due.search(
                words.text[max(0, words.starts[at] - 40) : words.starts[at]]
            )
            and words.lower[at - 1] not in up_to
        ),
        default=0,
    )  # fmt: skip


def sentence_around_word(words: Words, at: int) -> tuple[int, int]:
    """Return the bounds of the sentence that holds word `at`."""
    letters, first, last = words.letters, at, at
    while first > 0 and letters[first - 1] not in STOPS and at - first < FAR:
        first -= 1
    while last < len(letters) and letters[last] not in STOPS and last - at < FAR:
        last += 1
    return first, last


def year_direction(words: Words, at: int) -> int:
    """Return -1 for a year surely told as past, 1 for one surely ahead, else 0."""
    first, last = sentence_around_word(words, at)
    before = words.lower[at - 1] if at else ""
    day_before = words.letters[max(0, at - 3) : at].endswith(("Mn,", "M", "M,"))
    back, on = verb_lean_before(words, at), verb_lean_after(words, at + 1)
    forecast = not words.listed("times.forecast").isdisjoint(words.lower[first:last])
    noun = words.lower[at - 2] if at > 1 else ""
    coming = not words.listed("times.next").isdisjoint(words.lower[first:at])
    if coming or noun in words.listed("times.contest"):
        back = on = 0
    verb = back or on
    past = day_before or before in words.listed("times.year-past")
    if verb < 0 and on <= 0 and not forecast and past:
        return -1
    sure = not words.listed("times.surely-ahead").isdisjoint(words.lower[max(first, at - 12) : at])
    up_to = before in words.listed("times.until")
    ahead = verb > 0 and (up_to or at - first <= 1 or back > 0 and sure)
    named = before in words.listed("times.year-ahead")
    return 1 if ahead and named and words.letters[at + 1 : at + 2] != "-" else 0


def past_and_coming_years(words: Words, plain: Sequence[Year]) -> Iterator[Evidence]:
    """A year told as past begins before the report, one told as ahead ends after it."""
    for at, year, side in plain:
        span = word_span(words, at)
        if side > 0:
            yield dated_until(date(year, 12, 31), "times.dating.ahead.v1", span)
        if side >= 0:
            continue
        begun, head = date(year, 1, 1), words.letters[max(0, at - 3) : at]
        if "M" in head:  # of the month named before the year, or of its day
            of_month = at - len(head) + head.rindex("M")
            month = int(words.values[of_month])
            day = int(words.values[of_month + 1]) if head.endswith("Mn,") else 1
            begun = date(year, month, day if is_day(year, month, day) else 1)
        yield dated_since(begun, "times.dating.past.v1", span)


def beside_this_year(words: Words, plain: Sequence[Year]) -> Iterator[Evidence]:
    """A year told as ahead beside "this year" is a later one."""
    here = word_before_year(words, "i")
    ahead = [year for _, year, side in plain if side > 0]
    if here >= 0 and ahead:
        span = Span(words.starts[here], words.ends[here + 1])
        end = date(min(ahead) - 1, 12, 31)
        yield dated_until(end, "times.dating.thisyear.v1", span)


def year_between(words: Words, plain: Sequence[Year]) -> Iterator[Evidence]:
    """Between a year told as past and one told as ahead lies the year not named."""
    bare = [p for p in plain if "M" not in words.letters[max(0, p[0] - 3) : p[0]]]
    past = [(year, at) for at, year, side in bare if side < 0]
    ahead = [(year, at) for at, year, side in bare if side > 0]
    if not past or not ahead or min(ahead)[0] - max(past)[0] != UNNAMED:
        return
    last, at = max(past)
    if not any(named == last + 1 for _, named, _ in plain):
        yield dated_in(last + 1, "times.dating.between.v1", word_span(words, at))


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


def word_before_year(words: Words, one: str) -> int:
    """Return where a word of letter `one` stands before the unit of a year, or -1."""
    at = words.letters.find(one + "U")
    while at >= 0 and words.values[at + 1] != "Y":
        at = words.letters.find(one + "U", at + 1)
    return at


def last_year(words: Words) -> Iterator[Evidence]:
    """Last year against a named year: "last year, down from 1996" is 1997."""
    at = word_before_year(words, "L")
    if at < 0:
        return
    _, last = sentence_around_word(words, at)
    for i in range(at + 2, min(last, at + 14)):
        before = words.lower[i - 1] in words.listed("times.compared-to")
        how = words.listed("times.comparison").intersection(words.lower[at + 2 : i])
        if words.letters[i] == "Y" and before and how:
            span = Span(words.starts[at], words.ends[i])
            yield dated_in(int(words.values[i]) + 2, "times.dating.lastyear.v1", span)


def year_after_quarter(words: Words) -> Iterator[Evidence]:
    """Figures of this quarter beside "the 1988 period": the report follows in 1989.

    Quarterly figures come out within four months of the quarter's end.
    """
    if not any(mark in words.letters for mark in ("elU", "elp", "iU")):
        return
    named = {v for v, k in zip(words.values, words.letters, strict=True) if k == "Y"}
    for hit in PERIOD.finditer(words.letters):
        year = int(words.values[hit.start() + hit[0].index("Y")]) + 1
        end = quarter_end(words, year)
        if end is not None and str(year) not in named and FIRST < year < LAST:
            days = ((end, end + timedelta(days=OUT)),)
            span = Span(words.starts[hit.start()], words.ends[hit.end() - 1])
            yield Evidence(days, Why("times.dating.compared.v1", span))
            return


def quarter_end(words: Words, year: int) -> date | None:
    """Return the day on which the quarter that a text reports ended in a year."""
    for hit in ENDED.finditer(words.letters):
        before = words.lower[hit.start() - 1] if hit.start() else ""
        month, day = (int(words.values[hit.start() + i]) for i in (0, 1))
        if before in words.listed("times.ended") and is_day(year, month, day):
            return date(year, month, day)
    for hit in QUARTER.finditer(words.letters):
        which = int(words.values[hit.start()])
        of_quarter = words.values[hit.end() - 1] == "Q" and 1 <= which <= QUARTERS
        before = words.letters[max(0, hit.start() - 1) : hit.start()]
        if of_quarter and before not in ("z", "Y"):
            return months_interval(year, 3 * which - 2, 3)[1] - timedelta(days=EARLY)
    return None


def years_of_weekday(words: Words) -> Iterator[Evidence]:
    """A weekday with its day of the month leaves the years in which the two agree."""
    text, near = words.letters, timedelta(days=182)
    for at in range(len(text) - 2):
        skip = 2 if text[at : at + 2] == "W," else 1 if text[at] == "W" else 0
        if not skip or text[at + skip : at + skip + 1] != "M":
            continue
        number = at + skip + 1
        if text[number : number + 1] not in ("n", "O"):
            continue
        if text[number + 1 : number + 2] == "Y" or text[number + 2 : number + 3] == "Y":
            continue
        weekday = int(words.values[at])
        month, day = int(words.values[at + skip]), int(words.values[number])
        same = [date(y, month, day) for y in range(FIRST, LAST) if is_day(y, month, day)]
        days = [(d - near, d + near) for d in same if d.isoweekday() == weekday]
        if days:
            span = Span(words.starts[at], words.ends[number])
            yield Evidence(tuple(days), Why("times.dating.weekday.v1", span))


def quarter_beside_period(text: str, lexicon: Lexicon, named: set[int]) -> Iterator[Evidence]:
    """A quarter beside "the 1988 period": the report comes out in or after 1989."""
    patterns, year_ago = lexicon.patterns, lexicon.patterns["times.year-ago"]
    found = []
    for hit in patterns["times.period"].finditer(text):
        rest = text[hit.start() : hit.end() + SENTENCE]
        if not year_ago.search(re.split(r"[.!?]\s", rest, maxsplit=1)[0]):
            found.append(hit)
    years = {int(hit["year"]) for hit in found}
    if len(years) != 1 or years != {max(named)} or not year_ago.search(text):
        return
    year, ordinals = max(years) + 1, lexicon.senses["times.ordinal"]
    which = {  # nine months end with the third quarter
        int(ordinals[hit[1].lower()]) if hit[1] else 3
        for hit in patterns["times.quarter"].finditer(text)
    }
    days = date(year, 2, 15), date(year + 1, 2, 14)
    if len(which) == 1:  # when the one quarter that a text reports is told
        end = months_interval(year, 3 * which.pop() - 2, 3)[1]
        days = end - timedelta(days=EARLY), end + timedelta(days=OUT)
    yield Evidence((days,), Why("times.dating.against.v1", Span(*found[0].span())))


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
