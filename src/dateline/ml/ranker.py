"""Which of these, or none: one form for every such question.

A question has a table of what is weighed of each candidate, one of what is weighed of
the act itself, and a file of small nets, those of a few seeds asked together. The nets
read the tables' columns and the encoder's states of the act and of each candidate's
words, in one of two ways. A *pointer* gives each candidate of one act a share, and
*none* a share (which time, which place of a report is an act's); a *weigher* gives each
its own log-odds (who says that an act was done: several may).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Generic, Self, TypeVar

import numpy as np
import numpy.typing as npt

from dateline.ml.feature_table import Feature, Table
from dateline.model import Span
from dateline.model.encoder_output import States as Encoded

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
A = TypeVar("A")  # an act, as a question sees it
C = TypeVar("C")  # a candidate beside it
TOLD = ("figures", "shares")  # what a file tells beside the nets
WIDTH = 384  # numbers of a state
States = tuple[Floats, Floats, Floats]  # one an act; words and cue of each candidate


def spread(rows: Floats, names: Sequence[str], kinds: dict[str, int]) -> Floats:
    """Return figures as a net reads them: squeezed, the untold 0, each kind a column.

    `kinds` are the figures that number kinds, with how many each has.

    >>> spread(np.array([[1, np.nan], [0, 3]], "f"), ("kind", "size"), {"kind": 2})
    array([[0.       , 1.       , 0.       ],
           [1.       , 0.       , 1.3862944]], dtype=float32)
    """
    told = np.where(np.isnan(rows), np.float32(0), rows)
    if not kinds:
        return squeezed(told)
    plain = [n for n, name in enumerate(names) if name not in kinds]
    columns: list[Floats] = []
    for name, size in kinds.items():
        here = rows[:, names.index(name)]
        columns.append((here[:, None] == np.arange(size)).astype(np.float32))
    return np.concatenate([*columns, squeezed(told[:, plain])], 1).astype(np.float32)


def squeezed(rows: Floats) -> Floats:
    """Return counts and distances brought to a like size."""
    out: Floats = np.sign(rows) * np.log1p(np.abs(rows))
    return out


def log_shares(scores: Floats, unknown: Floats, first: Ints) -> Floats:
    """Return scores as logarithms of shares of one with *unknown*, group by group.

    The groups begin at `first`, each with a score for *unknown*.

    >>> zero = np.zeros(4, np.float32)
    >>> np.exp(log_shares(zero, zero[:2], np.array([0, 3]))).round(2).tolist()
    [0.25, 0.25, 0.25, 0.5]
    """
    if len(first) == 1:
        top = np.maximum(scores.max(), unknown)
        held = scores - top
        whole = np.add.reduceat(np.exp(held), first) + np.exp(unknown - top)
        return np.asarray(held - np.log(whole), np.float32)
    size = np.diff([*first, len(scores)])
    top = np.maximum(np.maximum.reduceat(scores, first), unknown)
    held = scores - top.repeat(size)
    whole = np.add.reduceat(np.exp(held), first) + np.exp(unknown - top)
    out: Floats = held - np.log(whole).repeat(size)
    return out


@dataclass(frozen=True, slots=True)
class Net:
    """Weights by name: layers of a net, each with a bias where it has one."""

    at: Mapping[str, Floats]

    @classmethod
    def of(cls, told: Mapping[str, npt.NDArray[Any]], name: str) -> Self:
        """Take the weights of one net from all that are written."""
        mine = {k: v for k, v in told.items() if k.startswith(f"{name}_")}
        start = len(name) + 1
        return cls({k[start:]: v.astype(np.float32) for k, v in mine.items()})

    def layer(self, name: str, rows: Floats) -> Floats:
        """Return what one layer makes of rows."""
        out: Floats = rows @ self.at[f"{name}_weight"]
        return out + self.at[f"{name}_bias"] if f"{name}_bias" in self.at else out


class Pointer(Net):
    """How likely each of some words is an act's, by their figures and their states."""

    __slots__ = ()

    def odds(self, rows: Floats, act: Floats, words: Floats) -> Floats:
        """Return how likely each is the act's; that none is has a share too.

        `rows` are words x figures, `act` is one state, `words` one state each.
        """
        told = (rows - self.at["mean"]) / self.at["scale"]
        asks = np.tanh(self.layer("asks", act[None]))
        tells = np.tanh(self.layer("tells", words))
        inner = self.layer("each", np.concatenate([told, asks * tells], 1))
        inner += self.layer("alone", tells) + self.layer("act", asks)
        score = self.layer("out", np.maximum(inner, 0))[:, 0]
        none = self.layer("none", asks)[:, 0]
        out: Floats = np.exp(log_shares(score, none, np.zeros(1, np.int64)))
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
class Learned:
    """The nets of several seeds, by their weights, and what each feature brings.

    `figures` are the names of the features, `shares` by how much the loss out of fold
    grows where it is shuffled, and what the states of words bring last: together 1,
    none where that was not measured.
    """

    nets: tuple[dict[str, Floats], ...]
    figures: tuple[str, ...]
    shares: tuple[float, ...]


@cache
def read_learned(path: Path) -> Learned:
    """Return what was learned of a question, read once a process."""
    with np.load(path) as kept:
        seeds = len({name.split("_")[0] for name in kept if name.startswith("net")})
        nets = tuple(dict(Net.of(kept, f"net{n}").at) for n in range(seeds))
        told = (kept[name].tolist() if name in kept else () for name in TOLD)
        return Learned(nets, *map(tuple, told))


@cache
def learned_of(path: Path, names: tuple[str, ...]) -> Learned:
    """Return what was learned. Raises ValueError where it is of other features."""
    found = read_learned(path)
    if found.figures != names:
        raise ValueError(f"{path.name} was fitted for other features")
    return found


@dataclass(frozen=True, slots=True)
class Open(Generic[C]):
    """A claim whose own sentence leaves the question open, and what may be chosen.

    `claim` is its number, `rows` are candidates x figures, `act` is the state of its
    words, `states` are those of the candidates' words.
    """

    claim: int
    some: Sequence[C]
    rows: Floats
    act: Floats
    states: Floats


@dataclass(frozen=True, slots=True)
class Choice(Generic[C, A]):
    """One question: what it asks in words, what it weighs, and what was learned of it.

    `each` tells of a candidate beside its act, `act` of the act; `path` is the file of
    the nets, which training/choose/fit_choices.py fits.
    """

    asks: str
    each: Table[C]
    act: Table[A]
    path: Path

    @property
    def features(self) -> tuple[Feature[C] | Feature[A], ...]:
        """All that is weighed, in the order of the columns."""
        return (*self.each.features, *self.act.features)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return (*self.each.names, *self.act.names)

    @property
    def kinds(self) -> dict[str, int]:
        """The columns that number kinds, with how many each has."""
        return self.each.kinds | self.act.kinds

    def learned(self) -> Learned:
        """Return what was learned. Raises ValueError where it is of other features."""
        return learned_of(self.path, self.names)

    def rows(self, act: A, some: Sequence[C]) -> Floats:
        """Return the figures of an act's candidates: candidates x features."""
        out = np.empty((len(some), len(self.each) + len(self.act)), np.float32)
        out[:, : len(self.each)] = [self.each.row(one) for one in some]
        out[:, len(self.each) :] = self.act.row(act)
        return out

    def open(
        self, n: int, act: A, some: Sequence[C], read: Encoded, spans: Sequence[Span]
    ) -> Open[C]:
        """Return what is to be chosen for the claim of a number among candidates.

        `read` are the report's states, `spans` the words of the act, then those of
        each candidate.
        """
        own, *words = read.of(spans, WIDTH)
        return Open(n, some, self.rows(act, some), own, np.stack(words))

    def share(self, rows: Floats, act: Floats, words: Floats) -> Floats:
        """Return how likely each candidate is the act's; *none* has the rest of 1.

        `rows` are candidates x features, `act` is one state, `words` one state each.
        """
        names = self.names
        told = spread(rows, names, self.kinds)
        nets = (Pointer(at) for at in learned_of(self.path, names).nets)
        out: Floats = np.mean([n.odds(told, act, words) for n in nets], 0, np.float32)
        return out

    def weigh(self, rows: Floats, of: Ints, states: States) -> Floats:
        """Return the log-odds of each candidate; `of` numbers the act each is of."""
        told = spread(rows, self.names, self.kinds)
        nets = (Weigher(at) for at in self.learned().nets)
        out: Floats = np.mean([n.logits(told, of, states) for n in nets], 0, np.float32)
        return out
