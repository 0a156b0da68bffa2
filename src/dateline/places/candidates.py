"""The places that a stretch of words may name."""

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from dateline.gazetteer import Entry, place_key
from dateline.model import Lexicon
from dateline.places.atlas import Atlas
from dateline.reference import countries

MOST = 40  # namesakes kept; beyond them are hamlets
BIG = 300_000  # people: a city as large goes by several names
INITIALS = re.compile(r"(?:[A-Z]\.){2,4}|[A-Z]{2,3}")


@dataclass(frozen=True, slots=True)
class Named:
    """What some words may name: `how` is the way, `part` that only a part is meant."""

    entries: tuple[Entry, ...]
    how: str
    part: bool = False


NOTHING = Named((), "unlisted")


@lru_cache(maxsize=8192)
def place_candidates(atlas: Atlas, text: str) -> Named:
    """Return the places that `text` may name, by the first way that finds any."""
    words = drop_owner_ending(atlas, " ".join(text.split())).strip(' ,;:()[]"“”')
    for way in (abbreviated, places_of_adjective, places_listed, sided, typed):
        named = way(atlas, words)
        if named.entries:
            return replace(named, entries=shortened(named.entries))
    return NOTHING


def shortened(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Return the likeliest namesakes, most populous first."""
    if len(entries) <= MOST:
        return entries
    return tuple(sorted(entries, key=lambda e: (e.alias, -e.population))[:MOST])


def abbreviated(atlas: Atlas, words: str) -> Named:
    """Read "Ill.", "B.C.", "N.S.W." as the units they stand for."""
    known = abbreviations(atlas.lexicon)
    row = known.get(words) or known.get(words + ".")
    if row is None:
        return NOTHING
    name, country = row
    found = [e for e in atlas.find(name) if e.country == country and not e.alias]
    areas = [e for e in found if e.feature == "ADM1" or e.feature.startswith("PCL")]
    return Named(tuple(areas or found), "abbreviation")


def postal(atlas: Atlas, words: str) -> tuple[Entry, ...]:
    """Read two capitals after a comma as a state's postal code."""
    row = postal_codes(atlas.lexicon).get(words)
    if row is None:
        return ()
    return tuple(
        e for e in atlas.find(row[0]) if e.country == row[1] and e.feature == "ADM1"
    )


def places_of_adjective(atlas: Atlas, words: str) -> Named:
    """Read "Texan", "Kenyan", "Europeans" as the place they are made from."""
    if not words[:1].isupper():
        return NOTHING
    found: list[Entry] = []
    country = countries().by_demonym(words)
    if country and country.code == country.answers != words:
        state = atlas.table.state(country.code)
        found += [state] if state and words != country.name else []
    if name := adjectives(atlas.lexicon).get(words):
        found += [e for e in atlas.find(name) if not e.alias]
    only = atlas.table.only
    kept = [e for e in found if not only or e.country in only]
    return Named(tuple(kept), "adjective")


def places_listed(atlas: Atlas, words: str) -> Named:
    """Read the words as a name of the gazetteer."""
    found = atlas.find(words)
    if INITIALS.fullmatch(words):
        found = tuple(e for e in found if e.is_country or e.geonameid is None)
    return Named(regions(prefer_state(atlas, words, found)), "name")


def prefer_state(
    atlas: Atlas, words: str, found: tuple[Entry, ...]
) -> tuple[Entry, ...]:
    """Keep of several states the one that news calls so: "Congo" is Kinshasa's."""
    named = countries().by_name(words)
    state = atlas.table.state(named.answers) if named else None
    if state is None or not any(
        e.is_country and e.country != state.country for e in found
    ):
        return found
    return (state, *(e for e in found if not e.is_country))


def regions(found: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out towns named like a region of several states: "the Middle East"."""
    several = any(e.country is None and not e.alias for e in found)
    return tuple(e for e in found if not several or e.feature[:3] != "PPL")


def sided(atlas: Atlas, words: str) -> Named:
    """Read "northern Mali", "downtown Istanbul" as a part of a place."""
    whole = atlas.lexicon.patterns["places.part"].sub("", words)
    if whole == words or not whole[:1].isupper():
        return NOTHING
    inner = places_listed(atlas, whole)
    if not inner.entries:
        inner = typed(atlas, whole)
    # "the Southern Border" is no part of Bordères
    own = tuple(
        e for e in inner.entries if not e.alias or e.is_area or e.population > BIG
    )
    of = atlas.words("places.of").intersection(words.lower().split(" ")[1:-1])
    return Named(own, "part", not of) if own else NOTHING


def typed(atlas: Atlas, words: str) -> Named:
    """Read "Usulutan Department", "Swat district" as the unit of that level."""
    name, _, kind = words.removesuffix(".").rpartition(" ")
    levels = unit_words(atlas.lexicon).get(kind.lower())
    if levels is None:
        return NOTHING
    found = atlas.find(name)
    if levels:
        kept = tuple(e for e in found if e.feature.startswith(levels))
        found = kept or found
    return Named(found, "typed")


def drop_owner_ending(atlas: Atlas, text: str) -> str:
    """Return words without the ending that makes them an owner's: "Chad's"."""
    for ending in atlas.words("places.possessive"):
        if text.endswith(ending):
            return text.removesuffix(ending)
    return text[:-1] if text.endswith(("'", "’")) else text


def fold_mention(atlas: Atlas, text: str) -> str:
    """Return the form under which mentions of one report share their sense."""
    return place_key(drop_owner_ending(atlas, text))


@cache
def abbreviations(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """Return the short forms of states and provinces."""
    return {
        text: (name, land) for text, name, land in lexicon.tables["places.abbreviation"]
    }


@cache
def postal_codes(lexicon: Lexicon) -> dict[str, tuple[str, str]]:
    """Return the postal codes of states and provinces."""
    return {text: (name, land) for text, name, land in lexicon.tables["places.postal"]}


@cache
def adjectives(lexicon: Lexicon) -> dict[str, str]:
    """Return the adjectives and inhabitants of regions, states and towns."""
    return {text: name for text, name in lexicon.tables["places.adjective"]}


@cache
def unit_words(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    """Return the words for units, each with GeoNames' codes of its level."""
    return {row[0]: row[1:] for row in lexicon.tables["places.unit"]}
