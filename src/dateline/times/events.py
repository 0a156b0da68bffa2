"""When an action took place, or is to, by the words that the reader takes for it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import nan

from dateline.model import Action, Parsed, Setting, Span, When, Why
from dateline.times import attach
from dateline.times.attach import Deed
from dateline.times.calendars import other_calendar
from dateline.times.direction import yearless
from dateline.times.foreign import is_of_other_deed
from dateline.times.meaning import meaning_of_time
from dateline.times.report_times import local_day, tagged
from dateline.times.tagging import Timex


@dataclass(frozen=True, slots=True)
class EventTimes:
    """The times of one report, of which every act of it is asked."""

    parsed: Parsed
    day: date | None
    times: tuple[Timex, ...]

    def __call__(self, action: Action) -> When:
        """Return the days an action may have fallen on, with the rule that says so."""
        sentence = self.parsed.sentence_at(action.trigger.start)
        doer = attach.parse_deed(self.parsed, action)
        if sentence is None or doer is None:
            return unknown_time("times.none.v1")
        return first_answer(doer, sentence.span, self.times, self.day)

    def number(self, at: int) -> int:
        """Return the number of the sentence that a character stands in, or after."""
        return max(0, self.parsed.sentences_before(at) - 1)

    def away(self, other: date | None) -> float:
        """Return how many days after the report's day another lies; NaN untold."""
        return (other - self.day).days if other and self.day else nan


def tag_event_times(parsed: Parsed, setting: Setting) -> EventTimes:
    """Tag the times of a report once, for all its acts."""
    day = local_day(parsed, setting)
    return EventTimes(parsed, day, tagged(parsed, day, setting))


def timexes_inside(times: Sequence[Timex], span: Span) -> list[Timex]:
    """Return the expressions, which are in text order, that lie within a span."""
    low = bisect_left(times, span.start, key=lambda t: t.span.start)
    high = bisect_left(times, span.end, key=lambda t: t.span.start)
    return [t for t in times[low:high] if span.covers(t.span)]


def first_answer(
    doer: Deed, sentence: Span, times: Sequence[Timex], day: date | None
) -> When:
    """Return the time of its sentence that the reader takes for an act's.

    Else unknown: which other time of the report may be its own is asked of the whole
    report (`elsewhere.py`).
    """
    here = timexes_inside(times, sentence)
    found = note_other_calendar(doer.parsed, sentence, here) or pointed(doer, here, day)
    if found:
        return found
    vague = next((t for t in here if attach.rank_timex(doer, t) <= attach.VERB), None)
    if vague is None:
        return unknown_time("times.none.v1")
    open_year = "X" in vague.value or yearless(doer, vague, day)
    return unknown_time(
        "times.undated.v1" if open_year else "times.vague.none.v1", vague.span
    )


def note_other_calendar(
    parsed: Parsed, sentence: Span, here: Sequence[Timex]
) -> When | None:
    """A date of another calendar (Hijri, Buddhist, Persian) is seen and not read."""
    if here:
        return None
    if not (found := other_calendar(parsed.text, parsed.lexicon, sentence)):
        return None
    return unknown_time("times.calendar.other.v1", found)


def unknown_time(rule: str, span: Span | None = None) -> When:
    """No day can be told; the words that would have told it, where there are some."""
    return When(None, None, "unknown", span, Why(rule, span))


def pointed(doer: Deed, here: Sequence[Timex], day: date | None) -> When | None:
    """The time whose words the model read as the act's own."""
    act = doer.action.act
    for words in sorted(act.times if act else (), key=lambda w: -w.sure):
        for i, timex in enumerate(here):
            if not timex.span.overlaps(words.span) or is_of_other_deed(doer, timex):
                continue
            if found := meaning_of_time(doer, here, i, "reading.time.v1", day):
                return found
    return None
