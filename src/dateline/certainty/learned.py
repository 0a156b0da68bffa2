"""How far a text commits its reader to an event: what the rules and the encoder saw.

Readers were asked it of two kinds of text, and answered by different customs: in
edited news a firm announcement counts as good as done, in people's own talk what is
yet to come does not. So there are two judges, and a third opinion that says how far to
listen to which. Each hears the rules' reading and what the encoder's second top says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import numpy as np

from dateline.certainty.features import judge_features, manner
from dateline.certainty.rules import judge_event_word
from dateline.encoder import Commitment, Encoded
from dateline.encoder.heads import Floats, softmax_rows
from dateline.model import Certainty, Parsed, Status, Token, Why

CLASSES: tuple[tuple[Status, ...], ...] = (
    ("happened", "ongoing", "recurring"),
    ("possible", "planned", "expected", "hypothetical"),
    ("negated", "denied"),
)
NEWS = 0.75  # what is not plainly talk is taken for news, this program's fare


@dataclass(frozen=True, slots=True)
class Table:
    """A row of weights for each name, one for each number, and what always counts."""

    at: dict[str, int]
    rows: Floats

    @classmethod
    def of(cls, names: Sequence[str], rows: Floats) -> "Table":
        """Return the table of these names."""
        at = {str(name): n for n, name in enumerate(names)}
        return cls(at, rows.astype(np.float32))

    def scores(self, names: Iterable[str], numbers: Floats) -> Floats:
        """Return the sum of the known names' rows and of the numbers times theirs."""
        known = [self.at[name] for name in names if name in self.at]
        told = numbers @ self.rows[len(self.at) : -1]
        return cast(Floats, self.rows[known].sum(0) + told + self.rows[-1])


@dataclass(frozen=True, slots=True)
class Judges:
    """How news is taken, how talk is, and which of them a sentence is."""

    news: Table
    talk: Table
    which: Table

    def weigh(self, parsed: Parsed, token: Token, seen: Commitment) -> Floats:
        """Return the probability of happened, uncertain and not."""
        names = judge_features(parsed, token)
        news, talk = (
            softmax_rows(judge.scores(names, seen.numbers))
            for judge in (self.news, self.talk)
        )
        score = self.which.scores(manner(parsed, token), seen.manner)
        share = 1 / (1 + np.exp(-score - NEWS))
        return cast(Floats, (share * news + (1 - share) * talk).astype(np.float32))


@cache
def judges() -> Judges:
    """Return the learned weights, read once."""
    path = files("dateline.certainty") / "weights.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as at:
        names = ("news", "talk", "which")
        return Judges(*(Table.of(at[f"{name}-names"], at[name]) for name in names))


def committed(
    parsed: Parsed, token: Token | None, read: Encoded | None = None
) -> Certainty:
    """Judge any event word as readers do: the learned class, and the rules' own status.

    Where the rules' status lies in another class, the class's plainest stands. Without
    an encoder, or weights of its second top, the rules' status stands.
    """
    told = judge_event_word(parsed, token)
    seen = read.commitment(token.span) if read and token else None
    if token is None or seen is None:
        return told
    found = CLASSES[int(judges().weigh(parsed, token, seen).argmax())]
    if told.status in found:
        return told
    return Certainty(found[0], Why("certainty.learned.v2", token.span))
