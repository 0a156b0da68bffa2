"""Every format against a file that a person has read: no cell may change its place."""

import json
import os
import tomllib
from pathlib import Path
from pkgutil import resolve_name

import pytest

from tests.write.told import CLAIMS, given

GOLDEN = Path(__file__).parent / "golden"
PROJECT = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())
WRITERS = PROJECT["project"]["entry-points"]["dateline.writers"]
FILES = [
    ("jsonl", "claims", "claims.jsonl"),
    ("jsonl", "events", "events.jsonl"),
    ("jsonl", "reports", "reports.jsonl"),
    ("csv", "claims", "claims.csv"),
    ("csv", "events", "events.csv"),
    ("csv", "reports", "reports.csv"),
    ("geojson", "claims", "claims.geojson"),
    ("geojson", "events", "events.geojson"),
    ("polecat", "claims", "polecat.tsv"),
    ("plover", "claims", "plover.jsonl"),
    ("gdelt", "claims", "gdelt.tsv"),
    ("ucdp", "claims", "ucdp.csv"),
    ("acled", "claims", "acled.csv"),
    ("eventreport", "claims", "eventreport.csv"),
    ("ftm", "claims", "ftm.jsonl"),
]


@pytest.mark.parametrize(("format", "of", "name"), FILES)
def test_the_file_is_the_golden_one(
    format: str, of: str, name: str, tmp_path: Path
) -> None:
    write = resolve_name(WRITERS[format])
    write(given(of), tmp_path / name)  # type: ignore[arg-type]
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert name in made
    if os.environ.get("REGOLD"):
        for file, raw in made.items():
            (GOLDEN / file).write_bytes(raw)
    for file, raw in made.items():
        assert raw.decode() == (GOLDEN / file).read_text(encoding="utf-8"), file


def test_every_format_has_a_golden_file_and_a_page() -> None:
    formats = set(WRITERS)
    checked = {format for format, _, _ in FILES} | {"parquet"}  # compared as a table
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
