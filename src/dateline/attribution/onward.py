"""Who goes on speaking where nobody is named: who spoke last."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dateline.attribution.ground import Ground
from dateline.attribution.quotes import Quote
from dateline.attribution.saying import Saying, tidy_pieces
from dateline.model import Span
from dateline.model.layout import paragraphs

FAR = 4  # paragraphs over which a speaker may go on


class Onward:
    """Which saying was told last in each paragraph of a report."""

    def __init__(self, g: Ground, sayings: Sequence[Saying]) -> None:
        """File the sayings by the paragraph that tells them."""
        self.text, self.quotes = g.parsed.text, g.quotes
        self.blocks = paragraphs(self.text)
        self.starts = [block.start for block in self.blocks]
        self.told: dict[int, int] = {}
        self.cues = sorted(
            (one.cue[0].start, i)
            for i, one in enumerate(sayings)
            if one.cue and is_speech(one) and not self.quoted(one.cue[0])
        )
        for at, i in self.cues:
            self.told[self.block(at)] = i

    def block(self, at: int) -> int:
        """Return the number of the paragraph at a place in the text."""
        return bisect_right(self.starts, at) - 1

    def quoted(self, words: Span) -> bool:
        """Whether words lie in a quotation."""
        at = bisect_right(self.quotes, words.start, key=lambda q: q.span.start) - 1
        return at >= 0 and self.quotes[at].inner.covers(words)

    def keep(self, quote: Quote, i: int | None) -> None:
        """Remember who tells a quotation, if anybody does."""
        if i is not None:
            self.told.setdefault(self.block(quote.span.start), i)

    def speaker(self, quote: Quote) -> int | None:
        """Return who goes on in a paragraph that holds nothing but a quotation."""
        at = self.block(quote.span.start)
        block = self.blocks[at]
        before = self.text[block.start : quote.span.start]
        after = self.text[quote.span.end : block.end]
        if any(map(str.isalnum, before + after)):
            return None
        return self.told.get(at - 1)

    def last(self, at: int) -> int | None:
        """Return who spoke last before a place, not too far from it."""
        n = bisect_left(self.cues, (at, 0)) - 1
        if n < 0:
            return None
        cue, i = self.cues[n]
        return i if self.block(at) - self.block(cue) <= FAR else None


def carry_speaker_on(
    g: Ground, found: Sequence[Saying], said: Iterable[Span]
) -> list[Saying]:
    """Return the sayings with words that are said, told by none, given to who spoke."""
    told = bytearray(len(g.parsed.text))
    for one in found:
        for p in (*one.source, *one.cue, *one.content):
            told[p.start : p.end] = b"x" * (p.end - p.start)
    onward, grown = Onward(g, found), list(found)
    for words in said:
        i = onward.last(words.start)
        if i is not None and not any(told[words.start : words.end]):
            pieces = [*grown[i].content, words]
            grown[i] = replace(grown[i], content=tidy_pieces(g.parsed.text, pieces))
    return grown


def is_speech(one: Saying) -> bool:
    """Whether somebody named says it, and not only thinks, wants or shows it."""
    return one.sense == "speech" and bool(one.source)
