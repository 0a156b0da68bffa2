"""The places that a stretch of words may name."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files

from dateline.gazetteer import Entry, Gazetteer, key
from dateline.reference import countries

MOST = 40  # namesakes kept; beyond them are hamlets
OWN = re.compile(r"(?:'s|’s|'|’)$")
BIG = 300_000  # people: a city as large goes by several names
SIDES = re.compile(
    r"^(?:(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)"
    r"(?:ern)?|central|downtown|midtown|uptown|upper|lower|greater|inner|mainland"
    r"|metro(?:politan)?|rural|suburban|eastern|western|old|occupied|nearby"
    r"|(?:the )?(?:city|town|village|state|province|county|port|republic|kingdom"
    r"|district|township|department|borough) of)[ -](?=\S)",
    re.IGNORECASE,
)
AREA = re.compile(
    r" (?P<kind>county|co|parish|province|department|governorate|district|state|region"
    r"|prefecture|oblast|municipality|township|borough|territory|canton|division"
    r"|departments|provinces|counties|jurisdiction|area|city|town|village)$",
    re.IGNORECASE,
)
INITIALS = re.compile(r"(?:[A-Z]\.){2,4}|[A-Z]{2,3}")
LEVELS = {
    "county": ("ADM2", "ADM1"),
    "co": ("ADM2", "ADM1"),
    "parish": ("ADM2", "ADM1"),
    "province": ("ADM1", "ADM2"),
    "department": ("ADM1", "ADM2"),
    "governorate": ("ADM1", "ADM2"),
    "district": ("ADM2", "ADM1"),
    "state": ("ADM1",),
    "region": ("ADM1", "ADM2", "RGN"),
    "prefecture": ("ADM1", "ADM2"),
    "oblast": ("ADM1",),
    "municipality": ("ADM2", "ADM1", "PPL"),
    "territory": ("ADM1",),
    "canton": ("ADM1", "ADM2"),
    "departments": ("ADM1", "ADM2"),
    "provinces": ("ADM1", "ADM2"),
    "counties": ("ADM2",),
}


@dataclass(frozen=True, slots=True)
class Named:
    """What some words may name: `how` is the way, `part` that only a part is meant."""

    entries: tuple[Entry, ...]
    how: str
    part: bool = False


NOTHING = Named((), "unlisted")


@lru_cache(maxsize=8192)
def candidates(table: Gazetteer, text: str) -> Named:
    """Return the places that `text` may name, by the first way that finds any."""
    words = OWN.sub("", " ".join(text.split())).strip(' ,;:()[]"“”')
    for way in (abbreviated, adjective, listed, sided, typed):
        named = way(table, words)
        if named.entries:
            return replace(named, entries=shortened(named.entries))
    return NOTHING


def shortened(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the likeliest namesakes, most populous first."""
    if len(entries) <= MOST:
        return entries
    return tuple(sorted(entries, key=lambda e: (e.alias, -e.population))[:MOST])


def abbreviated(table: Gazetteer, words: str) -> Named:
    """Read "Ill.", "B.C.", "N.S.W." as the units they stand for."""
    row = abbreviations().get(words) or abbreviations().get(words + ".")
    if row is None:
        return NOTHING
    name, country = row
    found = [e for e in table.find(name) if e.country == country and not e.alias]
    areas = [e for e in found if e.feature == "ADM1" or e.feature.startswith("PCL")]
    return Named(tuple(areas or found), "abbreviation")


def postal(table: Gazetteer, words: str) -> tuple[Entry, ...]:
    """Read two capitals after a comma as a state's postal code."""
    row = postal_codes().get(words)
    if row is None:
        return ()
    return tuple(
        e for e in table.find(row[0]) if e.country == row[1] and e.feature == "ADM1"
    )


def adjective(table: Gazetteer, words: str) -> Named:
    """Read "Texan", "Kenyan", "Europeans" as the place they are made from."""
    if not words[:1].isupper():
        return NOTHING
    found: list[Entry] = []
    country = countries().by_demonym(words)
    if country and country.code == country.answers != words:
        state = table.state(country.code)
        found += [state] if state and words != country.name else []
    if name := adjectives().get(words):
        found += [e for e in table.find(name) if not e.alias]
    kept = [e for e in found if not table.only or e.country in table.only]
    return Named(tuple(kept), "adjective")


def listed(table: Gazetteer, words: str) -> Named:
    """Read the words as a name of the gazetteer."""
    found = table.find(words)
    if not found and words.endswith((" City", " Town")):
        found = table.find(words.rsplit(" ", 1)[0])
    if INITIALS.fullmatch(words):
        found = tuple(e for e in found if e.is_country or e.geonameid is None)
    return Named(regions(states(table, words, found)), "name")


def states(table: Gazetteer, words: str, found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Keep of several states the one that news calls so: "Congo" is Kinshasa's."""
    named = countries().by_name(words)
    state = table.state(named.answers) if named else None
    if state is None or not any(
        e.is_country and e.country != state.country for e in found
    ):
        return found
    return (state, *(e for e in found if not e.is_country))


def regions(found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out towns named like a region of several states: "the Middle East"."""
    several = any(e.country is None and not e.alias for e in found)
    return tuple(e for e in found if not several or e.feature[:3] != "PPL")


def sided(table: Gazetteer, words: str) -> Named:
    """Read "northern Mali", "downtown Istanbul" as a part of a place."""
    bare = SIDES.sub("", words)
    if bare == words or not bare[:1].isupper():
        return NOTHING
    inner = listed(table, bare)
    if not inner.entries:
        inner = typed(table, bare)
    # "the Southern Border" is no part of Bordères
    own = tuple(
        e for e in inner.entries if not e.alias or e.is_area or e.population > BIG
    )
    return Named(own, "part", " of " not in words.lower()) if own else NOTHING


def typed(table: Gazetteer, words: str) -> Named:
    """Read "Usulutan Department", "Swat district" as the unit of that level."""
    hit = AREA.search(words.removesuffix("."))
    if hit is None:
        return NOTHING
    levels = LEVELS.get(hit["kind"].lower())
    found = table.find(words[: hit.start()])
    if levels:
        kept = tuple(e for e in found if e.feature.startswith(levels))
        found = kept or found
    return Named(found, "typed")


@cache
def abbreviations() -> dict[str, tuple[str, str]]:
    """Return the table of short forms of states and provinces."""
    return dict(rows("abbreviations.csv"))


@cache
def postal_codes() -> dict[str, tuple[str, str]]:
    """Return the table of postal codes of states and provinces."""
    return dict(rows("postal.csv"))


@cache
def adjectives() -> dict[str, str]:
    """Return the adjectives and inhabitants of regions, states and towns."""
    return {text: row[0] for text, row in rows("adjectives.csv")}


def rows(name: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield the rows of one of this room's tables."""
    table = files("dateline.places") / name
    for row in csv.DictReader(table.read_text("utf-8").splitlines()):
        yield row["text"], (row["name"], row.get("country") or "")


def folded(text: str) -> str:
    """Return the form under which mentions of one report share their sense."""
    return key(OWN.sub("", text))
