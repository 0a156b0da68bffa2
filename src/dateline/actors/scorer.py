"""The learned parts: how likely a candidate's country and a mention's sector are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.actors.context import Context
from dateline.actors.features import COLUMNS
from dateline.actors.networks import Network
from dateline.infer.trees import Forest, Nodes, grow

ABOUT = [i for i, name in enumerate(COLUMNS) if name.startswith("m_")]
Floats = NDArray[np.float32]
Rows = Sequence[Sequence[float]]  # of one mention: a row of numbers a candidate


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of both questions: of hashed strings, nets, trees over sectors.

    `hints` are words by which mostly one code is meant.
    """

    linear: NDArray[np.int8]
    step: float
    bias: float
    nets: tuple[Network, ...]
    sort: Network
    strings: NDArray[np.uint32]
    kinds: NDArray[np.int8]
    steps: Floats
    offset: Floats
    sectors: tuple[str, ...]
    ranker: Forest
    hints: dict[str, tuple[str, ...]]

    def likely(
        self,
        rows: Sequence[Rows],
        marks: Sequence[Sequence[NDArray[np.int64]]],
        meaning: Sequence[Floats],
        around: Sequence[Context],
        sites: Floats,
    ) -> list[list[float]]:
        """Return how likely each candidate of each mention is its country.

        No mention is without candidates.
        """
        if not rows:
            return []
        strings = list(chain.from_iterable(marks))
        ends = np.cumsum([0, *map(len, strings[:-1])])
        sums = np.add.reduceat(self.linear[np.concatenate(strings)], ends, dtype=int)
        every = np.empty((len(strings), len(rows[0][0]) + 1), np.float32)
        every[:, :-1] = list(chain.from_iterable(rows))
        every[:, -1] = self.bias + self.step * sums
        first = row_starts(rows)
        about = every[first][:, ABOUT]
        told = first, about, np.array(meaning), around, sites
        chances_ = [np.exp(net.candidates(every, *told)) for net in self.nets]
        return split_by_mention(np.mean(chances_, 0), first)

    def ranked(self, rows: Sequence[Rows]) -> list[list[float]]:
        """Return how likely each sector of each mention is its own."""
        if not rows:
            return []
        every = np.array(list(chain.from_iterable(rows)), np.float32)
        return split_by_mention(row_chances(self.ranker, every), row_starts(rows))

    def worded(self, told: Sequence[Iterable[str]]) -> Floats:
        """Return mentions x sectors: logarithms of how likely, by the strings alone."""
        sums = [self.kinds[self.met(each)].sum(axis=0, dtype=int) for each in told]
        score = self.offset + self.steps * np.array(sums)
        score -= score.max(axis=1, keepdims=True)
        log: Floats = score - np.log(np.exp(score).sum(axis=1, keepdims=True))
        return log

    def met(self, told: Iterable[str]) -> NDArray[np.int64]:
        """Return which of the known strings a mention is told by."""
        keys = np.array(sorted({crc32(each.encode()) for each in told}), np.uint32)
        at = np.searchsorted(self.strings, keys)
        at = np.minimum(at, len(self.strings) - 1)
        found: NDArray[np.int64] = at[self.strings[at] == keys]
        return found


@cache
def scorer() -> Scorer:
    """Return the weights that ship with the program, read once."""
    source = files("dateline.actors") / "weights" / "identity.npz"
    with source.open("rb") as file, np.load(file) as held:
        told = {name: held[name] for name in held.files}
    hinted = (tuple(str(codes).split()) for codes in told["hinted"])
    return Scorer(
        linear=told["linear"],
        step=float(told["step"]),
        bias=float(told["bias"]),
        nets=tuple(country_nets(told)),
        sort=Network.of(told, "sort"),
        strings=told["strings"],
        kinds=told["kinds"],
        steps=told["steps"],
        offset=told["offset"],
        sectors=tuple(map(str, told["sectors"])),
        ranker=forest_of(told, "sector"),
        hints=dict(zip(map(str, told["hints"]), hinted, strict=True)),
    )


def country_nets(told: dict[str, NDArray[Any]]) -> Iterator[Network]:
    """Yield the nets over countries, which scale what they read alike."""
    scaled = Network.of(told, "scaled").at
    for n in range(sum(name.endswith("point_bias") for name in told)):
        yield Network({**Network.of(told, f"net{n}").at, **scaled})


def row_starts(rows: Sequence[Rows]) -> NDArray[np.int64]:
    """Return where each mention's rows start among the rows of all."""
    return np.cumsum([0, *map(len, rows[:-1])])


def split_by_mention(every: Floats, first: NDArray[np.int64]) -> list[list[float]]:
    """Return the numbers of each mention, that begin at `first`."""
    return [some.tolist() for some in np.split(every, first[1:])]


def row_chances(forest: Forest, rows: NDArray[Any]) -> Floats:
    """Return how likely each row is right."""
    odds = forest(rows.astype(np.float32, copy=False))
    return (1 / (1 + np.exp(-odds))).astype(np.float32)


def forest_of(told: dict[str, NDArray[Any]], name: str) -> Forest:
    """Return the trees of one question."""
    parts = ("roots", "column", "cut", "left", "right", "value")
    return grow(Nodes(*(told[f"{name}_{part}"] for part in parts)))
