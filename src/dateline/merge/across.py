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

from dateline.merge.blocks import content, nearby
from dateline.merge.cluster import components, linked, pinned
from dateline.merge.columns import AT, STAGES, Columns, Numbering
from dateline.merge.diameter import Diameter
from dateline.merge.same import judge, place_of
from dateline.merge.scored import AROUND, Pair, Pins, Scored, weights
from dateline.merge.stories import Stories, Story
from dateline.merge.telling import Party, Telling
from dateline.trees import Real

MOST = 64  # units that are weighed all against all
EVIDENCE = 600  # characters of the clauses of a unit
Index = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Merged:
    """The event of each unit, and the links that were likely enough to be weighed."""

    events: dict[str, str]
    links: dict[Pair, float]
    guarded: frozenset[str]


def unit(tellings: Sequence[Telling], part: str) -> Telling:
    """Return what the claims of one report tell of one happening, as one telling."""
    told = sorted(tellings, key=place_of)
    first = told[0]
    first_day, last_day = days(told)
    sites = [t.site for t in told if t.site]
    clauses = dict.fromkeys(t.evidence for t in told)
    return replace(
        first,
        id=part,
        part=part,
        deed=commonest([t.deed for t in told]),
        type=commonest([t.type for t in told]),
        status=min((t.status for t in told), key=lambda s: (STAGES[s], s)),
        modes=next((t.modes for t in told if t.modes), ()),
        mutual=any(t.mutual for t in told),
        actors=known([p for t in told for p in t.actors]),
        recipients=known([p for t in told for p in t.recipients]),
        first=first_day and first_day - lasting(told),
        last=last_day and last_day + lasting(told),
        site=next((s for s in sites if s.exact), sites[0] if sites else None),
        counts=tuple(dict.fromkeys(c for t in told for c in t.counts)),
        evidence=" ".join(clauses)[:EVIDENCE],
        speakers=next((t.speakers for t in told if t.speakers), ()),
    )


def days(told: Sequence[Telling]) -> tuple[int | None, int | None]:
    """Return the days that most tellings agree with, of equals the narrowest."""
    known = [(t.first, t.last) for t in told if t.first or t.last]
    if not known:
        return None, None
    spans = [(first or 0, last or 10**7) for first, last in known]

    def rank(span: tuple[int, int]) -> tuple[int, int]:
        with_it = sum(a <= span[1] and span[0] <= b for a, b in spans)
        return -with_it, span[1] - span[0]

    return known[min(range(len(spans)), key=lambda i: rank(spans[i]))]


def lasting(told: Sequence[Telling]) -> int:
    """Return for how many days around its telling an act that goes on may go on."""
    return AROUND if any(t.status == "ongoing" for t in told) else 0


def commonest(names: Sequence[str]) -> str:
    """Return the name that stands most often, the first of equals."""
    told = Counter(names)
    return min(told, key=lambda n: (-told[n], n))


def known(parties: Sequence[Party]) -> tuple[Party, ...]:
    """Return parties without repeats, those known best first."""
    rank = sorted(
        dict.fromkeys(parties),
        key=lambda p: (p.entity is None, p.country is None, not p.sectors),
    )
    return tuple(rank)


def merged(
    units: Sequence[Telling],
    stories: Mapping[str, Story],
    pins: Pins = Pins(),  # noqa: B008  frozen
) -> Merged:
    """Return the event of each unit: the least id of the units that are one."""
    units = sorted(units, key=place_of)
    rows = Numbering(judge().deeds).columns(units)
    told = Stories(stories, [u.report for u in units])
    one, two = nearby(rows)
    other = rows.plain[one, AT["report"]] != rows.plain[two, AT["report"]]
    scored = Scored(rows, told, pins, [u.id for u in units])
    one, two = scored.pinned(one[other], two[other])
    scores = scored.scores(one, two)
    likely = scores >= weights().threshold / 2
    one, two, scores = one[likely], two[likely], scores[likely]
    home, guarded = settled(rows, scored, (one, two, scores))
    return answer(units, home, (one, two, scores), guarded)


def answer(
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
        ordered(units[a].id, units[b].id): round(min(1.0, float(s)), 3)
        for a, b, s in zip(*links, strict=True)
    }
    return Merged(events, pairs, frozenset(units[i].id for i in guarded))


def ordered(a: str, b: str) -> Pair:
    """Return two ids in one order."""
    return (a, b) if a <= b else (b, a)


def settled(
    rows: Columns, scored: Scored, links: tuple[Index, Index, Real]
) -> tuple[list[int], set[int]]:
    """Return the cluster of each row, and the rows too many to weigh whole."""
    n = len(rows.plain)
    groups, guarded = pieces(rows, links)
    home = list(range(n))
    one, two = all_pairs(groups)
    scores = scored.scores(one, two, must=False)
    at = 0
    for group in groups:
        size = len(group)
        grid = np.zeros((size, size), np.float32)
        a, b = np.triu_indices(size, 1)
        grid[a, b] = grid[b, a] = scores[at : at + len(a)]
        at += len(a)
        fits = Diameter(rows, group)
        for row, cluster in zip(
            group, linked(grid, weights().threshold, fits), strict=True
        ):
            home[row] = group[cluster]
    return pinned(home, scored.must, scored.never), guarded


def pieces(
    rows: Columns, links: tuple[Index, Index, Real]
) -> tuple[list[list[int]], set[int]]:
    """Return the components of likely pairs; one that is too large is cut by content.

    So a war told fifty thousand times is bounded work and no chain swallows it.
    """
    n = len(rows.plain)
    one, two, scores = links
    found: list[list[int]] = []
    guarded: set[int] = set()
    large = grouped(n, one, two)
    for bar in (0.0, 0.5, 0.7, 0.9):
        strong = scores >= bar
        one, two, scores = one[strong], two[strong], scores[strong]
        groups = grouped(n, one, two) if bar else large
        found += [g for g in groups if len(g) <= MOST]
        large = [g for g in groups if len(g) > MOST]
        inside = np.zeros(n, np.bool_)
        inside[[row for g in large for row in g]] = True
        one, two, scores = one[inside[one]], two[inside[one]], scores[inside[one]]
        guarded.update(row for g in large for row in g)
    rank = np.lexsort(content(rows)).argsort() if large else None
    for group in large:
        lined = sorted(group, key=lambda row: int(rank[row]))  # type: ignore[index]
        cuts = range(0, len(lined), MOST)
        found += [sorted(lined[i : i + MOST]) for i in cuts]
    return found, guarded


def grouped(n: int, one: Index, two: Index) -> list[list[int]]:
    """Return the components of more than one row, each in order."""
    groups: dict[int, list[int]] = {}
    touched = np.unique(np.concatenate([one, two])) if len(one) else one
    root = components(n, one.tolist(), two.tolist()) if len(one) else []
    for row in touched.tolist():
        groups.setdefault(root[row], []).append(row)
    return list(groups.values())


def all_pairs(groups: Sequence[Sequence[int]]) -> tuple[Index, Index]:
    """Return every pair inside each group, in the order of `triu_indices`."""
    ones, twos = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for group in groups:
        rows = np.array(group, np.intp)
        a, b = np.triu_indices(len(rows), 1)
        ones.append(rows[a])
        twos.append(rows[b])
    return np.concatenate(ones), np.concatenate(twos)
