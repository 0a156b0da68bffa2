"""The places that a stretch of words may name."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from dateline.model import Lexicon
from dateline.resources.gazetteer import Entry, Gazetteer
from dateline.resources.reference import countries

MOST = 40  # namesakes kept; beyond them are hamlets
BIG = 300_000  # people: a city as large goes by several names
INITIALS = re.compile(r"(?:[A-Z]\.){2,4}|[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class Atlas:
    """The places that there are, and what a language tells of words for places."""

    table: Gazetteer
    lexicon: Lexicon

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the places called `name`."""
        return self.table.find(name)

    def words(self, name: str) -> frozenset[str]:
        """Return a class of words of the language."""
        return self.lexicon.words[name]

    def row(self, table: str, name: str) -> tuple[str, ...]:
        """Return what a table of the language tells of a name, () where nothing."""
        return place_rows(self.lexicon, table).get(name, ())


@dataclass(frozen=True, slots=True)
class Named:
    """What some words may name; `how` is the way in which they do."""

    entries: tuple[Entry, ...]
    how: str


NOTHING = Named((), "unlisted")


@cache
def place_rows(lexicon: Lexicon, table: str) -> Mapping[str, tuple[str, ...]]:
    """Return the rows of a table by their first cell."""
    return {row[0]: tuple(row[1:]) for row in lexicon.tables[table]}


@lru_cache(maxsize=8192)
def place_candidates(atlas: Atlas, text: str) -> Named:
    """Return the places that `text` may name, by the first way that finds any.

    Of many namesakes the most populous are kept.
    """
    words = drop_owner_ending(atlas, " ".join(text.split())).strip(' ,;:()[]"“”')
    for way in (
        places_of_short_form,
        places_of_adjective,
        places_listed,
        places_of_side,
        places_of_unit_word,
    ):
        named = way(atlas, words)
        if named.entries:
            break
    else:
        return NOTHING
    if len(named.entries) <= MOST:
        return named
    ranked = sorted(named.entries, key=lambda e: (e.alias, -e.population))
    return replace(named, entries=tuple(ranked[:MOST]))


def drop_owner_ending(atlas: Atlas, text: str) -> str:
    """Return words without the ending that makes them an owner's: "Chad's"."""
    for ending in atlas.words("places.possessive"):
        if text.endswith(ending):
            return text.removesuffix(ending)
    return text[:-1] if text.endswith(("'", "’")) else text


def places_of_short_form(atlas: Atlas, words: str) -> Named:
    """Read "Ill.", "B.C.", "N.S.W." as the units they stand for."""
    table = "places.abbreviation"
    row = atlas.row(table, words) or atlas.row(table, words + ".")
    if not row:
        return NOTHING
    name, country = row
    found = [e for e in atlas.find(name) if e.country == country and not e.alias]
    areas = [e for e in found if e.feature == "ADM1" or e.is_country]
    return Named(tuple(areas or found), "abbreviation")


def places_of_adjective(atlas: Atlas, words: str) -> Named:
    """Read "Texan", "Kenyan", "Europeans" as the place they are made from."""
    if not words[:1].isupper():
        return NOTHING
    found: list[Entry] = []
    country = countries().by_demonym(words)
    if country and country.code == country.answers != words:
        state = atlas.table.state(country.code)
        found += [state] if state and words != country.name else []
    for name in atlas.row("places.adjective", words):
        found += [e for e in atlas.find(name) if not e.alias]
    only = atlas.table.only
    kept = [e for e in found if not only or e.country in only]
    return Named(tuple(kept), "adjective")


def places_listed(atlas: Atlas, words: str) -> Named:
    """Read the words as a name of the gazetteer.

    Of several states the one is kept that news calls so: "Congo" is Kinshasa's. Towns
    named like a region of several states are left out: "the Middle East".
    """
    found = atlas.find(words)
    if INITIALS.fullmatch(words):
        found = tuple(e for e in found if e.is_country or e.geonameid is None)
    called = countries().by_name(words)
    state = atlas.table.state(called.answers) if called else None
    if state and any(e.is_country and e.country != state.country for e in found):
        found = (state, *(e for e in found if not e.is_country))
    if any(e.country is None and not e.alias for e in found):
        found = tuple(e for e in found if e.feature[:3] != "PPL")
    return Named(found, "name")


def places_of_side(atlas: Atlas, words: str) -> Named:
    """Read "northern Mali", "downtown Istanbul" as a part of a place."""
    whole = atlas.lexicon.patterns["places.part"].sub("", words)
    if whole == words or not whole[:1].isupper():
        return NOTHING
    inner = places_listed(atlas, whole)
    if not inner.entries:
        inner = places_of_unit_word(atlas, whole)
    # "the Southern Border" is no part of Bordères
    own = (e for e in inner.entries if not e.alias or e.is_area or e.population > BIG)
    return Named(tuple(own), "part")


def places_of_unit_word(atlas: Atlas, words: str) -> Named:
    """Read "Usulutan Department", "Swat district" as the unit of that level."""
    name, _, kind = words.removesuffix(".").rpartition(" ")
    units = place_rows(atlas.lexicon, "places.unit")
    if kind.lower() not in units:
        return NOTHING
    found, levels = atlas.find(name), units[kind.lower()]
    if levels:
        found = tuple(e for e in found if e.feature.startswith(levels)) or found
    return Named(found, "typed")
