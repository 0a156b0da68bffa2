"""Opens databases, tells what they complain of, and lets writers take turns.

SQLite in WAL mode, or a server, each read-only where asked. Joining reads much, thinks,
and then writes: two that did so at once would write what each has read before the
other wrote, so one at a time joins the claims of a store, whoever else writes to it.
"""

import fcntl
import json
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    NoSuchModuleError,
    OperationalError,
    SQLAlchemyError,
)

from dateline.store.database.tables import STANDS_FOR_NUL
from dateline.store.errors import StoreDamaged, StoreError, StoreFull, StoreInUse

PATIENCE = 20  # seconds to wait for another writer
CACHE = 65_536  # KiB of a file that a writer holds at the most: keys come in no order
HELD = 20  # connections to a file that stay open: each new one reads the whole layout
ESCAPED_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
ESCAPED_STAND_IN = json.dumps(STANDS_FOR_NUL)[1:-1]
BRIEF = json.JSONEncoder(separators=(",", ":")).encode
PAGE = 16_384  # bytes of a page of a new file: of smaller ones a tenth stays unused
KINDS = ("sqlite", "postgresql")
LOCKS = Path("/proc/locks")
WRITE_BYTE = 120  # of SQLite's shared memory: whoever locks it writes to the log
NUMBER = 5_550_120  # of ours among the locks of a server
PAUSE = 0.1  # seconds between two tries
NO_ROOM = ("full", "readonly", "unable to open", "attempt to write")
WRITING = ("WRITE", "FSYNC", "TRUNCATE", "SHMOPEN", "SHMSIZE", "SHMMAP", "CLOSE")
BROKEN = (
    "no such table",
    "no such column",
    "malformed",
    "disk I/O",
    "not a database",
    "decode",
    "missing chunk",
)
STATES = {  # the first letters of PostgreSQL's error codes
    "53": StoreFull,
    "25006": StoreFull,
    "42501": StoreFull,
    "28": StoreFull,
    "XX": StoreDamaged,
    "42P01": StoreDamaged,
    "55P03": StoreInUse,
    "40": StoreInUse,
    "55006": StoreInUse,
}
HOLDING = text(
    "SELECT a.application_name, a.pid, a.xact_start FROM pg_stat_activity a"
    " JOIN pg_locks l ON l.pid = a.pid WHERE a.datname = current_database()"
    " AND a.pid <> pg_backend_pid() AND l.granted AND l.mode LIKE '%ExclusiveLock'"
    " AND a.xact_start IS NOT NULL ORDER BY a.xact_start LIMIT 1"
)
DAMAGED = "{0} is damaged or no store ({1}): keep a copy, name another"
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
    """Return an engine for a store; read-only ones cannot change a byte.

    An SQLite file gets WAL mode and patience; a server names us by our process.
    """
    kind = url.get_backend_name()
    if kind not in KINDS:
        told = f"no such kind of store: {mask_password(url)}; name a file or postgresql://…"
        raise StoreError(told)
    try:
        if kind == "sqlite":
            return sqlite_engine(url, write)
        options = f"-c lock_timeout={int(PATIENCE * 1000)}"
        if not write:
            options += " -c default_transaction_read_only=on"
        name = f"dateline, process {os.getpid()}"
        return create_engine(
            url,
            pool_pre_ping=True,
            connect_args={"options": options, "application_name": name},
            json_serializer=without_nul,
            json_deserializer=with_nul,
        )
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(f"no such kind of store: {mask_password(url)}") from error
    except ModuleNotFoundError as error:
        raise StoreError(
            f"{mask_password(url)} needs {error.name}: pip install '.[server]' in the clone"
        ) from error


def without_nul(told: Any) -> str:
    """Return a record as JSON in which a server finds words: it has no NUL.

    >>> with_nul(without_nul(["a\\0b"])) == ["a\\0b"]
    True
    """
    return ESCAPED_NUL.sub(lambda m: m[1] + ESCAPED_STAND_IN, BRIEF(told))


def with_nul(told: str | bytes) -> Any:
    """Return what a server kept as JSON, as it was given."""
    words = told if isinstance(told, str) else told.decode()
    return json.loads(words.replace(ESCAPED_STAND_IN, "\\u0000"))


class Held(sqlite3.Connection):
    """A connection that is closed when nobody holds it any more."""

    def __del__(self) -> None:
        """Close it, if it was ever open; Python warns of files that are left open."""
        with suppress(sqlite3.Error):
            self.close()


def sqlite_engine(url: URL, write: bool) -> Engine:
    """Return an engine for an SQLite file."""
    file = path_of(url)
    if file and not write:
        url = URL.create("sqlite", database=f"file:{quote(str(file))}")
        url = url.update_query_dict(read_only_options(file))
    made = create_engine(url, pool_size=HELD, connect_args={"factory": Held}, json_serializer=BRIEF)

    @event.listens_for(made, "connect")
    def tune(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # else tables are made outside transactions
        connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
        connection.create_function("lower", 1, lower, deterministic=True)
        if not write:
            return
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA page_size = {PAGE}")  # of a file still empty
        # Readers go on while one process writes.
        if connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")

    @event.listens_for(made, "begin")
    def begin(to: Connection) -> None:
        # The driver left to itself would put it off. A transaction that will write
        # says so at once: a reader that turns writer could be told that its view is
        # old instead of being made to wait.
        write = to.get_execution_options().get("writes", False)
        to.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

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


def lower(words: Any) -> Any:
    """Return small letters of every script, where SQLite alone knows English ones."""
    return words.lower() if isinstance(words, str) else words


@contextmanager
def translate_faults(where: str, who: Callable[[], str]) -> Iterator[None]:
    """Turn a database's complaint into one of ours; `who` tells who is writing."""
    try:
        yield
    except (UnicodeDecodeError, OverflowError) as error:
        raise StoreDamaged(DAMAGED.format(where, error)) from error
    except SQLAlchemyError as error:
        words = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        kind = kind_of_fault(error, words)
        told = {
            StoreInUse: "{0} is in use by {2}: try again later",
            StoreFull: "{0}: {1} (is there room, and may this user write?)",
            StoreDamaged: DAMAGED,
            StoreError: "{0}: {1}",
        }[kind]
        told = told.format(where, words, who() if kind is StoreInUse else "")
        raise kind(told) from error


def kind_of_fault(error: SQLAlchemyError, words: str) -> type[StoreError]:
    """Return the kind of error that a server's code or SQLite's words stand for."""
    cause = getattr(error, "orig", None)
    state = getattr(cause, "sqlstate", None) or ""
    for code, kind in STATES.items():
        if state.startswith(code):
            return kind
    name = getattr(cause, "sqlite_errorname", "") or ""
    if "locked" in words or name.startswith("SQLITE_BUSY"):
        return StoreInUse
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamaged
    unwritten = name.startswith("SQLITE_IOERR") and name.endswith(WRITING)
    if unwritten or any(sign in words for sign in NO_ROOM):
        return StoreFull
    strict = isinstance(error, DatabaseError) and not isinstance(error, OperationalError)
    if strict and not name.startswith("SQLITE_CONSTRAINT"):
        damaged = bool(name)
    else:
        damaged = any(sign in words for sign in BROKEN)
    return StoreDamaged if damaged else StoreError


def find_holder(file: Path) -> str:
    """Return who writes to an SQLite file, with its process and when that began."""
    process = writing_process(file)
    if process is None:
        return "another writer"
    told = f"process {process}"
    try:
        raw = Path(f"/proc/{process}/cmdline").read_bytes()
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        up = [x for x in Path("/proc/stat").read_text().splitlines() if "btime" in x]
        # It began so many ticks after the start of the machine.
        seconds = int(fields[19]) / os.sysconf("SC_CLK_TCK") + int(up[0].split()[1])
        since = datetime.fromtimestamp(seconds, UTC).astimezone()
    except (OSError, ValueError, IndexError):
        return told
    words = raw.replace(b"\0", b" ").decode(errors="replace").strip()
    return f"{told} ({words[:60]}) since {since:%Y-%m-%d %H:%M:%S}"


def writing_process(file: Path) -> int | None:
    """Return the process that holds the write lock of an SQLite file, if told.

    The table of locks is read and the file is left alone: to open and close it here
    would give up the locks that this process has on it.
    """
    try:
        memory = os.stat(f"{file}-shm")  # noqa: PTH116  beside the file, not below it
        lines = LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        cells = line.split()
        inode = cells[-3].rpartition(":")[2]
        first, last = int(cells[-2]), cells[-1]
        held = first <= WRITE_BYTE and (last == "EOF" or int(last) >= WRITE_BYTE)
        if "WRITE" in cells and inode == str(memory.st_ino) and held:
            return int(cells[-4])
    return None


def server_holder(engine: Engine) -> str:
    """Return who has longest been writing to a server's database."""
    try:
        with engine.connect() as to:
            found = to.execute(HOLDING).first()
    except SQLAlchemyError:
        found = None
    if found is None:
        return "another writer"
    ours = found.application_name.removeprefix("dateline, ")
    name = ours or f"process {found.pid} of the server"
    return f"{name} since {found.xact_start:%Y-%m-%d %H:%M:%S}"


@contextmanager
def turn(engine: Engine) -> Iterator[None]:
    """Wait until nobody else joins, and keep the others waiting.

    Locks go with the session or the process that holds them, however it ends.
    """
    if engine.dialect.name == "postgresql":
        with engine.connect() as open_one:
            to = open_one.execution_options(isolation_level="AUTOCOMMIT")
            asked = f"SELECT pg_try_advisory_lock({NUMBER})"
            while not to.exec_driver_sql(asked).scalar():
                sleep(PAUSE)
            try:
                yield
            finally:
                to.exec_driver_sql(f"SELECT pg_advisory_unlock({NUMBER})")
    elif engine.url.database:
        path = Path(f"{engine.url.database}-join")
        number = open_locked(path)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)
            os.close(number)
    else:
        yield


def open_locked(path: Path) -> int:
    """Return an open file that is locked, and still the one of this name."""
    while True:
        try:
            number = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        except OSError as error:
            raise StoreFull(f"{path}: {error.strerror}") from None
        fcntl.flock(number, fcntl.LOCK_EX)
        try:
            if os.path.samestat(os.fstat(number), path.stat()):
                return number
        except FileNotFoundError:
            pass
        os.close(number)
