"""How likely tellings of two reports are of one happening, with what a person decided.

Within a report, words and positions tell much; across reports what the encoder read,
days, names and what the reports are about. How all that goes together was learned from
pairs that were read and judged (training/merge/across.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline import trees
from dateline.merge.between import BETWEEN, between
from dateline.merge.cluster import ALWAYS, NEVER
from dateline.merge.columns import AT, MET, Columns
from dateline.merge.compare import parties, shares
from dateline.merge.same import apart, chunks, everybody, judge, several
from dateline.merge.stories import Stories
from dateline.trees import Real, Trees

MODEL = Path(__file__).with_name("across.npz")
AROUND = 10  # days
MONTH = 31
ALLIED = 3  # parties of one country and sector
EXACT = 3  # the same place by name
LIKE = 0.18  # stories so alike are most often one
OTHER = 0.05  # stories so little alike are others
UNLIKE = 0.4  # what the encoder read of clauses that most often tell two acts
Index = NDArray[np.integer[Any]]
Truth = NDArray[np.bool_]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pins:
    """What a person has decided: pairs of units that are one, and that are not."""

    must: frozenset[Pair] = field(default_factory=frozenset)
    never: frozenset[Pair] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Learned:
    """How likely pairs are one by their figures, and from which odds on they join."""

    trees: Trees
    threshold: float


@cache
def learned() -> Learned:
    """Return what training/merge/across.py learned, read once."""
    with np.load(MODEL) as kept:
        least = float(kept["threshold"])
    return Learned(trees.read(MODEL, "pairs."), least)


class Scored:
    """Scores of pairs of units: the claims', their stories', and the pins'."""

    def __init__(
        self, rows: Columns, stories: Stories, pins: Pins, ids: Sequence[str]
    ) -> None:
        """Lay out what scores are made of."""
        self.rows, self.stories = rows, stories
        at = {name: i for i, name in enumerate(ids)}
        self.must = numbered(pins.must, at)
        self.never = numbered(pins.never, at)

    def pinned(self, one: Index, two: Index) -> tuple[Index, Index]:
        """Return the pairs with those that a pin wants compared."""
        extra = [p for p in self.must if p[0] != p[1]]
        if not extra:
            return one, two
        pairs = np.concatenate([np.stack([one, two], 1), np.array(extra, np.intp)])
        found = np.unique(pairs, axis=0)
        return found[:, 0], found[:, 1]

    def scores(self, one: Index, two: Index, must: bool = True) -> Real:
        """Return the score of each pair, the lower row first; without `must` unpinned.

        What must never be one is so in any case.
        """
        parts = [self.possible(one[i:j], two[i:j]) for i, j in chunks(len(one))]
        found = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        for pins, score in ((self.must if must else (), ALWAYS), (self.never, NEVER)):
            if pins:
                pairs = zip(one.tolist(), two.tolist(), strict=True)
                found[[k for k, p in enumerate(pairs) if p in pins]] = score
        return found

    def grids(self, groups: Sequence[Sequence[int]]) -> Iterator[Real]:
        """Yield the scores of the rows of each group, all against all, unpinned."""
        scores, at = self.scores(*all_pairs(groups), must=False), 0
        for group in groups:
            grid = np.zeros((len(group), len(group)), np.float32)
            a, b = np.triu_indices(len(group), 1)
            grid[a, b] = grid[b, a] = scores[at : at + len(a)]
            at += len(a)
            yield grid

    def possible(self, one: Index, two: Index) -> Real:
        """Return the scores of pairs, 0 without a closer look where a side is other.

        What one report tells as two is weighed as within a report: it does not tell
        one story with itself.
        """
        report = self.rows.plain[:, AT["report"]]
        here = report[one] == report[two]
        kept = ~(apart(self.rows, one, two) | others(self.rows, one, two)) & ~here
        found = np.zeros(len(one), np.float32)
        found[kept] = self.judged(one[kept], two[kept])
        found[here] = judge().scores(self.rows, one[here], two[here])
        return found

    def judged(self, one: Index, two: Index) -> Real:
        """Return the scores of pairs of two reports: words alone join nothing there."""
        cells = between(self.rows, one, two, self.stories.likeness(one, two))
        return np.where(held(cells), learned().trees.odds(cells), np.float32(0))


def held(cells: Real) -> Truth:
    """Whether more than words holds two tellings of two reports together.

    Days that overlap, one place, one story, or reports of one month; a war has many
    fights a day, which reports of other stories tell by clauses that read otherwise.
    Several acts and one of them, with other counts, are a whole and its part.
    """
    cell = {name: cells[:, i] for i, name in enumerate(BETWEEN)}
    hold = (cell["days"] > 0) | (cell["place"] == EXACT) | (cell["stories"] >= LIKE)
    hold |= cell["reports apart"] <= MONTH
    hold &= ~((cell["stories"] < OTHER) & (cell["sense of clauses"] < UNLIKE))
    return np.asarray(hold & ~((cell["plural"] == 1) & (cell["counts"] == 0)))


def others(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether a side of one act is of other countries, and not merely turned round.

    Turned round is what one takes for done together, or what both tell by the same
    words, one of them with one side alone. Who accuses and is condemned in turn, who
    expels envoys and has envoys expelled, are two happenings.
    """
    a, b = (rows.parties[r] for r in (one, two))
    other = (parties(a[:, 0], b[:, 0]) == 0) | (parties(a[:, 1], b[:, 1]) == 0)
    other[other] = ~same_circle(rows, one[other], two[other])
    over, back = parties(a[:, 0], b[:, 1]), parties(a[:, 1], b[:, 0])
    close = np.fmax(over, back) >= ALLIED
    together = (rows.plain[one, AT["mutual"]] + rows.plain[two, AT["mutual"]]) > 0
    alike = shares(rows.roots[one], rows.roots[two]) > 0
    half = np.isnan(over) | np.isnan(back)
    turned = (together | (alike & half)) & close & ~(over <= 1) & ~(back <= 1)
    return np.asarray(other & ~turned)


def same_circle(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two countries of a circle met in both tellings, whichever begins.

    Who promises and who is promised something is two; both sign what they sign.
    """
    a, b = (everybody(rows, r) for r in (one, two))
    met = ((a[:, :, None] == b[:, None, :]) & (a[:, :, None] > 0)).any(2)
    lands = several(np.where(met, a, 0))
    a, b = (rows.plain[r, AT["joint"]] for r in (one, two))
    alike = (a == MET) | shares(rows.roots[one], rows.roots[two])
    return np.asarray((a > 0) & (a == b) & alike & (lands > 1))


def numbered(pins: frozenset[Pair], at: Mapping[str, int]) -> set[tuple[int, int]]:
    """Return pinned pairs as rows, the lower first."""
    rows = ((at[a], at[b]) for a, b in pins if a in at and b in at)
    return {(min(a, b), max(a, b)) for a, b in rows}


def all_pairs(groups: Sequence[Sequence[int]]) -> tuple[Index, Index]:
    """Return every pair inside each group, in the order of `triu_indices`."""
    ones, twos = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for group in groups:
        rows = np.array(group, np.intp)
        a, b = np.triu_indices(len(rows), 1)
        ones.append(rows[a])
        twos.append(rows[b])
    return np.concatenate(ones), np.concatenate(twos)
