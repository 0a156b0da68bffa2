"""The day of a report where it was filed, and the time expressions of its text."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.model import Parsed, Setting
from dateline.times.anchored import anchor_times
from dateline.times.grains import timex_interval
from dateline.times.meaning import grain_of_timex
from dateline.times.tagging import Timex, tagged_words
from dateline.times.words import Words, cut_into_words
from dateline.times.years import with_years

LATE = 3  # days that a report may lie before it is printed
SUNDAY_FIRST = frozenset(("USA", "CAN"))  # Unicode CLDR, where our outlets are of


def local_day(parsed: Parsed, setting: Setting) -> date | None:
    """Return the report's day where it was filed: Seoul's Tuesday, not New York's."""
    told = parsed.report.published
    if (filed := filed_on(parsed, setting.day)) is not None:
        return filed
    if (
        isinstance(told, datetime)
        and told.tzinfo
        and setting.dating.told
        and setting.zone
    ):
        try:
            return told.astimezone(ZoneInfo(setting.zone)).date()
        except (ZoneInfoNotFoundError, ValueError, OverflowError):
            return setting.day
    return setting.day


def filed_on(parsed: Parsed, day: date | None) -> date | None:
    """Return the day in a report's dateline, where it is just before it was printed."""
    for mark in parsed.report.marked("dateline") if day is not None else ():
        words = cut_into_words(mark.of(parsed.text), parsed.lexicon)
        for timex in anchored_times(words, day):
            days = timex_interval(timex.value)
            if days and grain_of_timex(timex.value) == "day" and day is not None:
                return days[0] if 0 < (day - days[0]).days <= LATE else None
    return None


def tagged(parsed: Parsed, day: date | None, setting: Setting) -> tuple[Timex, ...]:
    """Return the report's times, weeks as they are counted where it was printed."""
    times = sure_times(parsed, day, setting)
    if setting.home not in SUNDAY_FIRST:
        return times
    return tuple(
        replace(t, mod=t.mod or "SUNDAY") if grain_of_timex(t.value) == "week" else t
        for t in times
    )


def sure_times(parsed: Parsed, day: date | None, setting: Setting) -> tuple[Timex, ...]:
    """Return the times of a text; of a report dated by an interval, those left sure."""
    words = cut_into_words(parsed.text, parsed.lexicon)
    first, last = setting.dating.earliest, setting.dating.latest
    if day is not None or first is None or last is None:
        return anchored_times(words, day)
    early, late = (anchored_times(words, end) for end in (first, last))
    known = {(t.span, t.value) for t in late}
    return tuple(t for t in early if (t.span, t.value) in known)


def anchored_times(words: Words, day: date | None) -> tuple[Timex, ...]:
    """Return the times that words tell, those that lean on others resolved."""
    told = words.text, words.lexicon
    return anchor_times(*told, with_years(*told, tagged_words(words, day)), day)
