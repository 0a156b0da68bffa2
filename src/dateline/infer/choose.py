"""Which of these, or none: small nets over figures and states, for any question.

Two forms of one thing. A *pointer* gives each candidate of one act a share, and *none*
a share (which time, which place of a report is an act's); a *weigher* gives each its
own log-odds (who says that an act was done: several may). Both read figures by their
names and the encoder's states of the act and of each candidate's words; nets of a few
seeds are asked together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from dateline.infer.layers import Floats, Net, shares, squeezed

Ints = npt.NDArray[np.intp]
N = TypeVar("N", bound=Net)
States = tuple[Floats, Floats, Floats]  # one an act; words and cue of each candidate


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


class Weigher(Net):
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
class Learned(Generic[N]):
    """The nets of several seeds, and the names of the figures that they read."""

    nets: Sequence[N]
    figures: tuple[str, ...]


@cache
def learned_choice(path: Path, kind: type[N]) -> Learned[N]:
    """Return what was learned of a question, read once a process."""
    with np.load(path) as kept:
        seeds = len({name.split("_")[0] for name in kept if name.startswith("net")})
        nets = [kind.of(kept, f"net{n}") for n in range(seeds)]
        return Learned(nets, tuple(kept["figures"].tolist()))


def choose_one(path: Path, rows: Floats, act: Floats, words: Floats) -> Floats:
    """Return how likely each candidate is the act's; that none is has the rest of 1.

    `rows` are candidates x figures, `act` is one state, `words` one state each.
    """
    nets = learned_choice(path, Pointer).nets
    out: Floats = np.mean([n.odds(rows, act, words) for n in nets], 0, np.float32)
    return out


def weigh_each(path: Path, rows: Floats, of: Ints, told: States) -> Floats:
    """Return the log-odds of each candidate; `of` numbers the act that each is of."""
    nets = learned_choice(path, Weigher).nets
    out: Floats = np.mean([n.logits(rows, of, told) for n in nets], 0, np.float32)
    return out


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
