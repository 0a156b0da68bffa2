"""Which way a time lies from the report's day: back for what was done, else ahead."""

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from dateline.model import Parsed, Token, When, Why
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.grains import timex_interval
from dateline.times.tagging import Timex

NEAR = 45  # days within which a tense may choose the other month or weekday
LONG_AGO = 365 - 31  # days after which news tells the year of a day
DONE = frozenset(("happened", "ongoing"))
AHEAD = frozenset(("planned", "expected"))
LIKELY = 0.6
LENGTHS = (27, 28, 29, 30, 364, 365, 3651, 3652)  # of months, years, decades, less one
SUNDAY, DAY, WEEK = 6, timedelta(days=1), timedelta(days=7)


class Part(NamedTuple):
    """Where a part of a month (days), a year (months), a decade (years) lies."""

    month: tuple[int, int]
    year: tuple[int, int]
    decade: tuple[int, int]


PARTS = {
    "START": Part((1, 10), (1, 3), (0, 4)),
    "MID": Part((11, 20), (5, 8), (3, 6)),
    "END": Part((20, 0), (10, 12), (5, 9)),
}


def inclined(doer: Deed) -> str:
    """Return "past" or "ahead" where the reader is sure enough of the act's status."""
    read = doer.action.act.statuses if doer.action.act else ()
    if doer.verb and doer.verb.form == "past" and doer.head.relation == "subject":
        return "past"  # "the trip began on Monday"
    for way, names in (("past", DONE), ("ahead", AHEAD)):
        if sum(chance for name, chance in read if name in names) >= LIKELY:
            return way
    return ""


def directed(doer: Deed, timex: Timex, day: date | None) -> str:
    """Return the value of a time that goes with the status or the tense of a deed."""
    days = timex_interval(timex.value)
    if day is None or days is None or not timex.alternatives:
        return timex.value
    second = timex.alternatives[0]
    other = timex_interval(second)
    if other is None:
        return timex.value
    if other[0] == day == other[1]:  # "on Thursday", told on a Thursday
        return second
    way = inclined(doer)
    if way == "past" and other[1] <= day < days[0]:
        return timex.value if this_year(doer, timex, day) else second
    if way == "ahead" and days[1] < day < other[0] and gap_days(other, day) <= NEAR:
        return timex.value if attach.told_past(doer.parsed, timex) else second
    return second if by_tense(doer, days, other, day) else timex.value


def this_year(doer: Deed, timex: Timex, day: date) -> bool:
    """Whether a day ahead is not that of the year before: "they meet on June 15"."""
    if year_back(timex) is None:
        return False
    ahead = told_ahead(doer, timex) and not is_noun_of_time(doer, timex)
    return ahead or yearless(doer, timex, day)


def yearless(doer: Deed, timex: Timex, day: date | None) -> bool:
    """Whether a verb that tells what was done has a day just ahead, or a year back.

    News names the year of a day so long gone, so that neither is meant. "The October 7
    attacks" go by their day.
    """
    back = year_back(timex)
    days = timex_interval(timex.value)
    if day is None or days is None or back is None or days[0] <= day:
        return False
    if inclined(doer) != "past" or attach.within_since(doer, timex):
        return False
    if of_a_later(doer, timex):
        return True
    if (day - back).days <= LONG_AGO:
        return False
    if verb_of_timex(doer, timex) is None:  # "talks in Oslo on June 15"
        return not attributive(doer, timex)
    return told_done(doer, timex) and not is_noun_of_time(doer, timex)


def of_a_later(doer: Deed, timex: Timex) -> bool:
    """Whether a day ahead is that of another verb: "he quit and leaves on June 30"."""
    verb, other = doer.verb, verb_of_timex(doer, timex)
    if verb is None or other is None or other == verb:
        return False
    return verb.form == "past" and told_ahead(doer, timex)


def year_back(timex: Timex) -> date | None:
    """Return the other day that is meant, if it is the same day of another year."""
    days = timex_interval(timex.value)
    other = timex_interval(timex.alternatives[0]) if timex.alternatives else None
    if days is None or other is None or days[0] != days[1]:
        return None
    one, two = days[0], other[0]
    return two if (one.month, one.day) == (two.month, two.day) else None


def is_noun_of_time(doer: Deed, timex: Timex) -> bool:
    """Whether a noun is told of a time: "the June 3 attack", "the attack of June 3"."""
    chain = words_over_time(doer, timex)
    if not chain or attributive(doer, timex):
        return bool(chain)
    nouns = [up for up in chain if up.pos == "NOUN" and not acted_upon(doer, up)]
    light = doer.parsed.words("times.light")
    return bool(nouns) and chain[-1].lemma not in light  # "hold talks on June 15"


def attributive(doer: Deed, timex: Timex) -> bool:
    """Whether a time stands before a noun that goes by it: "the June 3 attack"."""
    at, chain = doer.parsed.head_of(timex.span), words_over_time(doer, timex)
    if at is None or not chain:
        return False
    return attach.modifies_another(doer.parsed, chain, at)


def words_over_time(doer: Deed, timex: Timex) -> list[Token]:
    """Return the words that a time hangs on, up to its verb."""
    at = doer.parsed.head_of(timex.span)
    return list(attach.timex_governors(doer.parsed, at, timex.span)) if at else []


def acted_upon(doer: Deed, noun: Token) -> bool:
    """Whether a noun is the object of a deed's verb: "recalls its envoy on June 15"."""
    own = doer.action.trigger.covers(noun.span)
    object_of = (noun.head, noun.relation) == (doer.head.i, "object")
    return doer.head.pos == "VERB" and (own or object_of)


def told_ahead(doer: Deed, timex: Timex) -> bool:
    """Whether a time hangs on a verb that speaks of now or of what will be."""
    verb = verb_of_timex(doer, timex)
    if verb is None:
        return False
    tense, helped = (
        attach.finite(doer.parsed, verb),
        doer.parsed.below(verb, "auxiliary"),
    )
    bare = not tense and verb.form == "base"
    will = tense == "ahead" and any(up.form == "modal" for up in helped)
    return bare or will or tense == "present"


def told_done(doer: Deed, timex: Timex) -> bool:
    """Whether a time hangs on a verb in the past, or on a participle of it."""
    verb = verb_of_timex(doer, timex)
    if verb is None or told_ahead(doer, timex):
        return False
    return (
        verb.form in ("past", "participle")
        or attach.finite(doer.parsed, verb) == "past"
    )


def as_hung(timex: Timex, day: date | None) -> Timex:
    """Return a time told of another act than the one that is to have it.

    "Police arrested a man. Egypt votes on June 15": a day ahead is no year back.
    """
    days = timex_interval(timex.value)
    ahead = day is not None and days is not None and days[0] > day
    return replace(timex, alternatives=()) if ahead and year_back(timex) else timex


def verb_of_timex(doer: Deed, timex: Timex) -> Token | None:
    """Return the verb that a time hangs on."""
    at = doer.parsed.head_of(timex.span)
    return attach.nearest_verb(doer.parsed, at) if at else None


def by_tense(
    doer: Deed, days: tuple[date, date], other: tuple[date, date], day: date
) -> bool:
    """Whether the tense of the deed's own verb asks for the other of two times."""
    verb = doer.verb
    if verb is None or doer.head != verb or gap_days(other, day) > NEAR:
        return False
    if any(up.form == "past" for up in doer.parsed.above(verb)):
        return False
    tense = attach.finite(doer.parsed, verb)
    if tense in ("present", "ahead"):
        return days[1] < day < other[0]
    return tense == "past" and days[0] > day > other[1]


def gap_days(days: tuple[date, date], day: date) -> int:
    """Return how far an interval lies from a day."""
    return min(abs((days[0] - day).days), abs((days[1] - day).days))


def is_past_beside_plan(doer: Deed, days: tuple[date, date], day: date | None) -> bool:
    """Whether a past time stands beside a deed told as still to come."""
    verb = doer.verb
    if day is None or verb is None or doer.head != verb:
        return False
    parsed = doer.parsed
    helped = {c.lemma for c in parsed.below(verb, "auxiliary")}
    coming = bool(helped & parsed.words("times.coming"))
    return coming and not helped & parsed.words("times.have") and days[1] < day


def clipped(doer: Deed, when: When, day: date | None) -> When:
    """What was done "this week" was done by the report's day."""
    first, last = when.first, when.last
    if day is None or first is None or last is None or inclined(doer) != "past":
        return when
    if not first <= day < last:
        return when
    why = Why("times.so-far.v1", when.span)
    return replace(when, last=day, precision="range", why=why)


def underway(doer: Deed) -> bool:
    """Whether the reader takes the deed for one that goes on."""
    read = doer.action.act.statuses if doer.action.act else ()
    return sum(chance for name, chance in read if name == "ongoing") >= LIKELY


def sundays(
    parsed: Parsed, days: tuple[date, date], timex: Timex, day: date | None
) -> tuple[date, date]:
    """Return the days of a week from Sunday on, where weeks are counted so.

    On a Sunday, "last week" is anywhere the one that ended the day before.
    """
    if day is not None and day.weekday() == SUNDAY:
        last = timex.span.of(parsed.text).lower() in parsed.words("times.last-week")
        return (day - WEEK, day - DAY) if last else days
    if timex.mod != "SUNDAY" or days[1] - days[0] != WEEK - DAY:
        return days
    return days[0] - DAY, days[1] - DAY


def narrowed(
    parsed: Parsed, days: tuple[date, date], timex: Timex
) -> tuple[date, date]:
    """Return the days of an early, middle or late part of a month, year or decade.

    >>> [str(d) for d in part_of((date(2024, 4, 1), date(2024, 4, 30)), "END")]
    ['2024-04-20', '2024-04-30']
    """
    words = timex.span.of(parsed.text).lower()
    told = any(word in words for word in parsed.words("times.part"))
    if timex.mod not in PARTS or not told:
        return days
    return part_of(days, timex.mod)


def part_of(days: tuple[date, date], mod: str) -> tuple[date, date]:
    """Return the first, middle or last part of a month, year or decade, else all."""
    first, last = days
    if first.day != 1 or (last - first).days not in LENGTHS:
        return days
    part = PARTS[mod]
    if (first.year, first.month) == (last.year, last.month):
        begin, end = part.month
        return first.replace(day=begin), min(last, first.replace(day=end or last.day))
    if first.year == last.year:
        begin, end = part.year
        return first.replace(month=begin), month_end(first.replace(month=end))
    begin, end = part.decade
    return date(first.year + begin, 1, 1), date(first.year + end, 12, 31)


def month_end(day: date) -> date:
    """Return the last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
