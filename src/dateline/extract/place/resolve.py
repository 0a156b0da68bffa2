"""Chooses among namesakes, all names of a report together."""

import json
from collections import Counter
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log, log10

import numpy as np
from numpy.typing import NDArray

from dateline.model import Span
from dateline.resources.gazetteer import Entry

PASSES = 3
ANCHORS = 40  # names whose places draw their neighbours; bounds the time of long lists
NAMES = (
    *("people", "rank", "top", "country", "admin1", "admin2", "capital", "own"),
    *("site", "alias", "inside", "outside", "holds", "typed_area"),
    *("home_country", "home_admin1", "home_city", "home_letters"),
    *("vote_country", "vote_admin1"),
    *("near50", "near161", "near_log", "same", "near_seat"),
)
VOTES = NAMES.index("vote_country")
LARGE = 300_000  # people: a city as large is known abroad by a name of its own
GREAT, FEWER = 150_000, 8  # people of a city known abroad; how many times a namesake's
CLOSE = 80.0  # kilometres to a place named beside a town
AROUND = 40.0  # kilometres
Array = NDArray[np.float64]
Units = frozenset[tuple[str, str]]
"""Countries and their units, as (country, unit); the unit is "" for all of it."""


@dataclass(frozen=True, slots=True)
class Home:
    """Where a report's outlet is at home, as far as known; `letters` is its domain."""

    country: str = ""
    admin1: str = ""
    city: str = ""
    letters: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """All mentions of one name in a report: they share one sense.

    `holders` are the units that the words after it place it in, `held` those in which
    the place named before it may lie.
    """

    name: str
    spans: tuple[Span, ...]
    entries: tuple[Entry, ...]
    how: str
    holders: Units
    held: Units


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
        entry = current_bearer(g, prefer_great_city(g, best[n], rest, home), rest)
        share = float(belief[g.entries.index(entry)])
        if entry.feature.startswith("ADM"):  # a capital for the unit around it so named
            seats = (e for e in g.entries if e.feature == "PPLC" and not e.alias)
            entry = next((e for e in seats if e.km(entry) < AROUND), entry)
        found[g.name] = Choice(entry, share)
    return found


@cache
def resolver_weights() -> tuple[Array, Array]:
    """Return the weights of both passes, fitted by training/gazetteer/fit_rank.py."""
    table = files("dateline.extract.place") / "weights.json"
    told = json.loads(table.read_text("utf-8"))
    return tuple(  # type: ignore[return-value]
        np.array([told[name].get(f, 0.0) for f in NAMES]) for name in ("first", "second")
    )


def prefer_great_city(group: Group, entry: Entry, rest: list[Entry], home: Home) -> Entry:
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


def lone_features(group: Group, home: Home) -> Array:
    """Return what is known of each namesake without the other names."""
    peak = max(e.population for e in group.entries)
    order = sorted(group.entries, key=lambda e: (lesser_name(e) >= 1, -e.population))
    rows = []
    for e in group.entries:
        people = log10(e.population + 1)
        own = e.geonameid is None or e.feature in ("CONT", "RGN", "ZN")
        inside = is_in_container(e, group.holders)
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
                lesser_name(e),
                inside,
                bool(group.holders) and not inside,
                # a unit that may contain the place named before it
                e.is_area and (e.country or "", e.unit) in group.held,
                group.how == "typed" and e.is_area,
                bool(home.country) and e.country == home.country,
                bool(home.admin1) and e.admin1 == home.admin1,
                bool(home.city) and e.name == home.city and e.admin1 == home.admin1,
                in_letters(group.name, e, home),
                *[0.0] * (len(NAMES) - VOTES),
            ]
        )
    return np.array(rows, dtype=float)


def is_in_container(entry: Entry, holders: Units) -> bool:
    """Whether an entry lies in one of the containers told."""
    country = entry.country or ""
    units = (entry.admin1, entry.admin2)
    return any(c == country and (not u or u in units) for c, u in holders)


def lesser_name(entry: Entry) -> float:
    """Return how little an entry's other name counts: large cities go by several."""
    if not entry.alias:
        return 0.0
    return 0.3 if entry.population >= LARGE else 1.0


def in_letters(name: str, entry: Entry, home: Home) -> bool:
    """Whether the outlet's domain spells the name of a town."""
    letters = name.replace(" ", "")
    return len(letters) > 3 and letters in home.letters and not entry.is_country


def joint_features(groups: list[Group], static: list[Array], beliefs: list[Array]) -> list[Array]:
    """Return the full features: those alone, and the votes of the other names.

    A name votes for the countries and units of its places, by the belief in each; its
    own votes are taken off.
    """
    lands: Counter[str | None] = Counter()
    units: Counter[tuple[str | None, str | None]] = Counter()
    for g, belief in zip(groups, beliefs, strict=True):
        weight = len(g.spans) ** 0.5
        for e, b in zip(g.entries, belief.tolist(), strict=True):
            lands[e.country] += weight * b
            if e.admin1:
                units[e.country, e.admin1] += weight * b
    total = sum(lands.values()) or 1.0
    anchors, far = anchor_places(groups, beliefs)
    away = iter(far)
    full = []
    for at, (g, x, belief) in enumerate(zip(groups, static, beliefs, strict=True)):
        y = x.copy()
        weight, shares = len(g.spans) ** 0.5, belief.tolist()
        rest = max(total - weight, 0.3)
        others = anchors.groups != at
        heavy = anchors.weights[others]
        drawn = float(np.add.reduce(heavy)) or 1.0
        own_lands: Counter[str | None] = Counter()
        own_units: Counter[tuple[str | None, str | None]] = Counter()
        for e, b in zip(g.entries, shares, strict=True):
            own_lands[e.country] += b
            own_units[e.country, e.admin1] += b
        for i, e in enumerate(g.entries):
            vote = lands[e.country] - own_lands[e.country] * weight
            y[i, VOTES] = max(vote, 0.0) / rest
            unit = (e.country, e.admin1)
            vote = units[unit] - own_units[unit] * weight
            y[i, VOTES + 1] = max(vote, 0.0) / rest if e.admin1 else 0.0
            near = next(away)[others]
            if len(heavy) and not e.is_country:
                y[i, VOTES + 2 :] = anchor_nearness(near, heavy, drawn)
        full.append(y)
    return full


@dataclass(frozen=True, slots=True)
class Anchors:
    """The places of the surest, most frequent names: of which group, how heavy each."""

    groups: NDArray[np.int64]
    weights: Array


def anchor_places(groups: list[Group], beliefs: list[Array]) -> tuple[Anchors, Array]:
    """Return the anchors of a report, and how many kilometres off every place is.

    Those are places, in the order of all names, x anchors.
    """
    found = []
    for at, (g, belief) in enumerate(zip(groups, beliefs, strict=True)):
        best = int(belief.argmax())
        e = g.entries[best]
        if not e.is_country and e.precision != "region":
            found.append((len(g.spans) ** 0.5 * float(belief[best]), at, e))
    found.sort(key=lambda t: (-t[0], t[1]))
    kept = found[:ANCHORS]
    lat = np.radians([e.lat for _, _, e in kept])
    lon = np.radians([e.lon for _, _, e in kept])
    every = [e for g in groups for e in g.entries]
    y = np.radians([e.lat for e in every])[:, None]
    x = np.radians([e.lon for e in every])[:, None]
    h = np.sin((lat - y) / 2) ** 2
    h += np.cos(y) * np.cos(lat) * np.sin((lon - x) / 2) ** 2
    far = 12742 * np.arcsin(np.minimum(1.0, np.sqrt(h)))
    own = np.array([at for _, at, _ in kept], dtype=np.int64)
    heavy = np.array([w for w, _, _ in kept], dtype=float)
    return Anchors(own, heavy), np.asarray(far, dtype=float)


def anchor_nearness(far: Array, weight: Array, total: float) -> list[float]:
    """Return shares of anchors within 50 and 161 km, and closeness of the nearest.

    `far` is how many kilometres off each anchor is, `total` the weight of all.
    """
    add, nearest = np.add.reduce, float(np.minimum.reduce(far))
    return [
        float(add(weight[far < 50])) / total,
        float(add(weight[far < 161])) / total,
        max(0.0, 8 - float(np.log1p(nearest))) / 8,
        float(nearest < 1),
        float(add(weight / (1 + far / 50)) / total),
    ]


def shares_of_scores(scores: Array) -> Array:
    """Return scores as shares that add up to one."""
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum(), dtype=float)
