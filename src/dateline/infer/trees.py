"""A learned score: boosted trees read from a file, and all asked at once.

Each node's answer forbids some leaves of its tree. Leaves are numbered from left to
right. A row that goes right at a node can end in no leaf to the left of it, and it ends
in the first leaf that no node forbids. So no path is followed, and NumPy compares all
nodes at once instead of looking up step by step.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float32]
Ints = NDArray[np.integer[Any]]
Step = tuple[int, int, int]
"""A node, its first leaf, and the first leaf of its right child."""
MOST = 64  # leaves of a tree
CHUNK = 32  # rows judged at once: what they need fits a core's cache


@dataclass(frozen=True, slots=True)
class Nodes:
    """A table of nodes, trees one after the other; a leaf leads to itself."""

    roots: Ints
    column: Ints
    cut: NDArray[Any]
    left: Ints
    right: Ints
    value: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Forest:
    """The inner nodes of all trees: what each asks, and the leaves that a no bars."""

    column: Ints  # [node of each tree x tree], flat
    cut: Real
    barred: NDArray[np.unsignedinteger[Any]]
    value: Real  # [tree, leaf]

    def __call__(self, rows: Real) -> Real:
        """Return the sum of the leaves of each row; what is no number goes right.

        >>> told = Nodes(roots=np.array([0]), column=np.array([0, 0, 0]),
        ...     cut=np.array([0.5, 0, 0]), left=np.array([1, 1, 2]),
        ...     right=np.array([2, 1, 2]), value=np.array([0, -1.0, 1.0]))
        >>> grow(told)(np.array([[0.5], [0.6]], np.float32)).tolist()
        [-1.0, 1.0]
        """
        starts = range(0, len(rows), CHUNK)
        parts = [self.sums(rows[n : n + CHUNK]) for n in starts]
        return np.concatenate(parts) if parts else np.zeros(0, np.float32)

    def sums(self, rows: Real) -> Real:
        """Return the sums of as many rows as are judged at once."""
        trees, width = self.value.shape
        no = ~(rows.take(self.column, axis=1) <= self.cut)
        barred = (self.barred * no).reshape(len(rows), -1, trees)
        shut = np.bitwise_or.reduce(barred, axis=1)
        first = (~shut & (shut + 1)).astype(np.float32)  # one bit: a power of two
        leaf = (first.view(np.int32) >> 23) - 127  # its exponent
        leaf += np.arange(trees, dtype=np.int32) * width
        out: Real = self.value.take(leaf).sum(axis=1)
        return out


def grow(told: Nodes) -> Forest:
    """Return a forest ready to be asked.

    Raises ValueError for a tree of more leaves than can be numbered.
    """
    left, right = told.left.tolist(), told.right.tolist()
    trees: list[list[Step]] = []
    for root in told.roots.tolist():
        trees.append([])
        number_leaves(left, right, root, 0, trees[-1])
    inner = [[step for step in steps if step[1] < step[2]] for steps in trees]
    leaves = [[at for at, first, last in steps if first == last] for steps in trees]
    deep, wide = (max(map(len, every)) for every in (inner, leaves))
    if wide > MOST:
        raise ValueError(f"a tree of {wide} leaves; {MOST} can be numbered")
    kind = np.uint32 if wide <= MOST // 2 else np.uint64
    shape = (deep, len(trees))
    column, cut = np.zeros(shape, np.intp), np.zeros(shape, np.float32)
    barred, value = np.zeros(shape, kind), np.zeros((len(trees), wide), np.float32)
    for t, steps in enumerate(inner):
        value[t, : len(leaves[t])] = told.value[leaves[t]]
        for n, (at, first, middle) in enumerate(steps):
            column[n, t], cut[n, t] = told.column[at], told.cut[at]
            barred[n, t] = (1 << middle) - (1 << first)
    return Forest(column.ravel(), cut.ravel(), barred.ravel(), value)


def number_leaves(
    left: Sequence[int], right: Sequence[int], at: int, first: int, out: list[Step]
) -> int:
    """Add each node below one, with its first leaf and that of its right child.

    Both are the same for a leaf; leaves come in their order. Returns the next number.
    """
    if left[at] == at:
        out.append((at, first, first))
        return first + 1
    place = len(out)
    out.append((at, first, first))
    middle = number_leaves(left, right, left[at], first, out)
    out[place] = (at, first, middle)
    return number_leaves(left, right, right[at], middle, out)


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


def read_trees(path: Path, prefix: str = "") -> Trees:
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
