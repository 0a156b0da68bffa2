"""Where the paragraphs of a text lie, whether its lines are wrapped or not."""

import re
from statistics import median

from dateline.model.text import Span

WRAPPED = 100  # characters: a line of wrapped copy is no longer; a paragraph often is
LINE = re.compile(r"[^\n\r]+")
BREAK = re.compile(r"\n[ \t\r]*\n|\n(?=[ \t]{2,}\S)")


def paragraphs(text: str) -> tuple[Span, ...]:
    r"""Return the paragraphs of `text`, without the white space around them.

    In wrapped copy a blank line or an indent parts paragraphs; elsewhere every line
    is one.

    >>> [p.of("One.\nTwo.") for p in paragraphs("One.\nTwo.")]
    ['One.', 'Two.']
    """
    if not is_wrapped(text):
        found = [Span(*hit.span()) for hit in LINE.finditer(text)]
    else:
        edges = [0, *(hit.end() for hit in BREAK.finditer(text)), len(text)]
        found = [Span(a, b) for a, b in zip(edges, edges[1:], strict=False)]
    return tuple(trimmed for span in found if (trimmed := trim(text, span)))


def is_wrapped(text: str) -> bool:
    """Whether single line ends in `text` are no more than the width of the wire.

    Two lines are too few to tell by, and one longer than any wire's ends it.

    >>> line = "The army said on Monday that it had held\\n"
    >>> is_wrapped(3 * line), is_wrapped(2 * line), is_wrapped(3 * line + "x" * 101)
    (True, False, False)
    """
    lines = [len(hit[0].rstrip()) for hit in LINE.finditer(text)]
    if len(lines) < 3 or max(lines) > WRAPPED:
        return False
    cut = [hit[0].rstrip()[-1:] not in '.!?"”' for hit in LINE.finditer(text)]
    return median(lines) > 35 and sum(cut) > 0.4 * len(lines)


def trim(text: str, span: Span) -> Span | None:
    """Return `span` without white space at its ends; None when nothing is left."""
    words = span.of(text)
    left = len(words) - len(words.lstrip())
    kept = words.strip()
    return Span(span.start + left, span.start + left + len(kept)) if kept else None
