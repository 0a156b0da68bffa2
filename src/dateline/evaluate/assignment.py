"""The heaviest one-to-one match, by the Hungarian algorithm with potentials."""

from collections.abc import Sequence
from dataclasses import dataclass

Row = Sequence[float]
FAR = float("inf")


def heaviest_matching(weights: Sequence[Row]) -> float:
    """Return the greatest total weight of cells no two of which share a row or column.

    >>> heaviest_matching([[1.0, 3.0], [2.0, 3.5]])
    5.0
    """
    if not weights or not weights[0]:
        return 0.0
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights, strict=True)]
    match = Match(weights)
    for row in range(1, len(weights) + 1):
        match.place(row)
    return match.total()


@dataclass(slots=True)
class Step:
    """One search for a column: least cost, what was tried, and the way there."""

    least: list[float]
    used: list[bool]
    way: list[int]


class Match:
    """Rows matched to columns so far; row and column 0 stand for none."""

    def __init__(self, weights: Sequence[Row]) -> None:
        """Start with no row matched."""
        self.weights = weights
        columns = len(weights[0])
        self.u, self.v = [0.0] * (len(weights) + 1), [0.0] * (columns + 1)
        self.row_of = [0] * (columns + 1)

    def place(self, row: int) -> None:
        """Match one more row, moving others where that is better."""
        n = len(self.row_of)
        step = Step([FAR] * n, [False] * n, [0] * n)
        self.row_of[0], column = row, 0
        while self.row_of[column]:
            step.used[column] = True
            column = self.next(column, step)
        while column:
            self.row_of[column] = self.row_of[step.way[column]]
            column = step.way[column]

    def next(self, column: int, step: Step) -> int:
        """Return the cheapest column not tried yet, after moving the potentials."""
        row, best, delta = self.row_of[column], 0, FAR
        weights, u, v = self.weights[row - 1], self.u[row], self.v
        for j in range(1, len(v)):
            if step.used[j]:
                continue
            cost = -weights[j - 1] - u - v[j]
            if cost < step.least[j]:
                step.least[j], step.way[j] = cost, column
            if step.least[j] < delta:
                best, delta = j, step.least[j]
        self.move(delta, step)
        return best

    def move(self, delta: float, step: Step) -> None:
        """Move the potentials by the cost of the cheapest column."""
        for j, used in enumerate(step.used):
            if used:
                self.u[self.row_of[j]] += delta
                self.v[j] -= delta
            else:
                step.least[j] -= delta

    def total(self) -> float:
        """Return the weight of all that is matched."""
        cells = ((r, j) for j, r in enumerate(self.row_of) if j and r)
        return sum(self.weights[r - 1][j - 1] for r, j in cells)
