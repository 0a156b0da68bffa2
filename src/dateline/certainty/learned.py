"""How far a text commits its reader to an event: what the rules and the encoder saw.

Readers were asked it of two kinds of text, and answered by different customs: in
edited news a firm announcement counts as good as done, in people's own talk what is
yet to come does not. So there are two judges of the rules' reading, and a third opinion
that says how far to listen to which. The judge of talk hears the encoder's states too;
the judge of news does not, for the encoder was trained on the same news as he.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

import numpy as np

from dateline.certainty.features import features, manner
from dateline.certainty.rules import judged
from dateline.certainty.states import pooled
from dateline.encoder import Encoded
from dateline.encoder.heads import Floats, softmax
from dateline.model import Certainty, Parsed, Status, Token, Why

CLASSES: tuple[tuple[Status, ...], ...] = (
    ("happened", "ongoing", "recurring"),
    ("possible", "planned", "expected", "hypothetical"),
    ("negated", "denied"),
)


@dataclass(frozen=True, slots=True)
class Table:
    """A row of weights for each feature's name; the last row is what always counts."""

    at: dict[str, int]
    rows: Floats

    @classmethod
    def of(cls, names: Sequence[str], rows: Floats) -> "Table":
        """Return the table of these names."""
        at = {str(name): n for n, name in enumerate(names)}
        return cls(at, rows.astype(np.float32))

    def scores(self, names: Iterable[str]) -> Floats:
        """Return the sum of the rows of the names that are known."""
        known = [self.at[name] for name in names if name in self.at]
        return cast(Floats, self.rows[known].sum(0) + self.rows[-1])


@dataclass(frozen=True, slots=True)
class Judges:
    """The rules' reading weighed as news and as talk, the states, and which it is."""

    news: Table
    talk: Table
    which: Table
    states: Floats

    def weigh(self, parsed: Parsed, token: Token, read: Encoded | None) -> Floats:
        """Return the probability of happened, uncertain and not."""
        names = features(parsed, token)
        talk = logs(self.talk.scores(names))
        if read is not None:
            seen = pooled(parsed, token, read) @ self.states[:-1] + self.states[-1]
            talk = np.mean([talk, logs(seen)], 0, dtype=np.float32)
        share = 1 / (1 + np.exp(-self.which.scores(manner(parsed, token))))
        news = softmax(self.news.scores(names))
        return (share * news + (1 - share) * softmax(talk)).astype(np.float32)


def logs(scores: Floats) -> Floats:
    """Return the logarithms of the probabilities that scores stand for."""
    out: Floats = np.log(softmax(scores))
    return out


@cache
def judges() -> Judges:
    """Return the learned weights, read once."""
    path = files("dateline.certainty") / "weights.npz"
    with path.open("rb") as file, np.load(file, allow_pickle=False) as at:
        news, talk, which = (
            Table.of(at[f"{name}-names"], at[name])
            for name in ("news", "talk", "which")
        )
        return Judges(news, talk, which, at["states"].astype(np.float32))


def committed(
    parsed: Parsed, token: Token | None, read: Encoded | None = None
) -> Certainty:
    """Judge any event word as readers do: the learned class, and the rules' own status.

    Where the rules' status lies in another class, the class's plainest stands.
    """
    told = judged(parsed, token)
    if token is None:
        return told
    found = CLASSES[int(judges().weigh(parsed, token, read).argmax())]
    if told.status in found:
        return told
    return Certainty(found[0], Why("certainty.learned.v1", token.span))
