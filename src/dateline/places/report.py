"""Places all the names of a report, and says how each was placed."""

from dataclasses import dataclass, replace

from dateline.gazetteer import Entry
from dateline.model import Place, Span, Why
from dateline.model.answers import Precision
from dateline.places.atlas import Atlas
from dateline.places.candidates import place_candidates
from dateline.places.context import Group, Home, groups
from dateline.places.resolve import Choice, resolve

BIG = 200_000  # people: a town named inside a longer name must have as many
LEAST = 4  # letters: shorter parts of a name say nothing
GRAINS: tuple[Precision, ...] = (
    "site",
    "city",
    "admin2",
    "admin1",
    "country",
    "region",
    "unknown",
)


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


def place_names(
    atlas: Atlas, text: str, spans: list[Span], home: Home
) -> tuple[Placed, ...]:
    """Return the names at `spans` with the places they are taken for, in text order."""
    named = groups(atlas, text, spans)
    chosen = resolve(named, home)
    found = [p for g in named for p in spread_choice(g, chosen.get(g.name))]
    found.sort(key=lambda p: p.span)
    return tuple(
        p if p.entry else place_by_part(atlas, text, p, found, home) for p in found
    )


def spread_choice(group: Group, choice: Choice | None) -> list[Placed]:
    """Take the place that the whole report speaks for among those of that name."""
    rule = "places.listed.v1"
    if group.how == "adjective":
        rule = "places.adjective.v1"
    if choice is None:
        return [Placed(span, None, "places.unlisted.v1") for span in group.spans]
    exact = group.how != "part"
    return [
        Placed(span, choice.entry, rule, choice.belief, exact) for span in group.spans
    ]


def place_by_part(
    atlas: Atlas, text: str, name: Placed, found: list[Placed], home: Home
) -> Placed:
    """Take for an unlisted name the listed place that it names, or stands beside."""
    if entry := place_of_part(atlas, name.span.of(text), found, text):
        return replace(name, entry=entry, rule="places.part.v1", exact=False)
    if entry := inside_state(text, name.span, found) or nearest_small_place(
        name.span, found
    ):
        return replace(name, entry=entry, rule="places.beside.v1", exact=False)
    town = [e for e in atlas.find(home.city) if e.admin1 == home.admin1]
    if home.city and town:
        return replace(name, entry=town[0], rule="places.home.v1", exact=False)
    return name


def place_of_part(
    atlas: Atlas, words: str, found: list[Placed], text: str
) -> Entry | None:
    """Return the place named by a part of `words` ("the Tokyo embassy")."""
    known = {p.span.of(text): p.entry for p in found if p.entry and p.exact}
    tokens = words.replace("/", " ").replace("-", " ").split()
    for size in range(min(3, len(tokens) - 1), 0, -1):
        for at in range(len(tokens) - size, -1, -1):
            name = " ".join(tokens[at : at + size])
            if entry := known.get(name) or great(atlas, name):
                return entry
    return None


def great(atlas: Atlas, name: str) -> Entry | None:
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


def inside_state(text: str, span: Span, found: list[Placed]) -> Entry | None:
    """Return the one state named in the sentence before a name, if no town is."""
    start = max(text.rfind(mark, 0, span.start) for mark in (". ", "\n", '" '))
    ahead = [
        p.entry
        for p in found
        if p.entry and p.exact and start < p.span.start and p.span.end <= span.start
    ]
    return ahead[0] if len(ahead) == 1 and ahead[0].is_country else None


def nearest_small_place(span: Span, found: list[Placed]) -> Entry | None:
    """Return the nearest place before or after that is no larger than a province."""
    close = [
        (
            abs(p.span.start - span.start) * (1 if p.span < span else 1.5),
            p.span,
            p.entry,
        )
        for p in found
        if p.entry
        and p.exact
        and GRAINS.index(p.entry.precision) <= GRAINS.index("admin1")
    ]
    if not close:
        close = [
            (abs(p.span.start - span.start), p.span, p.entry)
            for p in found
            if p.entry and p.exact and p.entry.is_country
        ]
    return min(close, key=lambda c: c[:2])[2] if close else None


def as_place(name: Placed, text: str, rule: str = "") -> Place:
    """Return a name of the report as an answer, no more precise than its words."""
    entry = name.entry
    why = Why(rule or name.rule, name.span)
    if entry is None:
        return unknown_place(name.span)
    return Place(
        entry.name if name.exact else name.span.of(text),
        entry.country,
        entry.admin1,
        entry.admin2,
        entry.lat,
        entry.lon,
        entry.geonameid if name.exact else None,
        entry.feature if name.exact else None,
        entry.precision if name.exact else broader(entry),
        name.span,
        why,
    )


def broader(entry: Entry) -> Precision:
    """Return the precision of something that lies in or near an entry."""
    return "city" if entry.precision == "site" else entry.precision


def unknown_place(span: Span | None = None) -> Place:
    """No words tell the place: unknown."""
    return Place(
        "",
        None,
        None,
        None,
        None,
        None,
        None,
        None,
        "unknown",
        span,
        Why("places.unknown.v1", span),
    )
