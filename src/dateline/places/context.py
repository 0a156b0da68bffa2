"""What the words around a place name tell of it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from dateline.gazetteer import Entry
from dateline.model import Span
from dateline.places.atlas import Atlas
from dateline.places.candidates import fold_mention, place_candidates, postal
from dateline.reference import find_outlet

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


@dataclass(frozen=True, slots=True)
class Home:
    """Where a report's outlet is at home, as far as known; `letters` is its domain."""

    country: str = ""
    admin1: str = ""
    city: str = ""
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """All mentions of one name in a report: they share one sense."""

    name: str
    spans: tuple[Span, ...]
    entries: tuple[Entry, ...]
    how: str
    holders: frozenset[tuple[str, str]]
    held: frozenset[tuple[str, str]]


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


def groups(atlas: Atlas, text: str, spans: list[Span]) -> list[Group]:
    """Return the mentions by name, each with its namesakes and its containers."""
    found: dict[str, list[Span]] = {}
    for span in spans:
        found.setdefault(
            fold_mention(atlas, span.of(text)) or span.of(text), []
        ).append(span)
    after = dict(neighbours(atlas, text, sorted(spans)))
    before = {right: left for left, right in after.items()}
    made = []
    for name, same in found.items():
        named = place_candidates(atlas, usual_case(same[0].of(text)))
        holders: set[tuple[str, str]] = set()
        held: set[tuple[str, str]] = set()
        for span in same:
            holders |= containers(atlas, text, span, after.get(span))
            if left := before.get(span):
                held |= containers_before_comma(atlas, left.of(text))
        made.append(
            Group(
                name,
                tuple(same),
                named.entries,
                named.how,
                frozenset(holders),
                frozenset(held),
            )
        )
    return made


def usual_case(words: str) -> str:
    """Return a name in capitals in usual case, initials as they stand."""
    return words.title() if words.isupper() and len(words) > 3 else words


def neighbours(atlas: Atlas, text: str, spans: list[Span]) -> list[tuple[Span, Span]]:
    """Return pairs of names that follow each other as "X, Y", "X (Y)", "X in Y"."""
    pairs, beside = [], atlas.lexicon.patterns["places.beside"]
    for left, right in zip(spans, spans[1:], strict=False):
        gap = text[left.end : right.start]
        if len(gap) < 8 and gap.strip() and beside.match(gap):
            pairs.append((left, right))
    return pairs


def containers(
    atlas: Atlas, text: str, span: Span, right: Span | None
) -> set[tuple[str, str]]:
    """Return the (country, unit) pairs that the words after a name place it in."""
    if right is not None:
        words = right.of(text)
    else:
        container = atlas.lexicon.patterns["places.container"]
        hit = container.match(text[span.end : span.end + REACH])
        if hit is None:
            return set()
        words = hit["name"]
    return set(areas(atlas, words))


def areas(atlas: Atlas, words: str) -> list[tuple[str, str]]:
    """Return the states and units that some words may name, as (country, unit)."""
    words = " ".join(words.split())
    if CODE.fullmatch(words[:2]) and (len(words) == 2 or words[2:3] in " ."):
        entries = postal(atlas, words[:2])
        if entries:
            return [(e.country or "", e.name) for e in entries]
    while words:
        named = place_candidates(atlas, words)
        found = [e for e in named.entries if e.is_area and not weak(e)]
        if named.how != "adjective" and found:
            return [
                (e.country or "", "" if e.is_country else (e.admin2 or e.admin1 or ""))
                for e in found
            ]
        words = words.rpartition(" ")[0]
    return []


def weak(entry: Entry) -> bool:
    """Whether an area's name is one of its aliases, of a small unit."""
    return entry.alias and entry.feature == "ADM2"


def containers_before_comma(atlas: Atlas, words: str) -> set[tuple[str, str]]:
    """Return the (country, unit) pairs that may hold the place named before a comma."""
    found = set()
    for e in place_candidates(atlas, words).entries:
        found |= {(e.country or "", u) for u in (e.admin1, e.admin2) if u}
        found.add((e.country or "", ""))
    return found


def is_in_container(entry: Entry, holders: frozenset[tuple[str, str]]) -> bool:
    """Whether an entry lies in one of the containers told."""
    country = entry.country or ""
    units = (entry.admin1, entry.admin2)
    return any(c == country and (not u or u in units) for c, u in holders)


def may_contain(entry: Entry, held: frozenset[tuple[str, str]]) -> bool:
    """Whether an entry is a unit that may contain the place named before it."""
    if not entry.is_area:
        return False
    unit = "" if entry.is_country else (entry.admin2 or entry.admin1 or "")
    return (entry.country or "", unit) in held
