"""Tellings of several reports that are of one happening.

What one report tells of a happening is one unit, all its claims together. Units are
scored in pairs that share a block, components of likely pairs are weighed all against
all, and joined with care: never where days lie too far apart, never against a pin.
What a person pinned as one joins whole, whatever its scores.
The result does not depend on the order in which the units are given.

Of a crowd, tellings so many that not every pair is weighed, what says the same in the
same words is weighed once. Pieces of a crowd are weighed each alone; then the clusters
they give are weighed all against all by their most typical tellings, again and again,
until all have met or few join. No event of a crowd lasts longer, or lies wider, than an
event may; and what reports tell as two stays two.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.extract.event_coref.clustering import (
    NEVER,
    LinkGraph,
    apply_must_pins,
    components,
    link_on_average,
    nearby,
    rank_rows,
)
from dateline.extract.event_coref.lexicon import Stories, Story
from dateline.extract.event_coref.mention_table import AT, Columns, Numbering
from dateline.extract.event_coref.mentions import Telling, day_number, place_of
from dateline.extract.event_coref.pair_scorer import (
    LONG,
    Pair,
    Pins,
    Scored,
    across_model,
    claims_judge,
)
from dateline.ml.trees import Real

MOST = 64  # units that are weighed all against all
TYPICAL = 3  # tellings that stand for a cluster
MET = 128  # typical tellings that are weighed all against all
ALIKE = 8  # tellings of the same words, of other stories, that are each weighed
FEW = 0.1  # of the clusters of a crowd: where fewer join, no more will
WIDE = 25.0  # kilometres between the places of one event: a town and what lies in it
APART = 0.5  # of the tellings of the smaller: so many stand in reports beside the other
LONE = 8  # tellings that are too few for a witness against them
AT_ONCE = 4096  # reports counted at once
EARTH = 6371.0
Index = NDArray[np.integer[Any]]
Truth = NDArray[np.bool_]
Links = tuple[Index, Index, Real]
"""Pairs of rows, the lower first, and their scores."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The event of each unit, and the links that were likely enough to be weighed."""

    events: dict[str, str]
    links: dict[Pair, float]
    guarded: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cluster:
    """Tellings of a crowd that are one happening, and those most like the others."""

    rows: tuple[int, ...]
    typical: tuple[int, ...]


def merge_units(
    units: Sequence[Telling],
    stories: Mapping[str, Story],
    pins: Pins = Pins(),  # noqa: B008  frozen
) -> Merged:
    """Return the event of each unit: the least id of the units that are one.

    All come at once; a store joins what comes to what it has (dateline.events.merging).
    """
    units = sorted(units, key=lambda told: (told.id, place_of(told)))
    rows = Numbering(claims_judge().deeds).columns(units)
    told = Stories(stories, [u.report for u in units])
    one, two = nearby(rows)
    report, told_as = (rows.plain[:, AT[name]] for name in ("report", "told"))
    other = report[one] != report[two]
    other |= (told_as[one] == told_as[two]) & (told_as[one] > 0)
    scored = Scored(rows, told, pins, [u.id for u in units])
    one, two = scored.pinned(one[other], two[other])
    scores = scored.scores(one, two)
    likely = scores >= across_model().threshold / 2
    one, two, scores = one[likely], two[likely], scores[likely]
    inside, cut = in_pieces(rows, (one, two, scores))
    home, guarded = cluster_rows(rows, scored, inside)
    least: dict[int, str] = {}
    for unit, cluster in zip(units, home, strict=True):
        least[cluster] = min(least.get(cluster, unit.id), unit.id)
    ids = [unit.id for unit in units]
    ends = zip(one.tolist(), two.tolist(), scores.tolist(), strict=True)
    return Merged(
        {name: least[cluster] for name, cluster in zip(ids, home, strict=True)},
        {
            (min(ids[a], ids[b]), max(ids[a], ids[b])): round(min(1.0, score), 3)
            for a, b, score in ends
        },
        frozenset(ids[i] for i in guarded | cut),
    )


def in_pieces(rows: Columns, links: Links) -> tuple[Links, set[int]]:
    """Return the links by which rows may join, without those between two pieces.

    Beside it, the rows of what was too large for one piece.
    """
    least = across_model().threshold
    one, two, scores = (some[links[2] >= least] for some in links)
    every = zip(one.tolist(), two.tolist(), scores.tolist(), strict=True)
    graph = LinkGraph(least)
    said = zip(rows.same.tolist(), rank_rows(rows).tolist(), strict=True)
    graph.said = dict(enumerate(said))
    graph.know(range(len(rows.plain)))
    graph.add(every)
    seeds = np.unique(np.concatenate([one, two])).tolist()
    piece = np.zeros(len(rows.plain), np.intp)
    for number, some in enumerate(sorted(graph.pieces(seeds)), 1):
        piece[list(some)] = number
    inside = piece[one] == piece[two]
    return (one[inside], two[inside], scores[inside]), graph.cut


def cluster_rows(rows: Columns, scored: Scored, links: Links) -> tuple[list[int], set[int]]:
    """Return the cluster of each row, and the rows too many to weigh whole.

    What links connect is decided alone, whatever else there is.
    """
    n = len(rows.plain)
    many = {row for g in group_components(n, *links[:2]) if len(g) > MOST for row in g}
    same = twins(rows, scored, many)
    # each row that says the same as another is put for that one
    first = np.arange(n)
    first[list(same)] = list(same.values())
    one, two = np.sort(first[np.stack(links[:2])], axis=0)
    other = one != two
    links = one[other], two[other], links[2][other]
    groups = group_components(n, *links[:2])
    small = [g for g in groups if g[0] not in many]
    crowds = [g for g in groups if g[0] in many]
    cut = cut_large_components(rows, links, crowds)
    home = list(range(n))
    grids = scored.grids([*small, *cut])
    for group, grid in zip(small, grids, strict=False):
        fits = Diameter(rows, group)
        for row, i in zip(
            group, link_on_average(grid, across_model().threshold, fits), strict=True
        ):
            home[row] = group[i]
    found = [c for g in cut for c in cluster_piece(rows, scored, g, next(grids))]
    for cluster in join_crowds(rows, scored, share_out(crowds, found)):
        for row in cluster.rows:
            home[row] = cluster.rows[0]
    guarded = {row for g in crowds if len(g) > MOST for row in g}
    guarded |= {row for row, other_row in same.items() if other_row in guarded}
    for row, first_row in same.items():
        home[row] = home[first_row]
    home = told_by_one_report(home, rows, scored, links[:2])
    return apply_must_pins(home, scored.must, scored.never), guarded


def told_by_one_report(
    home: Sequence[int], rows: Columns, scored: Scored, links: tuple[Index, Index]
) -> list[int]:
    """Return clusters with those joined that one report alone tells, and tells as one.

    Where claims of others stand in a cluster, they tell better what belongs to it.
    """
    found = list(home)
    report = rows.plain[:, AT["report"]].tolist()
    tellers: dict[int, set[int]] = {}
    for row, cluster in enumerate(found):
        tellers.setdefault(cluster, set()).add(report[row])
    as_one = scored.told_as_one(*links)
    mine = [
        (a, b)
        for a, b in zip(*(end[as_one].tolist() for end in links), strict=True)
        if (a, b) not in scored.never
        if found[a] != found[b] and len(tellers[found[a]] | tellers[found[b]]) == 1
    ]
    ends = ([found[a] for a, _ in mine], [found[b] for _, b in mine])
    root = components(len(found), *ends)
    return [root[cluster] for cluster in found]


def cut_large_components(
    rows: Columns, links: Links, crowds: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Return components that are too large in pieces: by stronger pairs, by content.

    So a war told fifty thousand times is bounded work.
    """
    n = len(rows.plain)
    one, two, scores = links
    found = [list(g) for g in crowds if len(g) <= MOST]
    large = [g for g in crowds if len(g) > MOST]
    for bar in (0.5, 0.7, 0.9):
        inside = np.zeros(n, np.bool_)
        inside[[row for g in large for row in g]] = True
        strong = (scores >= bar) & inside[one]
        one, two, scores = one[strong], two[strong], scores[strong]
        groups = group_components(n, one, two)
        found += [g for g in groups if len(g) <= MOST]
        large = [g for g in groups if len(g) > MOST]
    for group in large:
        lined = [group[i] for i in by_content(rows, group)]
        cuts = range(0, len(lined), MOST)
        found += [sorted(lined[i : i + MOST]) for i in cuts]
    return found


def share_out(crowds: Sequence[Sequence[int]], found: Sequence[Cluster]) -> list[list[Cluster]]:
    """Return the clusters of each crowd, with the rows that stand in none."""
    of = {row: i for i, crowd in enumerate(crowds) for row in crowd}
    within: list[list[Cluster]] = [[] for _ in crowds]
    for cluster in found:
        within[of[cluster.rows[0]]].append(cluster)
    for row in of.keys() - {row for cluster in found for row in cluster.rows}:
        within[of[row]].append(Cluster((row,), (row,)))
    return [sorted(some, key=lambda c: c.rows) for some in within]


def group_components(n: int, one: Index, two: Index) -> list[list[int]]:
    """Return the components of more than one row, each in order."""
    groups: dict[int, list[int]] = {}
    touched = np.unique(np.concatenate([one, two])) if len(one) else one
    root = components(n, one.tolist(), two.tolist()) if len(one) else []
    for row in touched.tolist():
        groups.setdefault(root[row], []).append(row)
    return list(groups.values())


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


def cluster_piece(rows: Columns, scored: Scored, group: Sequence[int], grid: Real) -> list[Cluster]:
    """Return the clusters of one piece of a crowd, by the scores of its rows."""
    alone = [(row,) for row in group]
    fits = np.where(forbidden_joins(rows, alone, scored.never), np.float32(NEVER), grid)
    home = link_on_average(fits, across_model().threshold)
    return [
        Cluster(tuple(group[i] for i in some), typical(group, grid, some)) for some in members(home)
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
        grids = scored.grids([typical_tellings(some) for crowd in cut for some in crowd])
        again = []
        for crowd, parts in zip(waiting, cut, strict=True):
            now = [c for some in parts for c in join_by_typical(rows, scored, some, next(grids))]
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

    def met_first(name: str) -> Index:
        """Return numbers for names, in the order in which they are met."""
        told = np.unique(plain[:, AT[name]], return_index=True, return_inverse=True)
        return np.asarray(told[1].argsort().argsort()[told[2]])

    place, surface = met_first("place"), met_first("surface")
    first, last = plain[:, AT["first"]], plain[:, AT["last"]]
    order = np.lexsort((np.array(some), surface, count, place, last, first))
    return [int(i) for i in order]


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


class Diameter:
    """The guard on size in time: no two tellings of one event lie too far apart."""

    def __init__(self, rows: Columns, group: Sequence[int]) -> None:
        """Take the days of the rows of a group."""
        first, last = rows.plain[group, AT["first"]], rows.plain[group, AT["last"]]
        self.first, self.last = first.tolist(), last.tolist()

    def __call__(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether two clusters together stay within the bound."""
        both = (*some, *others)
        latest = max((self.first[i] for i in both if self.first[i]), default=0)
        earliest = min((self.last[i] for i in both if self.last[i]), default=latest)
        return latest - earliest <= LONG


def days_spanned(told: Sequence[dict[str, Any] | None]) -> int:
    """Return how many days lie between the first and the last of the times told.

    >>> days_spanned(
    ...     [{"from": "2019-01-08", "to": "2019-01-08"}, {"from": "2019-01-20"}, None]
    ... )
    12
    """
    whens = [when for when in told if when]
    latest = max((day_number(w.get("from")) or 0 for w in whens), default=0)
    ends = (day_number(w.get("to") or w.get("from")) for w in whens)
    earliest = min((day for day in ends if day), default=latest)
    return max(0, latest - earliest)


def forbidden_joins(
    rows: Columns, clusters: Sequence[Sequence[int]], never: Iterable[tuple[int, int]]
) -> Truth:
    """Return which clusters must not join: for their days, places, or a pin."""
    first, last = rows.plain[:, AT["first"]], rows.plain[:, AT["last"]]
    end = np.where(last > 0, last, 10**7)
    latest = np.array([int(first[list(some)].max()) for some in clusters])
    earliest = np.array([int(end[list(some)].min()) for some in clusters])
    days = latest[:, None] - earliest[None, :] > LONG
    home = {row: i for i, members in enumerate(clusters) for row in members}
    both = [(home[a], home[b]) for a, b in never if a in home and b in home]
    apart = days | days.T | places_too_far(rows, clusters)
    for a, b in both:
        apart[a, b] = apart[b, a] = a != b
    return np.asarray(apart)


def places_too_far(rows: Columns, clusters: Sequence[Sequence[int]]) -> Truth:
    """Return which clusters tell of points on the map that lie too far apart.

    Of points that are not known none lies close.
    """
    exact = rows.plain[:, AT["exact"]] > 0
    place = rows.plain[:, AT["place"]]
    told = [(i, r) for i, some in enumerate(clusters) for r in some if exact[r]]
    if not told:
        return np.zeros((len(clusters), len(clusters)), np.bool_)
    home, row = np.array(told, np.intp).T
    names, at, number = np.unique(place[row], return_index=True, return_inverse=True)
    holds = np.zeros((len(clusters), len(names)), np.float32)
    holds[home, number] = 1
    lat, lon = np.radians(rows.spot[row[at]].astype(np.float64)).T
    up, over = lat[:, None] - lat, lon[:, None] - lon
    bow = np.sin(up / 2) ** 2 + np.cos(lat[:, None]) * np.cos(lat) * (np.sin(over / 2) ** 2)
    close = 2 * EARTH * np.arcsin(np.sqrt(np.minimum(bow, 1))) <= WIDE
    far = (names[:, None] != names[None, :]) & ~close
    return np.asarray(holds @ far.astype(np.float32) @ holds.T > 0)


class Witnesses:
    """The guard on crowds in reports: what many tell as two happenings is not one."""

    def __init__(self, rows: Columns, clusters: Sequence[Sequence[int]]) -> None:
        """Count how many pairs of tellings of one report two clusters hold.

        Two that their report tells as one are no witness against that.
        """
        home = [i for i, members in enumerate(clusters) for _ in members]
        every = [row for members in clusters for row in members]
        report, told = (rows.plain[every, AT[name]] for name in ("report", "told"))
        self.size = np.array([len(members) for members in clusters])
        self.beside = count_shared_names(report, home, len(clusters))
        as_one = told > 0
        if as_one.any():
            homes = np.array(home)[as_one].tolist()
            self.beside -= count_shared_names(told[as_one], homes, len(clusters))

    def __call__(self, some: Sequence[int], others: Sequence[int]) -> bool:
        """Whether few enough reports tell both clusters."""
        beside = self.beside[np.ix_(some, others)].sum()
        least = min(self.size[some].sum(), self.size[others].sum())
        return bool(beside < APART * least) or least < LONE


def count_shared_names(names: Index, home: Sequence[int], many: int) -> Real:
    """Return how many pairs of one name stand in each two of `many` clusters."""
    _, number = np.unique(names, return_inverse=True)
    found = np.zeros((many, many), np.float32)
    order = np.argsort(number, kind="stable")
    number, cluster = number[order], np.array(home)[order]
    for start in range(0, int(number[-1]) + 1, AT_ONCE):
        i, j = np.searchsorted(number, (start, start + AT_ONCE))
        told = np.zeros((AT_ONCE, many), np.float32)
        np.add.at(told, (number[i:j] - start, cluster[i:j]), 1)
        told = told[told.any(1)]
        found += told.T @ told
    return found
