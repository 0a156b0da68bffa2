"""Trees asked all at once answer as they do when each is followed step by step."""

import numpy as np
import pytest

from dateline.ml.trees import CHUNK, Nodes, grow

COLUMNS = 7


def planted(rng: np.random.Generator, leaves: int, trees: int) -> Nodes:
    """Return trees of random shape, of so many leaves each."""
    roots, column, cut, left, right = [], [], [], [], []
    for _ in range(trees):
        first = len(column)
        roots.append(first)
        open_ = [first]
        count = 2 * leaves - 1
        left += range(first, first + count)
        right += range(first, first + count)
        for at in range(first + 1, first + count, 2):
            chosen = open_.pop(int(rng.integers(len(open_))))
            left[chosen], right[chosen] = at, at + 1
            open_ += [at, at + 1]
        column += rng.integers(COLUMNS, size=count).tolist()
        cut += rng.integers(-3, 4, size=count).tolist()
    every = [np.array(each) for each in (roots, column, cut, left, right)]
    return Nodes(*every, value=rng.normal(size=len(column)).astype(np.float32))


def followed(told: Nodes, row: list[float]) -> float:
    """Return the sum of a row's leaves, each tree followed from its root."""
    total = 0.0
    for root in told.roots:
        at = int(root)
        while told.left[at] != at:
            yes = row[told.column[at]] <= told.cut[at]
            at = int(told.left[at] if yes else told.right[at])
        total += float(told.value[at])
    return total


@pytest.mark.parametrize("leaves", [2, 5, 32, 33, 64])
def test_all_at_once_is_as_step_by_step(leaves: int) -> None:
    rng = np.random.default_rng(leaves)
    told = planted(rng, leaves, 9)
    rows = rng.integers(-4, 5, size=(CHUNK + 3, COLUMNS)).astype(np.float32)
    rows[rng.random(rows.shape) < 0.1] = np.nan
    expected = [followed(told, row) for row in rows.tolist()]
    assert grow(told)(rows) == pytest.approx(expected, abs=1e-5)


def test_trees_may_differ_in_size() -> None:
    rng = np.random.default_rng(3)
    small, large = planted(rng, 2, 1), planted(rng, 6, 1)
    at = len(small.column)
    both = Nodes(
        np.concatenate([small.roots, large.roots + at]),
        np.concatenate([small.column, large.column]),
        np.concatenate([small.cut, large.cut]),
        np.concatenate([small.left, large.left + at]),
        np.concatenate([small.right, large.right + at]),
        np.concatenate([small.value, large.value]),
    )
    rows = rng.normal(size=(20, COLUMNS)).astype(np.float32)
    expected = [followed(both, row) for row in rows.tolist()]
    assert grow(both)(rows) == pytest.approx(expected, abs=1e-5)


def test_no_rows_give_no_sums() -> None:
    told = planted(np.random.default_rng(1), 3, 2)
    assert grow(told)(np.zeros((0, COLUMNS), np.float32)).shape == (0,)


def test_more_leaves_than_bits_are_refused() -> None:
    with pytest.raises(ValueError, match="65 leaves"):
        grow(planted(np.random.default_rng(1), 65, 1))
