"""When an action took place, or is to: from its own words outwards, else unknown."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import nan

from dateline.model import Action, Parsed, Setting, Span, When, Why
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.calendars import other_calendar
from dateline.times.clauses import (
    apart,
    lasted,
    so_long,
    stepped,
    up_to,
    when_clause,
)
from dateline.times.direction import yearless
from dateline.times.foreign import foreign
from dateline.times.grains import add_days, interval
from dateline.times.meaning import RULES, before, gap, grain, told
from dateline.times.report_times import local_day, tagged
from dateline.times.tagging import Timex

DAYS = re.compile(r"P(\d{1,3})D$")
WEEKS = re.compile(r"P(\d{1,2})W$")
LONGEST_SENTENCE = 2000  # characters looked at for "the second day"


@dataclass(frozen=True, slots=True)
class EventTimes:
    """The times of one report, of which every act of it is asked."""

    parsed: Parsed
    day: date | None
    times: tuple[Timex, ...]

    def __call__(self, action: Action) -> When:
        """Return the days an action may have fallen on, with the rule that says so."""
        sentence = self.parsed.sentence_at(action.trigger.start)
        doer = attach.deed(self.parsed, action)
        if sentence is None or doer is None:
            return unknown("times.none.v1")
        return answer(doer, sentence.span, self.times, self.day)

    def number(self, at: int) -> int:
        """Return the number of the sentence that a character stands in, or after."""
        return max(0, self.parsed.sentences_before(at) - 1)

    def away(self, other: date | None) -> float:
        """Return how many days after the report's day another lies; NaN untold."""
        return (other - self.day).days if other and self.day else nan


def when(parsed: Parsed, setting: Setting) -> EventTimes:
    """Tag the times of a report once, for all its acts."""
    day = local_day(parsed, setting)
    return EventTimes(parsed, day, tagged(parsed, day, setting))


def inside(times: Sequence[Timex], span: Span) -> list[Timex]:
    """Return the expressions, which are in text order, that lie within a span."""
    low = bisect_left(times, span.start, key=lambda t: t.span.start)
    high = bisect_left(times, span.end, key=lambda t: t.span.start)
    return [t for t in times[low:high] if span.covers(t.span)]


def answer(
    doer: Deed, sentence: Span, times: Sequence[Timex], day: date | None
) -> When:
    """Return what the first rule that has an answer says; else unknown."""
    here = inside(times, sentence)
    found = (
        unread(doer.parsed, sentence, here)
        or after(doer, here, day)
        or brought_on(doer, here, day)
        or lasting(doer, here, times)
        or pointed(doer, here, day)
        or when_clause(doer, here)
        or so_long(doer, here, day)
        or own_words(doer, here, day, attach.OWN)
        or nth_day(doer, sentence, day)
    )
    if found:
        return found
    vague = next((t for t in here if attach.rank(doer, t) <= attach.VERB), None)
    if vague is None:
        return unknown("times.none.v1")
    open_year = "X" in vague.value or yearless(doer, vague, day)
    return unknown(
        "times.undated.v1" if open_year else "times.vague.none.v1", vague.span
    )


def unread(parsed: Parsed, sentence: Span, here: Sequence[Timex]) -> When | None:
    """A date of another calendar (Hijri, Buddhist, Persian) is seen and not read."""
    if here:
        return None
    if not (found := other_calendar(parsed.text, parsed.lexicon, sentence)):
        return None
    return unknown("times.calendar.other.v1", found)


def unknown(rule: str, span: Span | None = None) -> When:
    """No day can be told; the words that would have told it, where there are some."""
    return When(None, None, "unknown", span, Why(rule, span))


def pointed(doer: Deed, here: Sequence[Timex], day: date | None) -> When | None:
    """The time whose words the model read as the act's own."""
    act = doer.action.act
    for words in sorted(act.times if act else (), key=lambda w: -w.sure):
        for i, timex in enumerate(here):
            if not timex.span.overlaps(words.span) or foreign(doer, timex):
                continue
            if found := told(doer, here, i, "reading.time.v1", day):
                return found
    return None


def own_words(
    doer: Deed, here: Sequence[Timex], day: date | None, most: int = attach.SENTENCE
) -> When | None:
    """The time on a doing's own words, else, up to `most`, on its verb or clause."""
    ranked = sorted(
        (attach.rank(doer, t), gap(t.span, doer.action.trigger), i)
        for i, t in enumerate(here)
        if not foreign(doer, t)
    )
    for place, _, i in ranked:
        if place > most:
            return None
        if found := told(doer, here, i, RULES[place], day):
            return found
    return None


def after(doer: Deed, here: Sequence[Timex], day: date | None) -> When | None:
    """What another doing came "a day after" is so long before that doing's day."""
    told_of = apart(doer, here)
    if told_of is None:
        return None
    word = told_of.word
    main = told_of.other
    rest = [t for t in here if not t.span.overlaps(told_of.span)]
    found = own_words(main, rest, day)
    if found is None:
        found = pointed(doer, [t for t in rest if t.span.end <= word.start], day)
    return stepped(found, told_of) if found else None


def brought_on(doer: Deed, here: Sequence[Timex], day: date | None) -> When | None:
    """What lasted "ten days" before something came after it, lasted up to that."""
    told_of = up_to(doer, here)
    if told_of is None:
        return None
    main, timex = told_of
    rest = [t for t in here if not t.span.overlaps(timex.span)]
    found = own_words(main, rest, day) or pointed(doer, rest, day)
    return lasted(found, timex) if found else None


def length(timex: Timex) -> int:
    """Return the number of days a duration takes, 0 where it is none of days."""
    if hit := DAYS.match(timex.value):
        return int(hit[1])
    hit = WEEKS.match(timex.value)
    return 7 * int(hit[1]) if hit else 0


def lasting(doer: Deed, here: Sequence[Timex], times: Sequence[Timex]) -> When | None:
    """A "four-day visit" lasts from the day the text says that it began."""
    days = max((length(t) for t in here if measures(doer, t)), default=0)
    if not days:
        return None
    start = next((t for t in here if starts(doer, t)), None) or begun(doer, times)
    first = interval(start.value) if start else None
    if start is None or first is None or first[0] != first[1]:
        return None
    last = add_days(first[0], days - 1)
    return When(
        first[0], last, "range", start.span, Why("times.lasting.v1", start.span)
    )


def measures(doer: Deed, timex: Timex) -> bool:
    """Whether a duration is that of the deed: "a four-day visit", "met for a week"."""
    if timex.kind != "DURATION" or attach.rank(doer, timex) != attach.OWN:
        return False
    noun = doer.head.pos in ("NOUN", "PROPN") and timex.span.end <= doer.head.start
    word = before(doer.parsed.text, timex.span)
    return noun or word in doer.parsed.words("times.for")


def starts(doer: Deed, timex: Timex) -> bool:
    """Whether a day hangs on the deed or on a verb of beginning with it."""
    if timex.kind == "DURATION" or attach.rank(doer, timex) > attach.VERB:
        return False
    return grain(timex.value) == "day"


def begun(doer: Deed, times: Sequence[Timex]) -> Timex | None:
    """Return the day that the text gives to a setting out, an arrival, a beginning."""
    parsed, beginning = doer.parsed, doer.parsed.words("times.beginning")
    for timex in times:
        at = parsed.head_of(timex.span)
        if at is None or grain(timex.value) != "day":
            continue
        verb = attach.verb_over(parsed, at)
        if verb is None:
            continue
        if verb.lemma in beginning or parsed.tokens[verb.head].lemma in beginning:
            return timex
    return None


def nth_day(doer: Deed, sentence: Span, day: date | None) -> When | None:
    """On its second day, what goes on began the day before the report's."""
    lexicon = doer.parsed.lexicon
    low = sentence.of(doer.parsed.text).lower()[:LONGEST_SENTENCE]
    hit = lexicon.patterns["times.nth-day"].search(low)
    if hit is None or day is None or doer.head.relation != "oblique":
        return None
    span = Span(sentence.start + hit.start(), sentence.start + hit.end())
    number = lexicon.senses["times.ordinal"].get(hit[1])
    first = add_days(day, 1 - int(number)) if number else None
    return When(first, day, "range", span, Why("times.nthday.v1", span))
