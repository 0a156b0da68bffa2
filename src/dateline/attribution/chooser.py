"""A small net over all who may say that an act was done: how likely each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from dateline.nets import Floats, Net, squeezed

SEEDS = 2  # nets of which the mean is told
Ints = npt.NDArray[np.intp]
States = tuple[Floats, Floats, Floats]  # one an act; words and cue of each candidate


def spread(rows: Floats, names: Sequence[str], kinds: dict[str, int]) -> Floats:
    """Return figures as a net reads them: squeezed, the untold 0, each kind a column.

    `kinds` are the figures that number kinds, with how many each has; one of them
    may be untold, or none of the known (-1): then it has no column.

    >>> spread(np.array([[1, np.nan], [0, 3]], "f"), ("kind", "size"), {"kind": 2})
    array([[0.       , 1.       , 0.       ],
           [1.       , 0.       , 1.3862944]], dtype=float32)
    """
    told = np.where(np.isnan(rows), np.float32(0), rows)
    plain = [n for n, name in enumerate(names) if name not in kinds]
    columns: list[Floats] = []
    for name, size in kinds.items():
        here = rows[:, names.index(name)]
        columns.append((here[:, None] == np.arange(size)).astype(np.float32))
    return np.concatenate([*columns, squeezed(told[:, plain])], 1).astype(np.float32)


class Chooser(Net):
    """Log-odds of each candidate, by figures and by states of act, words and cue."""

    __slots__ = ()

    def logits(self, rows: Floats, of: Ints, told: States) -> Floats:
        """Return one number a candidate; `of` numbers the act that each is one of."""
        acts, words, cues = told
        figures = (rows - self.at["mean"]) / self.at["scale"]
        asks = np.tanh(self.layer("asks", acts))[of]
        tells = np.tanh(self.layer("tells", words))
        cue = np.tanh(self.layer("cue", cues))
        parts = [figures, asks * tells, asks * cue, asks, tells, cue]
        inner = self.layer("each", np.concatenate(parts, 1))
        out: Floats = self.layer("out", np.maximum(inner, 0))[:, 0]
        return out


@dataclass(frozen=True, slots=True)
class Choosers:
    """The nets of several seeds, asked together, over figures by their names."""

    nets: Sequence[Chooser]
    figures: tuple[str, ...]

    def logits(self, rows: Floats, of: Ints, told: States) -> Floats:
        """Return the mean of what the nets say."""
        every = [net.logits(rows, of, told) for net in self.nets]
        out: Floats = np.mean(every, 0, dtype=np.float32)
        return out


@cache
def choosers() -> Choosers:
    """Return what was learned, read once."""
    with np.load(Path(__file__).with_name("choice.npz")) as kept:
        nets = [Chooser.of(kept, f"net{n}") for n in range(SEEDS)]
        return Choosers(nets, tuple(kept["figures"].tolist()))
