"""The flat tables by Arrow: a Parquet file, and a record asked in DuckDB.

Parquet has the same columns as CSV, with types, for polars, pandas, R and DuckDB. Heavy
analysis asks them in memory, closed off.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

from dateline.export.columns import Column, draw_table, plain_number
from dateline.export.source import KINDS, Given, Merged, Readable, Record
from dateline.model.atomic_write import write_aside
from dateline.resources.plugins import MissingPart
from dateline.store.query_limits import Overrun, Overtime, bounded_memory, bounded_rows

AT_ONCE = 10_000


def write(given: Given, out: Path) -> None:
    """Write one Parquet file; raises MissingPart where pyarrow is not installed."""
    columns, found = draw_table(given)
    schema = arrow_schema(columns)
    import pyarrow.parquet as pq

    with write_aside(out) as path, pq.ParquetWriter(path, schema, compression="zstd") as file:
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
    kinds = {"text": pa.string(), "int": pa.int64(), "float": pa.float64(), "day": pa.date32()}
    fields = [pa.field(c.name, kinds[c.kind], metadata={"words": c.words}) for c in columns]
    return pa.schema(fields)


def typed_cell(column: Column, cell: Any) -> Any:
    """Return a cell in the type of its column."""
    if cell is None or cell == "" and column.kind != "text":
        return None
    if column.kind == "day":
        return date.fromisoformat(cell[:10])
    return float(plain_number(cell)) if column.kind == "float" else cell


Answer = tuple[tuple[str, ...], list[tuple[Any, ...]], bool]
MEMORY = 1 << 30  # bytes beyond the tables themselves
USED = "SELECT coalesce(sum(memory_usage_bytes), 0) FROM duckdb_memory()"
ONE_SELECT = "a question to a store is one SELECT: nothing may be changed"
CLOSED = (
    "SET temp_directory = ''",  # what does not fit is refused, not put on the disk
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def query_snapshot(
    store: Readable, question: str, seconds: float, most: int, known: Merged = lambda _: {}
) -> Answer:
    """Answer a question over claims, events and reports; columns are those of CSV.

    `known` looks up events as merging has made them.

    Raises MissingPart where DuckDB is not installed, ValueError for what it refuses.
    """
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise MissingPart("needs DuckDB: pip install '.[analysis]' in the clone") from error
    with duckdb.connect() as to:
        load_snapshot(to, store, known)
        used = sum(int(n) for (n,) in to.execute(USED).fetchall())
        for setting in (f"SET memory_limit = '{used + MEMORY}B'", *CLOSED):
            to.execute(setting)
        clock = Timer(seconds, to.interrupt)
        clock.start()
        try:
            with bounded_memory(2 * MEMORY):
                asked = to.extract_statements(question)
                if [each.type.name for each in asked] not in (["SELECT"], ["EXPLAIN"]):
                    raise ValueError(ONE_SELECT)
                found = to.execute(asked[0])
                columns = tuple(name for name, *_ in found.description or ())
                rows = bounded_rows(found.fetchmany, most, seconds)
        except (duckdb.InterruptException, Overtime) as error:
            told = f"the question took more than {seconds:g} seconds"
            raise ValueError(told) from error
        except (duckdb.Error, Overrun) as error:
            raise ValueError(f"the question could not be answered: {error}") from error
        except MemoryError as error:
            told = "it needs too much memory: ask for fewer rows or shorter columns"
            raise ValueError(f"the question could not be answered: {told}") from error
        finally:
            clock.cancel()
    return columns, rows[:most], len(rows) > most


def load_snapshot(to: Any, store: Readable, known: Merged) -> None:
    """Put the flat tables into DuckDB, by way of Parquet files that then go."""
    with TemporaryDirectory() as folder:
        for kind in KINDS:
            path = Path(folder) / f"{kind}.parquet"
            write(Given(store, {}, kind, known=known), path)
            asked = "SELECT * FROM read_parquet(?)"
            to.execute(f"CREATE TABLE {kind} AS {asked}", [str(path)])
