"""Lines that go on in the next one, in copy too short for its width to tell.

Longer copy is known for wrapped by its lines as a whole (`model.layout`).
"""

import re
from collections.abc import Callable, Sequence

from dateline.model import Report, Span
from dateline.model.layout import LINE, WRAPPED

NARROWEST = 40  # characters: a line of wrapped copy has no fewer, but for the last
STOPS = frozenset(".!?:;\"”'’")
BREAK = re.compile(r"[ \t]*\r?\n ?")
OPEN = frozenset(
    "a an the this these those no every each of to in on at by for from with into"
    " over under against between among during before after since until and or but"
    " nor than as if that who whom whose which my your his her its our their is are"
    " was were be been has have had will would shall should can could may might must"
    " not".split()
)
"""Words with which no line ends that stands for itself."""
Ended = Callable[[str, Span], bool]


def join_lines(report: Report, blocks: Sequence[Span], ended: Ended) -> list[Span]:
    """Return paragraphs, those in one that are lines of one; `ended` knows a sentence.

    A headline and the rows of a list stay apart: a line goes on where words lack that
    must follow, or where it is prose that had no room for the next word.
    """
    text = report.text
    width = max((len(hit[0].rstrip()) for hit in LINE.finditer(text)), default=0)
    if width > WRAPPED:
        return list(blocks)
    found: list[Span] = []
    begun = {mark.span.start for mark in report.marks if mark.kind == "dateline"}
    prose = False  # whether the last one found is more than a headline
    for block in blocks:
        last = found[-1] if found else None
        if last and (
            cannot_end_here(text, last, block)
            or prose
            and full(text, last, block, width)
        ):
            found[-1] = Span(last.start, block.end)
            prose = True
            continue
        found.append(block)
        filed = any(block.start <= at < block.end for at in begun)
        prose = filed or ended(text, block)
    return found


def cannot_end_here(text: str, one: Span, other: Span) -> bool:
    """Whether a line cannot end where it does: words must follow, and they do."""
    if not open_ended(text, one, other):
        return False
    word = one.of(text).split()[-1].lower()
    return word[-1] == "," or word in OPEN or text[other.start].islower()


def full(text: str, one: Span, other: Span, width: int) -> bool:
    """Whether a line is open and had no room for the first word of the next."""
    needed = len(last_line(text, one)) + 1 + len(other.of(text).split()[0])
    return open_ended(text, one, other) and needed > width


def open_ended(text: str, one: Span, other: Span) -> bool:
    """Whether two lines follow each other, and the first is a full one without end."""
    wide = len(last_line(text, one)) >= NARROWEST
    between = BREAK.fullmatch(text, one.end, other.start)
    return wide and between is not None and text[one.end - 1] not in STOPS


def last_line(text: str, block: Span) -> str:
    """Return the last line of a paragraph."""
    return block.of(text).rpartition("\n")[2]
