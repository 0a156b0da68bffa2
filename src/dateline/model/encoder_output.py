"""What one pass of the encoder leaves of a report: states of its words, and acts.

The states are arrays; all else here does without NumPy, which loads when it is needed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from dateline.model.text import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Halves = NDArray[np.float16]

Piece = tuple[int, int]
"""First and past-last word piece."""
Role = Literal["actor", "recipient", "place", "time", "speaker"]
Chances = tuple[tuple[str, float], ...]
"""Labels with their probabilities, the likeliest first."""


@dataclass(frozen=True, slots=True)
class Places:
    """Where each piece of a sentence starts and ends in the text."""

    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, first: int, last: int) -> Span:
        """Return the characters of a run of pieces."""
        return Span(self.starts[first], self.ends[last - 1])

    def holds(self, at: int) -> bool:
        """Whether a character lies inside the stretch that these pieces cover."""
        return bool(self.starts) and self.starts[0] <= at < self.ends[-1]

    def within(self, span: Span) -> Piece:
        """Return the first and past-last piece that overlap a span."""
        low = bisect_right(self.ends, span.start)
        high = bisect_left(self.starts, span.end, lo=low)
        return (low, high) if low < high else (0, 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, or as much of a long one as one pass reads; `rows`: pieces x width.

    `window` counts the passes: stretches of one window were read together. `below` are
    the states half way up, from which the second reading goes on; None where unkept.
    Both are kept in 16 bits, which the network's own eight do not exceed.
    """

    sentence: Span
    at: Places
    rows: "Halves"
    window: int
    below: "Halves | None" = None


@dataclass(frozen=True, slots=True)
class States:
    """The stretches of a report that the encoder has read, in text order."""

    stretches: tuple[Stretch, ...] = ()
    starts: tuple[int, ...] = field(init=False, compare=False, repr=False)
    """Where the first piece of each stretch starts in the text."""

    def __post_init__(self) -> None:
        """Note where the stretches start."""
        firsts = tuple([part.at.starts[0] for part in self.stretches])
        object.__setattr__(self, "starts", firsts)

    def of(self, spans: Sequence[Span], width: int) -> "Floats":
        """Return spans x width: the mean state of each span's pieces, 0 where unread.

        >>> import numpy as np
        >>> part = Stretch(Span(0, 9), Places((0, 4), (3, 9)), np.eye(2, 3), 0)
        >>> States((part,)).of([Span(4, 9), Span(0, 9), Span(20, 22)], 3).tolist()
        [[0.0, 1.0, 0.0], [0.5, 0.5, 0.0], [0.0, 0.0, 0.0]]
        """
        import numpy as np

        out = np.zeros((len(spans), width), np.float32)
        if not self.stretches:
            return out
        for n, span in enumerate(spans):
            part = self.stretches[max(0, bisect_right(self.starts, span.start) - 1)]
            low, high = part.at.within(span)
            if high - low == 1:
                out[n] = part.rows[low]
            elif high > low:
                rows = part.rows[low:high]
                np.add.reduce(rows, dtype=np.float32, out=out[n])
                out[n] /= np.float32(high - low)
        return out


@dataclass(frozen=True, slots=True)
class Words:
    """Words that have a part in an act, and how sure the model is of them."""

    span: Span
    sure: float


@dataclass(frozen=True, slots=True)
class Meant:
    """Whether a party is nobody, told by words of the sentence, or only implied."""

    nobody: float
    told: float
    implied: float


@dataclass(frozen=True, slots=True)
class Act:
    """Words that tell an act, as the model reads them.

    `sure` is the probability that the trigger tells a codable act at all; `asked` is
    true of a trigger that a pattern of the user's brought to the model's notice.
    """

    trigger: Span
    sentence: Span
    sure: float
    deeds: Chances
    statuses: Chances
    modes: Chances
    contexts: Chances
    mutual: float
    actors: tuple[Words, ...] = ()
    recipients: tuple[Words, ...] = ()
    places: tuple[Words, ...] = ()
    times: tuple[Words, ...] = ()
    speakers: tuple[Words, ...] = ()
    actor_meant: Meant = Meant(0.0, 1.0, 0.0)
    recipient_meant: Meant = Meant(0.0, 1.0, 0.0)
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that the encoder's pass over one report gives, and by which weights.

    `acts` are in text order. The reading is made once a report and handed on.
    """

    acts: tuple[Act, ...]
    version: str = ""
