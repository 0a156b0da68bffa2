"""How far apart the tellings of one event may lie, in time and on the map."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.infer.trees import Real
from dateline.merge.columns import AT, Columns
from dateline.merge.same import LONG
from dateline.merge.tellings import day_number

WIDE = 25.0  # kilometres between the places of one event: a town and what lies in it
APART = 0.5  # of the tellings of the smaller: so many stand in reports beside the other
LONE = 8  # tellings that are too few for a witness against them
AT_ONCE = 4096  # reports counted at once
EARTH = 6371.0
Index = NDArray[np.integer[Any]]
Truth = NDArray[np.bool_]


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
    latest, earliest = cluster_ends(rows, clusters)
    days = latest[:, None] - earliest[None, :] > LONG
    home = {row: i for i, members in enumerate(clusters) for row in members}
    both = [(home[a], home[b]) for a, b in never if a in home and b in home]
    apart = days | days.T | places_too_far(rows, clusters)
    for a, b in both:
        apart[a, b] = apart[b, a] = a != b
    return np.asarray(apart)


def cluster_ends(
    rows: Columns, clusters: Sequence[Sequence[int]]
) -> tuple[Index, Index]:
    """Return the latest day on which each begins, and the earliest on which it ends."""
    first, last = rows.plain[:, AT["first"]], rows.plain[:, AT["last"]]
    end = np.where(last > 0, last, 10**7)
    latest = [int(first[list(members)].max()) for members in clusters]
    earliest = [int(end[list(members)].min()) for members in clusters]
    return np.array(latest), np.array(earliest)


def places_too_far(rows: Columns, clusters: Sequence[Sequence[int]]) -> Truth:
    """Return which clusters tell of points on the map that lie too far apart."""
    exact = rows.plain[:, AT["exact"]] > 0
    place = rows.plain[:, AT["place"]]
    told = [(i, r) for i, some in enumerate(clusters) for r in some if exact[r]]
    if not told:
        return np.zeros((len(clusters), len(clusters)), np.bool_)
    home, row = np.array(told, np.intp).T
    names, at, number = np.unique(place[row], return_index=True, return_inverse=True)
    holds = np.zeros((len(clusters), len(names)), np.float32)
    holds[home, number] = 1
    far = (names[:, None] != names[None, :]) & ~points_are_close(rows.spot[row[at]])
    return np.asarray(holds @ far.astype(np.float32) @ holds.T > 0)


def points_are_close(spots: Real) -> Truth:
    """Return which points lie close together; of unknown ones none does."""
    lat, lon = np.radians(spots.astype(np.float64)).T
    up, over = lat[:, None] - lat, lon[:, None] - lon
    bow = np.sin(up / 2) ** 2 + np.cos(lat[:, None]) * np.cos(lat) * (
        np.sin(over / 2) ** 2
    )
    return np.asarray(2 * EARTH * np.arcsin(np.sqrt(np.minimum(bow, 1))) <= WIDE)


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
