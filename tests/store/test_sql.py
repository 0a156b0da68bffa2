import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dateline.model import Problem
from dateline.model.record import record
from dateline.store.errors import StoreDamaged, StoreError, StoreFull
from dateline.store.sql import SqlStore
from tests.claims import REPORT, TEXT, claim

MADE = {"version": "1", "codebook": "plover", "gate": True}


@pytest.fixture
def store(tmp_path: Path) -> SqlStore:
    return SqlStore(str(tmp_path / "s.db"))


def test_saving_twice_keeps_one(store: SqlStore) -> None:
    assert store.save(REPORT, [claim()], [], MADE) == 1
    before = store.counts()
    assert store.save(REPORT, [claim()], [], MADE) is None
    assert store.counts() == before
    assert list(store.claims({})) == [record(claim(), TEXT)]


def test_other_settings_take_the_place_of_the_old_coding(store: SqlStore) -> None:
    store.save(REPORT, [claim()], [], MADE)
    store.save(REPORT, [claim(deed="CONCEDE")], [], {**MADE, "gate": False})
    assert [c["deed"] for c in store.claims({})] == ["CONCEDE"]
    assert store.counts()["runs"] == 2
    assert store.counts()["events"] == 1


def test_a_new_text_under_an_old_id_is_a_new_version(store: SqlStore) -> None:
    store.save(REPORT, [claim()], [], MADE)
    store.save(
        replace(REPORT, text=TEXT + " More."), [claim(status="denied")], [], MADE
    )
    assert [c["status"] for c in store.claims({})] == ["denied"]
    assert store.counts()["reports"] == 2
    assert store.report("r1")["text"].endswith("More.")


FILTERS = [
    ({"actor": "KEN"}, 1),
    ({"actor": "KEN GOV"}, 1),
    ({"actor": "KEN MIL"}, 0),
    ({"actor": "kenya"}, 1),
    ({"recipient": "pilots"}, 1),
    ({"recipient": "KEN"}, 0),
    ({"said_by": "army"}, 1),
    ({"own_voice": "yes"}, 0),
    ({"type": "retreat,AID"}, 1),
    ({"mode": "release"}, 1),
    ({"status": "denied"}, 0),
    ({"since": "2025-03-03", "until": "2025-03-03"}, 1),
    ({"since": "2025-03-04"}, 0),
    ({"text": "ugandan PILOTS"}, 1),
    ({"text": "100%"}, 0),
    ({"actor": "x' OR 1=1 --"}, 0),
]


@pytest.mark.parametrize(("where", "count"), FILTERS)
def test_filters(store: SqlStore, where: dict[str, str], count: int) -> None:
    store.save(REPORT, [claim()], [], MADE)
    assert len(list(store.claims(where))) == count


def test_an_unknown_filter_is_refused(store: SqlStore) -> None:
    with pytest.raises(StoreError, match="no filter 'sort'"):
        list(store.claims({"sort": "id; DROP TABLE claims"}))


def test_problems_are_kept(store: SqlStore) -> None:
    store.note(Problem("bad", "read", "unreadable", "binary data"))
    store.note(Problem("bad", "read", "unreadable", "binary data"))
    assert store.counts()["problems"] == 1


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text(
        "This is no database, but a text of some length." * 99
    )
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("create table mine (x)")
    other.close()
    with pytest.raises(StoreDamaged):
        SqlStore(str(tmp_path / "text.db"))
    with pytest.raises(StoreDamaged):
        SqlStore(str(tmp_path / "other.db"))
    with pytest.raises(StoreError, match="folder"):
        SqlStore(str(tmp_path))
    with pytest.raises(StoreError, match="run `dateline code` first"):
        SqlStore(str(tmp_path / "none.db"), write=False)
    with pytest.raises(StoreFull):
        SqlStore(str(tmp_path / "no" / "such" / "folder.db"))


READER = """
import sys
from dateline.store.sql import SqlStore
store = SqlStore(sys.argv[1], write=False)
print(len(list(store.claims({}))), store.sound())
"""


def test_another_process_reads_while_this_one_writes(store: SqlStore) -> None:
    store.save(REPORT, [claim()], [], MADE)
    with store.engine.begin() as writing:
        writing.exec_driver_sql("DELETE FROM modes")
        command = [sys.executable, "-c", READER, store.where]
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, check=True
        )
    assert (done.stdout.strip(), done.stderr) == ("1 ok", "")


def test_a_second_writer_is_told_that_the_store_is_in_use(
    store: SqlStore, monkeypatch
) -> None:
    from dateline.store import sql
    from dateline.store.errors import StoreInUse

    monkeypatch.setattr(sql, "PATIENCE", 0.05)
    second = SqlStore(store.where)
    with store.engine.begin() as writing:
        writing.exec_driver_sql("DELETE FROM modes")
        with pytest.raises(StoreInUse, match="in use"):
            second.save(REPORT, [claim()], [], MADE)


def test_the_migrations_lead_to_the_tables_of_the_code(store: SqlStore) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    from dateline.store.tables import metadata

    with store.engine.connect() as to:
        assert compare_metadata(MigrationContext.configure(to), metadata) == []
