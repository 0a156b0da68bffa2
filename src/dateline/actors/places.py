"""Towns and provinces as cues to a country."""

from collections import Counter
from functools import lru_cache

from dateline.gazetteer import find_places
from dateline.model import Lexicon
from dateline.reference import countries
from dateline.reference.countries import filed_under

BIG = 100_000  # people: a smaller town's name is too often a man's
CLEAR = 4  # times: how much larger than its namesake abroad a city must be
REGION = 1_000_000  # people: of a region of our own table, whose number is not told
DWARFED = 50  # times: a place so much smaller than its namesake is not meant
SHORTEST = 4  # letters: a shorter place name is too often something else


@lru_cache(maxsize=8192)
def countries_of_place(name: str, lexicon: Lexicon) -> tuple[tuple[str, int], ...]:
    """Return the countries with a town or province of that name, the largest first.

    A province weighs double.
    """
    if len(name) < SHORTEST or not name.replace(" ", "").replace("-", "").isalpha():
        return ()
    small, told = name.lower(), lexicon.words
    if small in told["actors.wide"]:
        return ()
    if small not in told["actors.province"] and countries().by_name(name):
        return ()  # "New Mexico" is no city of Mexico
    most: Counter[str] = Counter()
    for place in find_places(name):
        if place.country and place.feature[:3] in ("PPL", "ADM", "RGN"):
            code = filed_under(place.country)
            weight = place.population * (2 if place.feature == "ADM1" else 1)
            weight = max(weight, REGION) if place.feature == "RGN" else weight
            most[code] = max(most[code], weight)
    return tuple(most.most_common())


def city(name: str, lexicon: Lexicon, least: int = BIG) -> str | None:
    """Return the country of a city or province so large, without a rival abroad.

    >>> from dateline import plugins
    >>> english = plugins.load_plugin("languages", "en").lexicon
    >>> [city(name, english) for name in ("Istanbul", "Texas", "Victoria")]
    ['TUR', 'USA', None]
    """
    found = countries_of_place(name, lexicon)
    if not found:
        return None
    (best, most), *others = found
    clear = not others or most >= CLEAR * others[0][1]
    return best if most >= least and clear else None


def likely_countries_of_place(name: str, lexicon: Lexicon) -> list[tuple[str, int]]:
    """Return the countries whose town or province of that name may be meant alone."""
    found = countries_of_place(name, lexicon)
    return [(code, n) for code, n in found if n * DWARFED >= found[0][1]]
