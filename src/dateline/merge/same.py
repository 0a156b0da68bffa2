"""Which tellings tell one happening: a learned score, then careful clusters."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.codebook.plover import deeds_with_traits
from dateline.infer import trees
from dateline.infer.trees import Real, Trees
from dateline.merge.cluster import MOST, components, link_on_average
from dateline.merge.columns import AT, NEGATED, SIDE, Columns, Whole
from dateline.merge.compare import compare_rows, share_a_name
from dateline.merge.tellings import Telling

MODEL = Path(__file__).with_name("claims.npz")
CHUNK = 16_384  # pairs compared at once: no more than a cache holds
LONG = 7  # days that may lie between two tellings of one happening
WIDE = 31  # days
ACTING = np.array([[True], [False]])  # of the two sides, the first
Index = NDArray[np.integer[Any]]
Truth = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Judge:
    """How likely two tellings are of one happening, as learned, and when they join.

    `kinds` says how far two deeds go together, by the numbers of `deeds`.
    """

    trees: Trees
    deeds: tuple[str, ...]
    kinds: Real
    threshold: float

    def scores(self, rows: Columns, one: Index, two: Index) -> Real:
        """Return the probability that the rows of each pair tell one happening."""
        parts = [
            self.trees.odds(compare_rows(rows, self.kinds, one[i:j], two[i:j]))
            for i, j in chunk_bounds(len(one))
        ]
        found = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return np.where(cannot_be_one(rows, one, two), np.float32(0), found)


def chunk_bounds(n: int, most: int = CHUNK) -> list[tuple[int, int]]:
    """Return where pieces of n pairs begin and end, of so many at the most."""
    return [(i, min(i + most, n)) for i in range(0, n, most)]


@cache
def claims_judge() -> Judge:
    """Return what training/merge/claims.py learned, read once."""
    with np.load(MODEL) as kept:
        deeds = tuple(str(kept["deeds"]).split("\n"))
        kinds, least = kept["kinds"].astype(np.float32), float(kept["threshold"])
    return Judge(trees.read_trees(MODEL, "pairs."), deeds, kinds, least)


def cannot_be_one(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two tellings cannot be one: days apart, or one only recalls the other.

    A day may be read wrong by some days; "last year" is over when this one begins.
    """
    a, b = rows.plain[one], rows.plain[two]
    memory = a[:, AT["memory"]] != b[:, AT["memory"]]
    other = thirds(rows, one, two) | hands(rows, one, two)
    other |= differ_in_kind(a, b) | contradict_as_undone(a, b) | returned(a, b)
    return np.asarray(
        memory | long_apart(rows, one, two) | tells_another_act(a, b) | other
    )


def long_apart(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether days are told for two tellings that no one happening can have."""
    days = np.where(
        is_vague_interval(rows, one) | is_vague_interval(rows, two), 0, LONG
    )
    return np.asarray(days_of_gap(rows.plain[one], rows.plain[two]) > days)


def is_vague_interval(rows: Columns, some: Index) -> Truth:
    """Whether days are told so widely that to overlap means little: "this year"."""
    first, last = rows.plain[some, AT["first"]], rows.plain[some, AT["last"]]
    return np.asarray((first == 0) | (last == 0) | (last - first > WIDE))


def tells_another_act(a: Whole, b: Whole) -> Truth:
    """Whether a report that has told of one act tells of "another", "a second" one."""
    here = a[:, AT["report"]] == b[:, AT["report"]]
    first = a[:, AT["start"]] < b[:, AT["start"]]
    second = a[:, AT["start"]] > b[:, AT["start"]]
    new, old = (x[:, AT["another"]] for x in (a, b))
    return np.asarray(here & ((first & (old > new)) | (second & (new > old))))


def differ_in_kind(a: Whole, b: Whole) -> Truth:
    """Whether one is an abduction or a rape and the other is not.

    Of one day reports tell that gunmen attacked, and that they took hostages.
    """
    return np.asarray(a[:, AT["own"]] != b[:, AT["own"]])


def returned(a: Whole, b: Whole) -> Truth:
    """Whether of two attacks one is a state's and one not: police shot the gunman."""
    one, two = a[:, AT["hand"]], b[:, AT["hand"]]
    return np.asarray((one != two) & (one > 0) & (two > 0))


def contradict_as_undone(a: Whole, b: Whole) -> Truth:
    """Whether one report tells as done what another says was not done.

    Within a report "no talks were held" may be of the talks that it tells.
    """
    told = ((a, b), (b, a))
    cut = [(x[:, AT["status"]] == NEGATED) & (y[:, AT["stage"]] <= 1) for x, y in told]
    return np.asarray((a[:, AT["report"]] != b[:, AT["report"]]) & (cut[0] | cut[1]))


def thirds(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two meetings or agreements each have a country that the other has not."""
    of_one_rank = deeds_with_traits("mutual", "talk")
    numbers = [claims_judge().deeds.index(deed) + 1 for deed in of_one_rank]
    joint = np.isin(rows.plain[:, AT["deed"]], numbers)
    found = joint[one] & joint[two]
    a, b = (everybody(rows, r[found]) for r in (one, two))
    met = (a[:, :, None] == b[:, None, :]) & (a[:, :, None] > 0)
    alone = [((x > 0) & ~met.any(k)).any(1) for x, k in ((a, 2), (b, 1))]
    found[found] = (
        alone[0] & alone[1] & (count_row_names(a) > 1) & (count_row_names(b) > 1)
    )
    return np.asarray(found)


def hands(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two acts are other people's: who acts is known, and none does both.

    Of what is done together a telling may name one alone: there each must name two.
    """
    a, b = rows.plain[one], rows.plain[two]
    joint = (a[:, AT["joint"]] | b[:, AT["joint"]]) > 0
    pairs = (a[:, AT["people"]] > 1) & (b[:, AT["people"]] > 1)
    found = np.where(joint, pairs, a[:, AT["acting"]] & b[:, AT["acting"]]) > 0
    sides = np.where(joint[found, None, None], True, ACTING)
    x, y = (np.where(sides, rows.parties[r[found], :, :, 0], 0) for r in (one, two))
    found[found] = ~share_a_name(x.reshape(-1, 2 * SIDE), y.reshape(-1, 2 * SIDE))
    return np.asarray(found)


def everybody(rows: Columns, some: Index) -> Whole:
    """Return the countries of both sides together."""
    return rows.parties[some, :, :, 2].reshape(-1, 2 * SIDE)


def count_row_names(names: Whole) -> Whole:
    """Return how many names each row holds, repeats and gaps apart."""
    told = np.sort(names, 1)
    return np.asarray((np.diff(told, axis=1) > 0).sum(1) + (told[:, 0] > 0))


def days_of_gap(a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return how many days lie between two intervals, 0 where either is untold."""
    ends = [np.where(x > 0, x, 10**7) for x in (a[:, AT["last"]], b[:, AT["last"]])]
    after = np.maximum(b[:, AT["first"]] - ends[0], a[:, AT["first"]] - ends[1])
    return np.maximum(after, 0)


def place_of(told: Telling) -> tuple[object, ...]:
    """Return what orders tellings, however they came."""
    return told.report, told.start, told.id, told.trigger


def cluster_scored_rows(
    n: int, one: Index, two: Index, scores: Real, threshold: float
) -> list[int]:
    """Return the cluster of each of n rows, of which the given pairs are scored."""
    home = list(range(n))
    strong = scores >= threshold / 2
    for rows in gather_components(n, one[strong], two[strong], scores[strong]):
        at = {row: k for k, row in enumerate(rows)}
        grid = np.zeros((len(rows), len(rows)), np.float32)
        inside = np.isin(one, rows) & np.isin(two, rows)
        for a, b, s in zip(one[inside], two[inside], scores[inside], strict=True):
            grid[at[int(a)], at[int(b)]] = grid[at[int(b)], at[int(a)]] = s
        for row, cluster in zip(rows, link_on_average(grid, threshold), strict=True):
            home[row] = rows[cluster]
    return home


def gather_components(n: int, one: Index, two: Index, scores: Real) -> list[list[int]]:
    """Return the components that pairs connect, each of MOST rows at the most.

    In one that is larger only stronger pairs count, then stronger ones yet.
    """
    found: list[list[int]] = []
    bar = 0.0
    while len(one) and bar < 1:
        groups: dict[int, list[int]] = {}
        for row, root in enumerate(components(n, one.tolist(), two.tolist())):
            groups.setdefault(root, []).append(row)
        small = [g for g in groups.values() if 1 < len(g) <= MOST]
        found += small
        done = np.isin(one, [row for g in small for row in g])
        bar = max(bar + 0.05, 0.5)
        kept = ~done & (scores >= bar)
        one, two, scores = one[kept], two[kept], scores[kept]
    return found
