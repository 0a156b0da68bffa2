"""Lists of reports and problems, and what `verify` finds."""

import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from pytest import warns

from tests.command import run
from tests.database import database
from tests.faults import builders as make


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(make.story(1))
    (tmp_path / "in/b.warc.gz").write_bytes(make.warc([make.record(2)])[0])
    (tmp_path / "in/empty.txt").write_text(" ")
    done = run(tmp_path, "code", "in", "-q", "--store", "s.db")
    assert done.returncode == 3
    return tmp_path


def test_reports_and_problems_are_listed_and_verified(folder: Path) -> None:
    listed = run(folder, "reports", "--store", "s.db", "--format", "jsonl").stdout
    assert "in/a.txt" in listed and "in/b.warc.gz@0" in listed
    told = run(folder, "problems", "--store", "s.db", "--format", "jsonl").stdout
    assert "in/empty.txt" in told and "not_a_report" in told
    sound = run(folder, "verify", "--store", "s.db")
    assert (sound.returncode, "checked 2 = sound 2" in sound.stdout) == (0, True)
    (folder / "in/a.txt").write_text(make.story(3))
    changed = run(folder, "verify", "--store", "s.db")
    assert (changed.returncode, "changed 1" in changed.stdout) == (3, True)
    (folder / "in/b.warc.gz").unlink()
    assert "gone 1" in run(folder, "verify", "--store", "s.db").stdout
    with database(folder / "s.db") as to:
        to.execute("UPDATE reports SET text = text || '.'")
    altered = run(folder, "verify", "--store", "s.db")
    assert (altered.returncode, "altered 2" in altered.stdout) == (6, True)


def test_a_long_name_in_an_archive_does_not_stop_the_check(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(f"{'long' * 100}.txt", make.story(1))
    run(tmp_path, "code", "a.zip", "--store", "s.db", "-q")
    sound = run(tmp_path, "verify", "--store", "s.db")
    assert (sound.returncode, "checked 1 = sound 1" in sound.stdout) == (0, True)


def test_a_name_that_is_no_utf8_is_kept_and_found_again(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / os.fsdecode(b"in/caf\xe9.txt")).write_text(make.story(1))
    raw = make.story(2).encode()
    with tarfile.open(tmp_path / "in/z.tar", "w") as archive:
        info = tarfile.TarInfo(os.fsdecode(b"caf\xe9.txt"))
        info.size = len(raw)
        archive.addfile(info, io.BytesIO(raw))
    done = run(tmp_path, "code", "in", "-q", "--store", "s.db")
    assert (done.returncode, done.stderr) == (0, "")
    assert "in/caf\\xe9.txt" in run(tmp_path, "reports", "--store", "s.db").stdout
    sound = run(tmp_path, "verify", "--store", "s.db")
    assert (sound.returncode, "checked 2 = sound 2" in sound.stdout) == (0, True)


def test_two_members_of_one_name_are_both_sound(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive, warns(UserWarning):
        for number in (1, 2):
            archive.writestr("a.txt", make.story(number))
    run(tmp_path, "code", "a.zip", "--store", "s.db", "-q")
    sound = run(tmp_path, "verify", "--store", "s.db")
    assert (sound.returncode, "checked 2 = sound 2" in sound.stdout) == (0, True)


def test_columns_that_were_named_are_remembered(tmp_path: Path) -> None:
    rows = f'day,body\n2025-03-04,"{make.story(1)}"\n2025-03-05,"{make.story(2)}"\n'
    (tmp_path / "in.csv").write_text(rows, encoding="utf-8")
    named = ("--columns", "text=body,published=day")
    done = run(tmp_path, "code", "in.csv", "-q", "--store", "s.db", *named)
    assert done.returncode == 0, done.stderr
    sound = run(tmp_path, "verify", "--store", "s.db")
    assert (sound.returncode, "checked 2 = sound 2" in sound.stdout) == (0, True)
    (tmp_path / "in.csv").write_text(rows.replace(make.story(2), "Another text."))
    changed = run(tmp_path, "verify", "--store", "s.db").stdout
    assert "sound 1" in changed and "changed 1" in changed
