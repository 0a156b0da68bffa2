"""Figures for the drawings on pages, worked out on the server: no script draws."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.web.asking import Happening
from dateline.web.globe import project
from dateline.web.series import CLASSES
from dateline.write.events import FIRM

Record = dict[str, Any]
WIDE = 720
TALLEST = 80.0
DRAWN = ("site", "city", "admin2", "admin1")
MEASURES = {
    "score": "PLOVER scores",
    "events": "events",
    "origins": "independent origins",
}
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
            value if "cooperation" in quad else -value
            for quad, value in self.classes.items()
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
    return [month_of(name, there.get(name, ()), measure) for name in names]


def month_of(name: str, found: Sequence[Happening], measure: str) -> Month:
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
            stacked(month, most),
        )
        for at, month in enumerate(found)
    ]


def stacked(month: Month, most: float) -> list[tuple[str, float, float, float]]:
    """Return what each class of a month adds: class, top, height, value."""
    parts, up, down = [], 0.0, 0.0
    for quad in CLASSES:
        value = month.classes[quad]
        tall = round(TALLEST * value / most, 1)
        if tall and "cooperation" in quad:
            up += tall
            parts.append((quad, round(100 - up, 1), tall, value))
        elif tall:
            parts.append((quad, round(100 + down, 1), tall, value))
            down += tall
    return parts


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


def draw_events(
    found: Iterable[Record], outlines: Iterable[str]
) -> tuple[Drawn, list[str]]:
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
    dots = [make_dot(key, many) for key, many in points.items()]
    dots.sort(key=lambda d: -d.size)
    return Drawn(dots, dict(shaded.most_common()), len(elsewhere)), elsewhere


def make_dot(key: tuple[Any, ...], events: int) -> Dot:
    """Return a point whose area tells how many events it stands for."""
    lat, lon, name, precision = key
    x, y = project(lon, lat)
    size = min(3.0 + 1.5 * events**0.5, 14.0)
    return Dot(round(x, 1), round(y, 1), round(size, 1), name, precision, events)


def label_dots(
    dots: Iterable[Dot], box: tuple[float, float, float, float]
) -> list[Dot]:
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
