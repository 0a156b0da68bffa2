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
from dateline.infer.choose import squeezed
from dateline.infer.trees import Forest, Nodes, grow

ABOUT = [i for i, name in enumerate(COLUMNS) if name.startswith("m_")]
Floats = NDArray[np.float32]


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
        rows: Floats,
        marks: Sequence[Sequence[Sequence[int]]],
        meaning: Sequence[Floats],
        around: Context,
        sites: Floats,
    ) -> list[list[float]]:
        """Return how likely each candidate of each mention is its country.

        `rows` are of all candidates, `marks` the buckets of each one's strings by
        mention. No mention is without candidates.
        """
        strings = list(chain.from_iterable(marks))
        every = np.array(list(chain.from_iterable(strings)))
        ends = np.cumsum([0, *map(len, strings[:-1])])
        sums = np.add.reduceat(self.linear[every], ends, dtype=int)
        score = (self.bias + self.step * sums).astype(np.float32)
        first = row_starts(marks)
        about = squeezed(rows[first][:, ABOUT])
        told = self.nets[0].scaled(np.column_stack([rows, score]))  # as all nets do
        given = told, first, about, np.array(meaning), around, sites
        chances_ = [np.exp(net.candidates(*given)) for net in self.nets]
        return split_by_mention(np.mean(chances_, 0), first)

    def ranked(self, rows: Sequence[Sequence[Sequence[float]]]) -> list[list[float]]:
        """Return how likely each sector of each mention is its own."""
        every = np.array(list(chain.from_iterable(rows)), np.float32)
        return split_by_mention(row_chances(self.ranker, every), row_starts(rows))

    def worded(self, told: Sequence[Iterable[str]]) -> Floats:
        """Return mentions x sectors: logarithms of how likely, by the strings alone."""
        keys = [{crc32(each.encode()) for each in some} for some in told]
        every = np.array(list(chain.from_iterable(keys)), np.uint32)
        whose = np.arange(len(keys)).repeat(list(map(len, keys)))
        at = np.searchsorted(self.strings, every)
        at = np.minimum(at, len(self.strings) - 1)
        known = self.strings[at] == every
        of, first = np.unique(whose[known], return_index=True)
        sums = np.zeros((len(keys), self.kinds.shape[1]), int)
        if len(of):
            sums[of] = np.add.reduceat(self.kinds[at[known]], first, axis=0, dtype=int)
        score = self.offset + self.steps * sums
        score -= score.max(axis=1, keepdims=True)
        log: Floats = score - np.log(np.exp(score).sum(axis=1, keepdims=True))
        return log


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


def row_starts(rows: Sequence[Sequence[object]]) -> NDArray[np.int64]:
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
