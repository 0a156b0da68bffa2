"""A store on a server: many writers, locks, rights, passwords."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import create_engine

from dateline.store import maintenance
from dateline.store.database import connect
from dateline.store.database.connect import address, mask_password
from dateline.store.errors import StoreError, StoreFull, StoreInUse
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, TEXT, sample


@pytest.fixture
def url(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    made = SqlStore(url)
    yield made
    made.close()


def test_writers_that_cross_each_other_lose_and_double_nothing(url: str) -> None:
    """Four writers begin at once in an empty database and keep the same reports."""

    def write(_writer: int) -> int:
        store = SqlStore(url)
        new = 0
        for n in range(12):
            name = f"r{n % 6}"  # each report comes twice from each writer
            report = replace(REPORT, id=name)
            events = [sample(name, event=f"e{n % 3}"), sample(name, "AID", "shared")]
            new += store.save(report, events, [], MADE) is not None
        store.close()
        return new

    with ThreadPoolExecutor(4) as pool:
        kept = list(pool.map(write, range(4)))
    store = SqlStore(url, write=False)
    assert sum(kept) == 6
    assert len(list(store.claims({}))) == 12
    assert maintenance.find_store_faults(store) == []
    store.close()


def test_a_store_in_use_says_so(store: SqlStore, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "PATIENCE", 0.1)
    second = SqlStore(url)
    with store.engine.begin() as holding:
        holding.exec_driver_sql("LOCK TABLE reports IN ACCESS EXCLUSIVE MODE")
        with pytest.raises(StoreInUse, match="in use by process") as told:
            second.save(REPORT, [sample()], [], MADE)
    assert told.value.exit == 4
    second.close()


def test_a_reader_cannot_write(store: SqlStore, url: str) -> None:
    reader = SqlStore(url, write=False)
    with pytest.raises(StoreFull) as told:
        reader.save(REPORT, [sample()], [], MADE)
    assert told.value.exit == 5
    assert list(store.claims({})) == []
    reader.close()


def test_passwords_are_never_shown() -> None:
    where = "postgresql://me:secret@127.0.0.1:1/none"
    assert "secret" not in mask_password(address(where))
    with pytest.raises(StoreError) as told:
        SqlStore(where)
    assert "secret" not in str(told.value)
    with pytest.raises(StoreError) as told:
        SqlStore("nonsense://me:secret@host/x")
    assert "secret" not in str(told.value)


def test_a_database_of_others_is_left_alone(url: str) -> None:
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as to:
        to.exec_driver_sql("CREATE TABLE mine (x int)")
    engine.dispose()
    with pytest.raises(StoreError, match="no Dateline store"):
        SqlStore(url)


def test_a_copy_goes_to_a_file_and_back(
    store: SqlStore, new_database: Callable[[], str], tmp_path: object
) -> None:
    store.save(replace(REPORT, text=f"{TEXT}\0"), [sample()], [], MADE)
    file = f"{tmp_path}/copy.db"
    maintenance.copy_store(store, file)
    copied = SqlStore(file, write=False)
    assert list(copied.claims({})) == list(store.claims({}))
    assert maintenance.find_store_faults(copied) == []
    assert copied.search("pilots")
    other = new_database()
    maintenance.copy_store(copied, other)
    back = SqlStore(other)
    assert list(back.claims({})) == list(store.claims({}))
    assert back.report(REPORT.id) == store.report(REPORT.id)
    with pytest.raises(StoreError, match="holds reports already"):
        maintenance.copy_store(copied, other)
    maintenance.compact_store(back)
    back.close()
