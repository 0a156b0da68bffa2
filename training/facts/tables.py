"""Read the tables of facts: rows, each with its source; lists in a cell."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dateline.resources.reference import fold_name

HERE = Path(__file__).parent
SOURCE = "general knowledge"


@dataclass
class Row:
    """One entity as the tables tell it."""

    id: str
    kind: str
    name: str
    country: str
    sectors: str
    wikidata: str
    note: str
    source: str
    forms: list[tuple[str, str, int]] = field(default_factory=list)
    roles: list[list[str]] = field(default_factory=list)


def table(path: Path) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the rows of a table, each with its source."""
    lines = path.read_text("utf-8").splitlines()
    source = SOURCE
    if lines[0].startswith("# source:"):
        source, lines = lines[0][9:].strip(), lines[1:]
    for at, cells in enumerate(csv.DictReader(lines), 3):
        if None in cells or None in cells.values():
            raise SystemExit(f"{path.name}, near line {at}: wrong columns: {cells}")
        yield {k: v.strip() for k, v in cells.items()}, cells.get("source") or source


def split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def slug(text: str) -> str:
    return fold_name(text).replace(" ", "-")
