"""An SQLite file opened by a test beside the program, and closed again."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def database(where: Path | str, **how: Any) -> Iterator[sqlite3.Connection]:
    """Yield a connection: what is done is kept, where nothing fails."""
    with closing(sqlite3.connect(where, **how)) as to, to:
        yield to
