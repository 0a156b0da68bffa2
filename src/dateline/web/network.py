"""Who deals with whom, drawn: places on a circle, which a script may better."""

from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any

from dateline.review.decide import book_of
from dateline.store import sides
from dateline.store.errors import TooSlow
from dateline.store.sql import SqlStore
from dateline.web.words import display_state

Record = dict[str, Any]
WIDE, HIGH = 720, 440
MOST = 36  # pairs in one drawing


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
    """Return the strongest pairs of a store, none where they cannot be had in time."""
    types = book_of(store).types.values()
    good = " ".join(t.name for t in types if t.quad.endswith("cooperation"))
    try:
        rows = sides.frequent_pairs(store, good, MOST)
    except TooSlow:
        return []
    return place_on_circle(rows)


def place_on_circle(rows: list[Record]) -> list[Line]:
    """Return pairs with each actor in its place on the circle."""
    sums: dict[str, int] = {}
    names: dict[str, str] = {}
    for row in rows:
        for side in "ab":
            sums[row[side]] = sums.get(row[side], 0) + row["many"]
            known = display_state(row[side]) if len(row[side]) == 3 else ""
            names.setdefault(row[side], known or row[f"name_{side}"] or row[side])
    nodes = {
        who: Node(who, names[who], *circle_point(at, len(sums)), node_radius(sums[who]))
        for at, who in enumerate(sums)
    }
    return [Line(nodes[r["a"]], nodes[r["b"]], r["many"], r["good"]) for r in rows]


def circle_point(at: int, many: int) -> tuple[float, float]:
    """Return a place on the circle.

    >>> circle_point(0, 4)
    (640.0, 220.0)
    """
    turn = 2 * pi * at / max(many, 1)
    return round(WIDE / 2 + 280 * cos(turn), 1), round(HIGH / 2 + 180 * sin(turn), 1)


def node_radius(many: int) -> float:
    """Return the radius of an actor with so many events."""
    return round(min(4.0 + 1.4 * sqrt(many), 15.0), 1)
