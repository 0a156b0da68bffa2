"""What one time beside a deed says of it: a day, a range, an open end."""

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dateline.extract.time import attach
from dateline.extract.time.attach import CLAUSES, Deed, word_before_time
from dateline.extract.time.direction import (
    LIKELY,
    attributive,
    directed,
    inclined,
    status_chance,
    yearless,
)
from dateline.extract.time.grains import (
    Interval,
    add_days,
    grain_of_timex,
    shift_day,
    timex_interval,
)
from dateline.extract.time.tagging import Timex
from dateline.model import SUBJECTS, Parsed, Relations, When, Why

HOURS = re.compile(r"PT(\d{1,3})H$")
LASTED = re.compile(r"P(\d{1,3})([DWMYE])$")
FAR = 90  # characters looked back for the "since" of a clause
DASHES = ("-", "–")
PARTS_OF_HOST: Relations = (*("predicate", "object", "subject", "adverbial-noun", "preposition"),)
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


def meaning_of_time(
    doer: Deed, here: Sequence[Timex], i: int, rule: str, day: date | None
) -> When | None:
    """Return what one time says: a day, a range with its other end, an open end."""
    timex, parsed = here[i], doer.parsed
    recent = recent_period(parsed, timex, day) or past_period(parsed, timex, day)
    if recent or is_since_unmatched(doer, timex):
        return recent
    value = directed(doer, timex, day)
    days = timex_interval(value) if timex.kind in ("DATE", "TIME") else None
    if days is None or is_past_beside_plan(doer, days, day):
        return None
    if i + 1 < len(here) and (both := ranged(parsed, timex, here[i + 1])):
        return both
    part = part_of_days(parsed, weeks_from_sunday(parsed, days, timex, day), timex)
    if bounds := bounded_time(doer, timex, part, day) or before_time(doer, timex, part):
        return bounds
    if is_only_set(doer, timex) or yearless(doer, timex, day):
        return None
    first, last = part
    whole = last - first == days[1] - days[0]
    fine = grain_of_timex(value) if whole else "range"
    if day is not None and first <= day < last and inclined(doer) == "past":
        # what was done "this week" was done by the report's day
        last, fine, rule = day, "range", "times.so-far.v1"
    return When(first, last, fine, timex.span, Why(rule, timex.span))


def recent_period(parsed: Parsed, timex: Timex, day: date | None) -> When | None:
    """Recent days, weeks, months: up to the report's day, from a day not told."""
    words = timex.span.of(parsed.text).lower()
    recent = parsed.lexicon.patterns["times.recent-units"]
    if day is None or timex.value != "PAST_REF" or not recent.fullmatch(words):
        return None
    return When(None, day, "range", timex.span, Why("times.recent.v1", timex.span))


def past_period(parsed: Parsed, timex: Timex, day: date | None) -> When | None:
    """The past decade, the last two years: so long, up to the report's day."""
    lexicon, words = parsed.lexicon, timex.span.of(parsed.text).lower()
    if day is None or not lexicon.patterns["times.past-units"].match(words):
        return None
    unit, count = lexicon.senses["times.unit"].get(words.rsplit(" ", 1)[-1], ""), 1
    if hit := LASTED.match(timex.value):
        unit, count = hit[2], int(hit[1])
    elif hit := HOURS.match(timex.value):
        unit, count = "D", -(-int(hit[1]) // 24)
    elif words.startswith(tuple(parsed.words("times.last"))):
        return None
    first = shift_day(day, unit, -count) if unit else None
    why = Why("times.backward.v1", timex.span)
    return When(first, day, "range", timex.span, why) if first else None


def is_since_unmatched(doer: Deed, timex: Timex) -> bool:
    """Whether a time tells since when nothing was like it: "the first since 1997"."""
    parsed, since = doer.parsed, attach.since_before(doer, timex)
    if since is None or attach.within_since(doer, timex):
        return False
    word = word_before_time(parsed.text, timex.span)
    after_since = word in parsed.words("times.since") or since_clause(doer, timex)
    prepositional = since.relation == "preposition"
    over = (t for t in parsed.above(since) if prepositional or t.i != since.head)
    host = next(over, None)
    if host is None or not after_since:
        return False
    some = (host, *parsed.below(host, *PARTS_OF_HOST))
    nouns = [noun for noun in some if noun.start < since.start]
    words = [w for n in nouns for w in (n, *parsed.below(n, "adjective", "adverb"))]
    first = parsed.words("times.first")
    return any(
        w.form in ("superlative", "superlative-adverb") or w.text.lower() in first for w in words
    )


def since_clause(doer: Deed, timex: Timex) -> bool:
    """Whether a clause tells since when: "since the war began in 2011"."""
    parsed, sentence = doer.parsed, doer.parsed.sentence_at(timex.span.start)
    if sentence is None:
        return False
    head = parsed.text[sentence.span.start : timex.span.start][-FAR:]
    patterns = parsed.lexicon.patterns
    hit = patterns["times.since-clause"].search(head)
    hit = hit or patterns["times.since-noun"].search(head)
    begun = timex.span.start - len(hit[0]) if hit else timex.span.end
    return not begun <= doer.action.trigger.start < timex.span.start and bool(hit)


def is_past_beside_plan(doer: Deed, days: Interval, day: date | None) -> bool:
    """Whether a past time stands beside a deed told as still to come."""
    parsed, verb = doer.parsed, doer.verb
    if day is None or verb is None or doer.head != verb:
        return False
    helped = {c.lemma for c in parsed.below(verb, "auxiliary")}
    coming = bool(helped & parsed.words("times.coming"))
    return coming and not helped & parsed.words("times.have") and days[1] < day


def ranged(parsed: Parsed, one: Timex, two: Timex) -> When | None:
    """From one time to another, between one and another."""
    a, b = timex_interval(one.value), timex_interval(two.value)
    if a and b and a[0] > b[1] and two.alternatives:
        b = timex_interval(two.alternatives[0])  # "from Thursday to Sunday"
    if a is None or b is None or a[0] > b[1]:
        return None
    between = parsed.text[one.span.end : two.span.start].strip().lower()
    word = word_before_time(parsed.text, one.span)
    up_to = between in DASHES or between in parsed.words("times.up-to")
    both = word in parsed.words("times.between") or add_days(a[1], 1) == b[0]
    both = both and between in parsed.words("times.and")
    if not (both or (up_to and word not in parsed.words("times.to"))):
        return None
    span = one.span.join(two.span)
    return When(a[0], b[1], "range", span, Why("times.range.v1", span))


def weeks_from_sunday(parsed: Parsed, days: Interval, timex: Timex, day: date | None) -> Interval:
    """Return the days of a week from Sunday on, where weeks are counted so.

    On a Sunday, "last week" is anywhere the one that ended the day before.
    """
    if day is not None and day.weekday() == SUNDAY:
        last = timex.span.of(parsed.text).lower() in parsed.words("times.last-week")
        return (day - WEEK, day - DAY) if last else days
    if timex.mod != "SUNDAY" or days[1] - days[0] != WEEK - DAY:
        return days
    return days[0] - DAY, days[1] - DAY


def part_of_days(parsed: Parsed, days: Interval, timex: Timex) -> Interval:
    """Return the first, middle or last part of a month, year or decade, else all.

    "Late April" is from 20 to 30 April.
    """
    words, (first, last) = timex.span.of(parsed.text).lower(), days
    told = any(word in words for word in parsed.words("times.part"))
    part = PARTS.get(timex.mod)
    if part is None or not told or first.day != 1 or (last - first).days not in LENGTHS:
        return days
    if (first.year, first.month) == (last.year, last.month):
        begin, end = part.month
        return first.replace(day=begin), min(last, first.replace(day=end or last.day))
    if first.year == last.year:
        begin, end = part.year
        days_of_last = monthrange(first.year, end)[1]
        return first.replace(month=begin), first.replace(month=end, day=days_of_last)
    begin, end = part.decade
    return date(first.year + begin, 1, 1), date(first.year + end, 12, 31)


def bounded_time(doer: Deed, timex: Timex, days: Interval, day: date | None) -> When | None:
    """Since, until or by a time; overnight, from one day into the next."""
    parsed, span, (first, last) = doer.parsed, timex.span, days
    word = word_before_time(parsed.text, span)
    if word in parsed.words("times.since") or since_clause(doer, timex):
        other = timex_interval(timex.alternatives[0]) if timex.alternatives else None
        if day is not None and first > day and other:  # nothing goes on since later
            first = other[0]
        later = day is not None and first > day
        if later or attach.within_since(doer, timex):
            return None  # "since it withdrew in 1985": then it withdrew
        return When(first, day, "range", span, Why("times.since.v2", span))
    underway = status_chance(doer, frozenset(("ongoing",))) >= LIKELY
    if underway and begun_then(doer, timex):
        return When(first, None, "range", span, Why("times.begun.v1", span))
    as_of = parsed.lexicon.patterns["times.as-of"]
    if as_of.search(parsed.text[: span.start][-FAR:]) or word in parsed.words("times.until"):
        end = timex_interval(timex.value)  # whatever the status of what lasts so long
        by = word in parsed.words("times.by")
        rule = "times.by.v1" if by else "times.until.v1"
        if end is not None and not (by and inclined(doer) == "past"):
            last = end[1]
        return When(None, last, "range", span, Why(rule, span))
    if span.of(parsed.text).lower() in parsed.words("times.overnight"):
        morning = add_days(last, 1)
        return When(first, morning, "range", span, Why("times.overnight.v1", span))
    return None


def begun_then(doer: Deed, timex: Timex) -> bool:
    """Whether a time hangs on a verb of beginning that is told of the deed."""
    parsed, verb = doer.parsed, attach.verb_of_timex(doer.parsed, timex)
    if verb is None or verb == doer.head:
        return False
    if verb.lemma not in parsed.words("times.beginning"):
        return False
    begins = list(parsed.below(verb, *SUBJECTS))
    if verb.relation in CLAUSES:
        begins = [parsed.tokens[verb.head]]
    return any(t in doer.chain for t in begins)


def before_time(doer: Deed, timex: Timex, days: Interval) -> When | None:
    """Before a time: by the day ahead of it; "before Friday's vote" is no bare time."""
    parsed, at = doer.parsed, doer.parsed.head_of(timex.span)
    over = parsed.tokens[at.head].text.lower() if at else ""
    if over not in parsed.words("times.before"):
        return None
    end = days[1] if timex.mod else add_days(days[0], -1)  # "before the end of May"
    why = Why("times.ahead-of.v1", timex.span)
    return When(None, end, "range", timex.span, why)


def is_only_set(doer: Deed, timex: Timex) -> bool:
    """Whether a time is only what was set: "called a strike for Tuesday".

    "Blamed them for Tuesday's strike" tells when the strike was.
    """
    word = word_before_time(doer.parsed.text, timex.span)
    if word not in doer.parsed.words("times.for") or inclined(doer) != "past":
        return False
    return attach.rank_timex(doer, timex) != attach.OWN or not attributive(doer, timex)
