"""How a text lies on the page: its paragraphs, and what of it is not to be seen.

Lines may be wrapped or not. Soft hyphens, overrides and letters that pose are hidden: a
text is kept with them and coded without them; every span is carried over. A letter
poses where a word of Latin letters holds one of another script that looks the same. A
space that holds two words together, or is of another width, is coded as a space.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, fields, is_dataclass, replace
from statistics import median
from typing import Any

from dateline.model.text import Mark, Report, Span

WRAPPED = 100  # characters: a line of wrapped copy is no longer; a paragraph often is
LINE = re.compile(r"[^\n\r]+")
BREAK = re.compile(r"\n[ \t\r]*\n|\n(?=[ \t]{2,}\S)")
UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
    "|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]"
)

SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000", " "))
POSING = str.maketrans(
    "АВЕКМНОРСТХІЈЅУаеорсухіјѕԁԛԝһѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧοϲ",
    "ABEKMHOPCTXIJSYaeopcyxijsdqwhvABEZHIKMNOPTYXoc",
)
ALIEN = re.compile("[\u0370-\u03ff\u0400-\u052f]")
WORD = re.compile(r"[^\W\d_]+")


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


@dataclass(frozen=True, slots=True)
class Bare:
    """A text without what is not to be seen, and where each character stood.

    >>> bare = uncovered("Mon\\xadday")
    >>> bare.text, bare.back(Span(0, 6))
    ('Monday', Span(start=0, end=7))
    """

    text: str
    places: tuple[int, ...]
    unseen: tuple[int, ...]

    def back(self, span: Span) -> Span:
        """Return a span of the bare text as one of the whole text."""
        start = self.places[span.start]
        last = self.places[span.end - 1] + 1 if span.end > span.start else start
        return Span(start, last)

    def on(self, span: Span) -> Span:
        """Return a span of the whole text as one of the bare text."""
        start, end = (at - bisect_left(self.unseen, at) for at in (span.start, span.end))
        return Span(start, end)

    def moved(self, value: Any) -> Any:
        """Return a value with every span in it carried over to the whole text."""
        if isinstance(value, Span):
            return self.back(value)
        if isinstance(value, tuple):
            return tuple(map(self.moved, value))
        if is_dataclass(value) and not isinstance(value, type):
            found = {f.name: getattr(value, f.name) for f in fields(value)}
            changed = {
                k: self.moved(v)
                for k, v in found.items()
                if isinstance(v, tuple) or is_dataclass(v)  # it may hold a span
            }
            return replace(value, **changed)
        return value


def uncovered(text: str) -> Bare | None:
    """Return the bare text, None where nothing in it is hidden."""
    unseen = tuple(hit.start() for hit in UNSEEN.finditer(text))
    bare = unmasked(UNSEEN.sub("", text)).translate(SPACES)
    if bare == text:
        return None
    gone = frozenset(unseen)
    places = tuple(at for at in range(len(text) + 1) if at not in gone)
    return Bare(bare, places, unseen)


def unmasked(text: str) -> str:
    """Return a text whose words of Latin letters hold none that only look the same.

    >>> unmasked("\u041a\u0456m left; \u041a\u0456\u043c stays")
    'Kim left; \u041a\u0456\u043c stays'
    """
    if text.isascii() or not ALIEN.search(text):
        return text

    def unmixed(hit: re.Match[str]) -> str:
        word = hit[0]
        if word.isascii() or not any(map(str.isascii, word)):
            return word
        told = word.translate(POSING)
        return word if ALIEN.search(told) else told

    return WORD.sub(unmixed, text)


def bare_report(report: Report, bare: Bare) -> Report:
    """Return a report with the bare text and its marks carried over."""
    marks = tuple(Mark(mark.kind, bare.on(mark.span)) for mark in report.marks)
    return replace(report, text=bare.text, marks=marks)
