"""Reports of our own invention for what annotated ones seldom hold.

Analysts who are only based somewhere, people told beside a foreigner, namesakes of the
known, the backed and the opposed; each with its counterpart whose country is told.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from dateline.resources.knowledge_base import base
from dateline.resources.reference import countries

Record = dict[str, Any]
Party = tuple[str, str | None, str]  # words, country, sector
ORIGIN = "invented"
EACH = 60  # reports of each kind
TOWNS = {
    "Nairobi": "KEN",
    "Cairo": "EGY",
    "Paris": "FRA",
    "Geneva": "CHE",
    "Jakarta": "IDN",
    "Lima": "PER",
    "Ankara": "TUR",
    "Lagos": "NGA",
    "Dublin": "IRL",
    "Vienna": "AUT",
    "London": "GBR",
    "Tokyo": "JPN",
    "Dubai": "ARE",
    "Washington": "USA",
}
THINKERS = {
    "analysts": "EDU",
    "researchers": "EDU",
    "economists": "EDU",
    "observers": "EDU",
    "reporters": "JRN",
    "correspondents": "JRN",
    "commentators": "JRN",
}
CAPTORS = {
    "Gunmen": "UAF",
    "Bandits": "CRM",
    "Militants": "REB",
    "Insurgents": "REB",
    "Guerrillas": "REB",
    "Pirates": "CRM",
    "Kidnappers": "CRM",
    "Villagers": "CVL",
    "Tribesmen": "CVL",
    "Separatists": "REB",
}
CAUGHT = {
    "engineer": "CVL",
    "journalist": "JRN",
    "teacher": "EDU",
    "hiker": "CVL",
    "farmer": "AGR",
    "aid worker": "SOC",
    "diplomat": "GOV",
    "traveller": "CVL",
    "soldier": "MIL",
    "tourist": "CVL",
}
DEEDS = ("freed", "seized", "shot", "robbed", "held", "kidnapped", "questioned", "let")
TITLES = {
    "Gen.": "MIL",
    "Judge": "JUD",
    "Sen.": "LEG",
    "Governor": "GOV",
    "Col.": "MIL",
    "Mayor": "GOV",
    "Justice Minister": "GOV",
    "": "",
}
FIRSTS = "Agnes Bruno Clara Doris Edmund Flora Gaston Hilda Irma Jules Konrad Lotte"
LASTS = "Barsona Foobara Quuxley Tumbel Ondrasek Pellowi Murtagha Dzelani"


def invented() -> Iterator[tuple[Record, str]]:
    """Yield invented reports with their marks, always the same."""
    rng = random.Random(12)
    kinds = (based, beside, namesake, in_full, backed, inspectors, tourists)
    for kind in kinds:
        for n in range(EACH):
            text, parties = kind(rng)
            yield marked(f"{ORIGIN}-{kind.__name__}-{n}", text, parties)


def marked(name: str, text: str, parties: list[Party]) -> tuple[Record, str]:
    """Return a report as annotated: each party where its words come last."""
    actors = [
        {
            "start": text.rindex(words),
            "end": text.rindex(words) + len(words),
            "name": words,
            "country": country,
            "accept_countries": [],
            "sector": sector or None,
            "accept_sectors": [],
            "implicit": False,
        }
        for words, country, sector in parties
    ]
    telling = {"actors": actors, "recipients": []}
    told = {"report": name, "published": None, "outlet": "", "sentences": []}
    return {**told, "origin": ORIGIN, "tellings": [telling]}, text


def based(rng: random.Random) -> tuple[str, list[Party]]:
    """Where somebody works says not whose he is; where a company sits does."""
    town, (who, sector) = rng.choice(list(TOWNS)), rng.choice(list(THINKERS.items()))
    if rng.random() < 0.25:
        firm = f"{rng.choice(('a', 'the'))} {town}-based company"
        return f"{firm}{ending(rng)}", [(firm, TOWNS[town], "BUS")]
    words = rng.choice((f"{town}-based {who}", f"{who} based in {town}"))
    return f"{words}{ending(rng)}", [(words, None, sector)]


def ending(rng: random.Random) -> str:
    """Return the rest of a sentence, or nothing: a mention may stand alone."""
    every = ("", "", " doubted it.", " said so on Monday.", " left early.")
    return rng.choice(every)


def beside(rng: random.Random) -> tuple[str, list[Party]]:
    """A foreigner's nationality is not that of those who do something to him."""
    land, (who, sector) = nationality(rng), rng.choice(list(CAUGHT.items()))
    captors, kind = rng.choice(list(CAPTORS.items()))
    them = f"{article(land[0])} {land[0]} {who}"
    text = f"{captors} {rng.choice(DEEDS[:-1])} {them}{rng.choice(('', ' on Sunday'))}."
    return text, [(captors, None, kind), (them, land[1], sector)]


def tourists(rng: random.Random) -> tuple[str, list[Party]]:
    """People told of again are of the nationality they were told with."""
    (land, code), (who, sector) = nationality(rng), rng.choice(list(CAUGHT.items()))
    place = countries().by_code(rng.choice(list(TOWNS.values())))
    captors, kind = rng.choice(list(CAPTORS.items()))
    where = place.name if place and place.code != code else "the hills"
    deed = rng.choice(DEEDS[:-1])
    text = f"{captors} {deed} {rng.choice(('two', 'three', 'some'))} {land} {who}s in "
    later = f"The {who}s"
    text += f"{where}. {later} were {rng.choice(('freed', 'found', 'unhurt'))}."
    land_of = place.code if place and place.code != code else None
    return text, [(captors, land_of, kind), (later, code, sector)]


def backed(rng: random.Random) -> tuple[str, list[Party]]:
    """Who is backed or opposed by a state is not of it."""
    land, _ = nationality(rng)
    way = rng.choice(("-backed", "-funded", "-armed"))
    rebels = rng.choice(("fighters", "insurgents", "militiamen", "guerrillas"))
    against = rng.choice(("anti", "pro"))
    crowd = rng.choice(("marchers", "students", "gunmen", "activists"))
    sector = {"students": "EDU", "gunmen": "UAF"}.get(crowd, "CVL")
    if rng.random() < 0.5:
        words = f"{land}{way} {rebels}"
        return f"{words}{ending(rng)}", [(words, None, "REB")]
    words = f"{against}-{land} {crowd}"
    return f"{words}{ending(rng)}", [(words, None, sector)]


def inspectors(rng: random.Random) -> tuple[str, list[Party]]:
    """Such people are theirs who were told before, and nobody's when of two."""
    (one, code), (other, also) = nationality(rng), nationality(rng)
    who, sector = rng.choice((("envoys", "GOV"), ("troops", "MIL"), ("police", "COP")))
    later = f"The {who}"
    if code == also or rng.random() < 0.5:
        text = f"{one} {who} left the valley. A guard followed. {later} were tired."
        return text, [(later, code, sector)]
    text = f"{one} {who} and {other} {who} left. {later} were tired."
    return text, [(later, None, sector)]


def namesake(rng: random.Random) -> tuple[str, list[Party]]:
    """A first name of their own makes somebody else of a known surname."""
    title, sector = rng.choice(list(TITLES.items()))
    known, first = rng.choice(people()), rng.choice(FIRSTS.split())
    words = f"{title} {first} {known.name.split()[-1]}".strip()
    return f"{words}{ending(rng)}", [(words, None, sector)]


def in_full(rng: random.Random) -> tuple[str, list[Party]]:
    """A known name in full tells who it is; an unknown one is nobody known."""
    if rng.random() < 0.3:
        title, sector = rng.choice(list(TITLES.items()))
        words = f"{title} {rng.choice(FIRSTS.split())} {rng.choice(LASTS.split())}"
        return f"{words.strip()}{ending(rng)}", [(words.strip(), None, sector)]
    known = rng.choice(people())
    sectors = [r.sectors[0] for r in base().roles(known.id) if r.sectors]
    sector = sectors[-1] if sectors else ""
    return f"{known.name}{ending(rng)}", [(known.name, known.country, sector)]


def people() -> list[Any]:
    """Return the people of the base who are known by a first and a last name."""
    every = (e for e in base().entities() if e.kind == "person" and e.country)
    return [e for e in every if e.name.count(" ") == 1 and e.name.isascii()][::7]


def nationality(rng: random.Random) -> tuple[str, str]:
    """Return an adjective and its country."""
    told = "Danish DNK Kenyan KEN Greek GRC Chilean CHL Italian ITA Indian IND".split()
    told += "Polish POL Swedish SWE Ghanaian GHA Canadian CAN Thai THA Omani OMN".split()
    told += "Egyptian EGY Turkish TUR Norwegian NOR Spanish ESP Dutch NLD".split()
    at = rng.randrange(len(told) // 2)
    return told[2 * at], told[2 * at + 1]


def article(word: str) -> str:
    """Return "a" or "an" before a word."""
    return "an" if word[0] in "AEIOU" else "a"
