"""What one time beside a deed says of it: a day, a range, an open end."""

import re
from collections.abc import Sequence
from datetime import date

from dateline.model import Span, When, Why
from dateline.model.answers import Grain
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.grains import interval
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
NEAR = 45  # days within which a tense may choose the other month or weekday
COMING = frozenset(("will", "shall", "would", "may", "might"))


def told(
    doer: Deed, here: Sequence[Timex], i: int, rule: str, day: date | None
) -> When | None:
    """Return what one time says: a day, a range with its other end, an open end."""
    timex = here[i]
    text = doer.parsed.text
    if recent := lately(timex, text, day):
        return recent
    value = directed(doer, timex, day)
    days = interval(value) if timex.kind in ("DATE", "TIME") else None
    if days is None or (rule != RULES[attach.VERB] and misplaced(doer, days, day)):
        return None
    if i + 1 < len(here) and (whole := ranged(text, timex, here[i + 1])):
        return whole
    word = before(text, timex.span)
    if word == "since":
        return When(
            days[0], day, "range", timex.span, Why("times.since.v2", timex.span)
        )
    if word in ("until", "till", "through"):
        return When(
            None, days[1], "range", timex.span, Why("times.until.v1", timex.span)
        )
    return When(*days, grain(value), timex.span, Why(rule, timex.span))


def directed(doer: Deed, timex: Timex, day: date | None) -> str:
    """Return the value of a time that goes with the tense of the deed's verb."""
    verb = doer.verb
    days = interval(timex.value)
    unsure = day is not None and days is not None and timex.alternatives
    if not unsure or verb is None or doer.head != verb or day is None or days is None:
        return timex.value
    other = interval(timex.alternatives[0])
    tense = attach.finite(doer.parsed, verb)
    saying = any(up.tag == "VBD" for up in doer.parsed.above(verb))
    if (
        tense in ("present", "ahead")
        and not saying
        and other
        and days[1] < day < other[0]
    ):
        return timex.alternatives[0] if gap_days(other, day) <= NEAR else timex.value
    if tense == "past" and other and days[0] > day > other[1] and not saying:
        return timex.alternatives[0] if gap_days(other, day) <= NEAR else timex.value
    return timex.value


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
    between = text[one.span.end : two.span.start].strip().lower()
    word = before(text, one.span)
    joined = (between in ("to", "until", "through", "-", "–") and word != "to") or (
        between == "and" and word == "between"
    )
    if a is None or b is None or not joined or a[0] > b[1]:
        return None
    span = one.span.join(two.span)
    return When(a[0], b[1], "range", span, Why("times.range.v1", span))


def gap(a: Span, b: Span) -> int:
    """Return the characters between two spans."""
    return max(0, a.start - b.end, b.start - a.end)
