"""Which layout a store is in, and which one this program knows."""

from functools import cache
from pathlib import Path

from sqlalchemy import Engine

FOLDER = Path(__file__).parent / "migrations" / "versions"


@cache
def oldest() -> str:
    """Return the oldest layout that can be renewed."""
    return min(file.name[:4] for file in FOLDER.glob("[0-9]*.py"))


@cache
def newest_layout() -> str:
    """Return the newest layout: steps are numbered in the order they are taken."""
    return max(file.name[:4] for file in FOLDER.glob("[0-9]*.py"))


def layout(engine: Engine) -> str:
    """Return the layout that a store is in, as its migrations name it."""
    with engine.connect() as to:
        asked = to.exec_driver_sql("SELECT version_num FROM alembic_version")
        return str(asked.scalar())
