"""Which way a time lies from the report's day: back for what was done, else ahead."""

from dataclasses import replace
from datetime import date

from dateline.model import When, Why
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.grains import interval
from dateline.times.tagging import Timex

NEAR = 45  # days within which a tense may choose the other month or weekday
COMING = frozenset(("will", "shall", "would", "may", "might"))
DONE = frozenset(("happened", "ongoing"))
AHEAD = frozenset(("planned", "expected"))
LIKELY = 0.6
LENGTHS = (27, 28, 29, 30, 364, 365)  # of months and years, the first day left out


def inclined(doer: Deed) -> str:
    """Return "past" or "ahead" where the reader is sure enough of the act's status."""
    read = doer.action.act.statuses if doer.action.act else ()
    for way, names in (("past", DONE), ("ahead", AHEAD)):
        if sum(chance for name, chance in read if name in names) >= LIKELY:
            return way
    return ""


def directed(doer: Deed, timex: Timex, day: date | None) -> str:
    """Return the value of a time that goes with the status or the tense of a deed."""
    days = interval(timex.value)
    if day is None or days is None or not timex.alternatives:
        return timex.value
    second = timex.alternatives[0]
    other = interval(second)
    if other is None:
        return timex.value
    if other[0] == day == other[1]:  # "on Thursday", told on a Thursday
        return second
    way = inclined(doer)
    if way == "past" and other[1] <= day < days[0]:
        return second
    if way == "ahead" and days[1] < day < other[0] and gap_days(other, day) <= NEAR:
        return second
    return second if by_tense(doer, days, other, day) else timex.value


def by_tense(
    doer: Deed, days: tuple[date, date], other: tuple[date, date], day: date
) -> bool:
    """Whether the tense of the deed's own verb asks for the other of two times."""
    verb = doer.verb
    if verb is None or doer.head != verb or gap_days(other, day) > NEAR:
        return False
    if any(up.tag == "VBD" for up in doer.parsed.above(verb)):
        return False
    tense = attach.finite(doer.parsed, verb)
    if tense in ("present", "ahead"):
        return days[1] < day < other[0]
    return tense == "past" and days[0] > day > other[1]


def gap_days(days: tuple[date, date], day: date) -> int:
    """Return how far an interval lies from a day."""
    return min(abs((days[0] - day).days), abs((days[1] - day).days))


def misplaced(doer: Deed, days: tuple[date, date], day: date | None) -> bool:
    """Whether a past time stands beside a deed told as still to come."""
    verb = doer.verb
    if day is None or verb is None or doer.head != verb:
        return False
    helped = {c.lemma for c in doer.parsed.below(verb, "aux")}
    return bool(helped & COMING) and days[1] < day


def clipped(doer: Deed, when: When, day: date | None) -> When:
    """What was done "this week" was done by the report's day."""
    first, last = when.first, when.last
    if day is None or first is None or last is None or inclined(doer) != "past":
        return when
    if not first <= day < last:
        return when
    why = Why("times.so-far.v1", when.span)
    return replace(when, last=day, precision="range", why=why)


def narrowed(days: tuple[date, date], timex: Timex, words: str) -> tuple[date, date]:
    """Return the days of an early or late part: a third of a month, a year's quarter.

    >>> [str(d) for d in part_of((date(2024, 4, 1), date(2024, 4, 30)), "END")]
    ['2024-04-20', '2024-04-30']
    """
    early, late = words.startswith("early"), words.startswith("late")
    if timex.mod not in ("START", "END") or not (early or late):
        return days
    return part_of(days, timex.mod)


def part_of(days: tuple[date, date], mod: str) -> tuple[date, date]:
    """Return the first or the last part of a month or of a year, else all of it."""
    first, last = days
    month = (first.year, first.month) == (last.year, last.month)
    if first == last or first.day != 1 or (last - first).days not in LENGTHS:
        return days
    if mod == "START":
        return first, first.replace(day=10) if month else date(last.year, 3, 31)
    return first.replace(day=20) if month else date(last.year, 10, 1), last
