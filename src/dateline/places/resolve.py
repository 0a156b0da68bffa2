"""Chooses among namesakes, all names of a report together."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log, log10

import numpy as np
from numpy.typing import NDArray

from dateline.gazetteer import Entry
from dateline.places.context import Group, Home, is_in_container, may_contain

PASSES = 3
ANCHORS = 40  # names whose places draw their neighbours; bounds the time of long lists
NAMES = (
    "people",
    "rank",
    "top",
    "country",
    "admin1",
    "admin2",
    "capital",
    "own",
    "site",
    "alias",
    "inside",
    "outside",
    "holds",
    "typed_area",
    "home_country",
    "home_admin1",
    "home_city",
    "home_letters",
    "vote_country",
    "vote_admin1",
    "near50",
    "near161",
    "near_log",
    "same",
    "near_seat",
)
VOTES = NAMES.index("vote_country")
LARGE = 300_000  # people: a city as large is known abroad by a name of its own
GREAT, FEWER = 150_000, 8  # people of a city known abroad; how many times a namesake's
CLOSE = 80.0  # kilometres to a place named beside a town
AROUND = 40.0  # kilometres
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """The place chosen for a name and the share of belief in it."""

    entry: Entry
    belief: float


def resolve(groups: list[Group], home: Home) -> dict[str, Choice]:
    """Return the likeliest place of every name that has any.

    Two passes over the report: names that are clear alone first, then each name
    again with the countries, units and neighbours of the others in view.
    """
    open_ = [g for g in groups if g.entries]
    first, second = resolver_weights()
    static = [lone_features(g, home) for g in open_]
    beliefs = [shares_of_scores(x[:, :VOTES] @ first[:VOTES]) for x in static]
    for _ in range(PASSES):
        full = joint_features(open_, static, beliefs)
        beliefs = [shares_of_scores(x @ second) for x in full]
    best = [g.entries[int(b.argmax())] for g, b in zip(open_, beliefs, strict=True)]
    found = {}
    for n, (g, belief) in enumerate(zip(open_, beliefs, strict=True)):
        rest = best[:n] + best[n + 1 :]
        entry = current_bearer(g, famous(g, best[n], rest, home), rest)
        share = float(belief[g.entries.index(entry)])
        found[g.name] = Choice(seat_of(entry, g.entries), share)
    return found


def famous(group: Group, entry: Entry, rest: list[Entry], home: Home) -> Entry:
    """Return the great city of a name for a small one that no place beside speaks for.

    "Attacks in Paris" are in no Paris of Texas because the paper is American: it is
    told with Texas, a place near it is named, or the paper may be from there.
    """
    cities = [e for e in group.entries if e.precision == "city" and not e.alias]
    great = max(cities, key=lambda e: e.population, default=entry)
    small = entry.population < GREAT <= great.population
    small = small and entry.population * FEWER <= great.population
    if entry.precision != "city" or not small or is_in_container(entry, group.holders):
        return entry
    local = home.admin1 == entry.admin1 if home.country else bool(home.letters)
    near = any(not e.is_country and e.km(entry) < CLOSE for e in rest)
    return entry if near or local or in_letters(group.name, entry, home) else great


def current_bearer(group: Group, entry: Entry, rest: list[Entry]) -> Entry:
    """Return the town of that very name in a land told of, not one once called so.

    Harare was Salisbury once: in a report of Britain, Salisbury is in England.
    """
    lands = {e.country for e in rest}
    if not entry.alias or entry.is_area or entry.country in lands:
        return entry
    own = [e for e in group.entries if not e.alias and e.country in lands]
    towns = [e for e in own if e.precision == "city"]
    return max(towns, key=lambda e: e.population, default=entry)


def seat_of(entry: Entry, entries: tuple[Entry, ...]) -> Entry:
    """Return the capital in place of the unit around it that bears its name."""
    if not entry.feature.startswith("ADM"):
        return entry
    seats = (e for e in entries if e.feature == "PPLC" and not e.alias)
    return next((e for e in seats if e.km(entry) < AROUND), entry)


def lone_features(group: Group, home: Home) -> Array:
    """Return what is known of each namesake without the other names."""
    peak = max(e.population for e in group.entries)
    order = sorted(group.entries, key=lambda e: (lesser(e) >= 1, -e.population))
    rows = []
    for e in group.entries:
        people = log10(e.population + 1)
        own = e.geonameid is None or e.feature in ("CONT", "RGN", "ZN")
        rows.append(
            [
                people / 3,
                log(order.index(e) + 1),
                log10(peak + 1) / 3 - people / 3,
                e.is_country,
                e.feature == "ADM1",
                e.feature == "ADM2",
                e.feature == "PPLC",
                own,
                e.precision == "site",
                lesser(e),
                is_in_container(e, group.holders),
                bool(group.holders) and not is_in_container(e, group.holders),
                may_contain(e, group.held),
                group.how == "typed" and e.is_area,
                bool(home.country) and e.country == home.country,
                bool(home.admin1) and e.admin1 == home.admin1,
                bool(home.city) and e.name == home.city and e.admin1 == home.admin1,
                in_letters(group.name, e, home),
                *[0.0] * (len(NAMES) - VOTES),
            ]
        )
    return np.array(rows, dtype=float)


def lesser(entry: Entry) -> float:
    """Return how little an entry's other name counts: large cities go by several."""
    if not entry.alias:
        return 0.0
    return 0.3 if entry.population >= LARGE else 1.0


def in_letters(name: str, entry: Entry, home: Home) -> bool:
    """Whether the outlet's domain spells the name of a town."""
    letters = name.replace(" ", "")
    return len(letters) > 3 and letters in home.letters and not entry.is_country


def joint_features(
    groups: list[Group], static: list[Array], beliefs: list[Array]
) -> list[Array]:
    """Return the full features: those alone, and the votes of the other names."""
    countries, units = votes(groups, beliefs)
    anchors = anchor_places(groups, beliefs)
    total = sum(countries.values()) or 1.0
    away = iter(kilometres_to_anchors(groups, anchors))
    full = []
    for at, (g, x, belief) in enumerate(zip(groups, static, beliefs, strict=True)):
        y = x.copy()
        weight = len(g.spans) ** 0.5
        rest = max(total - weight, 0.3)
        others = anchors[0] != at
        heavy = anchors[-1][others]
        own_lands, own_units = belief_shares(g, belief)
        for i, e in enumerate(g.entries):
            own = weight * float(belief[i])
            vote = countries[e.country] - own_lands[e.country] * weight
            y[i, VOTES] = max(vote, 0.0) / rest
            unit = (e.country, e.admin1)
            vote = units[unit] - own_units[unit] * weight
            y[i, VOTES + 1] = max(vote, 0.0) / rest if e.admin1 else 0.0
            y[i, VOTES + 2 :] = anchor_nearness(e, next(away)[others], heavy, own)
        full.append(y)
    return full


Shares = dict[str | None, float]
Units = dict[tuple[str | None, str | None], float]


def belief_shares(group: Group, belief: Array) -> tuple[Shares, Units]:
    """Return the belief that a group itself gives to countries and to units."""
    lands: Shares = {}
    units: Units = {}
    for e, b in zip(group.entries, belief.tolist(), strict=True):
        unit = e.country, e.admin1
        lands[e.country] = lands.get(e.country, 0.0) + b
        units[unit] = units.get(unit, 0.0) + b
    return lands, units


def votes(
    groups: list[Group], beliefs: list[Array]
) -> tuple[Counter[str | None], Counter[tuple[str | None, str | None]]]:
    """Return how much belief all names together give to countries and to units."""
    countries: Counter[str | None] = Counter()
    units: Counter[tuple[str | None, str | None]] = Counter()
    for g, belief in zip(groups, beliefs, strict=True):
        weight = len(g.spans) ** 0.5
        for e, b in zip(g.entries, belief.tolist(), strict=True):
            countries[e.country] += weight * b
            if e.admin1:
                units[e.country, e.admin1] += weight * b
    return countries, units


Anchors = tuple[NDArray[np.int64], Array, Array, Array]


def anchor_places(groups: list[Group], beliefs: list[Array]) -> Anchors:
    """Return the places of the surest, most frequent names, with their weight."""
    found = []
    for at, (g, belief) in enumerate(zip(groups, beliefs, strict=True)):
        best = int(belief.argmax())
        e = g.entries[best]
        if e.is_country or e.precision == "region":
            continue
        found.append((len(g.spans) ** 0.5 * float(belief[best]), at, e))
    found.sort(key=lambda t: (-t[0], t[1]))
    kept = found[:ANCHORS]
    return (
        np.array([at for _, at, _ in kept], dtype=np.int64),
        np.radians([e.lat for _, _, e in kept]),
        np.radians([e.lon for _, _, e in kept]),
        np.array([w for w, _, _ in kept], dtype=float),
    )


def kilometres_to_anchors(groups: list[Group], anchors: Anchors) -> Array:
    """Return how far the places of all names, in order, are: places x anchors."""
    _, lat, lon, _ = anchors
    every = [e for g in groups for e in g.entries]
    y = np.radians([e.lat for e in every])[:, None]
    x = np.radians([e.lon for e in every])[:, None]
    h = np.sin((lat - y) / 2) ** 2
    h += np.cos(y) * np.cos(lat) * np.sin((lon - x) / 2) ** 2
    return np.asarray(12742 * np.arcsin(np.minimum(1.0, np.sqrt(h))), dtype=float)


def anchor_nearness(entry: Entry, far: Array, weight: Array, own: float) -> list[float]:
    """Return shares of anchors within 50 and 161 km, and closeness of the nearest.

    `far` is how many kilometres off each anchor is.
    """
    if not len(far) or entry.is_country:
        return [0.0, 0.0, 0.0, 0.0, 0.0]
    total = float(weight.sum()) or 1.0
    close = float(np.log1p(far.min()))
    return [
        float(weight[far < 50].sum()) / total,
        float(weight[far < 161].sum()) / total,
        max(0.0, 8 - close) / 8,
        float(far.min() < 1),
        float(((weight / (1 + far / 50)).sum()) / total),
    ]


def shares_of_scores(scores: Array) -> Array:
    """Return scores as shares that add up to one."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=float)


@cache
def resolver_weights() -> tuple[Array, Array]:
    """Return the weights of both passes, fitted by training/gazetteer/rank.py."""
    table = files("dateline.places") / "weights.json"
    told = json.loads(table.read_text("utf-8"))
    return tuple(  # type: ignore[return-value]
        np.array([told[name].get(f, 0.0) for f in NAMES])
        for name in ("first", "second")
    )
