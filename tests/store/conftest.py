"""An empty store of each kind, one after the other."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from dateline.store.database.tables import metadata


@pytest.fixture(scope="session")
def one_database(new_database: Callable[[], str]) -> str:
    """A database that tests empty and use one after the other."""
    return new_database()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an empty store may be made, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "s.db")
    url = str(request.getfixturevalue("one_database"))
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as to:
        if inspect(to).get_table_names():
            names = ", ".join(table.name for table in metadata.sorted_tables)
            to.exec_driver_sql(f"TRUNCATE {names}")
    engine.dispose()
    return url
