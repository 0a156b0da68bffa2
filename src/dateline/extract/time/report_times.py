"""The day of a report where it was filed, and the times that its text tells.

Some lean on another: a day told without its year on the same day told with one, and
"the day before" on the day told before it.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.extract.time.attach import word_before_time
from dateline.extract.time.grains import add_days, grain_of_timex, is_day, timex_interval
from dateline.extract.time.tagging import Timex, tagged_words
from dateline.extract.time.tagging.words import Words, cut_into_words
from dateline.model import Lexicon, Parsed, Setting, Span, Why

LATE = 3  # days that a report may lie before it is printed
SUNDAY_FIRST = frozenset(("USA", "CAN"))  # Unicode CLDR, where our outlets are of
DAY = re.compile(r"(\d{4}|XXXX)-(\d\d)-(\d\d)")
MONTH = re.compile(r"[A-Z][a-z]{2,}|[A-Z]{3,}")
NEAR = 60  # characters before a day in which it is told to be an anniversary's
STEPS = (
    ("times.day-before", -1),
    ("times.previous-day", -1),
    ("times.on-the-eve", -1),
    ("times.next-day", 1),
    ("times.day-after", 1),
    ("times.same-day", 0),
    ("times.within-the-day", 0),
)  # patterns, and the days from the one told before
STORY = 600  # characters: a day told longer before is of another story
CLAUSE = 90  # characters looked back for the "since" of a clause
ANCHORED, BESIDE = "times.anchored.v1", "times.day-beside.v1"


def local_day(parsed: Parsed, setting: Setting) -> date | None:
    """Return the report's day where it was filed: Seoul's Tuesday, not New York's."""
    told, day = parsed.report.published, setting.day
    if day is not None and (filed := filed_on(parsed, day)) is not None:
        return filed
    zoned = isinstance(told, datetime) and told.tzinfo and setting.dating.told
    if isinstance(told, datetime) and zoned and setting.zone:
        try:
            return told.astimezone(ZoneInfo(setting.zone)).date()
        except (ZoneInfoNotFoundError, ValueError, OverflowError):
            return day
    return day


def filed_on(parsed: Parsed, day: date) -> date | None:
    """Return the day in a report's dateline, where it is just before it was printed."""
    for mark in parsed.report.marked("dateline"):
        words = cut_into_words(mark.of(parsed.text), parsed.lexicon)
        for timex in resolved_times(words, day):
            days = timex_interval(timex.value)
            if days and grain_of_timex(timex.value) == "day":
                return days[0] if 0 < (day - days[0]).days <= LATE else None
    return None


def tag_report_times(parsed: Parsed, day: date | None, setting: Setting) -> tuple[Timex, ...]:
    """Return the report's times, weeks as they are counted where it was printed.

    Of a report dated by an interval, those are left that its first and its last day
    tell alike.
    """
    words = cut_into_words(parsed.text, parsed.lexicon)
    first, last = setting.dating.earliest, setting.dating.latest
    if day is not None or first is None or last is None:
        times = resolved_times(words, day)
    else:
        early, late = (resolved_times(words, end) for end in (first, last))
        known = {(t.span, t.value) for t in late}
        times = tuple(t for t in early if (t.span, t.value) in known)
    if setting.home not in SUNDAY_FIRST:
        return times
    return tuple(
        replace(t, mod=t.mod or "SUNDAY") if grain_of_timex(t.value) == "week" else t for t in times
    )


def resolved_times(words: Words, day: date | None) -> tuple[Timex, ...]:
    """Return the times that words tell, those that lean on others resolved."""
    text, lexicon = words.text, words.lexicon
    times = with_years(text, lexicon, tagged_words(words, day))
    return anchor_times(text, lexicon, times, day)


def with_years(text: str, lexicon: Lexicon, times: Sequence[Timex]) -> tuple[Timex, ...]:
    """Return times, days without a year of the one year told for them elsewhere.

    "The October 7 attacks" of a report that has "October 7, 2023" were in 2023, and so
    they were where it tells of "the first anniversary" of them in 2024.
    """
    year_told = lexicon.patterns["times.year-told"]
    known: dict[tuple[str, str], set[int]] = defaultdict(set)
    open_days: list[re.Match[str] | None] = []
    for timex in times:
        hit, words = DAY.match(timex.value), timex.span.of(text)
        # only of a day that is told by its month and number
        if not (hit and MONTH.search(words) and str(int(hit[3])) in words):
            open_days.append(None)
            continue
        with_year = year_told.search(words)
        open_days.append(None if with_year else hit)
        if hit[1] == "XXXX":
            continue
        year = int(hit[1]) if with_year else year_by_anniversary(text, lexicon, timex)
        if year:
            known[hit[2], hit[3]].add(year)
    found = []
    for timex, hit in zip(times, open_days, strict=True):
        years = known.get((hit[2], hit[3]), set()) if hit else set()
        year = next(iter(years)) if len(years) == 1 else 0
        value = f"{year:04d}{timex.value[4:]}"
        own = hit is None or not is_day(year, int(hit[2]), int(hit[3]))
        if own or value == timex.value:
            found.append(timex)
        else:
            found.append(replace(timex, value=value, alternatives=()))
    return tuple(found)


def year_by_anniversary(text: str, lexicon: Lexicon, timex: Timex) -> int:
    """Return the year of what a day is told to be an anniversary of, 0 for none.

    It is the first anniversary where no number is told.
    """
    start = timex.span.start
    hit = lexicon.patterns["times.anniversary"].search(text[max(0, start - NEAR) : start])
    if hit is None:
        return 0
    word = hit[1].strip().lower()
    figures = "".join(filter(str.isdigit, word))
    number = int(lexicon.senses["times.ordinal"].get(word, figures or "1"))
    return int(timex.value[:4]) - number


def anchor_times(
    text: str, lexicon: Lexicon, times: Sequence[Timex], day: date | None
) -> tuple[Timex, ...]:
    """Return the times with those read anew that count from the day told before them.

    The day is that of the same paragraph; "the day before" of none is the report's.
    """
    found = list(times)
    steps = [(lexicon.patterns[name], step) for name, step in STEPS]
    hits = [(hit, step) for each, step in steps for hit in each.finditer(text)]
    for hit, step in sorted(hits, key=lambda h: h[0].start()):
        span = Span(*hit.span())
        told = day_before_in_paragraph(text, lexicon, found, span.start)
        base = told or (day if step < 0 else None)
        moved = add_days(base, step) if base else None
        if moved is None:
            continue
        why = Why(BESIDE if step else ANCHORED, span)
        new = Timex(span, "DATE", moved.isoformat(), (), "", why)
        found = [t for t in found if not t.span.overlaps(span)]
        found = sorted([*found, new], key=lambda t: t.span)
    return tuple(found)


def day_before_in_paragraph(
    text: str, lexicon: Lexicon, times: Sequence[Timex], at: int
) -> date | None:
    """Return the day told last before a character, in its own paragraph.

    A day that only says since or until when is none of the story.
    """
    start = max(text.rfind("\n\n", 0, at), at - STORY)
    for timex in reversed([t for t in times if start <= t.span.start < at]):
        days = timex_interval(timex.value) if timex.kind in ("DATE", "TIME") else None
        if not days or grain_of_timex(timex.value) != "day":
            continue
        begin = timex.span.start
        head = text[max(0, begin - CLAUSE) : begin].rpartition(". ")[2]
        since = lexicon.patterns["times.since-clause"].search(head)
        word = word_before_time(text, timex.span)
        if not since and word not in lexicon.words["times.bound"]:
            return days[0]
    return None
