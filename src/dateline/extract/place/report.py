"""Places all the names of a report by the words around them, and tells how.

All mentions of one name share one sense; of its namesakes the one is taken that the
whole report speaks for (`resolve.py`). A name that is in no list lies in or near what
it holds, or what stands beside it.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from dateline.extract.place.candidates import Atlas, drop_owner_ending, place_candidates
from dateline.extract.place.resolve import Group, Home, Units, resolve
from dateline.model import Place, Span, Why
from dateline.model.answers import Precision
from dateline.resources.gazetteer import Entry, place_key
from dateline.resources.reference import find_outlet

CODE = re.compile(r"[A-Z]{2}")
DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?([^/:?#\s]{1,200})")
WIDE = frozenset(("agency", "broadcaster", "magazine"))
REACH = 80  # characters after a name in which its container may stand
ENDINGS = {
    "uk": "GBR",
    "ie": "IRL",
    "ca": "CAN",
    "au": "AUS",
    "nz": "NZL",
    "in": "IND",
    "pk": "PAK",
    "za": "ZAF",
    "ru": "RUS",
    "il": "ISR",
    "lb": "LBN",
    "eg": "EGY",
    "ge": "GEO",
    "ke": "KEN",
    "ng": "NGA",
    "ph": "PHL",
    "sg": "SGP",
    "my": "MYS",
    "us": "USA",
    "ua": "UKR",
    "tr": "TUR",
    "ir": "IRN",
    "si": "SVN",
    "cn": "CHN",
    "jp": "JPN",
    "kr": "KOR",
}
BIG = 200_000  # people: a town named inside a longer name must have as many
LEAST = 4  # letters: shorter parts of a name say nothing
GRAINS: tuple[Precision, ...] = (
    *("site", "city", "admin2", "admin1", "country", "region", "unknown"),
)
PROVINCE = GRAINS.index("admin1")
RULES = {
    "places.adjective.v1": "A nationality or adjective names the country: 'Kenyan'.",
    "places.beside.v1": (
        "The name is in no list; the place that is named beside it stands for it."
    ),
    "places.capital.v1": "A capital named by its country alone: 'the Kenyan capital'.",
    "places.home.v1": (
        "The name is in no list; it is taken to lie in the home town of the outlet."
    ),
    "places.listed.v1": (
        "Of the places of that name, the one that the rest of the report speaks for."
    ),
    "places.part.v1": ("The name is in no list; a listed place that it holds stands for it."),
    "places.unlisted.v1": "No list of places has this name.",
}


@dataclass(frozen=True, slots=True)
class Placed:
    """A name and the place it is taken for; `rule` tells how; `exact` that it is it.

    Where `exact` is false the place named lies in or near the entry.
    """

    span: Span
    entry: Entry | None
    rule: str
    belief: float = 0.0
    exact: bool = True


@lru_cache(maxsize=512)
def home_of(address: str, country: str = "") -> Home:
    """Return the home of an outlet by the table, its domain's ending, its letters.

    Agencies and broadcasters write of the whole world: theirs says nothing.

    >>> home_of("http://www.example.co.uk/x").country
    'GBR'
    """
    known = find_outlet(address) if address else None
    hit = DOMAIN.match(address.lower())
    host = hit[1] if hit else ""
    letters = "".join(c for c in host.rsplit(".", 1)[0] if c.isalpha())
    if known and known.kind in WIDE:
        return Home()
    if known:
        return Home(known.country, known.admin1, known.city, letters)
    ending = ENDINGS.get(host.rsplit(".", 1)[-1], "")
    return Home(country or ending, "", "", letters if "." in host else "")


def place_names(atlas: Atlas, text: str, spans: list[Span], home: Home) -> tuple[Placed, ...]:
    """Return the names at `spans` with the places they are taken for, in text order."""
    named = group_mentions(atlas, text, spans)
    chosen = resolve(named, home)
    found = []
    for group in named:
        entry, belief = None, 0.0
        exact, rule = True, "places.unlisted.v1"
        if choice := chosen.get(group.name):
            entry, belief = choice.entry, choice.belief
            adjective, exact = group.how == "adjective", group.how != "part"
            rule = "places.adjective.v1" if adjective else "places.listed.v1"
        found += [Placed(span, entry, rule, belief, exact) for span in group.spans]
    found.sort(key=lambda p: p.span)
    return tuple(p if p.entry else place_unlisted_name(atlas, text, p, found, home) for p in found)


def group_mentions(atlas: Atlas, text: str, spans: list[Span]) -> list[Group]:
    """Return the mentions by name, each with its namesakes and its containers."""
    found: dict[str, list[Span]] = {}
    for span in spans:
        words = span.of(text)
        key = place_key(drop_owner_ending(atlas, words)) or words
        found.setdefault(key, []).append(span)
    # names that follow each other as "X, Y", "X (Y)", "X in Y"
    ordered, after = sorted(spans), dict[Span, Span]()
    for left, right in zip(ordered, ordered[1:], strict=False):
        gap = text[left.end : right.start]
        beside = atlas.lexicon.patterns["places.beside"]
        if len(gap) < 8 and gap.strip() and beside.match(gap):
            after[left] = right
    before = {right: left for left, right in after.items()}
    made = []
    for name, same in found.items():
        words = same[0].of(text)
        shouted = words.isupper() and len(words) > 3  # initials stand as they are
        named = place_candidates(atlas, words.title() if shouted else words)
        holders, held = set[tuple[str, str]](), set[tuple[str, str]]()
        for span in same:
            holders |= containers(atlas, text, span, after.get(span))
            if owner := before.get(span):  # what may hold the place before a comma
                for e in place_candidates(atlas, owner.of(text)).entries:
                    country = e.country or ""
                    held |= {(country, u) for u in (e.admin1, e.admin2) if u}
                    held.add((country, ""))
        units = frozenset(holders), frozenset(held)
        made.append(Group(name, tuple(same), named.entries, named.how, *units))
    return made


def containers(atlas: Atlas, text: str, span: Span, right: Span | None) -> Units:
    """Return the (country, unit) pairs that the words after a name place it in."""
    if right is not None:
        return frozenset(named_areas(atlas, right.of(text)))
    container = atlas.lexicon.patterns["places.container"]
    hit = container.match(text[span.end : span.end + REACH])
    return frozenset(named_areas(atlas, hit["name"]) if hit else ())


def named_areas(atlas: Atlas, words: str) -> list[tuple[str, str]]:
    """Return the states and units that some words may name, as (country, unit)."""
    words = " ".join(words.split())
    if CODE.fullmatch(words[:2]) and (len(words) == 2 or words[2:3] in " ."):
        code = atlas.row("places.postal", words[:2])
        states = [e for e in atlas.find(code[0]) if e.feature == "ADM1"] if code else []
        if named := [e.name for e in states if e.country == code[1]]:
            return [(code[1], name) for name in named]
    while words:
        told = place_candidates(atlas, words)
        # another name of a small unit tells nothing
        found = [e for e in told.entries if e.is_area and not (e.alias and e.feature == "ADM2")]
        if told.how != "adjective" and found:
            return [(e.country or "", e.unit) for e in found]
        words = words.rpartition(" ")[0]
    return []


def place_unlisted_name(
    atlas: Atlas, text: str, name: Placed, found: list[Placed], home: Home
) -> Placed:
    """Take for an unlisted name the listed place that it names, or stands beside."""
    if entry := place_of_part(atlas, name.span.of(text), found, text):
        return replace(name, entry=entry, rule="places.part.v1", exact=False)
    if entry := place_beside(text, name.span, found):
        return replace(name, entry=entry, rule="places.beside.v1", exact=False)
    town = [e for e in atlas.find(home.city) if e.admin1 == home.admin1]
    if home.city and town:
        return replace(name, entry=town[0], rule="places.home.v1", exact=False)
    return name


def place_of_part(atlas: Atlas, words: str, found: list[Placed], text: str) -> Entry | None:
    """Return the place named by a part of `words` ("the Tokyo embassy")."""
    known = {p.span.of(text): p.entry for p in found if p.entry and p.exact}
    tokens = words.replace("/", " ").replace("-", " ").split()
    for size in range(min(3, len(tokens) - 1), 0, -1):
        for at in range(len(tokens) - size, -1, -1):
            name = " ".join(tokens[at : at + size])
            if entry := known.get(name) or find_great_place(atlas, name):
                return entry
    return None


def find_great_place(atlas: Atlas, name: str) -> Entry | None:
    """Return the state, large unit or city of that very name, None for lesser ones."""
    common = name.lower() in atlas.words("places.common")
    if not name[:1].isupper() or len(name) < LEAST or common:
        return None
    named = place_candidates(atlas, name)
    big = [e for e in named.entries if e.population >= BIG and not e.alias]
    kept = [e for e in big if e.feature not in ("ADM2", "PPLX")]
    if named.how != "name" or not kept:
        return None
    return max(kept, key=lambda e: e.population)


def place_beside(text: str, span: Span, found: list[Placed]) -> Entry | None:
    """Return the one state that its sentence names before a name, if no town is.

    Else the nearest place before or after that is no larger than a province, else the
    nearest state.
    """
    sure = [(p.span, p.entry) for p in found if p.entry and p.exact]
    start = max(text.rfind(mark, 0, span.start) for mark in (". ", "\n", '" '))
    ahead = [e for at, e in sure if start < at.start and at.end <= span.start]
    if len(ahead) == 1 and ahead[0].is_country:
        return ahead[0]
    close = [
        (abs(at.start - span.start) * (1 if at < span else 1.5), at, e)
        for at, e in sure
        if GRAINS.index(e.precision) <= PROVINCE
    ] or [(abs(at.start - span.start), at, e) for at, e in sure if e.is_country]
    return min(close, key=lambda c: c[:2])[2] if close else None


def as_place(name: Placed, text: str, rule: str = "") -> Place:
    """Return a name of the report as an answer, no more precise than its words.

    What lies in or near a site is in its city.
    """
    entry, exact = name.entry, name.exact
    if entry is None:
        return unknown_place(name.span)
    near: Precision = "city" if entry.precision == "site" else entry.precision
    return Place(
        entry.name if exact else name.span.of(text),
        entry.country,
        entry.admin1,
        entry.admin2,
        entry.lat,
        entry.lon,
        entry.geonameid if exact else None,
        entry.feature if exact else None,
        entry.precision if exact else near,
        name.span,
        Why(rule or name.rule, name.span),
    )


def unknown_place(span: Span | None = None) -> Place:
    """No words tell the place: unknown."""
    why = Why("places.unknown.v1", span)
    nowhere = None, None, None, None, None, None, None
    return Place("", *nowhere, "unknown", span, why)
