"""When an action took place, or is to, by the words that the reader takes for it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import nan

from dateline.extract.time import attach
from dateline.extract.time.attach import Deed
from dateline.extract.time.contradictions import is_of_other_deed
from dateline.extract.time.dating.report_day import other_calendar
from dateline.extract.time.direction import yearless
from dateline.extract.time.meaning import meaning_of_time
from dateline.extract.time.report_times import local_day, tag_report_times
from dateline.extract.time.tagging import Timex
from dateline.model import Action, Parsed, Setting, Span, When, Why

RULES = {
    "times.ahead-of.v1": "'Before' a time: by the day that comes before it.",
    "times.anchored.v1": (
        "Days told from another day of the story: the day before, the same night, the eve."
    ),
    "times.background.long-ago.v1": (
        "Its own day is over a year before the report's: background, not its news."
    ),
    "times.background.named.v1": (
        "The words name a war, coup or attack that is known to be over a year old."
    ),
    "times.begun.v1": "It began then and goes on: the end is open.",
    "times.by.v1": "'By' a time: on that day or before it.",
    "times.calendar.other.v1": "The text counts years by a calendar that is not read.",
    "times.day-beside.v1": (
        "The clause beside it tells the day that 'the day before' or 'the same "
        "night' is counted from."
    ),
    "times.dating.conflict.v1": "What the text tells of its day does not fit together.",
    "times.dating.happening.ago.v1": "A known happening is told as so long ago.",
    "times.dating.happening.day.v1": "A time beside a happening whose day is known.",
    "times.dating.happening.last.v1": "A known happening is told as of last year.",
    "times.dating.none.v1": "No words tell when the report came out.",
    "times.dating.season.v1": "A season that the text speaks of as its own.",
    "times.dating.told.v1": "The day that the report or its reader gives.",
    "times.inferred.goes-on.v1": "Told as going on: on the report's day, inferred.",
    "times.inferred.news.v1": (
        "No words tell when. A bare past tense among acts of the report's last week: "
        "inferred to be from two days before the freshest of them up to the report's."
    ),
    "times.none.v1": "No words tell when, or the report's own day is not known.",
    "times.other-act.v1": "The words that tell a day tell it of another act.",
    "times.overnight.v1": "'Overnight': from one day into the next.",
    "times.since.v2": "'Since' a time: from then up to the report's day.",
    "times.so-far.v1": 'What was done "this week" was done by the report\'s day.',
    "times.undated.v1": ("The words tell a time ('on Monday'), but not of which week or year."),
    "times.until.v1": "'Until' or 'through' a time: up to that day.",
    "times.vague.none.v1": "The words are too vague for a day, month or year.",
}


@dataclass(frozen=True, slots=True)
class EventTimes:
    """The times of one report, of which every act of it is asked."""

    parsed: Parsed
    day: date | None
    times: tuple[Timex, ...]

    def __call__(self, action: Action) -> When:
        """Return the days an action may have fallen on, with the rule that says so.

        Where its own sentence tells none, the whole report is asked (`elsewhere.py`).
        """
        sentence = self.parsed.sentence_at(action.trigger.start)
        doer = attach.parse_deed(self.parsed, action)
        if sentence is None or doer is None:
            return unknown_time("times.none.v1")
        span = sentence.span
        low, high = (
            bisect_left(self.times, end, key=lambda t: t.span.start)
            for end in (span.start, span.end)
        )
        here = [t for t in self.times[low:high] if span.covers(t.span)]
        if not here:  # a date of another calendar (Hijri, Persian) is seen and not read
            told = self.parsed.text, self.parsed.lexicon
            other = other_calendar(*told, span)
            return unknown_time("times.calendar.other.v1" if other else "times.none.v1", other)
        if found := time_of_reader(doer, here, self.day):
            return found
        own = (t for t in here if attach.rank_timex(doer, t) <= attach.VERB)
        if (vague := next(own, None)) is None:
            return unknown_time("times.none.v1")
        open_year = "X" in vague.value or yearless(doer, vague, self.day)
        rule = "times.undated.v1" if open_year else "times.vague.none.v1"
        return unknown_time(rule, vague.span)

    def number(self, at: int) -> int:
        """Return the number of the sentence that a character stands in, or after."""
        return max(0, self.parsed.sentences_before(at) - 1)

    def away(self, other: date | None) -> float:
        """Return how many days after the report's day another lies; NaN untold."""
        return (other - self.day).days if other and self.day else nan


def tag_event_times(parsed: Parsed, setting: Setting) -> EventTimes:
    """Tag the times of a report once, for all its acts."""
    day = local_day(parsed, setting)
    return EventTimes(parsed, day, tag_report_times(parsed, day, setting))


def unknown_time(rule: str, span: Span | None = None) -> When:
    """No day can be told; the words that would have told it, where there are some."""
    return When(None, None, "unknown", span, Why(rule, span))


def time_of_reader(doer: Deed, here: Sequence[Timex], day: date | None) -> When | None:
    """The time whose words the model read as the act's own."""
    act = doer.action.act
    for words in sorted(act.times if act else (), key=lambda w: -w.sure):
        for i, timex in enumerate(here):
            if not timex.span.overlaps(words.span) or is_of_other_deed(doer, timex):
                continue
            if found := meaning_of_time(doer, here, i, "reading.time.v1", day):
                return found
    return None
