"""One attribution in a report: whose words, which cue says so, what is said."""

from dataclasses import dataclass
from typing import Literal

from dateline.model import Span, Why

Sense = Literal["speech", "thought", "wish", "stance", "evidence", "seem"]


@dataclass(frozen=True, slots=True)
class Saying:
    """Who says, the words that tell the saying, and what is said.

    Each part may lie in several pieces; `source` is empty where nobody is named.
    `sense` parts speech from beliefs, wishes, stances and what evidence shows.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    sense: Sense
    why: Why

    def says(self, words: Span) -> bool:
        """Whether `words` lie in what is said, and not in the words that say so.

        >>> cue, said = Span(4, 8), Span(9, 20)
        >>> Saying((), (cue,), (said,), "speech", Why("x.v1", cue)).says(Span(9, 12))
        True
        """
        middle = middle_of(words)
        if any(piece.overlaps(words) for piece in self.cue):
            return False
        return any(piece.covers(middle) for piece in self.content)

    @property
    def size(self) -> int:
        """How many characters are said."""
        return sum(piece.end - piece.start for piece in self.content)

    @property
    def start(self) -> int:
        """Where its first word stands."""
        return min(p.start for p in (*self.source, *self.cue, *self.content))


def middle_of(words: Span) -> Span:
    """Return the character in the middle of words.

    >>> middle_of(Span(4, 8))
    Span(start=6, end=7)
    """
    at = (words.start + words.end) // 2
    return Span(at, at + 1)


def tidy_pieces(text: str, pieces: list[Span]) -> tuple[Span, ...]:
    """Return `pieces` in text order, joined where only space or marks part them.

    >>> tidy_pieces("a, b", [Span(3, 4), Span(0, 1)])
    (Span(start=0, end=4),)
    """
    kept: list[Span] = []
    for piece in sorted(pieces):
        if piece.end <= piece.start:
            continue
        if kept and is_close_by(text, kept[-1].end, piece.start):
            kept[-1] = kept[-1].join(piece)
        else:
            kept.append(piece)
    return tuple(kept)


def is_close_by(text: str, end: int, start: int) -> bool:
    """Whether no word and no more than a paragraph's end lies between two places."""
    between = text[end:start]
    return len(between) < 8 and not any(map(str.isalnum, between))
