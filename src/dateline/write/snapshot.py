"""Heavy analysis: the record's flat tables in DuckDB, in memory, closed off."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import Any

from dateline.plugins import MissingPart
from dateline.write import parquet
from dateline.write.given import KINDS, Given, Readable, Record

Answer = tuple[tuple[str, ...], list[tuple[Any, ...]], bool]
Known = Mapping[str, Record] | None
CLOSED = ("SET enable_external_access = false", "SET lock_configuration = true")


def query(
    store: Readable, question: str, seconds: float, most: int, known: Known = None
) -> Answer:
    """Answer a question over claims, events and reports; columns are those of CSV.

    `known` are events as merging has made them.

    Raises MissingPart where DuckDB is not installed, ValueError for what it refuses.
    """
    try:
        import duckdb
    except ModuleNotFoundError as error:
        raise MissingPart("needs DuckDB: pip install 'dateline[analysis]'") from error
    with duckdb.connect() as to:
        load(to, store, known)
        for setting in CLOSED:
            to.execute(setting)
        clock = Timer(seconds, to.interrupt)
        clock.start()
        try:
            found = to.execute(one(to.extract_statements(question)))
            columns = tuple(name for name, *_ in found.description or ())
            rows = found.fetchmany(most + 1)
        except duckdb.InterruptException as error:
            told = f"the question took more than {seconds:g} seconds"
            raise ValueError(told) from error
        except duckdb.Error as error:
            raise ValueError(f"the question could not be answered: {error}") from error
        finally:
            clock.cancel()
    return columns, rows[:most], len(rows) > most


def one(statements: list[Any]) -> Any:
    """Return the one statement of a question, where it only reads."""
    kinds = [statement.type.name for statement in statements]
    if kinds not in (["SELECT"], ["EXPLAIN"]):
        told = "a question to a store is one SELECT: nothing may be changed"
        raise ValueError(told)
    return statements[0]


def load(to: Any, store: Readable, known: Known) -> None:
    """Put the flat tables into DuckDB, by way of Parquet files that then go."""
    with TemporaryDirectory() as folder:
        for kind in KINDS:
            path = Path(folder) / f"{kind}.parquet"
            parquet.write(Given(store, {}, kind, known=known), path)
            asked = "SELECT * FROM read_parquet(?)"
            to.execute(f"CREATE TABLE {kind} AS {asked}", [str(path)])
