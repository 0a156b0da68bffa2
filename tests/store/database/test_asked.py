"""Questions in SQL: they read, in bounds, and change nothing."""

import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic, sleep

import pytest

from dateline.store import query_limits as bounds
from dateline.store.database.sql_query import Limits, ask_store
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, sample


@pytest.fixture
def store(where: str) -> Iterator[SqlStore]:
    with SqlStore(where) as made:
        made.save(REPORT, [sample()], [], MADE)
    with SqlStore(where, write=False) as reading:
        yield reading


def test_a_select_is_answered(store: SqlStore) -> None:
    found = ask_store(store, "SELECT type, status FROM claims;")
    assert found.columns == ("type", "status")
    assert found.rows == [("RETREAT", "happened")]
    counted = ask_store(store, "WITH x AS (SELECT 1 AS n) SELECT count(*) FROM x, reports")
    assert counted.rows == [(1,)]


def test_what_is_no_longer_current_is_not_counted(where: str) -> None:
    later = replace(REPORT, text=f"{REPORT.text} More.")
    with SqlStore(where) as store:
        for report in (REPORT, later):
            store.save(report, [sample()], [], MADE)
    with SqlStore(where, write=False) as store:
        for table in ("claims", "reports", "events"):
            assert ask_store(store, f"SELECT count(*) FROM {table}").rows == [(1,)]
        schema = "main" if store.file else "public"
        every = f"SELECT count(*) FROM {schema}.claims"
        assert ask_store(store, every).rows == [(2,)]
        assert store.counts()["claims"] == 2


CHANGES = [
    "DELETE FROM claims",
    "WITH x AS (SELECT 1) DELETE FROM claims",
    "SELECT 1; DELETE FROM claims",
    "SELECT 1; COMMIT; DELETE FROM claims",
    "PRAGMA query_only = 0",
    "ATTACH 'other.db' AS other",
    "COPY claims TO PROGRAM 'touch gone'",
    "VACUUM INTO 'copy.db'",
    "SELECT load_extension('x')",
    "SELECT lo_import('/etc/hostname')",
    "CREATE TABLE mine (x int)",
    "",
    "SELECT no_such FROM claims",
    "EXPLAIN ANALYZE DELETE FROM claims",
    "SELECT set_config('transaction_read_only', 'off', false)",
]


def test_nothing_can_be_changed(
    store: SqlStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(file.name for file in tmp_path.iterdir())
    for question in CHANGES:
        with pytest.raises(StoreError) as told:
            ask_store(store, question)
        assert told.value.exit == 2, question
    assert len(list(store.claims({}))) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == before


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def test_what_takes_too_long_is_stopped(store: SqlStore) -> None:
    began = monotonic()
    with pytest.raises(StoreError, match=r"more than 0\.2 seconds"):
        ask_store(store, ENDLESS, Limits(seconds=0.2))
    assert monotonic() - began < 10
    assert ask_store(store, "SELECT 1").rows == [(1,)]


def test_more_rows_than_asked_for_are_cut_and_told(store: SqlStore) -> None:
    found = ask_store(store, "VALUES (1), (2), (3)", Limits(rows=2))
    assert (len(found.rows), found.cut) == (2, True)
    assert not ask_store(store, "VALUES (1), (2)", Limits(rows=2)).cut


def test_full_text_search_can_be_asked(store: SqlStore) -> None:
    if store.engine.dialect.name == "sqlite":
        asked = "SELECT rowid FROM reports_text WHERE reports_text MATCH 'pilots'"
    else:
        asked = "SELECT key FROM reports WHERE to_tsvector('english', text) @@ 'pilot'"
    assert len(ask_store(store, asked).rows) == 1


def test_a_comment_may_stand_before_a_question(store: SqlStore) -> None:
    asked = "/* how many */ -- claims\nSELECT count(*) FROM claims"
    assert ask_store(store, asked).rows == [(1,)]


LARGE = {
    "sqlite": [
        "SELECT zeroblob(1 << 30)",
        "SELECT zeroblob(16000000) FROM n",
        "SELECT hex(zeroblob(8000000)) FROM n",
        "SELECT " + ", ".join(["zeroblob(16000000)"] * 200),
        "SELECT " + ", ".join("1" * 1000),
        "SELECT group_concat(hex(zeroblob(4000000))) FROM (SELECT 1 FROM n LIMIT 4)",
        "SELECT replace(hex(zeroblob(8000000)), '0', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa')",
    ],
    "postgresql": [
        "SELECT repeat('x', 16000000) FROM n",
        "SELECT repeat('x', 4000000), repeat('y', 4000000) FROM n",
        "SELECT array_agg(repeat('x', 1000)) FROM generate_series(1, 60000)",
    ],
}
NUMBERS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 9999) "


def test_an_answer_of_gigabytes_is_refused(
    store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounds, "MOST_BYTES", 50 << 20)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for question in LARGE[store.engine.dialect.name]:
        with pytest.raises(StoreError) as told, bounds.bounded_memory(400 << 20):
            ask_store(store, NUMBERS + question, Limits(seconds=20))
        assert told.value.exit == 2, question
        assert "syntax" not in str(told.value) and "implemented" not in str(told.value)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 500 << 10  # kB
    assert ask_store(store, "SELECT 1").rows == [(1,)]


def test_rows_that_come_slowly_are_timed(store: SqlStore) -> None:
    """Each is there in time, all of them would not be."""
    if store.engine.dialect.name == "sqlite":
        with pytest.raises(bounds.Overtime):
            bounds.bounded_rows(drip, 100, 0.1)
        return
    began = monotonic()
    with pytest.raises(StoreError, match=r"more than 0\.3 seconds"):
        ask_store(store, NUMBERS + "SELECT pg_sleep(0.05) FROM n", Limits(seconds=0.3))
    assert monotonic() - began < 5


def drip(_many: int) -> list[tuple[int]]:
    sleep(0.02)
    return [(1,)]


def test_a_plan_can_be_asked_for(store: SqlStore) -> None:
    assert ask_store(store, "EXPLAIN SELECT * FROM claims").rows


def test_a_step_that_nothing_interrupts_is_ended() -> None:
    """A database may be for hours within one step, and looks at no clock there."""
    words = "import time\nfrom dateline.store.query_limits import hard_stop\n"
    words += "with hard_stop(0.1, 'took too long', 2):\n    time.sleep(60)"
    done = subprocess.run(
        [sys.executable, "-c", words], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (2, "dateline: took too long\n")
