"""Questions in SQL: they read, in bounds, and change nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import monotonic

import pytest

from dateline.store.asked import Limits, query
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
    found = query(store, "SELECT type, status FROM claims;")
    assert found.columns == ("type", "status")
    assert found.rows == [("RETREAT", "happened")]
    counted = query(store, "WITH x AS (SELECT 1 AS n) SELECT count(*) FROM x, reports")
    assert counted.rows == [(1,)]


def test_what_is_no_longer_current_is_not_counted(where: str) -> None:
    later = replace(REPORT, text=f"{REPORT.text} More.")
    with SqlStore(where) as store:
        for report in (REPORT, later):
            store.save(report, [sample()], [], MADE)
    with SqlStore(where, write=False) as store:
        for table in ("claims", "reports", "events"):
            assert query(store, f"SELECT count(*) FROM {table}").rows == [(1,)]
        schema = "main" if store.file else "public"
        every = f"SELECT count(*) FROM {schema}.claims"
        assert query(store, every).rows == [(2,)]
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
            query(store, question)
        assert told.value.exit == 2, question
    assert len(list(store.claims({}))) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == before


ENDLESS = (
    "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    " SELECT count(*) FROM n"
)


def test_what_takes_too_long_is_stopped(store: SqlStore) -> None:
    began = monotonic()
    with pytest.raises(StoreError, match=r"more than 0\.2 seconds"):
        query(store, ENDLESS, Limits(seconds=0.2))
    assert monotonic() - began < 10
    assert query(store, "SELECT 1").rows == [(1,)]


def test_more_rows_than_asked_for_are_cut_and_told(store: SqlStore) -> None:
    found = query(store, "VALUES (1), (2), (3)", Limits(rows=2))
    assert (len(found.rows), found.cut) == (2, True)
    assert not query(store, "VALUES (1), (2)", Limits(rows=2)).cut


def test_full_text_search_can_be_asked(store: SqlStore) -> None:
    if store.engine.dialect.name == "sqlite":
        asked = "SELECT rowid FROM reports_text WHERE reports_text MATCH 'pilots'"
    else:
        asked = "SELECT key FROM reports WHERE to_tsvector('english', text) @@ 'pilot'"
    assert len(query(store, asked).rows) == 1


def test_a_comment_may_stand_before_a_question(store: SqlStore) -> None:
    asked = "/* how many */ -- claims\nSELECT count(*) FROM claims"
    assert query(store, asked).rows == [(1,)]


def test_a_cell_of_gigabytes_is_refused(store: SqlStore) -> None:
    blob = "zeroblob(1 << 30)" if store.engine.dialect.name == "sqlite" else "nowhere"
    with pytest.raises(StoreError):
        query(store, f"SELECT {blob}")
