"""Quotations of every kind of mark, over several sentences and paragraphs."""

import re
from dataclasses import dataclass
from itertools import pairwise

from dateline.model import Lexicon, Span
from dateline.model.layout import paragraphs

MARK = re.compile(r"``|''|[\"“”„«»‹›]|(?<!\w)[‘'‚]|['’‘](?!\w)")
OPENS = frozenset("“„")
POINTED = {"«": "»", "»": "«", "‹": "›", "›": "‹"}  # French and German fashion
SINGLE = frozenset("'’‘‚")
FREE = frozenset(" ([—–-\n\t/:\xa0")  # what stands before a mark that opens
STOPS = frozenset(",.!?;:…—-")
ENDS = frozenset(",?!")  # marks at a quotation's end that no term or title has
SHORT = 3  # words: a quotation below this may be a term or a title


@dataclass(frozen=True, slots=True)
class Quote:
    """Quoted words with their marks; `runs_on` where the next paragraph goes on."""

    span: Span
    inner: Span
    runs_on: bool = False

    def long(self, text: str) -> bool:
        """Whether enough is quoted to be somebody's statement."""
        words = self.inner.of(text)
        return self.runs_on or words.count(" ") + 1 >= SHORT or words[-1:] in ENDS


def quotes(text: str, lexicon: Lexicon) -> tuple[Quote, ...]:
    """Return the outermost quotations of `text`, in text order.

    An apostrophe after a plural is no mark; a quotation left open ends with its
    paragraph, and goes on in the next one where that opens with a mark.
    """
    blocks = paragraphs(text)
    found: list[Quote] = []
    for block, after in pairwise((*blocks, Span(len(text), len(text)))):
        goes_on = (
            bool(MARK.match(text, after.start)) if after.start < len(text) else False
        )
        found += Paragraph(text, block, lexicon).quotes(goes_on)
    return tuple(found)


class Paragraph:
    """The quotation marks of one paragraph: which can open or close a quotation."""

    def __init__(self, text: str, block: Span, lexicon: Lexicon) -> None:
        """Take a paragraph's place in a text, and the words that need an apostrophe."""
        self.text, self.block = text, block
        self.elided = lexicon.patterns["attribution.elided"]
        self.plural = lexicon.words["attribution.plural-end"]

    def quotes(self, goes_on: bool) -> list[Quote]:
        """Return the outermost quotations."""
        text, block = self.text, self.block
        found: list[Quote] = []
        opened: re.Match[str] | None = None
        hits = list(MARK.finditer(text, block.start, block.end))
        last = max((h.start() for h in hits if self.shuts(h)), default=-1)
        for hit in hits:
            if opened is None:
                if self.opens(hit, last):
                    opened = hit
            elif self.closes(hit, opened[0]):
                span = Span(opened.start(), hit.end())
                found.append(Quote(span, trim_quote(text, opened.end(), hit.start())))
                opened = None
        if opened is not None and opened[0] not in SINGLE:
            inner = Span(opened.end(), block.end)
            found.append(Quote(Span(opened.start(), block.end), inner, goes_on))
        return found

    def opens(self, hit: re.Match[str], last: int) -> bool:
        """Whether a mark can open; `last` is where a single one closes last."""
        text, block, mark, at = self.text, self.block, hit[0], hit.end()
        before = text[hit.start() - 1] if hit.start() > block.start else " "
        if mark in POINTED:
            return before in FREE and text[at : at + 2].strip()[:1].isalnum()
        if mark in "”’" or at >= block.end or text[at].isspace():
            return False
        if mark in OPENS or mark == "``":
            return True
        if mark in SINGLE:
            free = before in FREE and not self.elided.match(text, hit.start())
            return free and (mark == "‚" or last > hit.start())
        return not before.isalnum()

    def closes(self, hit: re.Match[str], start: str) -> bool:
        """Whether a mark closes the quotation that the mark `start` began."""
        mark = hit[0]
        if start in ("“", "„"):
            return mark in ("”", "“", '"') and not (
                mark == "“" and self.opens(hit, -1) and start == "“"
            )
        if start in POINTED:
            return mark == POINTED[start]
        if start == "‚":
            return mark in "‘’"
        if start in "'‘":
            return mark in "'’" and self.shuts(hit)
        if start in ("``", "''"):
            return mark in ("''", '"')
        return mark in ('"', "”")

    def shuts(self, hit: re.Match[str]) -> bool:
        """Whether a single mark ends a quotation and no plural's possessive."""
        text, block = self.text, self.block
        if hit[0] not in "'’" or hit.start() == block.start:
            return False
        before = text[hit.start() - 1]
        after = text[hit.end()] if hit.end() < block.end else " "
        if before in STOPS or after in STOPS or hit.end() >= block.end:
            return not before.isspace()
        return before.isalnum() and before not in self.plural and not after.isalnum()


def trim_quote(text: str, start: int, end: int) -> Span:
    """Return quoted words without the space that French marks keep from them."""
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    return (
        Span(start + left, start + len(words.rstrip()))
        if words.strip()
        else Span(start, end)
    )
