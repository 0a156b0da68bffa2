"""Opens databases: SQLite in WAL mode, or a server, each read-only where asked."""

import json
import os
import re
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from dateline.store.errors import StoreError
from dateline.store.tables import STANDS_FOR_NUL

PATIENCE = 20  # seconds to wait for another writer
CACHE = 65_536  # KiB of a file that a writer holds at the most: keys come in no order
HELD = 20  # connections to a file that stay open: each new one reads the whole layout
ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
ESCAPED_STAND_IN = json.dumps(STANDS_FOR_NUL)[1:-1]
BRIEF = json.JSONEncoder(separators=(",", ":")).encode
PAGE = 16_384  # bytes of a page of a new file: of smaller ones a tenth stays unused
KINDS = ("sqlite", "postgresql")
DRIVERS = {"postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}


def address(where: str) -> URL:
    """Return the database URL of a store named by a path or a URL.

    >>> address("news.db").render_as_string()
    'sqlite:///news.db'
    """
    if "://" not in where:
        return URL.create("sqlite", database=where)
    try:
        url = make_url(where)
    except (ArgumentError, ValueError) as error:
        told = where.rsplit("@", maxsplit=1)[-1]
        raise StoreError(f"no such kind of store: {told}") from error
    return url.set(drivername=DRIVERS.get(url.drivername, url.drivername))


def mask_password(url: URL) -> str:
    """Return a store's name as it may be printed: without its password.

    >>> mask_password(address("postgresql://me:secret@host/news"))
    'postgresql://me:***@host/news'
    """
    if url.get_backend_name() == "sqlite":
        return url.database or ":memory:"
    return url.render_as_string().replace("+psycopg", "", 1)


def path_of(url: URL) -> Path | None:
    """Return the file of an SQLite store, None for any other."""
    sqlite = url.get_backend_name() == "sqlite"
    return Path(url.database) if sqlite and url.database else None


def make_engine(url: URL, write: bool = True) -> Engine:
    """Return an engine for a store; read-only ones cannot change a byte."""
    kind = url.get_backend_name()
    if kind not in KINDS:
        told = f"no such kind of store: {mask_password(url)}; name a file or postgresql://…"
        raise StoreError(told)
    try:
        return sqlite(url, write) if kind == "sqlite" else server_engine(url, write)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(f"no such kind of store: {mask_password(url)}") from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{mask_password(url)} needs {error.name}:"
            " pip install '.[server]' in the clone"
        ) from error


class Held(sqlite3.Connection):
    """A connection that is closed when nobody holds it any more."""

    def __del__(self) -> None:
        """Close it, if it was ever open; Python warns of files that are left open."""
        with suppress(sqlite3.Error):
            self.close()


def sqlite(url: URL, write: bool) -> Engine:
    """Return an engine for an SQLite file; it gets WAL mode and patience."""
    file = path_of(url)
    if file and not write:
        url = URL.create("sqlite", database=f"file:{quote(str(file))}")
        url = url.update_query_dict(read_only_options(file))
    made = create_engine(
        url, pool_size=HELD, connect_args={"factory": Held}, json_serializer=brief
    )
    event.listen(made, "connect", tune if write else tune_to_read)
    event.listen(made, "begin", begin_transaction)
    return made


def read_only_options(file: Path) -> dict[str, str]:
    """Return how to read an SQLite file where nothing may be written.

    A folder that may not be written holds no shared memory for a log, so a store
    without a log is there read as the unchanging file that it is.
    """
    log = Path(f"{file}-wal")
    fixed = not os.access(file.absolute().parent, os.W_OK)
    fixed = fixed and not (log.exists() and log.stat().st_size)
    asked = {"mode": "ro", "uri": "true"}
    return asked | ({"immutable": "1"} if fixed else {})


def server_engine(url: URL, write: bool) -> Engine:
    """Return an engine for a database server, which names us by our process."""
    options = f"-c lock_timeout={int(PATIENCE * 1000)}"
    if not write:
        options += " -c default_transaction_read_only=on"
    given: dict[str, Any] = {}
    if url.get_backend_name() == "postgresql":
        name = f"dateline, process {os.getpid()}"
        given = {"connect_args": {"options": options, "application_name": name}}
    given |= {"json_serializer": without_nul, "json_deserializer": with_nul}
    return create_engine(url, pool_pre_ping=True, **given)


def brief(told: Any) -> str:
    """Return a record as JSON without blanks between its parts."""
    return BRIEF(told)


def without_nul(told: Any) -> str:
    """Return a record as JSON in which a server finds words: it has no NUL.

    >>> with_nul(without_nul(["a\\0b"])) == ["a\\0b"]
    True
    """
    return ESCAPED_NUL.sub(lambda m: m[1] + ESCAPED_STAND_IN, brief(told))


def with_nul(told: str | bytes) -> Any:
    """Return what a server kept as JSON, as it was given."""
    words = told if isinstance(told, str) else told.decode()
    return json.loads(words.replace(ESCAPED_STAND_IN, "\\u0000"))


def tune(connection: Any, _record: Any) -> None:
    """Set SQLite up so that readers go on while one process writes."""
    tune_to_read(connection, _record)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA page_size = {PAGE}")  # of a file that is still empty
    if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{CACHE}")


def tune_to_read(connection: Any, _record: Any) -> None:
    """Set patience, and let small and capital letters be equal in every script."""
    connection.isolation_level = None  # else tables are made outside transactions
    connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
    connection.create_function("lower", 1, lower, deterministic=True)


def lower(words: Any) -> Any:
    """Return small letters, as SQLite alone does for English only."""
    return words.lower() if isinstance(words, str) else words


def begin_transaction(to: Connection) -> None:
    """Begin a transaction, which the driver left to itself would put off.

    One that will write says so at once: a reader that turns writer could be told
    that its view is old instead of being made to wait.
    """
    write = to.get_execution_options().get("writes", False)
    to.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")


def crossed(error: StoreError) -> bool:
    """Whether a writer met another on a server, so that trying again will do."""
    cause = error.__cause__
    state = getattr(getattr(cause, "orig", None), "sqlstate", None) or ""
    return isinstance(cause, DBAPIError) and state.startswith(("40", "23"))
