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

from dateline.infer import trees
from dateline.infer.trees import Real, Trees
from dateline.merge.between import (
    BETWEEN,
    compare_around,
    compare_reports,
    names_other_countries,
)
from dateline.merge.cluster import ALWAYS, NEVER
from dateline.merge.columns import AT, Columns
from dateline.merge.compare import sides_met
from dateline.merge.same import cannot_be_one, chunk_bounds, claims_judge
from dateline.merge.sense import sense_likeness
from dateline.merge.stories import Stories

MODEL = Path(__file__).with_name("across.npz")
AROUND = 10  # days
MONTH = 31
EXACT = 3  # the same place by name
LIKE = 0.18  # stories so alike are most often one
TOLD = 0.75  # of two claims that their report tells as one: they are weighed together
HALF = 0.5  # of them among claims of other reports, which tell better
OTHER = 0.05  # stories so little alike are others
NEAR = 0.2  # what stands around acts that other reports code otherwise
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
def across_model() -> Learned:
    """Return what training/merge/across.py learned, read once."""
    with np.load(MODEL) as kept:
        least = float(kept["threshold"])
    return Learned(trees.read_trees(MODEL, "pairs."), least)


class Scored:
    """Scores of pairs of units: the claims', their stories', and the pins'."""

    def __init__(
        self, rows: Columns, stories: Stories, pins: Pins, ids: Sequence[str]
    ) -> None:
        """Lay out what scores are made of."""
        self.rows, self.stories = rows, stories
        at = {name: i for i, name in enumerate(ids)}
        self.must = pins_as_rows(pins.must, at)
        self.never = pins_as_rows(pins.never, at)
        self.weighed = np.zeros(0, np.int64), np.zeros(0, np.float32)

    def pinned(self, one: Index, two: Index) -> tuple[Index, Index]:
        """Return the pairs with those that a pin wants compared."""
        extra = [p for p in self.must if p[0] != p[1]]
        if not extra:
            return one, two
        pairs = np.concatenate([np.stack([one, two], 1), np.array(extra, np.intp)])
        found = np.unique(pairs, axis=0)
        return found[:, 0], found[:, 1]

    def scores(self, one: Index, two: Index, must: bool = True) -> Real:
        """Return the score of each pair, the lower row first.

        Without `must` it is unpinned, and what its own report tells as one weighs half.
        What must never be one is so in any case.
        """
        told = TOLD if must else HALF
        parts = [
            self.possible(one[i:j], two[i:j], told) for i, j in chunk_bounds(len(one))
        ]
        found = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        for pins, score in ((self.must if must else (), ALWAYS), (self.never, NEVER)):
            if pins:
                pairs = zip(one.tolist(), two.tolist(), strict=True)
                found[[k for k, p in enumerate(pairs) if p in pins]] = score
        return found

    def grids(self, groups: Sequence[Sequence[int]]) -> Iterator[Real]:
        """Yield the scores of the rows of each group, all against all, unpinned."""
        scores, at = self.weigh_once(*all_pairs(groups)), 0
        for group in groups:
            grid = np.zeros((len(group), len(group)), np.float32)
            a, b = np.triu_indices(len(group), 1)
            grid[a, b] = grid[b, a] = scores[at : at + len(a)]
            at += len(a)
            yield grid

    def weigh_once(self, one: Index, two: Index) -> Real:
        """Return the unpinned scores of pairs, of those asked before as they were."""
        size = np.int64(len(self.rows.plain))
        asked, back = np.unique(one.astype(np.int64) * size + two, return_inverse=True)
        known, scores = self.weighed
        at = np.asarray(np.searchsorted(known, asked), np.intp)
        fresh = np.append(known, -1)[at] != asked
        low, high = np.divmod(asked[fresh], size)
        found = np.zeros(len(asked), np.float32)
        found[fresh] = self.scores(low, high, must=False)
        found[~fresh] = scores[at[~fresh]]
        place = at[fresh]
        self.weighed = (
            np.insert(known, place, asked[fresh]),
            np.insert(scores, place, found[fresh]),
        )
        return found[back]

    def possible(self, one: Index, two: Index, told: float) -> Real:
        """Return the scores of pairs, 0 without a closer look where a side is other.

        What one report tells as two is weighed as within a report: it does not tell
        one story with itself. What it tells as one is likely one, till others tell
        better.
        """
        report = self.rows.plain[:, AT["report"]]
        here = report[one] == report[two]
        kept = ~cannot_be_one(self.rows, one, two) & ~here
        found = np.zeros(len(one), np.float32)
        found[kept] = self.judged(one[kept], two[kept])
        scores = claims_judge().scores(self.rows, one[here], two[here])
        same = self.told_as_one(one[here], two[here])
        found[here] = np.where(same, np.float32(told), scores)
        return found

    def told_as_one(self, one: Index, two: Index) -> Truth:
        """Whether the claims of each pair are told as one by their report."""
        as_one = self.rows.plain[:, AT["told"]]
        return np.asarray((as_one[one] == as_one[two]) & (as_one[one] > 0))

    def judged(self, one: Index, two: Index) -> Real:
        """Return the scores of pairs of two reports: words alone join nothing there."""
        found = np.zeros(len(one), np.float32)
        worth = np.flatnonzero(self.worth(one, two))
        cells = compare_reports(
            self.rows, self.stories, one[worth], two[worth], held_by_more_than_words
        )
        some = held_by_more_than_words(cells)
        found[worth[some]] = across_model().trees.odds(cells[some])
        return found

    def worth(self, one: Index, two: Index) -> Truth:
        """Whether pairs may be held together, by what is soonest told of them.

        Most pairs near each other in blocks are not: they need no closer look.
        """
        rows = self.rows
        read = sense_likeness(rows.senses, one, two)[:, 1]
        kept = ~((self.stories.likeness(one, two) < OTHER) & (read < UNLIKE))
        one, two = one[kept], two[kept]
        near = compare_around(rows, one, two)[0] >= NEAR
        told = [rows.plain[:, AT[name]] for name in ("type", "deed")]
        like = ~near & ((told[0][one] == told[0][two]) | (told[1][one] == told[1][two]))
        a, b = one[like], two[like]
        near[like] = ~names_other_countries(rows, a, b, sides_met(rows, a, b))
        kept[kept] = near
        return np.asarray(kept)


def held_by_more_than_words(cells: Real) -> Truth:
    """Whether more than words holds two tellings of two reports together.

    Days that overlap, one place, one story, or reports of one month; a war has many
    fights a day, which reports of other stories tell by clauses that read otherwise.
    Several acts and one of them, with other counts, are a whole and its part. What is
    another deed, or of another country on one side, must stand among like words.
    """
    cell = {name: cells[:, i] for i, name in enumerate(BETWEEN)}
    hold = (cell["days"] > 0) | (cell["place"] == EXACT) | (cell["stories"] >= LIKE)
    hold |= cell["reports apart"] <= MONTH
    hold &= ~((cell["stories"] < OTHER) & (cell["sense of clauses"] < UNLIKE))
    hold &= ((cell["type"] > 0) & (cell["other side"] == 0)) | (cell["around"] >= NEAR)
    return np.asarray(hold & ~((cell["plural"] == 1) & (cell["counts"] == 0)))


def pins_as_rows(pins: frozenset[Pair], at: Mapping[str, int]) -> set[tuple[int, int]]:
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
