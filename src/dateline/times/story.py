"""The day on which a story goes on: "Rebels shot a judge on Monday. They fled"."""

from collections.abc import Iterator, Sequence
from datetime import date

from dateline.model import Parsed, Span, When, Why
from dateline.times import attach
from dateline.times.anchored import BESIDE
from dateline.times.attach import Deed
from dateline.times.grains import interval
from dateline.times.meaning import bounds, grain
from dateline.times.tagging import Timex

COARSE = ("month", "season", "year")  # when "three times" is told of
LOOK_BACK = 4  # sentences that a story's day carries on for


def carried(
    doer: Deed, times: Sequence[Timex], sentence: Span, day: date | None
) -> When | None:
    """A verb in the simple past goes on with the day that the story told last."""
    if day is None or not attach.narrated(doer):
        return None
    fine = COARSE if attach.counted(doer) else ("day",)
    found = [t for t in story(doer.parsed, times, sentence) if past(t, day, fine)]
    line = (t for t in found if attach.in_line(doer.parsed, t))
    if not found:
        return None
    last = found[0]
    timex = next(line, last) if attach.aside(doer.parsed, last) else last
    why = Why("times.story.v1", timex.span)
    days = interval(timex.value)
    return When(*days, grain(timex.value), timex.span, why) if days else None


def past(timex: Timex, day: date, fine: Sequence[str]) -> bool:
    """Whether a time of one of some grains lies before the report's day, or on it."""
    days = interval(timex.value)
    return days is not None and days[1] <= day and grain(timex.value) in fine


def story(parsed: Parsed, times: Sequence[Timex], sentence: Span) -> Iterator[Timex]:
    """Yield the dates told in the few sentences before, the nearest first."""
    starts = [s.span.start for s in parsed.sentences if s.span.start <= sentence.start]
    first = starts[-LOOK_BACK - 1] if len(starts) > LOOK_BACK else 0
    for timex in reversed(times):
        inside = first <= timex.span.start < sentence.start
        beside = timex.why.rule == BESIDE  # the story goes on after the day before
        if beside or "REF" in timex.value or bounds(parsed.text, timex):
            continue
        if inside and timex.kind in ("DATE", "TIME"):
            yield timex
