"""The learned parts: how likely a candidate's country and a mention's sector are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.actors.features import COLUMNS
from dateline.actors.networks import Network
from dateline.forest import Forest, Nodes, grow

ABOUT = [i for i, name in enumerate(COLUMNS) if name.startswith("m_")]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of both questions: of hashed strings, trees, a net over countries.

    `hints` are words by which mostly one code is meant.
    """

    linear: NDArray[np.int8]
    step: float
    bias: float
    forest: Forest
    net: Network
    strings: NDArray[np.uint32]
    kinds: NDArray[np.int8]
    steps: Floats
    offset: Floats
    sectors: tuple[str, ...]
    ranker: Forest
    hints: dict[str, tuple[str, ...]]

    def likely(
        self,
        rows: Sequence[Sequence[float]],
        marks: Sequence[NDArray[np.int64]],
        meaning: Floats,
    ) -> Floats:
        """Return how likely each candidate is the mention's country.

        It is the mean of what the trees and the net say.
        """
        ends = np.cumsum([0, *map(len, marks[:-1])])
        sums = np.add.reduceat(self.linear[np.concatenate(marks)], ends, dtype=int)
        every = np.empty((len(rows), len(rows[0]) + 1), np.float32)
        every[:, :-1] = rows
        every[:, -1] = self.bias + self.step * sums
        by_net = np.exp(self.net.candidates(every, every[0, ABOUT], meaning))
        likely: Floats = (by_net + chances(self.forest, every)) / np.float32(2)
        return likely

    def ranked(self, rows: Sequence[Sequence[float]]) -> Floats:
        """Return how likely each sector is the mention's."""
        return chances(self.ranker, np.asarray(rows, np.float32))

    def worded(self, told: Iterable[str]) -> list[tuple[str, float, float]]:
        """Return each sector, its probability by the words and the logarithm of it."""
        keys = np.array(sorted({crc32(each.encode()) for each in told}), np.uint32)
        at = np.searchsorted(self.strings, keys)
        at = at[at < len(self.strings)]
        met = self.strings[at]
        there = np.minimum(np.searchsorted(keys, met), len(keys) - 1)
        found = at[keys[there] == met]
        score = self.offset + self.steps * self.kinds[found].sum(axis=0, dtype=int)
        score = score - score.max()
        log = score - np.log(np.exp(score).sum())
        best = np.argsort(-log, kind="stable")
        names = (self.sectors[i] for i in best)
        log = log[best]
        return list(zip(names, np.exp(log).tolist(), log.tolist(), strict=True))


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
        forest=forest_of(told, "country"),
        net=Network.of(told, "net"),
        strings=told["strings"],
        kinds=told["kinds"],
        steps=told["steps"],
        offset=told["offset"],
        sectors=tuple(map(str, told["sectors"])),
        ranker=forest_of(told, "sector"),
        hints=dict(zip(map(str, told["hints"]), hinted, strict=True)),
    )


def chances(forest: Forest, rows: NDArray[Any]) -> Floats:
    """Return how likely each row is right."""
    odds = forest(rows.astype(np.float32, copy=False))
    return (1 / (1 + np.exp(-odds))).astype(np.float32)


def forest_of(told: dict[str, NDArray[Any]], name: str) -> Forest:
    """Return the trees of one question."""
    parts = ("roots", "column", "cut", "left", "right", "value")
    return grow(Nodes(*(told[f"{name}_{part}"] for part in parts)))
