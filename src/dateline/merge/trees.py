"""A learned score: boosted trees read from a file, and how to ask them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees as arrays [tree, node]; a leaf leads to itself. `names` are the figures."""

    names: tuple[str, ...]
    feature: NDArray[np.int16]
    threshold: Real
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    untold: NDArray[np.bool_]
    value: Real
    base: float
    depth: int

    def logits(self, rows: Real) -> Real:
        """Return the log-odds of each row of figures."""
        total = np.full(len(rows), self.base, np.float32)
        flat, each = np.ravel(rows), np.arange(len(rows)) * rows.shape[1]
        for t in range(len(self.feature)):
            node = np.zeros(len(rows), np.int16)
            for _ in range(self.depth):
                cell = flat[each + self.feature[t, node]]
                gone = np.where(
                    np.isnan(cell),
                    self.untold[t, node],
                    cell <= self.threshold[t, node],
                )
                node = np.where(gone, self.left[t, node], self.right[t, node])
            total += self.value[t, node]
        return total

    def odds(self, rows: Real) -> Real:
        """Return the probability of each row of figures."""
        return np.asarray(1 / (1 + np.exp(-self.logits(rows))), np.float32)


def read(path: Path, prefix: str = "") -> Trees:
    """Return the trees of a file; several can stand in one, each under a prefix."""
    with np.load(path) as kept:
        cell = {k.removeprefix(prefix): kept[k] for k in kept if k.startswith(prefix)}
    return Trees(
        tuple(str(cell["names"]).split("\n")),
        cell["feature"],
        cell["threshold"],
        cell["left"],
        cell["right"],
        cell["untold"],
        cell["value"],
        float(cell["base"]),
        int(cell["depth"]),
    )
