"""Stores and commands under faults: locked, full, damaged, killed, closed."""

import ctypes
import json
import os
import resource
import signal
import sqlite3
import subprocess
from pathlib import Path
from time import sleep

import pytest

from dateline.model import Problem
from dateline.store import StoreDamaged, StoreInUse
from dateline.store.database import connect
from dateline.store.sql import SqlStore
from tests.command import COMMAND, child, run
from tests.database import database
from tests.faults.builders import page

pytestmark = pytest.mark.fault
PR_CAPBSET_DROP, OVERRIDES = 24, (1, 2)  # of Linux: CAP_DAC_OVERRIDE, _READ_SEARCH
ACTS = ("arrested", "killed", "freed", "expelled")
CLOCK = """
import datetime, os, time
at = float(os.environ["FAKE_CLOCK"])
class Day(datetime.date):
    @classmethod
    def today(cls):
        return cls.fromtimestamp(at)
class Moment(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(at, tz)
    @classmethod
    def today(cls):
        return cls.now()
    @classmethod
    def utcnow(cls):
        return cls.now()
time.time = lambda: at
datetime.date, datetime.datetime = Day, Moment
"""


def write(folder: Path, count: int) -> None:
    rows = [
        {"id": f"r{n}", "text": f"Police in Kenya {ACTS[n % 4]} {n} men on Monday."}
        for n in range(count)
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "in.jsonl").write_text(lines, encoding="utf-8")


def kept(store: Path) -> list[tuple[object, ...]]:
    with database(store) as to:
        asked = "SELECT r.id, c.id, c.record FROM claims c JOIN reports r"
        return sorted(to.execute(f"{asked} ON r.key = c.report").fetchall())


def test_a_second_writer_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "PATIENCE", 0.2)
    store = SqlStore(str(tmp_path / "s.db"))
    other = sqlite3.connect(tmp_path / "s.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(StoreInUse) as told:
            store.note(Problem("r", "read", "bad", "x"))
    finally:
        other.close()
    assert told.value.exit == 4
    assert list(store.claims({})) == []


def test_a_full_disk_ends_with_its_code_and_loses_nothing(tmp_path: Path) -> None:
    write(tmp_path, 40)
    limit = 160_000  # bytes a file may grow to: the tables fit, the claims do not
    code = subprocess.run(
        [COMMAND, "code", "in.jsonl", "--store", "s.db"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=lambda: full(limit),
    )
    assert code.returncode == 5, code.stderr
    assert "s.db" in code.stderr
    assert "Traceback" not in code.stderr
    again = run(tmp_path, "code", "in.jsonl", "--store", "s.db")
    assert again.returncode == 0, again.stderr
    run(tmp_path, "code", "in.jsonl", "--store", "other.db")
    assert kept(tmp_path / "s.db") == kept(tmp_path / "other.db")


def full(limit: int) -> None:
    """Let no file of this process grow beyond a limit."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def test_a_store_that_may_not_be_written_says_so_and_is_read(tmp_path: Path) -> None:
    write(tmp_path, 1)
    assert child(tmp_path, "code", "in.jsonl", "--store", "s.db").returncode == 0
    (tmp_path / "more.txt").write_text("Kenya freed two pilots on Monday.")
    for at, mode in ((tmp_path / "s.db", 0o444), (tmp_path, 0o555)):
        at.chmod(mode)
        code = held_back(tmp_path, "code", "more.txt", "--store", "s.db")
        read = held_back(tmp_path, "events", "--store", "s.db", "--format", "jsonl")
        at.chmod(0o755)
        assert code.returncode == 5, code.stderr
        assert "s.db" in code.stderr and "Traceback" not in code.stderr
        assert (read.returncode, read.stdout.count("\n")) == (0, 1), read.stderr


def test_nothing_is_written_but_the_store(tmp_path: Path) -> None:
    """No cache, no name of this machine for the maker of a library, in no home."""
    write(tmp_path, 1)
    (tmp_path / "home").mkdir()
    (tmp_path / "in.html").write_bytes(page())
    words = ("code", "in.jsonl", "in.html", "--store", "s.db")
    assert child(tmp_path, *words, HOME=str(tmp_path / "home")).returncode == 0
    assert not list((tmp_path / "home").iterdir())
    left = {path.name for path in tmp_path.iterdir()}
    assert left - {"s.db-wal", "s.db-shm"} == {"home", "in.html", "in.jsonl", "s.db"}


def held_back(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the installed command so that permissions hold even root back."""
    try:
        return subprocess.run(
            [COMMAND, *words],
            cwd=folder,
            env={"PATH": os.environ["PATH"], "HOME": "/nonexistent"},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
            preexec_fn=give_up_powers,
        )
    except subprocess.SubprocessError:
        pytest.skip("permissions do not hold root back, and it may not give that up")


def give_up_powers() -> None:
    """Give up what lets root write and read whatever the permissions say."""
    if os.geteuid() == 0:
        for power in OVERRIDES:
            if ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, power, 0, 0, 0):
                raise OSError("may not give up a power")


def test_a_damaged_store_is_told_as_such(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    SqlStore(str(store)).engine.dispose()
    whole = store.read_bytes()
    for cut in (len(whole) // 2, 5000, 100):
        store.write_bytes(whole[:cut])
        with pytest.raises(StoreDamaged) as told:
            SqlStore(str(store)).note(Problem("r", "read", "bad", "x"))
        assert told.value.exit == 6


def test_killed_and_run_again_keeps_the_same(tmp_path: Path) -> None:
    """The installed command; `test_resume` kills more often, without its start."""
    write(tmp_path, 60)
    words = ("code", "in.jsonl", "--store")
    for wait in (0.1, 0.3):
        killed = subprocess.Popen(
            [COMMAND, *words, "killed.db"],
            cwd=tmp_path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        started(tmp_path / "killed.db", killed)
        sleep(wait)
        killed.kill()
        assert killed.wait() == -signal.SIGKILL, "it ended before it was killed"
    for name in ("killed.db", "whole.db"):
        done = run(tmp_path, *words, name)
        assert done.returncode == 0, done.stderr
    assert kept(tmp_path / "killed.db") == kept(tmp_path / "whole.db") != []


def started(store: Path, child: subprocess.Popen[bytes]) -> None:
    """Wait until a child has kept a report more than there were."""
    before = count(store)
    for _ in range(2400):
        if child.poll() is not None or count(store) > before:
            return
        sleep(0.05)


def count(store: Path) -> int:
    """Return how many reports a store holds, none where there is no store yet."""
    try:
        with database(f"file:{store}?mode=ro", uri=True) as to:
            found: int = to.execute("SELECT count(*) FROM reports").fetchone()[0]
            return found
    except sqlite3.Error:
        return 0


def test_a_new_text_under_an_old_id_is_a_new_version(tmp_path: Path) -> None:
    for act in ("arrested", "freed"):
        row = {"id": "r", "text": f"Police in Kenya {act} two men on Monday."}
        (tmp_path / "in.jsonl").write_text(json.dumps(row), encoding="utf-8")
        run(tmp_path, "code", "in.jsonl", "--store", "s.db")
    with database(tmp_path / "s.db") as to:
        assert to.execute("SELECT count(*) FROM reports").fetchone()[0] == 2
        current = "SELECT text FROM reports WHERE current"
        assert "freed" in to.execute(current).fetchone()[0]
    words = ("events", "--claims", "--store", "s.db", "--format", "jsonl")
    shown = run(tmp_path, *words).stdout
    assert "freed" in shown
    assert "arrested" not in shown


def test_an_older_version_that_comes_later_is_told_as_such(tmp_path: Path) -> None:
    for act, day in (("freed", "2019-01-09"), ("arrested", "2019-01-07")):
        text = f"Police in Kenya {act} two men on Monday."
        row = {"id": "r", "text": text, "published": day}
        (tmp_path / "in.jsonl").write_text(json.dumps(row), encoding="utf-8")
        done = run(tmp_path, "code", "in.jsonl", "--store", "s.db")
    assert "an older version of r: the later one stays current" in done.stderr
    with database(tmp_path / "s.db") as to:
        current = "SELECT text FROM reports WHERE current"
        assert "freed" in to.execute(current).fetchone()[0]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of reports whose names would run in a terminal or a spreadsheet."""
    folder = tmp_path_factory.mktemp("hostile")
    red, bell = "\x1b[31m", "\x07\u202e"
    rows = [
        {
            "id": f"=HYPERLINK(1){red}",
            "title": f"{red}{bell}",
            "outlet": "@cmd",
            "text": f"Police in Kenya arrested {red}two{bell} men, John Smith said.",
        },
        {"id": "../../etc/passwd", "text": "The army of Kenya killed five men."},
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "in.jsonl").write_text(lines, encoding="utf-8")
    done = run(folder, "code", "in.jsonl", "--store", "s.db", "--format", "csv")
    (folder / "out.csv").write_text(done.stdout, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("events",),
        ("events", "--claims"),
        ("show", "=HYPERLINK(1)\x1b[31m"),
        ("show", "no\x1b[31mne"),
        ("code", "in.jsonl"),
        ("code", "\x1b[31mnone.txt"),
        ("speakers", "=HYPERLINK(1)\x1b[31m"),
    ],
)
def test_no_report_commands_the_terminal(hostile: Path, words: tuple[str, ...]) -> None:
    done = run(hostile, *words, "--store", "s.db")
    for bad in ("\x1b", "\x07", "\u202e"):
        assert bad not in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_no_cell_is_a_formula(hostile: Path) -> None:
    lines = (hostile / "out.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 1
    assert not any(line[:1] in "=+-@" for line in lines)


@pytest.mark.parametrize("flag", ["--actor", "--text", "--report", "--type", "--country"])
def test_filters_are_values_and_never_code(hostile: Path, flag: str) -> None:
    words = ("events", flag, "x' OR 1=1--", "--store", "s.db", "--format", "jsonl")
    done = run(hostile, *words)
    named = flag in ("--type", "--country", "--report")  # these tell what there is
    assert (done.returncode, done.stdout) == (2 if named else 0, "")
    run(hostile, "events", flag, "'; DROP TABLE claims;--", "--store", "s.db")
    assert kept(hostile / "s.db")


def test_a_closed_pipe_is_no_error(hostile: Path) -> None:
    line = f"'{COMMAND}' code in.jsonl --no-store | true"
    done = subprocess.run(
        line, shell=True, cwd=hostile, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    assert "rror" not in done.stderr


def test_clock_zone_and_home_change_nothing(hostile: Path) -> None:
    (hostile / "fake").mkdir()
    (hostile / "fake/sitecustomize.py").write_text(CLOCK, encoding="utf-8")
    (hostile / "monday.txt").write_text(
        "Kenya freed two pilots on Monday. The summit is next week, police said."
    )
    words = ("code", "monday.txt", "--no-store", "--format", "jsonl")
    fake = {"PYTHONPATH": str(hostile / "fake")}
    plain = run(hostile, *words).stdout
    assert plain
    for at, zone in (("0", "Asia/Kolkata"), ("2147483648", "Pacific/Kiritimati")):
        around = {"FAKE_CLOCK": at, "TZ": zone, "HOME": "/nonexistent", **fake}
        done = child(hostile, *words, **around)
        assert done.stdout == plain, done.stderr
