"""GeoJSON (RFC 7946): a feature a claim or event, with how precise its point is."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.export.columns import draw_table, plain_number
from dateline.export.source import Given, Record
from dateline.model.atomic_write import write_aside


def write(given: Given, out: Path) -> None:
    """Write one feature collection, a feature a line; without a place it has no point.

    A point stands for the area that `where_precision` names, never for a finer one.
    """
    with write_aside(out) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "features": [')
        mark = "\n"
        for found in geojson_features(given):
            file.write(mark + json.dumps(found, ensure_ascii=False))
            mark = ",\n"
        file.write("\n]}\n")


def geojson_features(given: Given) -> Iterator[Record]:
    """Yield the feature of each row."""
    _, found = draw_table(given)
    for row in found:
        told: dict[str, Any] = {k: plain_number(v) for k, v in row.items()}
        lat, lon = told.pop("lat", None), told.pop("lon", None)
        point = {"type": "Point", "coordinates": [lon, lat]}
        yield {
            "type": "Feature",
            "id": told.get("id") or told.get("event"),
            "geometry": point if lat is not None and lon is not None else None,
            "properties": {k: v for k, v in told.items() if v not in (None, "")},
        }
