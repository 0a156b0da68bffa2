"""Days told from another day of the story: the day before, the same night, the eve."""

import re
from collections.abc import Sequence
from datetime import date

from dateline.model import Span, Why
from dateline.times.grains import add_days, interval
from dateline.times.meaning import bounds, grain
from dateline.times.tagging import Timex

PART = r"(?:day|night|evening|morning|afternoon)"
NEXT = r"(?! (?:the|a|an|his|her|its|their|he|she|it|they|when|that"
NEXT += r"|yesterday|tomorrow)\b)"
STEPS: tuple[tuple[int, re.Pattern[str]], ...] = (
    (-1, re.compile(rf"\b(?:the|a) {PART} (?:before|earlier)\b{NEXT}", re.IGNORECASE)),
    (-1, re.compile(rf"\bthe previous {PART}\b", re.IGNORECASE)),
    (
        -1,
        re.compile(r"\bon the eve of (?:the|his|her|its|their|that)\b", re.IGNORECASE),
    ),
    (1, re.compile(rf"\bthe (?:next|following) {PART}\b", re.IGNORECASE)),
    (1, re.compile(rf"\b(?:a|the) day (?:later|after)\b{NEXT}", re.IGNORECASE)),
    (0, re.compile(rf"\b(?:the|that) same {PART}\b", re.IGNORECASE)),
    (0, re.compile(r"\b(?:later|earlier) (?:in|on) the day\b", re.IGNORECASE)),
)
FAR = 600  # characters: a day told longer before is of another story
RULE, BESIDE = "times.anchored.v1", "times.day-beside.v1"


def anchored(text: str, times: Sequence[Timex], day: date | None) -> tuple[Timex, ...]:
    """Return the times with those read anew that count from the day told before them.

    The day is that of the same paragraph; "the day before" of none is the report's.
    """
    found = list(times)
    hits = [(hit, step) for step, each in STEPS for hit in each.finditer(text)]
    for hit, step in sorted(hits, key=lambda h: h[0].start()):
        span = Span(*hit.span())
        base = told_before(text, found, span.start) or (day if step < 0 else None)
        moved = add_days(base, step) if base else None
        if moved is None:
            continue
        why = Why(BESIDE if step else RULE, span)
        new = Timex(span, "DATE", moved.isoformat(), (), "", why)
        found = [t for t in found if not t.span.overlaps(span)]
        found = sorted([*found, new], key=lambda t: t.span)
    return tuple(found)


def told_before(text: str, times: Sequence[Timex], at: int) -> date | None:
    """Return the day told last before a character, in its own paragraph."""
    start = max(text.rfind("\n\n", 0, at), at - FAR)
    for timex in reversed([t for t in times if start <= t.span.start < at]):
        days = interval(timex.value) if timex.kind in ("DATE", "TIME") else None
        if days and grain(timex.value) == "day" and not bounds(text, timex):
            return days[0]
    return None
