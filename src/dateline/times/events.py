"""When an action took place, or is to: from its own words outwards, else unknown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dateline.model import Action, Parsed, Report, Setting, Span, When, Why
from dateline.model.answers import Grain
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.calendar import add_days, interval
from dateline.times.tagging import Timex, tag

RULES = ("times.own.v1", "times.under.v1", "times.verb.v1", "times.clause.v1",
         "times.sentence.v1")  # fmt: skip
GRAINS: tuple[tuple[re.Pattern[str], Grain], ...] = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "day"),
    (re.compile(r"\d{4}-W\d\d"), "week"),
    (re.compile(r"\d{4}-\d\d$"), "month"),
    (re.compile(r"\d{4}-(?:SP|SU|FA|WI)"), "season"),
    (re.compile(r"\d{4}$"), "year"),
)
DAYS = re.compile(r"P(\d{1,3})D$")
WEEKS = re.compile(r"P(\d{1,2})W$")
SINCE = frozenset(("since", "from", "starting", "beginning", "effective"))
UNTIL = frozenset(("until", "till", "through", "by", "before"))
BEGINNING = frozenset("begin start open depart leave arrive launch embark kick fly".split())
NTH = re.compile(
    r"\b(second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)"
    r" (?:straight |consecutive |successive )?day\b"
)
NUMBER = ("first second third fourth fifth sixth seventh eighth ninth tenth").split()
NEAR = 45  # days within which a tense may choose the other month or weekday
LOOK_BACK = 4  # sentences that a story's day carries on for
WORD_BEFORE = re.compile(r"([A-Za-z]+)[\s,]{1,3}$")


@dataclass(frozen=True, slots=True)
class EventTimes:
    """Answers `when` for actions, from the words of the report and its setting."""

    def __call__(self, parsed: Parsed, action: Action, setting: Setting) -> When:
        """Return the days an action may have fallen on, with the rule that says so."""
        return when(parsed, action, setting)


def when(parsed: Parsed, action: Action, setting: Setting) -> When:
    """Return the days an action may have fallen on, with the rule that says so."""
    day = local_day(parsed.report, setting)
    times = tagged(parsed.text, day, setting)
    sentence = parsed.sentence_at(action.trigger.start)
    doer = attach.deed(parsed, action)
    if sentence is None or doer is None:
        return unknown("times.none.v1")
    here = [t for t in times if sentence.span.covers(t.span)]
    found = (
        lasting(doer, here, times)
        or own_words(doer, here, day)
        or nth_day(doer, sentence.span, day)
        or present(doer, here, day)
        or carried(doer, times, sentence.span, day)
        or todays(doer, day)
        or concurrent(doer, here, times, day)
    )
    if found:
        return found
    vague = next((t for t in here if attach.rank(doer, t) <= attach.VERB), None)
    if vague is None:
        return unknown("times.none.v1")
    return unknown("times.undated.v1" if "X" in vague.value else "times.vague.none.v1", vague.span)


def unknown(rule: str, span: Span | None = None) -> When:
    """No day can be told; the words that would have told it, where there are some."""
    return When(None, None, "unknown", span, Why(rule, span))


def local_day(report: Report, setting: Setting) -> date | None:
    """Return the report's day where it was filed: Tuesday in Seoul is Monday in New York."""
    told = report.published
    if isinstance(told, datetime) and told.tzinfo and setting.dating.told and setting.zone:
        try:
            return told.astimezone(ZoneInfo(setting.zone)).date()
        except (ZoneInfoNotFoundError, ValueError, OverflowError):
            return setting.day
    return setting.day


def tagged(text: str, day: date | None, setting: Setting) -> tuple[Timex, ...]:
    """Return the text's times; where the day is an interval, those that it leaves sure."""
    first, last = setting.dating.earliest, setting.dating.latest
    if day is not None or first is None or last is None:
        return cached(text, day)
    early, late = cached(text, first), cached(text, last)
    known = {(t.span, t.value) for t in late}
    return tuple(t for t in early if (t.span, t.value) in known)


@lru_cache(maxsize=16)
def cached(text: str, day: date | None) -> tuple[Timex, ...]:
    """Tag a text once for all its actions."""
    return tag(text, day)


def own_words(doer: Deed, here: Sequence[Timex], day: date | None) -> When | None:
    """The time that hangs on the action's own words, else on its verb, clause, sentence."""
    ranked = sorted(
        (attach.rank(doer, t), gap(t.span, doer.action.trigger), i)
        for i, t in enumerate(here)
    )
    for place, _, i in ranked:
        if place == attach.NOT_ITS:
            return None
        if found := told(doer, here, i, RULES[place], day):
            return found
    return None


def gap(a: Span, b: Span) -> int:
    """Return the characters between two spans."""
    return max(0, a.start - b.end, b.start - a.end)


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
    if word in SINCE and word == "since":
        return When(days[0], None, "range", timex.span, Why("times.since.v1", timex.span))
    if word in ("until", "till", "through"):
        return When(None, days[1], "range", timex.span, Why("times.until.v1", timex.span))
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
    if tense in ("present", "ahead") and not saying and other and days[1] < day < other[0]:
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
    return bool(helped & {"will", "shall", "would", "may", "might"}) and days[1] < day


def before(text: str, span: Span) -> str:
    """Return the word before a time, in small letters."""
    hit = WORD_BEFORE.search(text[max(0, span.start - 20) : span.start])
    return hit[1].lower() if hit else ""


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


def length(timex: Timex) -> int:
    """Return the number of days a duration takes, 0 where it is none of days."""
    if hit := DAYS.match(timex.value):
        return int(hit[1])
    hit = WEEKS.match(timex.value)
    return 7 * int(hit[1]) if hit else 0


def lasting(doer: Deed, here: Sequence[Timex], times: Sequence[Timex]) -> When | None:
    """A "four-day visit" lasts from the day the text says that it began."""
    spans = [t for t in here if t.kind == "DURATION" and attach.rank(doer, t) == attach.OWN]
    days = max(map(length, spans), default=0)
    if not days:
        return None
    start = next((t for t in here if starts(doer, t)), None) or begun(doer, times)
    first = interval(start.value) if start else None
    if start is None or first is None or first[0] != first[1]:
        return None
    last = add_days(first[0], days - 1)
    return When(first[0], last, "range", start.span, Why("times.lasting.v1", start.span))


def starts(doer: Deed, timex: Timex) -> bool:
    """Whether a day hangs on the deed or on a verb of beginning with it."""
    if timex.kind == "DURATION" or attach.rank(doer, timex) > attach.VERB:
        return False
    return grain(timex.value) == "day"


def begun(doer: Deed, times: Sequence[Timex]) -> Timex | None:
    """Return the day that the text gives to a setting out, an arrival, a beginning."""
    parsed = doer.parsed
    for timex in times:
        at = parsed.head_of(timex.span)
        if at is None or grain(timex.value) != "day":
            continue
        verb = attach.verb_over(parsed, at)
        if verb is None:
            continue
        if verb.lemma in BEGINNING or parsed.tokens[verb.head].lemma in BEGINNING:
            return timex
    return None


def nth_day(doer: Deed, sentence: Span, day: date | None) -> When | None:
    """On its second day, what goes on began the day before the report's."""
    hit = NTH.search(sentence.of(doer.parsed.text).lower()[:2000])
    if hit is None or day is None or not doer.head.dep == "pobj":
        return None
    span = Span(sentence.start + hit.start(), sentence.start + hit.end())
    first = day - timedelta(days=min(NUMBER.index(hit[1]), day.toordinal() - 1))
    return When(first, day, "range", span, Why("times.nthday.v1", span))


def present(doer: Deed, here: Sequence[Timex], day: date | None) -> When | None:
    """What is going on as the report speaks falls on the report's day."""
    if day is None or doer.verb is None:
        return None
    now = next((t for t in here if t.value == "PRESENT_REF" and "DATE" == t.kind
                and attach.rank(doer, t) <= attach.CLAUSE), None)  # fmt: skip
    if not attach.under_way(doer) or any(interval(t.value) for t in here):
        return None
    span = now.span if now else doer.verb.span
    return When(day, day, "day", span, Why("times.underway.v1", span))


def concurrent(
    doer: Deed, here: Sequence[Timex], times: Sequence[Timex], day: date | None
) -> When | None:
    """What goes along with another doing is of the same time."""
    main = attach.host(doer)
    sentence = doer.parsed.sentence_at(doer.head.start)
    if main is None or sentence is None:
        return None
    found = (
        own_words(main, here, day)
        or carried(main, times, sentence.span, day)
        or todays(main, day)
    )
    if found is None:
        return None
    return replace(found, why=Why("times.concurrent.v1", found.span))


def todays(doer: Deed, day: date | None) -> When | None:
    """A report that opens in the present tells of its own day what it dates no other way."""
    verb = doer.verb
    if day is None or verb is None:
        return None
    if attach.telling(doer.parsed) and attach.of_the_day(doer):
        return When(day, day, "day", verb.span, Why("times.telling.v1", verb.span))
    lead = doer.parsed.sentences[0].span.covers(verb.span) and verb.dep == "ROOT"
    if lead and doer.head == verb and attach.finite(doer.parsed, verb) == "perfect":
        first = add_days(day, -1)
        return When(first, day, "range", verb.span, Why("times.perfect.v1", verb.span))
    return None


def carried(
    doer: Deed, times: Sequence[Timex], sentence: Span, day: date | None
) -> When | None:
    """A verb in the simple past goes on with the day that the story told last."""
    if day is None or not attach.narrated(doer):
        return None
    for timex in story(doer.parsed, times, sentence):
        days = interval(timex.value)
        if days and days[1] <= day and grain(timex.value) == "day":
            return When(*days, "day", timex.span, Why("times.story.v1", timex.span))
    return None


def story(parsed: Parsed, times: Sequence[Timex], sentence: Span) -> Iterator[Timex]:
    """Yield the dates told in the few sentences before, the nearest first."""
    starts = [s.span.start for s in parsed.sentences if s.span.start <= sentence.start]
    first = starts[-LOOK_BACK - 1] if len(starts) > LOOK_BACK else 0
    for timex in reversed(times):
        inside = first <= timex.span.start < sentence.start
        if inside and timex.kind in ("DATE", "TIME") and "REF" not in timex.value:
            yield timex
