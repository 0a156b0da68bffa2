"""Of what day a report is, when nobody tells it: told by its heads, else solved for."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from dateline.extract.time.dating import known, years
from dateline.extract.time.dating.window import EVER, Days, Evidence, likeliest_days, meet, solve
from dateline.extract.time.grains import is_day
from dateline.extract.time.tagging import Timex, tag, tagged_words
from dateline.extract.time.tagging.words import Words, cut_into_words
from dateline.model import Dating, Lexicon, Report, Span, Why

URL = re.compile(r"/(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?=[/_.-]|$)|[/_-](\d{4})(\d\d)(\d\d)[/_.-]")
WHOLE = re.compile(r"\d{4}-\d\d-\d\d")
HEADS, HEAD_LINE = 6, 90  # lines at the top that may be headers, and their width
DASHES = ("-", "–", "—", "|", "·")
LONGEST = 366  # days: a longer interval is no answer
WIDEST = 3700  # days beyond which an interval is not worth telling
LEAD = 3  # sentences in which a report names its own day


def date_report(report: Report, lexicon: Lexicon) -> Dating:
    """Return the day of a report: as told, else the days that its own words allow.

    The port `ports.DateReport`: by the words of its language, without a parse.

    >>> from dateline.model.parsed import NO_WORDS
    >>> told = Report("r", "Kim left.", published=date(2019, 1, 8))
    >>> date_report(told, NO_WORDS).why[0].rule
    'times.dating.told.v1'
    """
    if (day := report.day) is not None:
        return Dating(day, day, True, (Why("times.dating.told.v1"),))
    if found := by_address(report.url) or by_header(report, lexicon):
        return found
    return solve_day(report.text, lexicon)


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
        if (found := date_of_header(line, lexicon)) is not None:
            return Dating(found, found, True, (Why("times.dating.header.v1", span),))
    for mark in report.marked("dateline"):
        days = [t for t in tag(mark.of(text), lexicon) if WHOLE.match(t.value)]
        if days:
            day = date.fromisoformat(days[0].value)
            return Dating(day, day, True, (Why("times.dating.dateline.v1", mark),))
    return None


def date_of_header(line: str, lexicon: Lexicon) -> date | None:
    """Return the one full date that a line tells, or that closes it after a dash.

    A headline that is closed so: "… - DW - 8.1.2019".
    """
    times = tag(line, lexicon)
    days = [t.value[:10] for t in times if WHOLE.match(t.value)]
    if len(set(days)) == 1:
        rest = line
        for timex in reversed(times):
            rest = rest[: timex.span.start] + rest[timex.span.end :]
        rest = lexicon.patterns["times.masthead"].sub("", rest)
        if len(rest.strip(" \t,.|-–—:;()[]").split()) <= 2:  # noqa: PLR2004
            return date.fromisoformat(days[0])
    if not times or not WHOLE.match(times[-1].value):
        return None
    last = times[-1]
    closes = last.span.end == len(line.rstrip())
    dashed = line[: last.span.start].rstrip().endswith(DASHES)
    return date.fromisoformat(last.value[:10]) if closes and dashed else None


def solve_day(text: str, lexicon: Lexicon) -> Dating:
    """Return the days that all evidence in a text allows, and that evidence."""
    words = cut_into_words(text, lexicon)
    times = tagged_words(words)
    plain = list(years.plain_years(words))
    evidence = [
        *known.in_office(text, lexicon),
        *known.happened(text, lexicon, times),
        *known.year_from_age(text, lexicon),
        *known.in_their_days(text, lexicon),
        *years.tell_report_year(words, plain),
    ]
    days, why = solve(evidence, years.latest_year(words, plain))
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
    if (last - first).days > LONGEST and (part := likeliest_days(days, words, times, LONGEST)):
        (first, last), why = part, (*why, Why("times.dating.season.v1"))
    return Dating(first, last, False, why)


def other_calendar(text: str, lexicon: Lexicon, within: Span) -> Span | None:
    """Return the first date of another calendar in a stretch of text: it is not read.

    >>> from dateline.resources import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> text = "On 15 Ramadan 1445 gunmen attacked."
    >>> other_calendar(text, english, Span(0, len(text))).of(text)
    '15 Ramadan 1445'
    """
    pattern = lexicon.patterns["times.other-calendar"]
    hit = pattern.search(text, within.start, within.end)
    return Span(*hit.span()) if hit else None


def named_days(words: Words, times: Sequence[Timex], days: tuple[Days, ...]) -> Iterator[Evidence]:
    """The report's weekday is a known day of the year: then it is that very day."""
    lead, (first, last) = lead_weekday(words), (days[0][0], days[-1][1])
    for span, born in known.birthdays(words.text, words.lexicon):
        near = [  # within a clause of each other
            t
            for t in times
            if t.value.startswith("XXXX-WXX-")
            and max(t.span.start, span.start) - min(t.span.end, span.end) < known.NEAR
        ]
        weekday = int(near[-1].value[9]) if near else 0
        if not weekday or weekday != lead or (last - first).days > WIDEST:
            continue
        found = [
            date(y, born.month, born.day)
            for y in range(first.year, last.year + 1)
            if is_day(y, born.month, born.day)
        ]
        inside = (d for d in found if any(a <= d <= b for a, b in days))
        same = [d for d in inside if d.isoweekday() == weekday]
        if len(same) == 1:
            one = (same[0], same[0])
            yield Evidence((one,), Why("times.dating.birthday.v1", span))


def lead_weekday(words: Words) -> int:
    """Return the weekday on which the lead says that its news was told, 0 if none."""
    said, on = words.listed("times.said"), words.listed("times.on")
    stops = 0
    for at, letter in enumerate(words.letters):
        stops += letter in ".¶"
        if stops > LEAD:
            return 0
        before = words.lower[at - 1] if at else ""
        if letter == "W" and (before in said or (before in on and words.lower[at - 2] in said)):
            return int(words.values[at])
    return 0
