"""Killed, run again, run twice at once: each report is kept exactly once."""

import json
import os
import random
import signal
from pathlib import Path
from time import monotonic, sleep

import pytest

from dateline.cli import main
from tests.command import Done, around, run, sums
from tests.database import database
from tests.faults import builders as make

pytestmark = pytest.mark.fault
ACTS = ("arrested", "killed", "freed", "expelled")
KILLS, COUNT = 20, int(os.environ.get("KILLED_REPORTS", "200"))


def write(path: Path, count: int) -> None:
    rows: list[dict[str, object]] = [
        {"outlet": f"Paper {n % 3}", "text": f"Kenya {ACTS[n % 4]} {n} men on Monday."}
        for n in range(count)
    ]
    make.lines(path, rows)


def exported(folder: Path, store: str) -> list[str]:
    """Return the whole record of a store, in a fixed order."""
    done = run(folder, "events", "--claims", "--format", "jsonl", "--store", store)
    if done.returncode:
        done = run(folder, "events", "--format", "jsonl", "--store", store)
    return sorted(done.stdout.splitlines())


def forked(folder: Path, *words: str) -> int:
    """Run the command in a process of its own, without the seconds of its start."""
    pid = os.fork()
    if pid:
        return pid
    null = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(null, stream)
    code = 1
    try:
        with around(folder, words, None, {}):
            main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        os._exit(code)


def test_killed_at_twenty_moments_the_record_is_the_same(tmp_path: Path) -> None:
    seed = random.randrange(10**6)
    write(tmp_path / "in.jsonl", COUNT)
    words = ("code", "in.jsonl", "--store")
    began = monotonic()
    assert run(tmp_path, *words, "whole.db").returncode == 0
    killed_often(tmp_path, words, (random.Random(seed), monotonic() - began))
    done = run(tmp_path, *words, "killed.db")
    assert done.returncode == 0
    counts = sums(done.stderr)
    assert counts["stored"] + counts["duplicate"] == COUNT, f"seed {seed}"
    assert exported(tmp_path, "killed.db") == exported(tmp_path, "whole.db") != []
    with database(tmp_path / "killed.db") as to:
        asked = "SELECT count(*), count(DISTINCT id) FROM reports"
        assert to.execute(asked).fetchone() == (COUNT, COUNT)
        assert to.execute("SELECT count(*) FROM captures").fetchone() == (COUNT,)


def killed_often(folder: Path, words: tuple[str, ...], how: tuple[random.Random, float]) -> None:
    """Start a command again and again, and kill it at a random moment each time."""
    chance, spent = how
    for _ in range(KILLS):
        pid = forked(folder, *words, "killed.db")
        sleep(chance.uniform(0.02, max(0.1, spent / 8)))
        os.kill(pid, signal.SIGKILL)
        if not os.WIFSIGNALED(os.waitpid(pid, 0)[1]):
            (folder / "killed.db").unlink()  # it was done before: begin anew


def test_what_is_kept_is_skipped_unread(tmp_path: Path) -> None:
    write(tmp_path / "in.jsonl", 5)
    words = ("code", "in.jsonl", "--store", "s.db", "--format", "jsonl")
    first = run(tmp_path, *words)
    again = run(tmp_path, *words)
    assert first.stdout and not again.stdout
    assert "files read before and skipped: 1" in again.stderr
    assert sums(again.stderr)["duplicate"] == 5
    with (tmp_path / "in.jsonl").open("a") as file:
        file.write(json.dumps({"text": "Kenya freed 99 men."}) + "\n")
    more = run(tmp_path, *words)
    assert (sums(more.stderr)["stored"], sums(more.stderr)["duplicate"]) == (1, 5)
    other = run(tmp_path, *words, "--no-gate")
    assert sums(other.stderr)["stored"] == 6


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.jsonl", 40 if name == "a" else 60)
    run(tmp_path, "code", "a.jsonl", "-q", "--store", "s.db")
    pids = [
        forked(tmp_path, "code", name, "-q", "--store", "s.db")
        for name in ("b.jsonl", "a.jsonl", "b.jsonl")
    ]
    ends = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
    assert ends == [0, 0, 0]
    with database(tmp_path / "s.db") as to:
        asked = "SELECT count(*), count(DISTINCT id) FROM reports"
        assert to.execute(asked).fetchone() == (60, 60)


TEXT = "Police in Kenya {} two men on Monday, the army said in Nairobi."


def kept(folder: Path, *rows: dict[str, object]) -> tuple[Done, list[tuple[str, int]]]:
    make.lines(folder / "in.jsonl", list(rows))
    done = run(folder, "code", "in.jsonl", "--store", "s.db")
    with database(folder / "s.db") as to:
        asked = "SELECT id, current FROM reports ORDER BY rowid"
        return done, to.execute(asked).fetchall()


def test_the_same_words_of_one_outlet_are_one_report(tmp_path: Path) -> None:
    row = {"text": TEXT.format("freed"), "outlet": "Coast Wire"}
    done, reports = kept(
        tmp_path, {"id": "a", **row}, {"id": "b", **row}, {**row, "outlet": "Other"}
    )
    assert len(reports) == 2
    assert sums(done.stderr)["duplicate"] == 1
    with database(tmp_path / "s.db") as to:
        asked = "SELECT found_at FROM captures ORDER BY found_at"
        found = [at for (at,) in to.execute(asked)]
    assert found == ["in.jsonl:1", "in.jsonl:2", "in.jsonl:3"]


def test_new_words_under_an_id_are_a_new_version_and_told_so(tmp_path: Path) -> None:
    kept(tmp_path, {"id": "a", "text": TEXT.format("freed")})
    done, reports = kept(tmp_path, {"id": "a", "text": TEXT.format("killed")})
    assert reports == [("a", 0), ("a", 1)]
    assert "a new version of a" in done.stderr
    assert "other versions of reports that were kept: 1" in done.stderr


def test_files_of_one_name_in_two_folders_are_two_reports(tmp_path: Path) -> None:
    for month, act in (("january", "freed"), ("february", "killed")):
        (tmp_path / month).mkdir()
        (tmp_path / month / "001.txt").write_text(TEXT.format(act))
        run(tmp_path, "code", month, "-q", "--store", "s.db")
    assert len(exported(tmp_path, "s.db")) == 2
    for month in ("january", "february"):
        shown = run(tmp_path, "show", f"{month}/001.txt", "--store", "s.db")
        assert shown.returncode == 0, shown.stderr


def test_a_page_met_twice_in_an_archive(tmp_path: Path) -> None:
    changed = make.page(2)
    records = [make.record(1), make.record(1), make.record(1, changed)]
    (tmp_path / "a.warc").write_bytes(b"".join(records))
    done = run(tmp_path, "code", "a.warc", "--store", "s.db")
    counts = sums(done.stderr)
    assert (counts["stored"], counts["duplicate"]) == (2, 1)
    assert "a new version of" in done.stderr


def test_a_flag_against_a_dateline_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "NAIROBI, Kenya, Jan. 8 (AP) — Kenya freed two pilots on Monday, police said."
    )
    words = ("code", "a.txt", "--no-store", "--published")
    assert "another day" not in run(tmp_path, *words, "2019-01-09").stderr
    told = run(tmp_path, *words, "2019-03-01").stderr
    assert "its dateline tells another day than --published 2019-03-01" in told
