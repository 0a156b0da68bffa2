"""Writes the outlines of countries that the map draws, from npm's world-atlas.

usage: world.py countries-110m.json OUT.json   (npm pack world-atlas@2.0.2)
Natural Earth projection, one SVG path a country, by the code that claims bear.
"""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

from dateline.reference.countries import countries
from dateline.web.globe import project

SHORT = {
    "W. Sahara": "ESH",
    "United States of America": "USA",
    "Dem. Rep. Congo": "COD",
    "Congo": "COG",
    "Dominican Rep.": "DOM",
    "Falkland Is.": "GBR",
    "Fr. S. Antarctic Lands": "FRA",
    "Central African Rep.": "CAF",
    "Eq. Guinea": "GNQ",
    "Solomon Is.": "SLB",
    "N. Cyprus": "CYP",
    "Somaliland": "SOM",
    "Bosnia and Herz.": "BIH",
    "S. Sudan": "SSD",
    "eSwatini": "SWZ",
    "Palestine": "PSE",
    "New Caledonia": "FRA",
    "Puerto Rico": "USA",
    "Greenland": "DNK",
    "Macedonia": "MKD",
}


def main(read: Path, out: Path) -> None:
    """Write one path a country."""
    atlas = json.loads(read.read_text(encoding="utf-8"))
    arcs = decoded(atlas)
    paths: dict[str, str] = {}
    for shape in atlas["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        if name != "Antarctica":
            told = code(name)
            paths[told] = paths.get(told, "") + path(shape, arcs)
    text = json.dumps(dict(sorted(paths.items())), separators=(",", ":"))
    out.write_text(text + "\n", encoding="utf-8")


def code(name: str) -> str:
    """Return the code under which a country's acts are filed."""
    if name in SHORT:
        return SHORT[name]
    country = countries().by_name(name)
    if country is None:
        raise SystemExit(f"no code for {name}: add it to SHORT")
    return country.answers


def decoded(atlas: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Return the arcs of a TopoJSON file as longitudes and latitudes."""
    (sx, sy), (tx, ty) = atlas["transform"]["scale"], atlas["transform"]["translate"]
    arcs = []
    for arc in atlas["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def path(shape: dict[str, Any], arcs: list[list[tuple[float, float]]]) -> str:
    """Return a shape as an SVG path."""
    many = shape["type"] == "MultiPolygon"
    polygons = shape["arcs"] if many else [shape["arcs"]]
    return "".join(ring(r, arcs) for polygon in polygons for r in polygon)


def ring(parts: list[int], arcs: list[list[tuple[float, float]]]) -> str:
    """Return one ring as closed SVG paths: several where it crosses the date line."""
    points: list[tuple[float, float]] = []
    for part in parts:
        arc = arcs[part] if part >= 0 else arcs[~part][::-1]
        points += arc[1:] if points else arc
    return "".join(closed(piece) for piece in cut(points))


def cut(points: list[tuple[float, float]]) -> list[list[tuple[float, float]]]:
    """Return a ring in pieces that lie on one side of the date line each."""
    jumps = [
        i for i, (a, b) in enumerate(pairwise(points), 1) if abs(a[0] - b[0]) > 180
    ]
    if not jumps:
        return [points]
    turned = points[jumps[0] : -1] + points[: jumps[0]]
    pieces = [[turned[0]]]
    for before, after in pairwise([*turned, turned[0]]):
        if abs(before[0] - after[0]) > 180:
            pieces[-1].append((180.0 if before[0] > 0 else -180.0, before[1]))
            pieces.append([(180.0 if after[0] > 0 else -180.0, after[1])])
        pieces[-1].append(after)
    return pieces[:-1]


def closed(points: list[tuple[float, float]]) -> str:
    """Return points as a closed SVG path, "" where they are too close to be seen."""
    told = dict.fromkeys("{:.1f} {:.1f}".format(*project(*point)) for point in points)
    return "M" + "L".join(told) + "Z" if len(told) > 2 else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
