"""Figures for the drawings on pages, worked out on the server: no script draws.

The map's projection is Natural Earth; its outlines were projected by d3-geo in
tools/page: the same formula, scale and centre. A monthly series is cut where it changes
its level, so that the squared distance from each stretch's mean, with a price on each
cut, is least (optimal partitioning; Jackson et al. 2005). The price is that of the
Bayesian information criterion, with the noise estimated from neighbours. Who deals with
whom is drawn on a circle, which a script may better.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import cos, pi, radians, sin, sqrt
from typing import Any

import numpy as np

from dateline.analysis.review.decisions import book_of
from dateline.export.events import FIRM
from dateline.server.formatting import display_state
from dateline.server.params import Happening
from dateline.server.series import CLASSES, stack_classes
from dateline.store import party_queries
from dateline.store.errors import TooSlow
from dateline.store.sql import SqlStore

WIDTH, HEIGHT = 1000, 520
SCALE = 182.0
VIEWS: dict[str, tuple[float, float, float, float]] = {
    "world": (0, 0, WIDTH, 450),
    "europe": (430, 30, 190, 130),
    "africa": (425, 165, 270, 225),
    "middle-east": (560, 115, 170, 120),
    "asia": (640, 40, 320, 240),
    "north-america": (90, 20, 350, 230),
    "south-america": (200, 215, 250, 240),
}
"""What part of the picture each view shows: left, top, width, height."""


def project(lon: float, lat: float) -> tuple[float, float]:
    """Return where a point lies on the picture.

    >>> project(0, 0)
    (500.0, 260.0)
    """
    x, y = radians(lon), radians(lat)
    y2 = y * y
    y4 = y2 * y2
    wide = 0.8707 - 0.131979 * y2 + y4 * (-0.013791 + y4 * (0.003971 * y2 - 0.001529 * y4))
    high = 1.007226 + y2 * (0.015085 + y4 * (-0.044475 + 0.028874 * y2 - 0.005916 * y4))
    return WIDTH / 2 + SCALE * x * wide, HEIGHT / 2 - SCALE * y * high


@cache
def atlas() -> dict[str, dict[str, Any]]:
    """Return what tools/page made of Natural Earth: outlines, and marks for the small.

    >>> sorted(atlas()), "KEN" in atlas()["paths"], "SGP" in atlas()["small"]
    (['paths', 'small'], True, True)
    """
    file = files("dateline.server") / "static" / "world.json"
    told: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return told


SHORTEST = 3  # months in a stretch
PRICE = 3.0  # of a cut, in variances of the noise a doubling of the length


def find_changes(series: Sequence[float]) -> list[int]:
    """Return where new stretches begin, none where the level does not change.

    >>> find_changes([0.0, 1, 0, 1, 0, 9, 8, 9, 8, 9])
    [5]
    """
    n = len(series)
    if n < 2 * SHORTEST:
        return []
    told = np.asarray(series, float)
    noise = float(np.median(np.abs(np.diff(told))) / 0.954) ** 2
    noise = noise or float(np.var(np.diff(told)) / 2)
    if not noise:
        return []
    price = PRICE * noise * float(np.log(n))
    sums = np.concatenate([[0.0], np.cumsum(told)])
    squares = np.concatenate([[0.0], np.cumsum(told**2)])
    best, last = np.full(n + 1, np.inf), np.zeros(n + 1, int)
    best[0] = -price
    for end in range(SHORTEST, n + 1):
        starts = np.arange(0, end - SHORTEST + 1)
        width = end - starts
        inside = sums[end] - sums[starts]
        cost = squares[end] - squares[starts] - inside**2 / width
        every = best[starts] + cost + price
        last[end] = starts[int(np.argmin(every))]
        best[end] = every.min()
    found: list[int] = []
    while n > 0:
        n = int(last[n])
        found.append(n)
    return sorted(found)[1:]


Record = dict[str, Any]
WIDE = 720
TALLEST = 80.0
DRAWN = ("site", "city", "admin2", "admin1")
MEASURES = {"score": "PLOVER scores", "events": "events", "origins": "independent origins"}
"""What a series may count: each event once, by its score, as one, by who vouches."""
SHADES = (1, 2, 5, 10, 25)
"""From how many events on a country is shaded darker."""


@dataclass(frozen=True, slots=True)
class Month:
    """What two actors did to each other in a month; nothing is averaged.

    `classes` has what is measured (scores, events or origins) for each class of act.
    """

    name: str
    good: float
    bad: float
    events: int
    origins: int
    classes: Mapping[str, float]

    @property
    def level(self) -> float:
        """Cooperation less conflict, as measured."""
        return sum(
            value if "cooperation" in quad else -value for quad, value in self.classes.items()
        )


@dataclass(frozen=True, slots=True)
class Bar:
    """One month as it is drawn: what each class adds, above or below the line."""

    month: Month
    x: float
    width: float
    parts: list[tuple[str, float, float, float]]


def happened_in_known_month(found: Iterable[Happening]) -> list[Happening]:
    """Return what happened in a month that is known: what a series is made of."""
    return [e for e in found if e.record["status"] in FIRM and e.month]


def monthly_counts(
    found: Sequence[Happening], names: Sequence[str], measure: str = "score"
) -> list[Month]:
    """Return what happened in each of these months, empty ones among them.

    An event counts once however many tell it; what did not happen does not count, nor
    what cannot be said to lie in one month.
    """
    there: dict[str, list[Happening]] = {}
    for each in found:
        there.setdefault(each.month, []).append(each)
    return [count_month(name, there.get(name, ()), measure) for name in names]


def count_month(name: str, found: Sequence[Happening], measure: str) -> Month:
    """Return one month."""
    scores = [each.lead["score"] for each in found]
    origins = [each.record["origins"] for each in found]
    weights = {"score": map(abs, scores), "events": [1] * len(found)}
    classes = dict.fromkeys(CLASSES, 0.0)
    for each, weight in zip(found, weights.get(measure, origins), strict=True):
        if each.lead["quad"] in classes:
            classes[each.lead["quad"]] += weight
    return Month(
        name,
        round(sum((score for score in scores if score > 0), 0.0), 1),
        round(sum((score for score in scores if score < 0), 0.0), 1),
        len(found),
        sum(origins),
        {quad: round(value, 1) for quad, value in classes.items()},
    )


def spanned(found: Iterable[Happening]) -> list[str]:
    """Return the months from the first to the last of events, none for none."""
    names = {each.month for each in found}
    return months_between(min(names), max(names)) if names else []


def months_between(first: str, last: str) -> list[str]:
    """Return the months from one to another, the latest 120 of them.

    >>> months_between("2018-11", "2019-02")
    ['2018-11', '2018-12', '2019-01', '2019-02']
    """
    a, b = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(max(a, b - 119), b + 1)]


def tallest(found: Iterable[Month]) -> float:
    """Return the highest column of some months, above the line or below it."""
    sums = (
        sum(v for quad, v in month.classes.items() if side in quad)
        for month in found
        for side in ("cooperation", "conflict")
    )
    return max(sums, default=0.0) or 1.0


def bars(found: Sequence[Month], most: float) -> list[Bar]:
    """Return months as columns above and below a line, `most` as high as can be."""
    step = (WIDE - 70) / max(len(found), 6)
    wide = max(min(step * 0.7, 36.0), 2.0)
    return [
        Bar(
            month,
            round(60 + at * step + (step - wide) / 2, 1),
            round(wide, 1),
            stack_classes(month.classes, TALLEST, most),
        )
        for at, month in enumerate(found)
    ]


@dataclass(frozen=True, slots=True)
class Dot:
    """Events at one point of the map."""

    x: float
    y: float
    size: float
    name: str
    precision: str
    events: int


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a map shows: points, shaded countries, and what it cannot show.

    Of the last there are `some`, to be read; of the others, how many.
    """

    dots: list[Dot]
    countries: dict[str, int]
    elsewhere: int
    some: Sequence[Happening] = ()

    @property
    def count(self) -> int:
        """How many events there are."""
        dots = sum(dot.events for dot in self.dots)
        return dots + sum(self.countries.values()) + self.elsewhere

    def shade(self, code: str) -> int:
        """Return how dark a country is shaded, 0 for one that is not."""
        many = self.countries.get(code, 0)
        return sum(many >= least for least in SHADES)


def draw_events(found: Iterable[Record], outlines: Iterable[str]) -> tuple[Drawn, list[str]]:
    """Return events at the precision that their reports allow, and which are not drawn.

    Of the events no more is read than their places.
    """
    points: Counter[tuple[Any, ...]] = Counter()
    shaded: Counter[str] = Counter()
    elsewhere: list[str] = []
    shapes = set(outlines)
    for each in found:
        where = each["where"] or {}
        if where.get("precision") in DRAWN and where["lat"] is not None:
            key = (where["lat"], where["lon"], where["name"], where["precision"])
            points[key] += 1
        elif where.get("precision") == "country" and where["country"] in shapes:
            shaded[where["country"]] += 1
        else:
            elsewhere.append(each["event"])
    dots = []
    for (lat, lon, name, precision), many in points.items():
        x, y = project(lon, lat)
        size = round(min(3.0 + 1.5 * many**0.5, 14.0), 1)  # its area tells how many
        dots.append(Dot(round(x, 1), round(y, 1), size, name, precision, many))
    dots.sort(key=lambda d: -d.size)
    return Drawn(dots, dict(shaded.most_common()), len(elsewhere)), elsewhere


def label_dots(dots: Iterable[Dot], box: tuple[float, float, float, float]) -> list[Dot]:
    """Return the dots whose names can be written in a view, none over another."""
    left, top, wide, high = box
    near = wide / 1000
    taken: list[tuple[float, float, float, float]] = []
    found = []
    for each in dots:
        x, y = each.x + each.size * near**0.6, each.y - 8 * near
        name = (x, y, x + (len(each.name) * 7.5 + 8) * near, y + 16 * near)
        inside = left <= x and name[2] <= left + wide and top <= y <= top + high
        if inside and not any(boxes_overlap(name, other) for other in taken):
            taken.append(name)
            found.append(each)
    return found


def boxes_overlap(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> bool:
    """Whether two boxes (left, top, right, bottom) share some room.

    >>> boxes_overlap((0, 0, 2, 2), (1, 1, 3, 3))
    True
    >>> boxes_overlap((0, 0, 1, 1), (1, 0, 2, 1))
    False
    """
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


CIRCLE_WIDE, CIRCLE_HIGH = 720, 440
MOST_PAIRS = 36  # pairs in one drawing


@dataclass(frozen=True, slots=True)
class Node:
    """An actor where it is drawn; its area tells how many events it shares."""

    id: str
    name: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """Two actors and the events that both have a side in, how many of them friendly."""

    a: Node
    b: Node
    many: int
    good: int

    @property
    def width(self) -> float:
        """How thick it is drawn."""
        return round(min(1.0 + sqrt(self.many), 7.0), 1)

    @property
    def tone(self) -> str:
        """What most of its events are: cooperation, conflict or neither."""
        share = self.good / self.many
        return "up" if share > 0.6 else "down" if share < 0.4 else "both"


def strongest_links(store: SqlStore) -> list[Line]:
    """Return the strongest pairs of a store, each actor in its place on a circle.

    None where they cannot be had in time.
    """
    types = book_of(store).types.values()
    good = " ".join(t.name for t in types if t.quad.endswith("cooperation"))
    try:
        rows = party_queries.frequent_pairs(store, good, MOST_PAIRS)
    except TooSlow:
        return []
    sums: dict[str, int] = {}
    names: dict[str, str] = {}
    for row in rows:
        for side in "ab":
            sums[row[side]] = sums.get(row[side], 0) + row["many"]
            known = display_state(row[side]) if len(row[side]) == 3 else ""
            names.setdefault(row[side], known or row[f"name_{side}"] or row[side])
    nodes = {}
    for at, (who, many) in enumerate(sums.items()):
        size = round(min(4.0 + 1.4 * sqrt(many), 15.0), 1)
        nodes[who] = Node(who, names[who], *circle_point(at, len(sums)), size)
    return [Line(nodes[r["a"]], nodes[r["b"]], r["many"], r["good"]) for r in rows]


def circle_point(at: int, many: int) -> tuple[float, float]:
    """Return a place on the circle.

    >>> circle_point(0, 4)
    (640.0, 220.0)
    """
    turn = 2 * pi * at / max(many, 1)
    return round(CIRCLE_WIDE / 2 + 280 * cos(turn), 1), round(CIRCLE_HIGH / 2 + 180 * sin(turn), 1)
