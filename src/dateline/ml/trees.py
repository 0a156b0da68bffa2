"""A learned score: boosted trees read from a file, and all asked at once.

Each node's answer forbids some leaves of its tree. Leaves are numbered from left to
right. A row that goes right at a node can end in no leaf to the left of it, and it ends
in the first leaf that no node forbids. What all nodes that ask of one column forbid
depends only on between which two of their cuts a row's value lies, so that is worked
out beforehand: a row looks up one line a column, and no path is followed.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Real = NDArray[np.float32]
Ints = NDArray[np.integer[Any]]
Masks = NDArray[np.unsignedinteger[Any]]
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
    tree, first, middle = number_leaves(told)
    leaf = np.flatnonzero((tree >= 0) & (first == middle))
    node = np.flatnonzero((tree >= 0) & (first < middle))
    wide = int(first[leaf].max()) + 1
    if wide > MOST:
        raise ValueError(f"a tree of {wide} leaves; {MOST} can be numbered")
    kind = next(k for k in KINDS if wide <= 8 * np.dtype(k).itemsize)
    value = np.zeros((len(told.roots), wide), np.float32)
    value[tree[leaf], first[leaf]] = told.value[leaf]
    one, tree = np.uint64(1), tree[node]
    ends = one << middle[node].astype(np.uint64)
    masks = (ends - (one << first[node].astype(np.uint64))).astype(kind)
    columns, whose = np.unique(told.column[node], return_inverse=True)
    cut = told.cut[node].astype(np.float32)
    cuts = tuple(np.unique(cut[whose == n]) for n in range(len(columns)))
    many = np.array([len(some) + 1 for some in cuts])
    first = np.cumsum(many + 1) - many - 1
    places = [cuts[n].searchsorted(c) for n, c in zip(whose, cut, strict=True)]
    barred = np.zeros((int(np.sum(many + 1)), len(value)), kind)
    np.bitwise_or.at(barred, (first[whose] + 1 + places, tree), masks)
    for low, size in zip(first, many, strict=True):
        np.bitwise_or.accumulate(barred[low : low + size], out=barred[low : low + size])
    right = np.ones(len(node), bool) if told.untold is None else ~told.untold[node]
    none = (first + many)[whose][right], tree[right]
    np.bitwise_or.at(barred, none, masks[right])
    return Forest(columns, cuts, many, first, barred, value)


def number_leaves(told: Nodes) -> tuple[Ints, Ints, Ints]:
    """Return of each node its tree, its first leaf, and that of its right child.

    Both are the same for a leaf; the tree of a node that no root leads to is -1.
    """
    left, right = told.left, told.right
    is_leaf = left == np.arange(len(left))
    size = is_leaf.astype(np.int64)
    while (size != (grown := np.where(is_leaf, 1, size[left] + size[right]))).any():
        size = grown
    tree = np.full(len(left), -1)
    tree[told.roots] = np.arange(len(told.roots))
    first = np.zeros(len(left), np.int64)
    level = told.roots
    while len(level := level[~is_leaf[level]]):
        one, two = left[level], right[level]
        tree[one] = tree[two] = tree[level]
        first[one], first[two] = first[level], first[level] + size[one]
        level = np.concatenate((one, two))
    return tree, first, np.where(is_leaf, first, first + size[left])


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
