"""CSV: one row a claim, an event or a report; formulas disarmed."""

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TextIO

from dateline.export.columns import CLAIM, Column, disarmed, draw_claim, draw_table, plain_number
from dateline.export.source import Given, Record, Told
from dateline.model.atomic_write import write_aside


def write(given: Given, out: Path) -> None:
    """Write a CSV file in UTF-8, which spreadsheets may open."""
    columns, found = draw_table(given)
    with write_aside(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        write_rows(file, column_names(columns), found, raw=given.raw)


def column_names(columns: Iterable[Column]) -> list[str]:
    """Return the names of columns."""
    return [column.name for column in columns]


def write_rows(
    file: TextIO,
    columns: Sequence[str],
    found: Iterable[Record],
    tabs: bool = False,
    raw: bool = False,
) -> None:
    """Write rows under their header, parted by commas or by tabs."""
    mark = "\t" if tabs else ","
    out = csv.DictWriter(file, columns, lineterminator="\n", delimiter=mark)
    out.writeheader()
    for row in found:
        out.writerow({name: csv_cell(value, raw) for name, value in row.items()})


def csv_cell(value: Any, raw: bool) -> Any:
    """Return what stands in a cell."""
    value = plain_number(value)
    return value if raw else disarmed(value)


def print_claims(file: TextIO, told: Iterable[Told]) -> None:
    """Print claims, each with the head of its report, as CSV."""
    write_rows(file, column_names(CLAIM), (draw_claim(claim, head) for claim, head in told))


def print_events(file: TextIO, given: Given, ids: Iterable[str]) -> None:
    """Print some events in the order of their ids, as `export` writes them."""
    columns, found = draw_table(given)
    made = {row["event"]: row for row in found}
    write_rows(file, column_names(columns), (made[event] for event in ids))
