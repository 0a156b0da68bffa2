"""Every format against a file that a person has read: no cell may change its place.

Flat files (CSV, GeoJSON, Parquet) have the same cells, which `flat.tsv` has a column a
line, so that a new column is one more line of it. REGOLD=1 writes all files anew: read
the difference.
"""

import csv
import json
import os
import tomllib
from pathlib import Path
from pkgutil import resolve_name

import pytest

from dateline.export import geojson, table
from dateline.export.columns import disarmed, draw_table, plain_number
from dateline.export.source import KINDS, Of
from tests.export.told import CLAIMS, given

GOLDEN = Path(__file__).parent / "golden"
PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
WRITERS = PROJECT["project"]["entry-points"]["dateline.writers"]
FILES = [
    ("jsonl", "claims", "claims.jsonl"),
    ("jsonl", "events", "events.jsonl"),
    ("jsonl", "reports", "reports.jsonl"),
    ("polecat", "events", "polecat.tsv"),
    ("polecat", "claims", "polecat.claims.tsv"),
    ("plover", "events", "plover.jsonl"),
    ("plover", "claims", "plover.claims.jsonl"),
    ("gdelt", "events", "gdelt.tsv"),
    ("ucdp", "events", "ucdp.csv"),
    ("acled", "events", "acled.csv"),
    ("eventreport", "events", "eventreport.csv"),
    ("ftm", "events", "ftm.jsonl"),
]


@pytest.mark.parametrize(("format", "of", "name"), FILES)
def test_the_file_is_the_golden_one(format: str, of: str, name: str, tmp_path: Path) -> None:
    write = resolve_name(WRITERS[format])
    write(given(of), tmp_path / name)  # type: ignore[arg-type]
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert name in made
    if os.environ.get("REGOLD"):
        for file, raw in made.items():
            (GOLDEN / file).write_bytes(raw)
    for file, raw in made.items():
        assert raw.decode() == (GOLDEN / file).read_text(encoding="utf-8"), file


def flat_cells() -> str:
    """Return the cells of all flat tables, a line a column."""
    lines = []
    for of in KINDS:
        columns, found = draw_table(given(of))
        rows = list(found)
        for each in columns:
            cells = json.dumps([row[each.name] for row in rows], ensure_ascii=False)
            lines.append(f"{of}\t{each.name}\t{cells}\n")
    return "".join(lines)


def test_flat_tables_have_the_golden_cells() -> None:
    if os.environ.get("REGOLD"):
        (GOLDEN / "flat.tsv").write_text(flat_cells(), encoding="utf-8")
    assert flat_cells() == (GOLDEN / "flat.tsv").read_text(encoding="utf-8")


@pytest.mark.parametrize("of", KINDS)
def test_csv_has_these_cells_formulas_disarmed(of: Of, tmp_path: Path) -> None:
    table.write(given(of), tmp_path / "x.csv")
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    columns, found = draw_table(given(of))
    assert header == [column.name for column in columns]
    cells = [[disarmed(plain_number(cell)) for cell in row.values()] for row in found]
    assert rows == [["" if c is None else str(c) for c in row] for row in cells]
    assert b"\r" not in (tmp_path / "x.csv").read_bytes()


@pytest.mark.parametrize("of", ["claims", "events"])
def test_a_feature_has_these_cells_but_empty_ones_and_its_point(of: Of, tmp_path: Path) -> None:
    geojson.write(given(of), tmp_path / "x.geojson")
    made = json.loads((tmp_path / "x.geojson").read_text(encoding="utf-8"))
    assert made["type"] == "FeatureCollection"
    for feature, row in zip(made["features"], draw_table(given(of))[1], strict=True):
        point = [row.pop("lon"), row.pop("lat")]
        told = {n: plain_number(c) for n, c in row.items() if c not in (None, "")}
        assert feature["properties"] == told
        assert feature["id"] == row.get("id", row["event"])
        known = {"type": "Point", "coordinates": point}
        assert feature["geometry"] == (None if None in point else known)


def test_every_format_has_a_golden_file_and_a_page() -> None:
    formats = set(WRITERS)
    flat = {"parquet", "csv", "geojson"}  # compared as tables
    checked = {format for format, _, _ in FILES} | flat
    assert formats == checked
    pages = Path(__file__).parents[2] / "docs" / "exports"
    assert {page.stem for page in pages.glob("*.md")} >= formats


def test_actors_and_recipients_cannot_change_places() -> None:
    """Golden files tell the two sides apart in every row that has both."""
    both = [c for c in CLAIMS if c["actors"] and c["recipients"]]
    assert len(both) >= 5
    for claim in both:
        sides = [json.dumps(claim[side]) for side in ("actors", "recipients")]
        assert sides[0] != sides[1]
