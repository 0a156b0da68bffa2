"""Tellings of several reports that are of one happening.

What one report tells of a happening is one unit, all its claims together. Units are
scored in pairs that share a block, components of likely pairs are weighed all against
all, and joined with care: never where days lie too far apart, never against a pin.
What a person pinned as one joins whole, whatever its scores.
The result does not depend on the order in which the units are given.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.infer.trees import Real
from dateline.merge.blocks import nearby, rank_rows
from dateline.merge.cluster import apply_must_pins, components, link_on_average
from dateline.merge.columns import AT, STAGES, Columns, Numbering
from dateline.merge.crowds import Cluster, by_content, clustered, join_crowds, twins
from dateline.merge.diameter import Diameter
from dateline.merge.pieces import LinkGraph
from dateline.merge.same import claims_judge, place_of
from dateline.merge.scored import AROUND, Pair, Pins, Scored, across_model
from dateline.merge.stories import Stories, Story
from dateline.merge.tellings import Party, Telling
from dateline.model.record import BESIDE

MOST = 64  # units that are weighed all against all
EVIDENCE = 600  # characters of the clauses of a unit
NEARBY = 4  # tellings of which the text around counts
Index = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The event of each unit, and the links that were likely enough to be weighed."""

    events: dict[str, str]
    links: dict[Pair, float]
    guarded: frozenset[str]


def join_tellings(tellings: Sequence[Telling], part: str) -> Telling:
    """Return what the claims of one report tell of one happening, as one telling."""
    told = sorted(tellings, key=place_of)
    first = told[0]
    first_day, last_day = most_agreed_days(told)
    sites = [t.site for t in told if t.site]
    clauses = dict.fromkeys(t.evidence for t in told)
    return replace(
        first,
        id=part,
        part=told_as_one(part),
        deed=commonest_name([t.deed for t in told]),
        type=commonest_name([t.type for t in told]),
        status=min((t.status for t in told), key=lambda s: (STAGES[s], s)),
        modes=next((t.modes for t in told if t.modes), ()),
        mutual=any(t.mutual for t in told),
        actors=distinct_parties([p for t in told for p in t.actors]),
        recipients=distinct_parties([p for t in told for p in t.recipients]),
        first=first_day and first_day - days_of_lasting_act(told),
        last=last_day and last_day + days_of_lasting_act(told),
        site=next((s for s in sites if s.exact), sites[0] if sites else None),
        counts=tuple(dict.fromkeys(c for t in told for c in t.counts)),
        evidence=" ".join(clauses)[:EVIDENCE],
        speakers=next((t.speakers for t in told if t.speakers), ()),
        around=" ".join(t.around for t in told[:NEARBY]),
    )


def told_as_one(part: str) -> str:
    """Return the happening as whose telling its report tells a part.

    >>> told_as_one("5aed9648~c1"), told_as_one("5aed9648")
    ('5aed9648', '5aed9648')
    """
    return part.partition(BESIDE)[0]


def most_agreed_days(told: Sequence[Telling]) -> tuple[int | None, int | None]:
    """Return the days that most tellings agree with, of equals the narrowest."""
    known = [(t.first, t.last) for t in told if t.first or t.last]
    if not known:
        return None, None
    spans = [(first or 0, last or 10**7) for first, last in known]

    def rank(span: tuple[int, int]) -> tuple[int, int]:
        with_it = sum(a <= span[1] and span[0] <= b for a, b in spans)
        return -with_it, span[1] - span[0]

    return known[min(range(len(spans)), key=lambda i: rank(spans[i]))]


def days_of_lasting_act(told: Sequence[Telling]) -> int:
    """Return for how many days around its telling an act that goes on may go on."""
    return AROUND if any(t.status == "ongoing" for t in told) else 0


def commonest_name(names: Sequence[str]) -> str:
    """Return the name that stands most often, the first of equals."""
    told = Counter(names)
    return min(told, key=lambda n: (-told[n], n))


def distinct_parties(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Return parties without repeats, those known best first."""
    rank = sorted(
        dict.fromkeys(parties),
        key=lambda p: (p.entity is None, p.country is None, not p.sectors),
    )
    return tuple(rank)


def merge_units(
    units: Sequence[Telling],
    stories: Mapping[str, Story],
    pins: Pins = Pins(),  # noqa: B008  frozen
) -> Merged:
    """Return the event of each unit: the least id of the units that are one."""
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
    return clusters_by_id(units, home, (one, two, scores), guarded | cut)


def in_pieces(
    rows: Columns, links: tuple[Index, Index, Real]
) -> tuple[tuple[Index, Index, Real], set[int]]:
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


def clusters_by_id(
    units: Sequence[Telling],
    home: Sequence[int],
    links: tuple[Index, Index, Real],
    guarded: set[int],
) -> Merged:
    """Return clusters and links by the ids of units."""
    least: dict[int, str] = {}
    for told, cluster in zip(units, home, strict=True):
        least[cluster] = min(least.get(cluster, told.id), told.id)
    events = {u.id: least[c] for u, c in zip(units, home, strict=True)}
    pairs = {
        order_ids(units[a].id, units[b].id): round(min(1.0, float(s)), 3)
        for a, b, s in zip(*links, strict=True)
    }
    return Merged(events, pairs, frozenset(units[i].id for i in guarded))


def order_ids(a: str, b: str) -> Pair:
    """Return two ids in one order."""
    return (a, b) if a <= b else (b, a)


def cluster_rows(
    rows: Columns, scored: Scored, links: tuple[Index, Index, Real]
) -> tuple[list[int], set[int]]:
    """Return the cluster of each row, and the rows too many to weigh whole.

    What links connect is decided alone, whatever else there is.
    """
    n = len(rows.plain)
    many = {row for g in group_components(n, *links[:2]) if len(g) > MOST for row in g}
    same = twins(rows, scored, many)
    links = fold_repeated_rows(n, links, same)
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
    found = [c for g in cut for c in clustered(rows, scored, g, next(grids))]
    for cluster in join_crowds(rows, scored, shared_out(crowds, found)):
        for row in cluster.rows:
            home[row] = cluster.rows[0]
    guarded = {row for g in crowds if len(g) > MOST for row in g}
    guarded |= {row for row, first in same.items() if first in guarded}
    for row, first in same.items():
        home[row] = home[first]
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


def fold_repeated_rows(
    n: int, links: tuple[Index, Index, Real], same: Mapping[int, int]
) -> tuple[Index, Index, Real]:
    """Return links with each row that says the same as another put for that one."""
    first = np.arange(n)
    first[list(same)] = list(same.values())
    one, two = np.sort(first[np.stack(links[:2])], axis=0)
    other = one != two
    return one[other], two[other], links[2][other]


def cut_large_components(
    rows: Columns, links: tuple[Index, Index, Real], crowds: Sequence[Sequence[int]]
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


def shared_out(
    crowds: Sequence[Sequence[int]], found: Sequence[Cluster]
) -> list[list[Cluster]]:
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
