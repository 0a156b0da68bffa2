"""Tellings of several reports that are of one happening.

What one report tells of a happening is one unit, all its claims together. Units are
scored in pairs that share a block, components of likely pairs are weighed all against
all, and joined with care: never where days lie too far apart, never against a pin.
The result does not depend on the order in which the units are given.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.merge.blocks import content, nearby
from dateline.merge.cluster import ALWAYS, NEVER, components, linked
from dateline.merge.columns import AT, STAGES, Columns, Numbering
from dateline.merge.compare import FIGURES, figures, parties
from dateline.merge.same import LONG, apart, chunks, judge, place_of
from dateline.merge.stories import Stories, Story
from dateline.merge.telling import Party, Telling
from dateline.merge.trees import Real

ANCHORS = ("days", "place", "crossed", "actors", "recipients")
EXACT = 3  # the same place by name
LIKE = 0.18  # stories so alike are most often one
UNTOLD = 0.1  # taken of stories that are not known
OTHERS = -2.0  # log-odds of a side whose parties are others
AROUND = 10  # days
MOST = 64  # units that are weighed all against all
EVIDENCE = 600  # characters of the clauses of a unit
Index = NDArray[np.integer[Any]]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pins:
    """What a person has decided: pairs of units that are one, and that are not."""

    must: frozenset[Pair] = field(default_factory=frozenset)
    never: frozenset[Pair] = field(default_factory=frozenset)


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
    days = [t for t in told if t.first or t.last]
    narrow = min(days, key=lambda t: (t.last or 10**7) - (t.first or 0), default=first)
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
        first=narrow.first and narrow.first - lasting(told),
        last=narrow.last and narrow.last + lasting(told),
        site=next((s for s in sites if s.exact), sites[0] if sites else None),
        counts=tuple(dict.fromkeys(c for t in told for c in t.counts)),
        evidence=" ".join(clauses)[:EVIDENCE],
        speakers=next((t.speakers for t in told if t.speakers), ()),
    )


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
    likely = scores >= judge().threshold / 2
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

    def scores(self, one: Index, two: Index) -> Real:
        """Return the score of each pair, the lower row first."""
        parts = [self.possible(one[i:j], two[i:j]) for i, j in chunks(len(one))]
        found = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        for pins, score in ((self.must, ALWAYS), (self.never, NEVER)):
            if pins:
                pairs = zip(one.tolist(), two.tolist(), strict=True)
                found[[k for k, p in enumerate(pairs) if p in pins]] = score
        return found

    def possible(self, one: Index, two: Index) -> Real:
        """Return the scores of pairs, 0 without a closer look where all is other."""
        a, b = (self.rows.parties[rows] for rows in (one, two))
        others = (parties(a[:, 0], b[:, 0]) == 0) & (parties(a[:, 1], b[:, 1]) == 0)
        turned = (parties(a[:, 0], b[:, 1]) > 1) | (parties(a[:, 1], b[:, 0]) > 1)
        kept = ~(apart(self.rows, one, two) | (others & ~turned))
        found = np.zeros(len(one), np.float32)
        found[kept] = self.judged(one[kept], two[kept])
        return found

    def judged(self, one: Index, two: Index) -> Real:
        """Return the scores of pairs of two reports: words alone join nothing there."""
        told = figures(self.rows, judge().kinds, one, two)
        alike = self.stories.likeness(one, two)
        days, place, crossed, *sides = (told[:, FIGURES.index(n)] for n in ANCHORS)
        anchored = (days > 0) | (place == EXACT) | (alike >= LIKE)
        others = (sides[0] == 0).astype(np.float32) + (sides[1] == 0)
        others = np.where(crossed > 1, np.float32(0), others)
        known = judge().trees.logits(told[anchored])
        odds = known + (nearer(alike) + OTHERS * others)[anchored]
        found = np.zeros(len(one), np.float32)
        found[anchored] = 1 / (1 + np.exp(-odds))
        return found


def numbered(pins: frozenset[Pair], at: Mapping[str, int]) -> set[tuple[int, int]]:
    """Return pinned pairs as rows, the lower first."""
    rows = ((at[a], at[b]) for a, b in pins if a in at and b in at)
    return {(min(a, b), max(a, b)) for a, b in rows}


def nearer(alike: Real) -> Real:
    """Return what the likeness of two stories adds to the log-odds of one happening."""
    least, whole = judge().far
    known = np.minimum(np.nan_to_num(alike, nan=UNTOLD), whole)
    return np.asarray(least * (1 - known / whole), np.float32)


def settled(
    rows: Columns, scored: Scored, links: tuple[Index, Index, Real]
) -> tuple[list[int], set[int]]:
    """Return the cluster of each row, and the rows too many to weigh whole."""
    n = len(rows.plain)
    groups, guarded = pieces(rows, links)
    home = list(range(n))
    one, two = all_pairs(groups)
    scores = scored.scores(one, two)
    at = 0
    for group in groups:
        size = len(group)
        grid = np.zeros((size, size), np.float32)
        a, b = np.triu_indices(size, 1)
        grid[a, b] = grid[b, a] = scores[at : at + len(a)]
        at += len(a)
        fits = Diameter(rows, group)
        for row, cluster in zip(
            group, linked(grid, judge().threshold, fits), strict=True
        ):
            home[row] = group[cluster]
    return home, guarded


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
