"""A learned score: boosted trees read from a file, and how to ask them."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline.forest import Forest, Nodes, grow

Real = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Trees:
    """Trees over figures, some of which may be untold; `names` are the figures.

    Every figure stands twice, since a node sends what is untold left or right: as the
    least of all numbers, and as none.
    """

    names: tuple[str, ...]
    forest: Forest
    base: float

    def logits(self, rows: Real) -> Real:
        """Return the log-odds of each row of figures."""
        least = np.where(np.isnan(rows), np.float32(-np.inf), rows)
        return np.float32(self.base) + self.forest(np.concatenate([least, rows], 1))

    def odds(self, rows: Real) -> Real:
        """Return the probability of each row of figures."""
        return np.asarray(1 / (1 + np.exp(-self.logits(rows))), np.float32)


def read(path: Path, prefix: str = "") -> Trees:
    """Return the trees of a file; several can stand in one, each under a prefix."""
    with np.load(path) as kept:
        cell = {k.removeprefix(prefix): kept[k] for k in kept if k.startswith(prefix)}
    names = tuple(str(cell["names"]).split("\n"))
    trees, nodes = cell["left"].shape
    first = np.arange(trees) * nodes
    told = Nodes(
        first,
        (cell["feature"] + len(names) * ~cell["untold"]).ravel(),
        cell["threshold"].ravel(),
        (cell["left"] + first[:, None]).ravel(),
        (cell["right"] + first[:, None]).ravel(),
        cell["value"].ravel(),
    )
    return Trees(names, grow(told), float(cell["base"]))
