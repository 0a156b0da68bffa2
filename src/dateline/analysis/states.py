"""States as two systems of research number them."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.resources.reference.countries import countries

SYSTEMS = ("gw", "cow")
STILL = 9999


@dataclass(frozen=True, slots=True)
class State:
    """One state in one system for some years, both included."""

    system: str
    code: int
    iso3: str
    first: int
    last: int
    micro: bool
    name: str


@cache
def state_spells() -> tuple[State, ...]:
    """Return every spell of the table, as `data/README.md` documents it."""
    table = files("dateline.analysis") / "data" / "states.csv"
    return tuple(
        State(
            system=row["system"],
            code=int(row["code"]),
            iso3=row["iso3"],
            first=int(row["first"]),
            last=int(row["last"] or STILL),
            micro=row["micro"] == "yes",
            name=row["name"],
        )
        for row in csv.DictReader(table.read_text("utf-8").splitlines())
    )


@cache
def _by_country() -> dict[tuple[str, str], tuple[State, ...]]:
    found: dict[tuple[str, str], tuple[State, ...]] = {}
    for spell in state_spells():
        key = spell.system, spell.iso3
        found[key] = (*found.get(key, ()), spell)
    return found


def state_code(system: str, iso3: str, year: int) -> int | None:
    """Return the number of a state in a system in a year, None where it has none.

    >>> state_code("gw", "DEU", 2020), state_code("cow", "DEU", 2020)
    (260, 255)
    >>> state_code("gw", "SRB", 2000), state_code("gw", "SRB", 2010)
    (345, 340)
    """
    spells = _by_country().get((system, iso3))
    if spells is None:  # Yugoslavia and the Soviet Union go by their heirs
        row = countries().by_code(iso3)
        spells = _by_country().get((system, row.parent if row else ""), ())
    there = [s for s in spells if s.first <= year <= s.last]
    return max(there, key=lambda s: s.first).code if there else None


def states_in(system: str, year: int, micro: bool = False) -> list[str]:
    """Return the ISO codes of a system's members in a year, in order.

    >>> len(states_in("cow", 2012)), len(states_in("gw", 2012))
    (195, 174)
    """
    return sorted(
        {
            s.iso3
            for s in state_spells()
            if s.system == system and s.first <= year <= s.last and (micro or not s.micro)
        }
    )
