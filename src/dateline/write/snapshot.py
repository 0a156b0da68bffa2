"""Heavy analysis: the record's flat tables in DuckDB, in memory, closed off."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

from dateline.bounds import Overrun, Overtime, bounded_memory, bounded_rows
from dateline.model import Event
from dateline.plugins import MissingPart
from dateline.write import parquet
from dateline.write.given import KINDS, Given, Readable

Answer = tuple[tuple[str, ...], list[tuple[Any, ...]], bool]
Known = Mapping[str, Event] | None
MEMORY = 1 << 30  # bytes beyond the tables themselves
USED = "SELECT coalesce(sum(memory_usage_bytes), 0) FROM duckdb_memory()"
CLOSED = (
    "SET temp_directory = ''",  # what does not fit is refused, not put on the disk
    "SET enable_external_access = false",
    "SET lock_configuration = true",
)


def query_snapshot(
    store: Readable, question: str, seconds: float, most: int, known: Known = None
) -> Answer:
    """Answer a question over claims, events and reports; columns are those of CSV.

    `known` are events as merging has made them.

    Raises MissingPart where DuckDB is not installed, ValueError for what it refuses.
    """
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise MissingPart(
            "needs DuckDB: pip install '.[analysis]' in the clone"
        ) from error
    with duckdb.connect() as to:
        load_snapshot(to, store, known)
        used = sum(int(n) for (n,) in to.execute(USED).fetchall())
        for setting in (f"SET memory_limit = '{used + MEMORY}B'", *CLOSED):
            to.execute(setting)
        clock = Timer(seconds, to.interrupt)
        clock.start()
        try:
            with bounded_memory(2 * MEMORY):
                found = to.execute(single_statement(to.extract_statements(question)))
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


def single_statement(statements: list[Any]) -> Any:
    """Return the one statement of a question, where it only reads."""
    kinds = [statement.type.name for statement in statements]
    if kinds not in (["SELECT"], ["EXPLAIN"]):
        told = "a question to a store is one SELECT: nothing may be changed"
        raise ValueError(told)
    return statements[0]


def load_snapshot(to: Any, store: Readable, known: Known) -> None:
    """Put the flat tables into DuckDB, by way of Parquet files that then go."""
    with TemporaryDirectory() as folder:
        for kind in KINDS:
            path = Path(folder) / f"{kind}.parquet"
            parquet.write(Given(store, {}, kind, known=known), path)
            asked = "SELECT * FROM read_parquet(?)"
            to.execute(f"CREATE TABLE {kind} AS {asked}", [str(path)])
