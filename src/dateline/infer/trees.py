"""A learned score: boosted trees read from a file, and all asked at once.

Each node's answer forbids some leaves of its tree. Leaves are numbered from left to
right. A row that goes right at a node can end in no leaf to the left of it, and it ends
in the first leaf that no node forbids. What all nodes that ask of one column forbid
depends only on between which two of their cuts a row's value lies, so that is worked
out beforehand: a row looks up one line a column, and no path is followed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float32]
Ints = NDArray[np.integer[Any]]
Masks = NDArray[np.unsignedinteger[Any]]
Step = tuple[int, int, int]
"""A node, its first leaf, and the first leaf of its right child."""
KINDS = (np.uint16, np.uint32, np.uint64)
MOST = 64  # leaves of a tree
CHUNK = 16  # rows judged at once: what they need fits a core's cache


@dataclass(frozen=True, slots=True)
class Nodes:
    """A table of nodes, trees one after the other; a leaf leads to itself.

    `untold` says where a value that is no number goes left; without it, nowhere.
    """

    roots: Ints
    column: Ints
    cut: NDArray[Any]
    left: Ints
    right: Ints
    value: NDArray[Any]
    untold: NDArray[np.bool_] | None = None


@dataclass(frozen=True, slots=True)
class Forest:
    """What each value of a column forbids in all trees, and what their leaves say.

    `cuts` are those of each of the `columns`, sorted; `barred` has for each column,
    from its `first` line on, a line for each place between cuts and one for what is no
    number, lines x trees.
    """

    columns: Ints
    cuts: tuple[Real, ...]
    many: Ints  # the line of what is no number, of each column's own
    first: Ints
    barred: Masks
    value: Real  # [tree, leaf]

    def __call__(self, rows: Real) -> Real:
        """Return the sum of the leaves of each row.

        >>> told = Nodes(roots=np.array([0]), column=np.array([0, 0, 0]),
        ...     cut=np.array([0.5, 0, 0]), left=np.array([1, 1, 2]),
        ...     right=np.array([2, 1, 2]), value=np.array([0, -1.0, 1.0]))
        >>> grow(told)(np.array([[0.5], [0.6]], np.float32)).tolist()
        [-1.0, 1.0]
        """
        given = np.ascontiguousarray(rows.T[self.columns])
        places = [c.searchsorted(v) for c, v in zip(self.cuts, given, strict=True)]
        lines: Ints = np.array(places, np.intp).reshape(given.shape)
        if (none := np.isnan(given)).any():
            lines = np.where(none, self.many[:, None], lines)
        lines = (lines + self.first[:, None]).T
        trees, width = self.value.shape
        begin = np.arange(trees, dtype=np.int32) * width  # of each tree's leaves
        out = np.zeros(len(rows), np.float32)
        for n in range(0, len(rows), CHUNK):
            barred = self.barred.take(lines[n : n + CHUNK], axis=0)
            shut = np.bitwise_or.reduce(barred, axis=1)
            lowest = (~shut & (shut + 1)).astype(np.float32)  # one bit: a power of two
            leaf = (lowest.view(np.int32) >> 23) - 127  # its exponent
            out[n : n + CHUNK] = self.value.take(leaf + begin).sum(axis=1)
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
    wide = max(map(len, leaves))
    if wide > MOST:
        raise ValueError(f"a tree of {wide} leaves; {MOST} can be numbered")
    kind = next(k for k in KINDS if wide <= 8 * np.dtype(k).itemsize)
    value = np.zeros((len(trees), wide), np.float32)
    for t, some in enumerate(leaves):
        value[t, : len(some)] = told.value[some]
    asked = [
        (t, at, (1 << middle) - (1 << first))
        for t, steps in enumerate(inner)
        for at, first, middle in steps
    ]
    tree, node, mask = (list(each) for each in zip(*asked, strict=True))
    columns, whose = np.unique(told.column[node], return_inverse=True)
    cut = told.cut[node].astype(np.float32)
    cuts = tuple(np.unique(cut[whose == n]) for n in range(len(columns)))
    many = np.array([len(some) + 1 for some in cuts])
    first = np.cumsum(many + 1) - many - 1
    places = [cuts[n].searchsorted(c) for n, c in zip(whose, cut, strict=True)]
    barred = np.zeros((int(np.sum(many + 1)), len(trees)), kind)
    masks = np.array(mask, kind)
    np.bitwise_or.at(barred, (first[whose] + 1 + places, tree), masks)
    for low, size in zip(first, many, strict=True):
        np.bitwise_or.accumulate(barred[low : low + size], out=barred[low : low + size])
    right = np.ones(len(node), bool) if told.untold is None else ~told.untold[node]
    none = (first + many)[whose][right], np.array(tree)[right]
    np.bitwise_or.at(barred, none, masks[right])
    return Forest(columns, cuts, many, first, barred, value)


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
    """Trees over figures, some of which may be untold; `names` are the figures."""

    names: tuple[str, ...]
    forest: Forest
    base: float

    def logits(self, rows: Real) -> Real:
        """Return the log-odds of each row of figures."""
        return np.float32(self.base) + self.forest(rows)

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
        cell["feature"].ravel(),
        cell["threshold"].ravel(),
        (cell["left"] + first[:, None]).ravel(),
        (cell["right"] + first[:, None]).ravel(),
        cell["value"].ravel(),
        cell["untold"].ravel(),
    )
    return Trees(names, grow(told), float(cell["base"]))
