"""What one time beside a deed says of it: a day, a range, an open end."""

import re
from collections.abc import Sequence
from datetime import date

from dateline.model import Lexicon, Parsed, Span, When, Why
from dateline.model.answers import Grain
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.direction import (
    attributive,
    clipped,
    directed,
    inclined,
    is_past_beside_plan,
    narrowed,
    sundays,
    underway,
    yearless,
)
from dateline.times.grains import add_days, shift_day, timex_interval
from dateline.times.tagging import Timex

GRAINS: tuple[tuple[re.Pattern[str], Grain], ...] = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "day"),
    (re.compile(r"\d{4}-W\d\d"), "week"),
    (re.compile(r"\d{4}-\d\d$"), "month"),
    (re.compile(r"\d{4}-(?:SP|SU|FA|WI)"), "season"),
    (re.compile(r"\d{4}$"), "year"),
)
HOURS = re.compile(r"PT(\d{1,3})H$")
LASTED = re.compile(r"P(\d{1,3})([DWMYE])$")
FAR = 90  # characters looked back for the "since" of a clause
DASHES = ("-", "–")


def meaning_of_time(
    doer: Deed, here: Sequence[Timex], i: int, rule: str, day: date | None
) -> When | None:
    """Return what one time says: a day, a range with its other end, an open end."""
    timex, parsed = here[i], doer.parsed
    recent = recent_period(parsed, timex, day) or past_period(parsed, timex, day)
    if recent or unmatched(doer, timex):
        return recent
    value = directed(doer, timex, day)
    days = timex_interval(value) if timex.kind in ("DATE", "TIME") else None
    if days is None or is_past_beside_plan(doer, days, day):
        return None
    if i + 1 < len(here) and (whole := ranged(parsed, timex, here[i + 1])):
        return whole
    part = narrowed(parsed, sundays(parsed, days, timex, day), timex)
    if bounds := bounded_time(doer, timex, part, day) or before_time(doer, timex, part):
        return bounds
    if called_for(doer, timex) or yearless(doer, timex, day):
        return None
    same = part[1] - part[0] == days[1] - days[0]
    fine = grain_of_timex(value) if same else "range"
    found = When(*part, fine, timex.span, Why(rule, timex.span))
    return clipped(doer, found, day)


def called_for(doer: Deed, timex: Timex) -> bool:
    """Whether a time is only what was set: "called a strike for Tuesday".

    "Blamed them for Tuesday's strike" tells when the strike was.
    """
    word = word_before_time(doer.parsed.text, timex.span)
    if word not in doer.parsed.words("times.for") or inclined(doer) != "past":
        return False
    return attach.rank_timex(doer, timex) != attach.OWN or not attributive(doer, timex)


def bounded_time(
    doer: Deed, timex: Timex, days: tuple[date, date], day: date | None
) -> When | None:
    """Since, until or by a time; overnight, from one day into the next."""
    parsed, span, (first, last) = doer.parsed, timex.span, days
    word = word_before_time(parsed.text, span)
    if word in parsed.words("times.since") or since_clause(doer, timex):
        if attach.within_since(
            doer, timex
        ):  # "since it withdrew in 1985": then it withdrew
            return None
        other = timex_interval(timex.alternatives[0]) if timex.alternatives else None
        if day is not None and first > day and other:  # nothing goes on since later
            first = other[0]
        return When(first, day, "range", span, Why("times.since.v2", span))
    if begun_then(doer, timex) and underway(doer):
        return When(first, None, "range", span, Why("times.begun.v1", span))
    head = parsed.text[: span.start][-FAR:]
    as_of = parsed.lexicon.patterns["times.as-of"].search(head)
    if as_of or word in parsed.words("times.until"):
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


def before_time(doer: Deed, timex: Timex, days: tuple[date, date]) -> When | None:
    """Before a time: by the day ahead of it; "before Friday's vote" is no bare time."""
    parsed, at = doer.parsed, doer.parsed.head_of(timex.span)
    over = parsed.tokens[at.head].text.lower() if at else ""
    if over not in parsed.words("times.before"):
        return None
    end = days[1] if timex.mod else add_days(days[0], -1)  # "before the end of May"
    why = Why("times.ahead-of.v1", timex.span)
    return When(None, end, "range", timex.span, why)


def is_bound_only(text: str, lexicon: Lexicon, timex: Timex) -> bool:
    """Whether a time only says since or until when: it is no day of the story."""
    word = word_before_time(text, timex.span)
    head = text[max(0, timex.span.start - FAR) : timex.span.start].rpartition(". ")[2]
    since = lexicon.patterns["times.since-clause"].search(head)
    return word in lexicon.words["times.bound"] or bool(since)


def since_clause(doer: Deed, timex: Timex) -> bool:
    """Whether a clause tells since when: "since the war began in 2011"."""
    parsed, sentence = doer.parsed, doer.parsed.sentence_at(timex.span.start)
    if sentence is None:
        return False
    head = parsed.text[sentence.span.start : timex.span.start]
    patterns = parsed.lexicon.patterns
    hit = patterns["times.since-clause"].search(head[-FAR:])
    hit = hit or patterns["times.since-noun"].search(head[-FAR:])
    begun = timex.span.start - len(hit[0]) if hit else timex.span.end
    return not begun <= doer.action.trigger.start < timex.span.start and bool(hit)


def unmatched(doer: Deed, timex: Timex) -> bool:
    """Whether a time tells since when nothing was like it: "the first since 1997"."""
    parsed, since = doer.parsed, attach.since_before(doer, timex)
    if since is None or attach.within_since(doer, timex):
        return False
    word = word_before_time(parsed.text, timex.span)
    told_of = word in parsed.words("times.since") or since_clause(doer, timex)
    over = (
        t
        for t in parsed.above(since)
        if since.relation == "preposition" or t.i != since.head
    )
    host = next(over, None)
    if host is None or not told_of:
        return False
    some = (
        host,
        *parsed.below(
            host, "predicate", "object", "subject", "adverbial-noun", "preposition"
        ),
    )
    nouns = [noun for noun in some if noun.start < since.start]
    words = [w for n in nouns for w in (n, *parsed.below(n, "adjective", "adverb"))]
    first = parsed.words("times.first")
    return any(
        w.form in ("superlative", "superlative-adverb") or w.text.lower() in first
        for w in words
    )


def begun_then(doer: Deed, timex: Timex) -> bool:
    """Whether a time hangs on a verb of beginning that is told of the deed."""
    parsed = doer.parsed
    at = parsed.head_of(timex.span)
    verb = attach.nearest_verb(parsed, at) if at else None
    if verb is None or verb == doer.head:
        return False
    if verb.lemma not in parsed.words("times.beginning"):
        return False
    subjects = list(parsed.below(verb, "subject", "passive-subject"))
    told_of = (
        [parsed.tokens[verb.head]]
        if verb.relation in ("relative-clause", "adnominal-clause")
        else subjects
    )
    return any(doer.head == t or t in parsed.above(doer.head) for t in told_of)


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


def word_before_time(text: str, span: Span) -> str:
    """Return the word before a time, in small letters.

    >>> word_before_time("It began in, 2017", Span(13, 17))
    'in'
    """
    head = text[max(0, span.start - 20) : span.start].rstrip(" ,\n").lower()
    return head.split()[-1] if head else ""


def grain_of_timex(value: str) -> Grain:
    """Return how fine a TIMEX3 value is."""
    return next((name for pattern, name in GRAINS if pattern.match(value)), "range")


def recent_period(parsed: Parsed, timex: Timex, day: date | None) -> When | None:
    """Recent days, weeks, months: up to the report's day, from a day not told."""
    if day is None or timex.value != "PAST_REF":
        return None
    words = timex.span.of(parsed.text).lower()
    if not parsed.lexicon.patterns["times.recent-units"].fullmatch(words):
        return None
    return When(None, day, "range", timex.span, Why("times.recent.v1", timex.span))


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
