"""From scores of pairs to whom each mention stands for, and how surely."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from dateline.nlp.coref.pairs import FORM, NAME, NOUN, ROLE, SUBJECTS, SURE, Columns, Floats, Ints

OBJECTS = (ROLE["object"], ROLE["dative"])
OWN = SURE.index("own")
GENDERED = (FORM["he"], FORM["she"])
SURELY = 0.9  # of a pronoun, to tell whether somebody is a man or a woman
FAINT = 0.01  # a reading less likely is let go
Units = dict[int, float]
Heir = Callable[[int], int | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """Whom a mention stands for: a unit, how likely, and through which mention."""

    unit: int
    sure: float
    through: int


def likeliest_readings(
    c: Columns,
    asked: Ints,
    pairs: tuple[Ints, Ints],
    likely: tuple[Floats, Floats],
    never: Callable[[int], frozenset[int]],
    heir: Heir,
) -> dict[int, Reading]:
    """Return the likeliest reading of each mention asked.

    `likely` is how likely each pair is, and for each mention that it is nobody told of;
    `never` tells whom a mention cannot stand for, `heir` whom it must if anybody.

    A unit is a figure's number, or for words that no name explains the mention's own
    number below zero: -1 - n. A mention that stands for an earlier one has that one's
    readings, so that "his … he … Karlov" adds up to Karlov.
    """
    units: dict[int, Units] = {}
    doers, sexes = Doers(c, heir), Sexes(c)
    found: dict[int, Reading] = {}
    later, chosen = pairs
    starts = np.searchsorted(later, asked, side="left").tolist()
    ends = np.searchsorted(later, asked, side="right").tolist()
    shares, nobody, few = likely[0].tolist(), likely[1].tolist(), chosen.tolist()
    who = c.who.tolist()
    called = names_beside(c)
    for k, n in enumerate(asked.tolist()):
        if (name := called.get(n)) is not None:
            found[n] = Reading(who[name] if who[name] >= 0 else -1 - name, 1.0, name)
            units[n] = {found[n].unit: 1.0}
            continue
        some = zip(shares[starts[k] : ends[k]], few[starts[k] : ends[k]], strict=True)
        told, best = weigh_units(some, who, units)
        told[-1 - n] = told.get(-1 - n, 0.0) + nobody[k]
        barred = doers.excluded_by_verb(n, found) | sexes.other(n, told) | never(n)
        # An heir, who is meant if anybody is, has the share of those barred and of
        # nobody; without one, all others share it.
        lost = sum(told.get(unit, 0.0) for unit in barred)
        told = {unit: p for unit, p in told.items() if unit not in barred}
        one = heir(n)
        if one is None or one in barred:
            told = {unit: p / (1 - lost or 1.0) for unit, p in told.items()}
        else:
            told |= {one: told.get(one, 0.0) + lost + told.pop(-1 - n, 0.0)}
        units[n] = {u: p for u, p in told.items() if p > FAINT}
        top = max(told, key=lambda u: told[u])
        found[n] = Reading(top, told[top], best.get(top, (0.0, n))[1])
        sexes.note(n, found[n])
    return found


def weigh_units(
    pairs: Iterable[tuple[float, int]], who: Sequence[int], units: dict[int, Units]
) -> tuple[Units, dict[int, tuple[float, int]]]:
    """Return how likely each unit is by its mentions, and through which one most.

    `pairs` are how likely each candidate is, and its number.
    """
    told: Units = {}
    best: dict[int, tuple[float, int]] = {}
    for share, j in pairs:
        if share <= FAINT:
            continue
        one = {who[j]: 1.0} if who[j] >= 0 else units.get(j) or {-1 - j: 1.0}
        for unit, part in one.items():
            sure = share * part
            told[unit] = told.get(unit, 0.0) + sure
            if unit not in best or sure > best[unit][0]:
                best[unit] = sure, j
    return told, best


def names_beside(c: Columns) -> dict[int, int]:
    """Return the name that stands right behind a noun for it: "the agency Interfax"."""
    nouns = {
        (head, last): n
        for n, (head, last, form) in enumerate(zip(c.head, c.last, c.form, strict=True))
        if form == NOUN
    }
    names = np.flatnonzero((c.form == NAME) & (c.same >= 0)).tolist()
    every = ((nouns.get((c.same[k], c.first[k])), k) for k in names)
    return {n: k for n, k in every if n is not None}


class Sexes:
    """Of whom a report says "he" or "she": the other one is never said of them."""

    def __init__(self, c: Columns) -> None:
        """Note what titles and given names tell of the figures."""
        self.form: list[int] = c.form.tolist()
        self.sex: list[int] = c.sex.tolist()
        told = np.flatnonzero((c.who >= 0) & (c.sex > 0)).tolist()
        self.of = {int(c.who[n]): self.sex[n] for n in told}

    def other(self, n: int, units: Units) -> set[int]:
        """Return whom a mention cannot be, for their sex."""
        own = self.sex[n]
        if not own:
            return set()
        every = ((u, self.of.get(u) or (self.sex[-1 - u] if u < 0 else 0)) for u in units)
        return {u for u, sex in every if sex and sex != own}

    def note(self, n: int, reading: Reading) -> None:
        """Learn from a pronoun surely read whether somebody is a man or a woman."""
        if self.form[n] in GENDERED and reading.sure >= SURELY:
            self.of.setdefault(reading.unit, self.sex[n])


class Doers:
    """Who acts in each clause: its object is nobody of them, but for "himself".

    Nor is who acts somebody named as the object: "the government accused Foo".
    """

    def __init__(self, c: Columns, heir: Heir) -> None:
        """File the subjects by their clauses; `heir` tells who holds an office."""
        self.c = c
        self.heir = heir
        self.by_clause: dict[int, list[int]] = {}
        for n in np.flatnonzero(np.isin(c.role, SUBJECTS)).tolist():
            self.by_clause.setdefault(int(c.clauses[n, 0]), []).append(n)
        self.named: dict[int, set[int]] = {}
        for n in np.flatnonzero(np.isin(c.role, OBJECTS) & (c.who >= 0)).tolist():
            self.named.setdefault(int(c.clauses[n, 0]), set()).add(int(c.who[n]))

    def excluded_by_verb(self, n: int, found: dict[int, Reading]) -> set[int]:
        """Return whom a mention cannot be: its verb's subjects or named objects."""
        c, clause = self.c, int(self.c.clauses[n, 0])
        if clause >= 0 and c.role[n] in SUBJECTS:
            return self.named.get(clause, set())
        if clause < 0 or c.role[n] not in OBJECTS or c.sure[n] == OWN:
            return set()
        here = (k for k in self.by_clause.get(clause, ()) if k != n)
        return {self.unit(k, found) for k in here} - {-1 - n}

    def unit(self, k: int, found: dict[int, Reading]) -> int:
        """Return whom a subject is or stands for."""
        if self.c.who[k] >= 0:
            return int(self.c.who[k])
        if k in found:
            return found[k].unit
        one = self.heir(k)
        return -1 - k if one is None else one
