"""One at a time joins the claims of a store, whoever else writes to it meanwhile.

Joining reads much, thinks, and then writes: two that did so at once would write what
each has read before the other wrote.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import sleep

from sqlalchemy import Connection, Engine

from dateline.store.errors import StoreFull

NUMBER = 5_550_120  # of ours among the locks of a server
PAUSE = 0.1  # seconds between two tries


def keep_alone(to: Connection, number: int) -> None:
    """Let no other writer to a server keep the report of that number meanwhile."""
    if to.dialect.name == "postgresql":
        to.exec_driver_sql(f"SELECT pg_advisory_xact_lock({number})")


@contextmanager
def turn(engine: Engine) -> Iterator[None]:
    """Wait until nobody else joins, and keep the others waiting."""
    if engine.dialect.name == "postgresql":
        with on_server(engine):
            yield
    elif engine.url.database:
        with lock_beside(Path(f"{engine.url.database}-join")):
            yield
    else:
        yield


@contextmanager
def on_server(engine: Engine) -> Iterator[None]:
    """Hold a server's lock; it is given up when this session ends, however it ends."""
    with engine.connect() as open_one:
        to = open_one.execution_options(isolation_level="AUTOCOMMIT")
        asked = f"SELECT pg_try_advisory_lock({NUMBER})"
        while not to.exec_driver_sql(asked).scalar():
            sleep(PAUSE)
        try:
            yield
        finally:
            to.exec_driver_sql(f"SELECT pg_advisory_unlock({NUMBER})")


@contextmanager
def lock_beside(path: Path) -> Iterator[None]:
    """Hold the lock of a file beside a store, which goes when it is done."""
    number = locked(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(number)


def locked(path: Path) -> int:
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
