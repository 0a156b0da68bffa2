"""Days told from another day of the story: the day before, the same night, the eve."""

from collections.abc import Sequence
from datetime import date

from dateline.model import Lexicon, Span, Why
from dateline.times.grains import add_days, timex_interval
from dateline.times.meaning import grain_of_timex, is_bound_only
from dateline.times.tagging import Timex

STEPS = (
    ("times.day-before", -1),
    ("times.previous-day", -1),
    ("times.on-the-eve", -1),
    ("times.next-day", 1),
    ("times.day-after", 1),
    ("times.same-day", 0),
    ("times.within-the-day", 0),
)  # patterns, and the days from the one told before
FAR = 600  # characters: a day told longer before is of another story
RULE, BESIDE = "times.anchored.v1", "times.day-beside.v1"


def anchor_times(
    text: str, lexicon: Lexicon, times: Sequence[Timex], day: date | None
) -> tuple[Timex, ...]:
    """Return the times with those read anew that count from the day told before them.

    The day is that of the same paragraph; "the day before" of none is the report's.
    """
    found = list(times)
    steps = [(lexicon.patterns[name], step) for name, step in STEPS]
    hits = [(hit, step) for each, step in steps for hit in each.finditer(text)]
    for hit, step in sorted(hits, key=lambda h: h[0].start()):
        span = Span(*hit.span())
        told = day_before_in_paragraph(text, lexicon, found, span.start)
        base = told or (day if step < 0 else None)
        moved = add_days(base, step) if base else None
        if moved is None:
            continue
        why = Why(BESIDE if step else RULE, span)
        new = Timex(span, "DATE", moved.isoformat(), (), "", why)
        found = [t for t in found if not t.span.overlaps(span)]
        found = sorted([*found, new], key=lambda t: t.span)
    return tuple(found)


def day_before_in_paragraph(
    text: str, lexicon: Lexicon, times: Sequence[Timex], at: int
) -> date | None:
    """Return the day told last before a character, in its own paragraph."""
    start = max(text.rfind("\n\n", 0, at), at - FAR)
    for timex in reversed([t for t in times if start <= t.span.start < at]):
        days = timex_interval(timex.value) if timex.kind in ("DATE", "TIME") else None
        if (
            days
            and grain_of_timex(timex.value) == "day"
            and not is_bound_only(text, lexicon, timex)
        ):
            return days[0]
    return None
