"""Crowds: tellings so many that not every pair of them is weighed.

What says the same in the same words is weighed once. Pieces of a crowd are weighed each
alone; then the clusters they give are weighed all against all by their most typical
tellings, again and again, until all have met or few join. No event of a crowd lasts
longer, or lies wider, than an event may; and what reports tell as two stays two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.infer.trees import Real
from dateline.merge.cluster import NEVER, link_on_average
from dateline.merge.columns import AT, Columns
from dateline.merge.diameter import Witnesses, forbidden_joins
from dateline.merge.scored import Scored, across_model

TYPICAL = 3  # tellings that stand for a cluster
MET = 128  # typical tellings that are weighed all against all
ALIKE = 8  # tellings of the same words, of other stories, that are each weighed
FEW = 0.1  # of the clusters of a crowd: where fewer join, no more will
Index = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Tellings of a crowd that are one happening, and those most like the others."""

    rows: tuple[int, ...]
    typical: tuple[int, ...]


def twins(rows: Columns, scored: Scored, some: Iterable[int]) -> dict[int, int]:
    """Return, for rows that say the same in the same words, the first that does.

    Only those the score would join: the same words in other stories are other acts.
    """
    held = {row for pair in scored.never for row in pair}
    alike: dict[int, list[int]] = {}
    for row in sorted(set(some) - held):
        alike.setdefault(int(rows.same[row]), []).append(row)
    found: dict[int, int] = {}
    waiting = [group for group in alike.values() if len(group) > 1]
    for _ in range(ALIKE):
        pairs = [(group[0], row) for group in waiting for row in group[1:]]
        if not pairs:
            break
        one, two = np.array(pairs, np.intp).T
        joined = scored.scores(one, two, must=False) >= across_model().threshold
        found |= {int(b): int(a) for a, b in zip(one[joined], two[joined], strict=True)}
        left = ([row for row in group[1:] if row not in found] for group in waiting)
        waiting = [group for group in left if len(group) > 1]
    return found


def clustered(
    rows: Columns, scored: Scored, group: Sequence[int], grid: Real
) -> list[Cluster]:
    """Return the clusters of one piece of a crowd, by the scores of its rows."""
    alone = [(row,) for row in group]
    fits = np.where(forbidden_joins(rows, alone, scored.never), np.float32(NEVER), grid)
    home = link_on_average(fits, across_model().threshold)
    return [
        Cluster(tuple(group[i] for i in some), typical(group, grid, some))
        for some in members(home)
    ]


def members(home: Sequence[int]) -> list[list[int]]:
    """Return what is in each cluster, in order."""
    found: dict[int, list[int]] = {}
    for i, cluster in enumerate(home):
        found.setdefault(cluster, []).append(i)
    return list(found.values())


def typical(group: Sequence[int], grid: Real, some: Sequence[int]) -> tuple[int, ...]:
    """Return the rows of a cluster that are most like the others, the first of equals.

    `grid` are the scores of the rows of `group`; `some` stand in it.
    """
    inside = grid[np.ix_(some, some)].astype(np.float64)
    np.fill_diagonal(inside, 0)
    best = np.argsort(-inside.sum(1).round(4), kind="stable")[:TYPICAL]
    return tuple(sorted(group[some[i]] for i in best))


def join_crowds(
    rows: Columns, scored: Scored, crowds: Sequence[Sequence[Cluster]]
) -> list[Cluster]:
    """Return the clusters of crowds, joined where their typical tellings are one."""
    done: list[Cluster] = []
    waiting = [list(crowd) for crowd in crowds]
    while waiting:
        cut = [cut_crowd(rows, crowd) for crowd in waiting]
        grids = scored.grids(
            [typical_tellings(some) for crowd in cut for some in crowd]
        )
        again = []
        for crowd, parts in zip(waiting, cut, strict=True):
            now = [
                c
                for some in parts
                for c in join_by_typical(rows, scored, some, next(grids))
            ]
            fewer = len(crowd) - len(now)
            if fewer and (len(parts) == 1 or fewer > FEW * len(crowd)):
                again.append(now)
            else:
                done += now
        waiting = again
    return done


def cut_crowd(rows: Columns, crowd: Sequence[Cluster]) -> list[list[Cluster]]:
    """Return the clusters of a crowd in stretches that are weighed all against all."""
    lined = by_content(rows, [c.typical[0] for c in crowd])
    found: list[list[Cluster]] = []
    room = 0
    for cluster in (crowd[i] for i in lined):
        if room < len(cluster.typical):
            found.append([])
            room = MET
        found[-1].append(cluster)
        room -= len(cluster.typical)
    return found


def by_content(rows: Columns, some: Sequence[int]) -> list[int]:
    """Return the order of rows by day, place, count and word, whatever else there is.

    Places and words stand in the order in which these rows first tell them.
    """
    plain = rows.plain[list(some)]
    count = np.nan_to_num(rows.counts[list(some), 0, 1])
    place, surface = (met_first(plain[:, AT[name]]) for name in ("place", "surface"))
    first, last = plain[:, AT["first"]], plain[:, AT["last"]]
    order = np.lexsort((np.array(some), surface, count, place, last, first))
    return [int(i) for i in order]


def met_first(names: Index) -> Index:
    """Return numbers for names, in the order in which they are met.

    >>> met_first(np.array([7, 3, 7])).tolist()
    [0, 1, 0]
    """
    _, at, number = np.unique(names, return_index=True, return_inverse=True)
    return np.asarray(at.argsort().argsort()[number])


def join_by_typical(
    rows: Columns, scored: Scored, some: Sequence[Cluster], grid: Real
) -> list[Cluster]:
    """Return clusters joined where their typical tellings are one on average."""
    group = typical_tellings(some)
    at = {row: i for i, row in enumerate(group)}
    stands = np.zeros((len(some), len(group)), np.float32)
    for i, cluster in enumerate(some):
        stands[i, [at[row] for row in cluster.typical]] = 1 / len(cluster.typical)
    held = [cluster.rows for cluster in some]
    apart = forbidden_joins(rows, held, scored.never)
    mean = np.where(apart, np.float32(NEVER), stands @ grid @ stands.T)
    home = link_on_average(mean, across_model().threshold, Witnesses(rows, held))
    found = []
    for one in members(home):
        every = tuple(sorted(row for i in one for row in some[i].rows))
        best = sorted(at[row] for i in one for row in some[i].typical)
        found.append(Cluster(every, typical(group, grid, best)))
    return found


def typical_tellings(some: Sequence[Cluster]) -> list[int]:
    """Return the tellings that stand for some clusters, in order."""
    return sorted(row for cluster in some for row in cluster.typical)
