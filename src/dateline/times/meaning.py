"""What one time beside a deed says of it: a day, a range, an open end."""

import re
from collections.abc import Sequence
from datetime import date

from dateline.model import Span, When, Why
from dateline.model.answers import Grain
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.direction import (
    attributive,
    clipped,
    directed,
    inclined,
    misplaced,
    narrowed,
    sundays,
    underway,
    yearless,
)
from dateline.times.grains import add_days, interval, shift_day
from dateline.times.lists import listed
from dateline.times.tagging import Timex

RULES = (
    "times.own.v1",
    "times.under.v1",
    "times.verb.v1",
    "times.clause.v1",
    "times.sentence.v1",
)
GRAINS: tuple[tuple[re.Pattern[str], Grain], ...] = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "day"),
    (re.compile(r"\d{4}-W\d\d"), "week"),
    (re.compile(r"\d{4}-\d\d$"), "month"),
    (re.compile(r"\d{4}-(?:SP|SU|FA|WI)"), "season"),
    (re.compile(r"\d{4}$"), "year"),
)
HOURS = re.compile(r"PT(\d{1,3})H$")
PAST = re.compile(r"(?:the )?(?:past|last)\b")
LASTED = re.compile(r"P(\d{1,3})([DWMYE])$")
SINCE = re.compile(r"\bsince [^,;:.]+ (?:on|in|of) $", re.IGNORECASE)
SINCE_NOUN = re.compile(
    r"\bsince (?:the |an? |its |his |her |their |\w+['’]s? )(?:\w+ ){0,2}$",
    re.IGNORECASE,
)
AS_OF = re.compile(r"\bas of (?:the )?$", re.IGNORECASE)
BOUNDS = ("since", "until", "till", "through", "by")
FAR = 90  # characters looked back for the "since" of a clause
UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "E"}


def told(
    doer: Deed, here: Sequence[Timex], i: int, rule: str, day: date | None
) -> When | None:
    """Return what one time says: a day, a range with its other end, an open end."""
    timex = here[i]
    text = doer.parsed.text
    recent = lately(timex, text, day) or backward(timex, text, day)
    if recent or unmatched(doer, timex):
        return recent
    value = directed(doer, timex, day)
    days = interval(value) if timex.kind in ("DATE", "TIME") else None
    if days is None or (rule != RULES[attach.VERB] and misplaced(doer, days, day)):
        return None
    if i + 1 < len(here) and (whole := ranged(text, timex, here[i + 1])):
        return whole
    words = timex.span.of(text).lower()
    part = narrowed(sundays(days, timex, words, day), timex, words)
    if bounds := bounded(doer, timex, part, day) or earlier(doer, timex, part):
        return bounds
    if called_for(doer, timex) or yearless(doer, timex, day):
        return None
    same = part[1] - part[0] == days[1] - days[0]
    fine = grain(value) if same else "range"
    found = When(*part, fine, timex.span, Why(rule, timex.span))
    return clipped(doer, found, day)


def called_for(doer: Deed, timex: Timex) -> bool:
    """Whether a time is only what was set: "called a strike for Tuesday".

    "Blamed them for Tuesday's strike" tells when the strike was.
    """
    if before(doer.parsed.text, timex.span) != "for" or inclined(doer) != "past":
        return False
    return attach.rank(doer, timex) != attach.OWN or not attributive(doer, timex)


def bounded(
    doer: Deed, timex: Timex, days: tuple[date, date], day: date | None
) -> When | None:
    """Since, until or by a time; overnight, from one day into the next."""
    span, word = timex.span, before(doer.parsed.text, timex.span)
    first, last = days
    if word == "since" or since_clause(doer, timex):
        if attach.within_since(
            doer, timex
        ):  # "since it withdrew in 1985": then it withdrew
            return None
        other = interval(timex.alternatives[0]) if timex.alternatives else None
        if day is not None and first > day and other:  # nothing goes on since later
            first = other[0]
        return When(first, day, "range", span, Why("times.since.v2", span))
    if begun_then(doer, timex) and underway(doer):
        return When(first, None, "range", span, Why("times.begun.v1", span))
    if word in BOUNDS[1:] or AS_OF.search(doer.parsed.text[: span.start][-FAR:]):
        end = interval(timex.value)  # whatever the status of what lasts so long
        rule = "times.by.v1" if word == "by" else "times.until.v1"
        if end is not None and not (word == "by" and inclined(doer) == "past"):
            last = end[1]
        return When(None, last, "range", span, Why(rule, span))
    if span.of(doer.parsed.text).lower() == "overnight":
        morning = add_days(last, 1)
        return When(first, morning, "range", span, Why("times.overnight.v1", span))
    return None


def earlier(doer: Deed, timex: Timex, days: tuple[date, date]) -> When | None:
    """Before a time: by the day ahead of it; "before Friday's vote" is no bare time."""
    at = doer.parsed.head_of(timex.span)
    if at is None or doer.parsed.tokens[at.head].text.lower() != "before":
        return None
    end = days[1] if timex.mod else add_days(days[0], -1)  # "before the end of May"
    why = Why("times.ahead-of.v1", timex.span)
    return When(None, end, "range", timex.span, why)


def bounds(text: str, timex: Timex) -> bool:
    """Whether a time only says since or until when: it is no day of the story."""
    word = before(text, timex.span)
    head = text[max(0, timex.span.start - FAR) : timex.span.start].rpartition(". ")[2]
    return word in (*BOUNDS, "from", "to") or bool(SINCE.search(head))


def since_clause(doer: Deed, timex: Timex) -> bool:
    """Whether a clause tells since when: "since the war began in 2011"."""
    parsed, sentence = doer.parsed, doer.parsed.sentence_at(timex.span.start)
    if sentence is None:
        return False
    head = parsed.text[sentence.span.start : timex.span.start]
    hit = SINCE.search(head[-FAR:]) or SINCE_NOUN.search(head[-FAR:])
    begun = timex.span.start - len(hit[0]) if hit else timex.span.end
    return not begun <= doer.action.trigger.start < timex.span.start and bool(hit)


def unmatched(doer: Deed, timex: Timex) -> bool:
    """Whether a time tells since when nothing was like it: "the first since 1997"."""
    parsed, since = doer.parsed, attach.since_before(doer, timex)
    if since is None or attach.within_since(doer, timex):
        return False
    told_of = before(parsed.text, timex.span) == "since" or since_clause(doer, timex)
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
    return any(w.tag in ("JJS", "RBS") or w.text.lower() == "first" for w in words)


def begun_then(doer: Deed, timex: Timex) -> bool:
    """Whether a time hangs on a verb of beginning that is told of the deed."""
    parsed = doer.parsed
    at = parsed.head_of(timex.span)
    verb = attach.verb_over(parsed, at) if at else None
    if verb is None or verb.lemma not in listed("beginning") or verb == doer.head:
        return False
    subjects = list(parsed.below(verb, "subject", "passive-subject"))
    told_of = (
        [parsed.tokens[verb.head]]
        if verb.relation in ("relative-clause", "adnominal-clause")
        else subjects
    )
    return any(doer.head == t or t in parsed.above(doer.head) for t in told_of)


def backward(timex: Timex, text: str, day: date | None) -> When | None:
    """The past decade, the last two years: so long, up to the report's day."""
    words = timex.span.of(text).lower()
    if day is None or not PAST.match(words):
        return None
    unit, count = UNITS.get(words.rsplit(" ", 1)[-1], ""), 1
    if hit := LASTED.match(timex.value):
        unit, count = hit[2], int(hit[1])
    elif hit := HOURS.match(timex.value):
        unit, count = "D", -(-int(hit[1]) // 24)
    elif words.startswith("last"):
        return None
    first = shift_day(day, unit, -count) if unit else None
    why = Why("times.backward.v1", timex.span)
    return When(first, day, "range", timex.span, why) if first else None


def before(text: str, span: Span) -> str:
    """Return the word before a time, in small letters.

    >>> before("It began in, 2017", Span(13, 17))
    'in'
    """
    head = text[max(0, span.start - 20) : span.start].rstrip(" ,\n").lower()
    return head.split()[-1] if head else ""


def grain(value: str) -> Grain:
    """Return how fine a TIMEX3 value is."""
    return next((name for pattern, name in GRAINS if pattern.match(value)), "range")


def lately(timex: Timex, text: str, day: date | None) -> When | None:
    """Recent days, weeks, months: up to the report's day, from a day not told."""
    words = timex.span.of(text).lower()
    if day is None or timex.value != "PAST_REF" or not words.endswith("s"):
        return None
    if not words.startswith(("recent ", "the recent")):
        return None
    return When(None, day, "range", timex.span, Why("times.recent.v1", timex.span))


def ranged(text: str, one: Timex, two: Timex) -> When | None:
    """From one time to another, between one and another."""
    a, b = interval(one.value), interval(two.value)
    if a and b and a[0] > b[1] and two.alternatives:
        b = interval(two.alternatives[0])  # "from Thursday to Sunday"
    between = text[one.span.end : two.span.start].strip().lower()
    word = before(text, one.span)
    if a is None or b is None or a[0] > b[1]:
        return None
    joined = (between in ("to", "until", "through", "-", "–") and word != "to") or (
        between == "and" and (word == "between" or add_days(a[1], 1) == b[0])
    )
    if not joined:
        return None
    span = one.span.join(two.span)
    return When(a[0], b[1], "range", span, Why("times.range.v1", span))


def gap(a: Span, b: Span) -> int:
    """Return the characters between two spans."""
    return max(0, a.start - b.end, b.start - a.end)
