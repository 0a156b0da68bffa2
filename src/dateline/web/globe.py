"""The map's projection (Natural Earth), its outlines and its views.

The outlines were projected by d3-geo in tools/page: the same formula, scale and centre.
"""

import json
from functools import cache
from importlib.resources import files
from math import radians
from typing import Any

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
    wide = (
        0.8707 - 0.131979 * y2 + y4 * (-0.013791 + y4 * (0.003971 * y2 - 0.001529 * y4))
    )
    high = 1.007226 + y2 * (0.015085 + y4 * (-0.044475 + 0.028874 * y2 - 0.005916 * y4))
    return WIDTH / 2 + SCALE * x * wide, HEIGHT / 2 - SCALE * y * high


@cache
def atlas() -> dict[str, dict[str, Any]]:
    """Return what tools/page made of Natural Earth: outlines, and marks for the small.

    >>> sorted(atlas()), "KEN" in atlas()["paths"], "SGP" in atlas()["small"]
    (['paths', 'small'], True, True)
    """
    file = files("dateline.web") / "static" / "world.json"
    told: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))
    return told
