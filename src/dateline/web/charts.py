"""Figures for the drawings on pages, worked out on the server: no script draws."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dateline.web.asking import Happening
from dateline.web.globe import project
from dateline.write.events import FIRM

Record = dict[str, Any]
WIDE = 720
TALLEST = 80.0
DRAWN = ("site", "city", "admin2", "admin1")


@dataclass(frozen=True, slots=True)
class Month:
    """What two actors did to each other in a month, by score; nothing is averaged."""

    name: str
    good: float
    bad: float
    events: int
    origins: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One month as it is drawn."""

    month: Month
    x: float
    width: float
    up: float
    down: float


def months(found: Iterable[Happening]) -> list[Month]:
    """Return the months from the first to the last event, empty ones among them.

    An event counts once however many tell it; what did not happen does not count, nor
    what cannot be said to lie in one month.
    """
    sums: dict[str, list[float]] = {}
    for each in found:
        if each.record["status"] in FIRM and each.month:
            row = sums.setdefault(each.month, [0.0, 0.0, 0, 0])
            score = each.lead["score"]
            row[0] += max(score, 0.0)
            row[1] += min(score, 0.0)
            row[2] += 1
            row[3] += each.record["origins"]
    names = between(min(sums), max(sums)) if sums else []
    rows = ((name, sums.get(name, [0.0, 0.0, 0, 0])) for name in names)
    return [
        Month(n, round(a, 1), round(b, 1), int(c), int(d)) for n, (a, b, c, d) in rows
    ]


def between(first: str, last: str) -> list[str]:
    """Return the months from one to another, the latest 120 of them.

    >>> between("2018-11", "2019-02")
    ['2018-11', '2018-12', '2019-01', '2019-02']
    """
    a, b = (int(m[:4]) * 12 + int(m[5:]) - 1 for m in (first, last))
    return [f"{n // 12:04}-{n % 12 + 1:02}" for n in range(max(a, b - 119), b + 1)]


def bars(found: list[Month]) -> list[Bar]:
    """Return months as bars above and below a line, on one scale for both."""
    most = max((max(m.good, -m.bad) for m in found), default=0.0) or 1.0
    step = (WIDE - 70) / max(len(found), 6)
    wide = max(min(step * 0.7, 36.0), 2.0)
    return [
        Bar(
            month,
            round(60 + at * step + (step - wide) / 2, 1),
            round(wide, 1),
            round(TALLEST * month.good / most, 1),
            round(TALLEST * -month.bad / most, 1),
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
    events: list[Happening]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a map shows: points, shaded countries, and what it cannot show."""

    dots: list[Dot]
    countries: dict[str, list[Happening]]
    elsewhere: list[Happening]


def drawn(found: Iterable[Happening], outlines: Iterable[str]) -> Drawn:
    """Return events at the precision that their reports allow, no finer."""
    points: dict[tuple[Any, ...], list[Happening]] = {}
    shaded: dict[str, list[Happening]] = {}
    elsewhere: list[Happening] = []
    shapes = set(outlines)
    for each in found:
        where = each.record["where"] or {}
        if where.get("precision") in DRAWN and where["lat"] is not None:
            key = (where["lat"], where["lon"], where["name"], where["precision"])
            points.setdefault(key, []).append(each)
        elif where.get("precision") == "country" and where["country"] in shapes:
            shaded.setdefault(where["country"], []).append(each)
        else:
            elsewhere.append(each)
    dots = [dot(key, events) for key, events in points.items()]
    return Drawn(sorted(dots, key=lambda d: -d.size), shaded, elsewhere)


def dot(key: tuple[Any, ...], events: list[Happening]) -> Dot:
    """Return a point whose area tells how many events it stands for."""
    lat, lon, name, precision = key
    x, y = project(lon, lat)
    size = min(3.0 + 1.5 * len(events) ** 0.5, 14.0)
    return Dot(round(x, 1), round(y, 1), round(size, 1), name, precision, events)
