"""What a database complains of, as an error of ours: with what to do about it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError

from dateline.store.errors import StoreDamaged, StoreError, StoreFull, StoreInUse

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


@contextmanager
def translate_faults(where: str, who: Callable[[], str]) -> Iterator[None]:
    """Turn a database's complaint into one of ours; `who` tells who is writing."""
    try:
        yield
    except SQLAlchemyError as error:
        raise translate_fault(where, error, who) from error
    except (UnicodeDecodeError, OverflowError) as error:
        raise damaged(where, str(error)) from error


def translate_fault(
    where: str, error: SQLAlchemyError, who: Callable[[], str]
) -> StoreError:
    """Return our error for a database's."""
    words = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
    kind = by_state(error) or by_words(error, words)
    if kind is StoreInUse:
        return StoreInUse(f"{where} is in use by {who()}: try again later")
    if kind is StoreFull:
        return StoreFull(f"{where}: {words} (is there room, and may this user write?)")
    if kind is StoreDamaged:
        return damaged(where, words)
    return StoreError(f"{where}: {words}")


def by_state(error: SQLAlchemyError) -> type[StoreError] | None:
    """Return the kind of error that a server's code stands for."""
    state = getattr(getattr(error, "orig", None), "sqlstate", None) or ""
    found = [kind for code, kind in STATES.items() if state.startswith(code)]
    return found[0] if state and found else None


def by_words(error: SQLAlchemyError, words: str) -> type[StoreError] | None:
    """Return the kind of error that SQLite's words stand for."""
    name = getattr(getattr(error, "orig", None), "sqlite_errorname", "") or ""
    if "locked" in words or name.startswith("SQLITE_BUSY"):
        return StoreInUse
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamaged
    if unwritten(name) or any(sign in words for sign in NO_ROOM):
        return StoreFull
    broken = isinstance(error, DatabaseError) and not isinstance(
        error, OperationalError
    )
    if broken and not name.startswith("SQLITE_CONSTRAINT"):
        return StoreDamaged if name else None
    return StoreDamaged if any(sign in words for sign in BROKEN) else None


def unwritten(name: str) -> bool:
    """Whether SQLite could not write, as opposed to read."""
    return name.startswith("SQLITE_IOERR") and name.endswith(WRITING)


def damaged(where: str, words: str) -> StoreDamaged:
    """Return the error for a store that cannot be trusted any more."""
    return StoreDamaged(
        f"{where} is damaged or no store ({words}): keep a copy, name another"
    )
