"""A question in SQL: it may read only, only so long, and of what is current.

It sees reports as they now stand, under the tables' own names. The tables themselves,
with every version, go by their schema: `main.claims` in SQLite, `public.claims` on a
server.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain, count
from time import monotonic
from typing import Any

from dateline.store.errors import StoreError
from dateline.store.query_limits import Overrun, Overtime, bounded_rows
from dateline.store.sql import SqlStore

KEYS = "SELECT key FROM {schema}.reports WHERE current"
EVENTS = f"SELECT event FROM {{schema}}.claims WHERE report IN ({KEYS})"
OF_REPORTS = ("claims", "parties", "modes", "reasons")
WHERE = {
    "reports": "current",
    "events": f"id IN ({EVENTS})",
    **dict.fromkeys(OF_REPORTS, f"report IN ({KEYS})"),
}


def view_statements(schema: str) -> Iterator[str]:
    """Yield the statements that put views of this connection before the tables."""
    for name, where in WHERE.items():
        rows = where.format(schema=schema)
        yield f"CREATE TEMP VIEW {name} AS SELECT * FROM {schema}.{name} WHERE {rows}"


def dropped() -> Iterator[str]:
    """Yield the statements that take the views away again."""
    for name in WHERE:
        yield f"DROP VIEW IF EXISTS temp.{name}"


READS = frozenset(("select", "with", "values", "table", "explain"))
LONGEST_CELL = 16 << 20  # bytes: one of gigabytes would take the machine's memory
MOST_COLUMNS = 250  # a row may have as many such cells
COMMENTS = re.compile(r"(?:\s+|--[^\n]*(?:\n|$)|/\*.*?\*/)*", re.S)
STEPS = 10_000  # of SQLite's machine between two looks at the clock
ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
BOUNDS = {
    sqlite3.SQLITE_LIMIT_LENGTH: LONGEST_CELL,
    sqlite3.SQLITE_LIMIT_COLUMN: MOST_COLUMNS,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
FORBIDDEN = frozenset(("load_extension", "writefile", "readfile", "fts3_tokenizer"))
FTS_READS = frozenset(("data_version",))


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a question may take and how many rows it may give."""

    seconds: float = 10
    rows: int = 10_000


@dataclass(frozen=True, slots=True)
class Answer:
    """Names of columns and rows; `cut` where there were more rows than asked for."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    cut: bool


LIMITS = Limits()


def unlike(columns: Sequence[str]) -> tuple[str, ...]:
    """Return names of columns that differ, so that none hides another in a record.

    >>> unlike(("id", "text", "id"))
    ('id', 'text', 'id_2')
    """
    found: list[str] = []
    for name in columns:
        names = chain((name,), (f"{name}_{number}" for number in count(2)))
        found.append(next(n for n in names if n not in found))
    return tuple(found)


def ask_store(store: SqlStore, question: str, limits: Limits = LIMITS) -> Answer:
    """Answer one SELECT over a store.

    Raises StoreError for anything that would write, for SQL that is wrong, and for
    what takes too long or too much room: rows are looked at as they come.
    """
    question = question.strip().rstrip(";").strip()
    first = COMMENTS.sub("", question, 1).lstrip("(").split(None, 1)
    if not first or first[0].lower() not in READS:
        raise StoreError("a question to a store is one SELECT: nothing may be changed")
    sqlite = store.engine.dialect.name == "sqlite"
    try:
        return (by_sqlite if sqlite else by_server)(store, question, limits)
    except Overtime:
        raise refused_question("", limits, True) from None
    except Overrun as error:
        raise refused_question(str(error), limits, False) from None
    except MemoryError:
        told = "it needs too much memory: ask for fewer rows or shorter columns"
        raise refused_question(told, limits, False) from None


def by_sqlite(store: SqlStore, question: str, limits: Limits) -> Answer:
    """Answer by SQLite, which allows reads alone and looks at the clock."""
    ends = monotonic() + limits.seconds
    late: list[bool] = []

    def over() -> bool:
        if monotonic() > ends:
            late.append(True)
        return bool(late)

    with store.plainly(), closing(store.engine.raw_connection()) as raw:
        plain: Any = raw.driver_connection
        usual = {kind: plain.getlimit(kind) for kind in BOUNDS}
        try:
            run_statements(plain, ("PRAGMA temp_store = MEMORY", *view_statements("main")))
            for kind, most in BOUNDS.items():
                plain.setlimit(kind, most)
            plain.set_authorizer(allowed)
            plain.set_progress_handler(over, STEPS)
            with closing(plain.execute(question)) as cursor:
                return first_rows(cursor, limits)
        except (sqlite3.Error, sqlite3.Warning) as error:
            raise refused_question(str(error), limits, bool(late)) from error
        finally:
            for kind, most in usual.items():
                plain.setlimit(kind, most)
            plain.set_progress_handler(None, 0)
            plain.set_authorizer(None)
            run_statements(plain, (*dropped(), "PRAGMA temp_store = DEFAULT"))


def run_statements(to: Any, statements: Iterable[str]) -> None:
    """Tell a connection some statements of our own."""
    for statement in statements:
        to.execute(statement)


def allowed(action: int, first: str | None, second: str | None, *_rest: Any) -> int:
    """Whether SQLite may do this while it answers."""
    function = action == sqlite3.SQLITE_FUNCTION and second not in FORBIDDEN
    own = action == sqlite3.SQLITE_PRAGMA and first in FTS_READS
    fine = action in ALLOWED or function or own
    return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY


def by_server(store: SqlStore, question: str, limits: Limits) -> Answer:
    """Answer by a server, in a transaction that may only read."""
    milliseconds = max(1, int(limits.seconds * 1000))
    first = COMMENTS.sub("", question, 1).split(None, 1)[0].lower()
    with store.plainly(), closing(store.engine.raw_connection()) as raw:
        plain: Any = raw.driver_connection
        plain.rollback()
        with plain.transaction(force_rollback=True), plain.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ WRITE")  # views of our own alone
            (schema,) = cursor.execute("SELECT current_schema()").fetchone()
            run_statements(cursor, view_statements(schema))
            cursor.execute("SET TRANSACTION READ ONLY")
            cursor.execute(f"SET LOCAL statement_timeout = {milliseconds}")
            # Both ways it is one statement: no second one hides behind it.
            try:
                if first == "explain":
                    cursor.execute(question, prepare=True)
                    return first_rows(cursor, limits)
                # The server keeps the rows: all of them could be the machine's memory.
                with plain.cursor("question") as rows, let_go(plain):
                    rows.execute(question)
                    return first_rows(rows, limits)
            except (StoreError, Overrun, MemoryError):
                raise
            except Exception as error:
                if type(error).__module__.partition(".")[0] != "psycopg":
                    raise
                late = getattr(error, "sqlstate", None) == "57014"
                words = (str(error).splitlines() or [type(error).__name__])[0]
                raise refused_question(words, limits, late) from error


@contextmanager
def let_go(plain: Any) -> Iterator[None]:
    """Close a connection that has no memory left for what is still to come."""
    try:
        yield
    except MemoryError:
        plain.close()
        raise


def first_rows(cursor: Any, limits: Limits) -> Answer:
    """Return the first rows of what a question gives."""
    if cursor.description is None:
        raise StoreError("this question has no rows for an answer")
    columns = tuple(column[0] for column in cursor.description)
    rows = bounded_rows(cursor.fetchmany, limits.rows, limits.seconds)
    return Answer(columns, rows[: limits.rows], len(rows) > limits.rows)


def refused_question(words: str, limits: Limits, late: bool) -> StoreError:
    """Return the error for a question that could not be answered."""
    if late:
        return StoreError(f"the question took more than {limits.seconds:g} seconds")
    if "prohibited" in words or "not authorized" in words:
        words += ": a question may only read this store"
    return StoreError(f"the question could not be answered: {words}")
