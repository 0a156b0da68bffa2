"""From scores of pairs to whom each mention stands for, and how surely."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dateline.cast.columns import ROLE, SUBJECTS, SURE, Columns, Ints
from dateline.cast.pairs import Floats

OBJECTS = (ROLE["object"], ROLE["dative"])
OWN = SURE.index("own")
FAINT = 0.01  # a reading less likely is let go
Units = dict[int, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """Whom a mention stands for: a unit, how likely, and through which mention."""

    unit: int
    sure: float
    through: int


def readings(
    c: Columns, asked: Ints, pairs: tuple[Ints, Ints], likely: tuple[Floats, Floats]
) -> dict[int, Reading]:
    """Return the likeliest reading of each mention asked.

    `likely` is how likely each pair is, and for each mention that it is nobody told of.

    A unit is a figure's number, or for words that no name explains the mention's own
    number below zero: -1 - n. A mention that stands for an earlier one has that one's
    readings, so that "his … he … Karlov" adds up to Karlov.
    """
    units: dict[int, Units] = {}
    doers = Doers(c)
    found: dict[int, Reading] = {}
    later, chosen = pairs
    starts = np.searchsorted(later, asked, side="left")
    ends = np.searchsorted(later, asked, side="right")
    who = c.who.tolist()
    for k, n in enumerate(asked.tolist()):
        some = slice(starts[k], ends[k])
        shares = likely[0][some]
        told: Units = {-1 - n: float(likely[1][k])}
        best: dict[int, tuple[float, int]] = {}
        strong = np.flatnonzero(shares > FAINT)
        for share, j in zip(
            shares[strong].tolist(), chosen[some][strong].tolist(), strict=True
        ):
            for unit, part in held(j, who, units).items():
                told[unit] = told.get(unit, 0.0) + share * part
                if share * part > best.get(unit, (0.0, n))[0]:
                    best[unit] = (share * part, j)
        barred = doers.beside(n, found)
        left = 1 - sum(told.get(u, 0.0) for u in barred)
        told = {u: p / left for u, p in told.items() if u not in barred}
        units[n] = {u: p for u, p in told.items() if p > FAINT}
        top = max(told, key=lambda u: told[u])
        found[n] = Reading(top, told[top], best.get(top, (0.0, n))[1])
    return found


class Doers:
    """Who acts in each clause: its object is nobody of them, but for "himself"."""

    def __init__(self, c: Columns) -> None:
        """File the subjects by their clauses."""
        self.c = c
        self.by_clause: dict[int, list[int]] = {}
        for n in np.flatnonzero(np.isin(c.role, SUBJECTS)).tolist():
            self.by_clause.setdefault(int(c.clauses[n, 0]), []).append(n)

    def beside(self, n: int, found: dict[int, Reading]) -> set[int]:
        """Return whom a mention cannot be: the subjects whose object it is."""
        c, clause = self.c, int(self.c.clauses[n, 0])
        if clause < 0 or c.role[n] not in OBJECTS or c.sure[n] == OWN:
            return set()
        here = (k for k in self.by_clause.get(clause, ()) if k != n)
        return {self.unit(k, found) for k in here} - {-1 - n}

    def unit(self, k: int, found: dict[int, Reading]) -> int:
        """Return whom a subject is or stands for."""
        if self.c.who[k] >= 0:
            return int(self.c.who[k])
        return found[k].unit if k in found else -1 - k


def held(j: int, who: Sequence[int], units: dict[int, Units]) -> Units:
    """Return whom a candidate stands for, and how likely each of them is."""
    if who[j] >= 0:
        return {who[j]: 1.0}
    return units.get(j) or {-1 - j: 1.0}
