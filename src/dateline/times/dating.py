"""Of what day a report is, when nobody tells it: told by its heads, else solved for."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from dateline.model import Dating, Lexicon, Report, Span, Why
from dateline.times import figures, happenings, known, lifespans, season, spoken
from dateline.times.calendars import other_calendar
from dateline.times.grains import is_day
from dateline.times.tagging import Timex, tag, tagged_words
from dateline.times.window import EVER, Days, Evidence, meet, solve
from dateline.times.words import Words, cut_into_words

URL = re.compile(
    r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)|[/_-](\d{4})(\d\d)(\d\d)[/_.-]"
)
HEADS, HEAD_LINE = 6, 90  # lines at the top that may be headers, and their width
DASHES = ("-", "–", "—", "|", "·")
LONGEST = 366  # days: a longer interval is no answer
WIDEST = 3700  # days beyond which an interval is not worth telling
LEAD = 3  # sentences in which a report names its own day


def date_report(report: Report, lexicon: Lexicon) -> Dating:
    """Return the day of a report: as told, else the days that its own words allow.

    The port `ports.DateReport`: by the words of its language, without a parse.

    >>> from dateline.model.lexicon import NO_WORDS
    >>> told = Report("r", "Kim left.", published=date(2019, 1, 8))
    >>> date_report(told, NO_WORDS).why[0].rule
    'times.dating.told.v1'
    """
    if (day := report.day) is not None:
        return Dating(day, day, True, (Why("times.dating.told.v1"),))
    if found := by_address(report.url) or by_header(report, lexicon):
        return found
    return solved(report.text, lexicon)


def by_address(url: str) -> Dating | None:
    """The date in a report's address."""
    for hit in URL.finditer(url[:2000]):
        year, month, day = (int(part) for part in hit.groups() if part)
        if 1990 <= year <= 2100 and is_day(year, month, day):  # noqa: PLR2004
            at = date(year, month, day)
            return Dating(at, at, True, (Why("times.dating.address.v1"),))
    return None


def by_header(report: Report, lexicon: Lexicon) -> Dating | None:
    """A line at the head of a report that is its date, or a date in its dateline."""
    text = report.text
    at = 0
    for line in text[:2000].split("\n")[: HEADS * 2]:
        span = Span(at, at + len(line))
        at += len(line) + 1
        if len(line) > HEAD_LINE or not any(map(str.isdigit, line)):
            continue  # a full date has figures
        times = tag(line, lexicon)
        if found := whole_date(line, times, lexicon) or closing_date(line, times):
            return Dating(found, found, True, (Why("times.dating.header.v1", span),))
    for mark in report.marked("dateline"):
        days = [t for t in tag(mark.of(text), lexicon) if is_whole(t.value)]
        if days:
            day = date.fromisoformat(days[0].value)
            return Dating(day, day, True, (Why("times.dating.dateline.v1", mark),))
    return None


def whole_date(line: str, times: Sequence[Timex], lexicon: Lexicon) -> date | None:
    """Return the one full date of a header line, None where it says more than that."""
    days = [t for t in times if is_whole(t.value)]
    if len({t.value[:10] for t in days}) != 1:
        return None
    rest = line
    for timex in reversed(times):
        rest = rest[: timex.span.start] + rest[timex.span.end :]
    rest = lexicon.patterns["times.masthead"].sub("", rest).strip(" \t,.|-–—:;()[]")
    return date.fromisoformat(days[0].value[:10]) if len(rest.split()) <= 2 else None  # noqa: PLR2004


def closing_date(line: str, times: Sequence[Timex]) -> date | None:
    """Return the full date that closes a headline after a dash: "… - DW - 8.1.2019"."""
    for timex in times[-1:]:
        before = line[: timex.span.start].rstrip()
        last = timex.span.end == len(line.rstrip())
        if last and is_whole(timex.value) and before.endswith(DASHES):
            return date.fromisoformat(timex.value[:10])
    return None


def is_whole(value: str) -> bool:
    """Whether a TIMEX3 value is one known day."""
    return bool(re.match(r"\d{4}-\d\d-\d\d", value))


def solved(text: str, lexicon: Lexicon) -> Dating:
    """Return the days that all evidence in a text allows, and that evidence."""
    words = cut_into_words(text, lexicon)
    times = tagged_words(words)
    days, why = solve([*find_evidence(words, times)], spoken.latest_year(words))
    if not days:
        return Dating(None, None, False, (Why("times.dating.conflict.v1"),))
    for one in named_days(words, times, days):
        if closer := meet(days, one.days):
            days, why = closer, (*why, one.why)
            break
    first, last = days[0][0], days[-1][1]
    if first == EVER[0][0] or last >= EVER[0][1] or (last - first).days > WIDEST:
        other = other_calendar(text, lexicon, Span(0, len(text)))
        seen = (Why("times.calendar.other.v1", other),) if other else ()
        return Dating(None, None, False, (Why("times.dating.none.v1"), *seen))
    if (last - first).days > LONGEST:
        likely = season.month_likelihoods(words, times)
        if part := season.likeliest_days(days, likely, LONGEST):
            (first, last), why = part, (*why, Why("times.dating.season.v1"))
    return Dating(first, last, False, why)


def find_evidence(words: Words, times: tuple[Timex, ...]) -> Iterator[Evidence]:
    """Yield every piece of evidence of a report's day."""
    text, lexicon = words.text, words.lexicon
    yield from known.in_office(text, lexicon)
    yield from happenings.happened(text, lexicon, times)
    yield from known.year_from_age(text, lexicon)
    yield from lifespans.in_their_days(text, lexicon)
    yield from spoken.years(words)
    yield from spoken.last_year(words)
    yield from spoken.year_after_quarter(words)
    yield from spoken.years_of_weekday(words)
    yield from figures.year_after_compared(text, lexicon)


def named_days(
    words: Words, times: Sequence[Timex], days: tuple[Days, ...]
) -> Iterator[Evidence]:
    """The report's weekday is a known day of the year: then it is that very day."""
    lead = lead_weekday(words)
    for span, born in known.birthdays(words.text, words.lexicon):
        near = [
            t
            for t in times
            if t.value.startswith("XXXX-WXX-") and are_close_spans(t.span, span)
        ]
        weekday = int(near[-1].value[9]) if near else 0
        if not weekday or weekday != lead:
            continue
        found = same_days(born.month, born.day, weekday, days)
        if len(found) == 1:
            one = (found[0], found[0])
            yield Evidence((one,), Why("times.dating.birthday.v1", span))


def are_close_spans(a: Span, b: Span) -> bool:
    """Whether two spans stand within a clause of each other."""
    return max(a.start, b.start) - min(a.end, b.end) < happenings.NEAR


def same_days(month: int, day: int, weekday: int, days: tuple[Days, ...]) -> list[date]:
    """Return the days of a window that are a given day of the year and of the week."""
    first, last = days[0][0], days[-1][1]
    if (last - first).days > WIDEST:
        return []
    every = [
        date(y, month, day)
        for y in range(first.year, last.year + 1)
        if is_day(y, month, day)
    ]
    inside = [d for d in every if any(a <= d <= b for a, b in days)]
    return [d for d in inside if d.isoweekday() == weekday]


def lead_weekday(words: Words) -> int:
    """Return the weekday on which the lead says that its news was told, 0 if none."""
    said, on = words.listed("times.said"), words.listed("times.on")
    stops = 0
    for at, letter in enumerate(words.letters):
        stops += letter in ".¶"
        if stops > LEAD:
            return 0
        before = words.lower[at - 1] if at else ""
        if letter == "W" and (
            before in said or (before in on and words.lower[at - 2] in said)
        ):
            return int(words.values[at])
    return 0
