"""Parquet: the same columns as CSV, with types, for polars, pandas, R and DuckDB."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from dateline.model.aside import write_aside
from dateline.plugins import MissingPart
from dateline.write.columns import Column, draw_table, plain_number
from dateline.write.given import Given, Record

AT_ONCE = 10_000


def write(given: Given, out: Path) -> None:
    """Write one Parquet file; raises MissingPart where pyarrow is not installed."""
    columns, found = draw_table(given)
    schema = arrow_schema(columns)
    import pyarrow.parquet as pq

    with (
        write_aside(out) as path,
        pq.ParquetWriter(path, schema, compression="zstd") as file,
    ):
        for table in tables(columns, found):
            file.write_table(table)


def tables(columns: tuple[Column, ...], found: Iterable[Record]) -> Iterator[Any]:
    """Yield rows as Arrow tables, some thousands at a time, at least one."""
    import pyarrow as pa

    schema, rest, first = arrow_schema(columns), iter(found), True
    while (some := list(islice(rest, AT_ONCE))) or first:
        lists = {c.name: [typed_cell(c, row[c.name]) for row in some] for c in columns}
        yield pa.table(lists, schema=schema)
        first = False


def arrow_schema(columns: tuple[Column, ...]) -> Any:
    """Return the Arrow schema of columns, each with its words."""
    try:
        import pyarrow as pa
    except ModuleNotFoundError as error:
        told = "Parquet and Arrow need pyarrow: pip install '.[analysis]' in the clone"
        raise MissingPart(told) from error
    kinds = {
        "text": pa.string(),
        "int": pa.int64(),
        "float": pa.float64(),
        "day": pa.date32(),
    }
    fields = [
        pa.field(c.name, kinds[c.kind], metadata={"words": c.words}) for c in columns
    ]
    return pa.schema(fields)


def typed_cell(column: Column, cell: Any) -> Any:
    """Return a cell in the type of its column."""
    if cell is None or cell == "" and column.kind != "text":
        return None
    if column.kind == "day":
        return date.fromisoformat(cell[:10])
    return float(plain_number(cell)) if column.kind == "float" else cell
