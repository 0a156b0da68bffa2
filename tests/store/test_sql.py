"""A store in a file: its faults, its locks, its layouts."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from dateline.store import maintenance
from dateline.store.database import connect
from dateline.store.database.sql_query import ask_store
from dateline.store.database.tables import Words, metadata
from dateline.store.errors import StoreDamaged, StoreError, StoreFull, StoreInUse
from dateline.store.provenance import Custody
from dateline.store.sql import FOLDER, Kept, SqlStore, newest_layout
from tests.claims import REPORT, TEXT, claim

MADE = {"version": "1", "codebook": "plover", "gate": True}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    made = SqlStore(str(tmp_path / "s.db"))
    yield made
    made.close()


def test_what_is_no_store_is_told(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("This is no database, but a text of some length." * 99)
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


def test_an_older_text_read_later_does_not_become_current(store: SqlStore) -> None:
    old = replace(REPORT, published=date(2019, 1, 7))
    new = replace(REPORT, text=TEXT + " More.", published=datetime(2019, 1, 9, 8))
    for report in (old, new, old):
        store.save(report, [claim()], [], MADE)
    assert Custody(store, MADE, {}).known(old).standing == "kept"
    later = {**MADE, "version": "2"}
    assert Custody(store, later, {}).known(old).standing == "again"
    store.save(old, [claim()], [], later)
    current = store.report(REPORT.id)
    assert current and current["text"] == new.text
    assert Custody(store, later, {}).known(old).standing == "kept"


def test_of_versions_of_one_day_the_last_read_is_current(store: SqlStore) -> None:
    new = replace(REPORT, text=TEXT + " More.")
    for report in (REPORT, new, REPORT):
        store.save(report, [claim()], [], MADE)
    current = store.report(REPORT.id)
    assert current and current["text"] == TEXT


READER = """
import sys
from dateline.store.sql import Kept, SqlStore
store = SqlStore(sys.argv[1], write=False)
print(len(list(store.claims({}))), store.sound())
"""


def test_another_process_reads_while_this_one_writes(store: SqlStore) -> None:
    store.save(REPORT, [claim()], [], MADE)
    with store.engine.begin() as writing:
        writing.exec_driver_sql("DELETE FROM claim_modes")
        command = [sys.executable, "-c", READER, store.where]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    assert (done.stdout.strip(), done.stderr) == ("1 ok", "")


HOLDER = """
import sqlite3, sys
to = sqlite3.connect(sys.argv[1], isolation_level=None)
to.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def held(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The process that holds the write lock of a store."""
    monkeypatch.setattr(connect, "PATIENCE", 0.05)
    command = [sys.executable, "-c", HOLDER, store.where]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as child:
        assert child.stdout
        assert child.stdout.readline() == "held\n"
        yield child.pid
        child.communicate("")


def test_who_holds_a_store_is_named_with_the_time(store: SqlStore, held: int) -> None:
    second = SqlStore(store.where)
    with pytest.raises(StoreInUse) as told:
        second.save(REPORT, [claim()], [], MADE)
    assert told.value.exit == 4
    assert f"process {held} (" in str(told.value)
    assert f"since {date.today():%Y-%m-}" in str(told.value)
    assert list(second.claims({})) == []


def test_without_a_table_of_locks_a_writer_has_no_name(
    store: SqlStore, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "LOCKS", Path("/nonexistent"))
    with pytest.raises(StoreInUse, match="in use by another writer"):
        SqlStore(store.where).save(REPORT, [claim()], [], MADE)


def test_a_damaged_page_is_told_wherever_it_lies(tmp_path: Path) -> None:
    path = tmp_path / "s.db"
    store = SqlStore(str(path))
    for n in range(30):
        name = f"r{n}"
        report = replace(REPORT, id=name, text=f"{TEXT} {n} " * 40)
        store.save(report, [claim(report=name)], [], MADE)
    maintenance.compact_store(store)
    store.close()
    whole = path.read_bytes()
    told = 0
    for page in range(0, len(whole) // 4096, 3):
        start = page * 4096
        path.write_bytes(whole[:start] + b"\xa5" * 4096 + whole[start + 4096 :])
        told += is_damage_told(path)
    assert told > 10


def is_damage_told(path: Path) -> bool:
    """Whether reading all and checking finds a fault; no other error may come out."""
    for file in path.parent.glob("s.db-*"):
        file.unlink()
    try:
        store = SqlStore(str(path), write=False)
        list(store.claims({}))
        list(store.reports())
        store.counts()
        store.search("pilots")
    except StoreDamaged as error:
        assert error.exit == 6
        return True
    return bool(maintenance.find_store_faults(store))


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that every user may look into."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def test_what_may_only_be_read_is_read(shelf: Path) -> None:
    store = SqlStore(str(shelf / "s.db"))
    store.save(REPORT, [claim()], [], MADE)
    store.close()
    (shelf / "s.db").chmod(0o444)
    shelf.chmod(0o555)
    done = as_nobody(READER, str(shelf / "s.db"))
    refused = as_nobody(WRITER, str(shelf / "s.db"))
    assert (done.stdout.strip(), done.returncode) == ("1 ok", 0), done.stderr
    assert refused.stdout.strip() == "5", refused.stderr
    assert [file.name for file in shelf.iterdir()] == ["s.db"]


WRITER = """
import sys
from dateline.store.sql import Kept, SqlStore
from dateline.store.errors import StoreError
from dateline.model import Problem
try:
    SqlStore(sys.argv[1]).note(Problem("r", "read", "bad", "x"))
except StoreError as error:
    print(error.exit)
"""


def as_nobody(code: str, *words: str) -> subprocess.CompletedProcess[str]:
    """Run code as a user whom permissions hold back, which they do not root.

    What is needed is loaded before the rights are given up.
    """
    drop = "import os; os.geteuid() or (os.setgid(65534), os.setuid(65534))\n"
    load = "import sys, sqlite3, sqlalchemy.dialects.sqlite, dateline.store.sql\n"
    load += "import alembic.command, alembic.config\n"
    load += "import dateline.store.maintenance\n"
    load += "from dateline.resources.reference.countries import countries; countries()\n"
    return subprocess.run(
        [sys.executable, "-c", load + drop + code, *words],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


BACKUP = """
import sys
from dateline.store.sql import SqlStore
from dateline.store.maintenance import copy_store
copy_store(SqlStore(sys.argv[1], write=False), sys.argv[2])
"""


def test_a_store_in_a_folder_that_may_be_read_alone_is_backed_up() -> None:
    with TemporaryDirectory() as there, TemporaryDirectory() as out:
        with SqlStore(f"{there}/s.db") as made:
            made.save(REPORT, [claim()], [], MADE)
        Path(there).chmod(0o555)
        Path(out).chmod(0o777)
        done = as_nobody(BACKUP, f"{there}/s.db", f"{out}/copy.db")
        assert (done.returncode, done.stderr) == (0, "")
        with SqlStore(f"{out}/copy.db", write=False) as copied:
            assert copied.counts()["claims"] == 1


def test_a_layout_of_before_the_first_release_is_told(store: SqlStore) -> None:
    with store.engine.begin() as to:
        to.exec_driver_sql("UPDATE alembic_version SET version_num = '0090'")
    with pytest.raises(StoreError, match="code its reports into a new store"):
        SqlStore(store.where)


def test_reasons_are_asked_for_as_rows(where: str) -> None:
    with SqlStore(where) as store:
        store.save(REPORT, [claim()], [], MADE)
        asked = "SELECT question, rule, rank FROM reasons ORDER BY rank"
        found = ask_store(store, asked)
        told = claim().why
    assert found.rows[0][:2] == (told[0][0], told[0][1].rule)
    assert [row[2] for row in found.rows] == list(range(len(told)))


def test_a_store_with_other_tables_of_ours_is_told_to_be_old(store: SqlStore) -> None:
    with sqlite3.connect(store.where) as to:
        views = to.execute("SELECT name FROM sqlite_schema WHERE type = 'view'")
        for (name,) in views.fetchall():
            to.execute(f"DROP VIEW {name}")
        to.execute("ALTER TABLE claim_rows RENAME TO claims")
    to.close()
    with pytest.raises(StoreError, match="of before the first release: code"):
        SqlStore(store.where)


def test_a_newer_layout_is_left_alone(store: SqlStore) -> None:
    with store.engine.begin() as to:
        to.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer Dateline"):
        SqlStore(store.where)


def test_the_steps_stand_in_the_order_of_their_numbers() -> None:
    config = Config()
    config.set_main_option("script_location", str(FOLDER.parent))
    steps = [s.revision for s in ScriptDirectory.from_config(config).walk_revisions()]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] == newest_layout()


def test_the_migrations_lead_to_the_tables_of_the_code(where: str) -> None:
    store = SqlStore(where)
    options = {"compare_type": other_than_words, "include_object": ours}
    with store.engine.connect() as to:
        context = MigrationContext.configure(to, opts=options)
        assert compare_metadata(context, metadata) == []
    store.close()


def other_than_words(*types: object) -> bool | None:
    """Leave out texts, which SQLite keeps under the length they once had."""
    return False if isinstance(types[-1], Words) else None


def ours(_item: object, name: str, *_rest: object) -> bool:
    """Whether a table or index is one of ours, not full-text search's own."""
    return not name.startswith("reports_text")


def test_what_no_claim_was_made_of_is_kept_with_the_report(where: str) -> None:
    rest = [{"rule": "actions.unsure.v1", "start": 6, "end": 11, "what": "AID"}]
    with SqlStore(where) as store:
        store.save(REPORT, [], [], MADE)
        old = store.report(REPORT.id)
        assert old is not None
        assert (old["sentences"], old["left_out"]) == (None, None)
        store.save_all([Kept(REPORT, [], [], None, 1, rest)], {**MADE, "gate": False})
        new = store.report(REPORT.id)
        assert new is not None
        assert (new["sentences"], new["left_out"]) == (1, rest)


@pytest.mark.parametrize("name", ["mysql+none://h/x", "nonsense://", "://"])
def test_what_is_no_database_is_told(name: str) -> None:
    with pytest.raises(StoreError, match="no such kind of store"):
        SqlStore(name)
