"""Things of a report filed by the characters they stand at, to be found by them."""

from collections.abc import Iterable
from typing import Generic, TypeVar

from dateline.model.text import Span

T = TypeVar("T")
BLOCK = 256  # characters: things are filed by these


class Filed(Generic[T]):
    """Things with the words of each; whoever asks looks only at those nearby."""

    def __init__(self, things: Iterable[tuple[Span, T]]) -> None:
        """File things, each under all blocks of text that its words touch."""
        self.blocks: dict[int, list[tuple[int, Span, T]]] = {}
        for n, (span, thing) in enumerate(things):
            for block in blocks_of_span(span):
                self.blocks.setdefault(block, []).append((n, span, thing))

    def over(self, span: Span) -> list[T]:
        """Return the things that share a character with words, in the order given.

        >>> Filed([(Span(250, 260), "b"), (Span(0, 3), "a")]).over(Span(255, 257))
        ['b']
        """
        near = {
            n: thing
            for block in blocks_of_span(span)
            for n, words, thing in self.blocks.get(block, ())
            if words.overlaps(span)
        }
        return [near[n] for n in sorted(near)]


def blocks_of_span(span: Span) -> range:
    """Return the numbers of the blocks of text that words touch."""
    return range(span.start // BLOCK, max(span.start, span.end - 1) // BLOCK + 1)
