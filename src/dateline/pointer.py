"""A small net that points from an act to what elsewhere in its report is its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from dateline.nets import Floats, Net, shares, squeezed

SEEDS = 3  # nets of which the mean is told


class Pointer(Net):
    """How likely each of some words is an act's, by their figures and their states."""

    __slots__ = ()

    def odds(self, rows: Floats, act: Floats, words: Floats) -> Floats:
        """Return how likely each is the act's; that none is has a share too.

        `rows` are words x figures, `act` is one state, `words` one state each.
        """
        told = (squeezed(rows) - self.at["mean"]) / self.at["scale"]
        asks = np.tanh(self.layer("asks", act[None]))
        tells = np.tanh(self.layer("tells", words))
        inner = self.layer("each", np.concatenate([told, asks * tells], 1))
        inner += self.layer("alone", tells) + self.layer("act", asks)
        score = self.layer("out", np.maximum(inner, 0))[:, 0]
        none = self.layer("none", asks)[:, 0]
        out: Floats = np.exp(shares(score, none, np.zeros(1, np.int64)))
        return out


@dataclass(frozen=True, slots=True)
class Pointers:
    """The nets of several seeds, asked together, over figures by their names."""

    nets: Sequence[Pointer]
    figures: tuple[str, ...]

    def odds(self, rows: Floats, act: Floats, words: Floats) -> Floats:
        """Return the mean of what the nets say."""
        told = [net.odds(rows, act, words) for net in self.nets]
        out: Floats = np.mean(told, 0, dtype=np.float32)
        return out


@cache
def pointers(path: Path) -> Pointers:
    """Return what was learned, read once."""
    with np.load(path) as kept:
        nets = [Pointer.of(kept, f"net{n}") for n in range(SEEDS)]
        return Pointers(nets, tuple(kept["figures"].tolist()))
