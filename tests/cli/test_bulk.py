"""`dateline scale`: what it says, and how it ends."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dateline.ingest.scale import cluster
from dateline.store.sql import SqlStore
from tests.command import Done, run
from tests.faults import builders as make
from tests.llm.analyst import agree
from tests.llm.server import Fake, completion, fake_server


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What a cluster that codes nothing is given."""
    found: list[Any] = []

    @contextmanager
    def client(_: Any) -> Any:
        yield SimpleNamespace(cluster=SimpleNamespace(close=lambda: None))

    def scale(items: Any, *_: Any) -> Any:
        found.extend(items)
        problems = sum(hasattr(item, "code") for item in found)
        line = {"reports": len(found) - problems, "problems": problems, "claims": 0}
        yield SimpleNamespace(line=line, fresh=True)

    monkeypatch.setattr(cluster.Cluster, "client", client)
    monkeypatch.setattr(cluster, "code_shards", scale)
    return found


def test_what_is_passed_over_is_no_fault_and_what_is_rejected_is_told(
    tmp_path: Path, seen: list[Any]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(make.story(1))
    (folder / "b.png").write_bytes(b"\x89PNG")
    done = run(tmp_path, "scale", "in", "--out", "out")
    assert (done.returncode, "0 problems" in done.stderr) == (0, True)
    assert "passed over, no reports by their kind: 1" in done.stderr
    (folder / "c.jsonl").write_text("{half\n")
    done = run(tmp_path, "scale", "in", "--out", "out")
    assert done.returncode == 3
    assert "c.jsonl:1: line is not JSON" in done.stderr
    assert len(seen) == 5


def test_where_nothing_is_there_no_folder_is_made(tmp_path: Path, seen: list[Any]) -> None:
    done = run(tmp_path, "scale", "gone", "--out", "out")
    assert (done.returncode, seen) == (2, [])
    assert "gone: no such file" in done.stderr
    assert not (tmp_path / "out").exists()


def test_columns_are_named_as_in_code(tmp_path: Path, seen: list[Any]) -> None:
    (tmp_path / "a.jsonl").write_text('{"words": "Kim left Beijing by train."}\n')
    done = run(tmp_path, "scale", "a.jsonl", "--out", "o", "--columns", "text=words")
    assert done.returncode == 0, done.stderr
    assert [item.text for item in seen] == ["Kim left Beijing by train."]


def test_a_scheduler_that_is_not_there_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.2)
    (tmp_path / "a.txt").write_text(make.story(1))
    told = {
        "nonsense": "'nonsense' is no address like tcp://host:8786",
        "tcp://127.0.0.1:1": "no scheduler answers at tcp://127.0.0.1:1",
    }
    for scheduler, words in told.items():
        done = run(tmp_path, "scale", "a.txt", "--out", "o", "--scheduler", scheduler)
        assert (done.returncode, words in done.stderr) == (2, True)


REPORT = "GREYHAVEN, March 3 - Police in Nairobi arrested two activists on Monday.\n"


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_server() as made:
        yield made


@pytest.fixture
def batch(tmp_path: Path, fake: Fake) -> Iterator[Path]:
    """A folder with a report, its copy, and the batch file of their questions."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(REPORT)
    done = call(tmp_path, fake, "write", "a.txt", "b.txt", "--out", "in.jsonl", *DATED)
    assert done.returncode == 0, done.stderr
    assert "written: in.jsonl (1 questions); nothing was sent" in done.stderr
    assert "1 questions for small" in done.stderr
    return tmp_path


DATED = ("--published", "2025-03-05")


def call(folder: Path, fake: Fake, what: str, *more: str) -> Done:
    return run(folder, "batch", what, *more, "--opinion", fake.url, "--model", "small")


def answer(folder: Path) -> None:
    """Answer the questions as the program itself reads, in another file."""
    lines = []
    for line in (folder / "in.jsonl").read_text("utf-8").splitlines():
        asked = json.loads(line)
        told = json.dumps(agree(asked["body"]["messages"][-1]["content"]))
        response = {"status_code": 200, "body": completion(told)}
        lines.append({"custom_id": asked["custom_id"], "response": response})
    text = "".join(json.dumps(line) + "\n" for line in lines)
    (folder / "out.jsonl").write_text(text, "utf-8")


def test_answers_of_a_batch_are_heard_and_nothing_is_sent(batch: Path, fake: Fake) -> None:
    answer(batch)
    done = call(batch, fake, "read", "out.jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 answers kept in dateline.answers.db" in done.stderr
    said = ("--opinion", fake.url, "--model", "small", *DATED)
    coded = run(batch, "code", "a.txt", *said, "--format", "jsonl")
    assert coded.returncode == 0, coded.stderr
    rows = [json.loads(line) for line in coded.stdout.splitlines()]
    assert [row["reader"] for row in rows] == ["both"]
    assert fake.bodies == []
    again = call(batch, fake, "write", "a.txt", "--out", "more.jsonl", *DATED)
    assert "have an answer" in again.stderr
    assert not (batch / "more.jsonl").exists()


def test_lines_without_an_answer_are_counted_and_end_with_three(batch: Path, fake: Fake) -> None:
    answer(batch)
    other = json.dumps({"custom_id": "another", "response": None})
    (batch / "bad.jsonl").write_text(f"{other}\n{{cut\n")
    done = call(batch, fake, "read", "out.jsonl", "bad.jsonl")
    assert done.returncode == 3
    assert "1 answers kept" in done.stderr
    assert "1 lines without an answer: of a question that was not" in done.stderr
    assert "1 lines without an answer: unreadable" in done.stderr


def test_a_batch_says_what_it_misses(tmp_path: Path, fake: Fake) -> None:
    (tmp_path / "a.txt").write_text(REPORT)
    nobody = run(tmp_path, "batch", "write", "a.txt", "--out", "in.jsonl")
    assert nobody.returncode == 2 and "which model?" in nobody.stderr
    unwritten = call(tmp_path, fake, "read", "out.jsonl")
    assert unwritten.returncode == 2 and "name the --store" in unwritten.stderr
    with SqlStore(str(tmp_path / "news.db")):
        pass
    lost = call(tmp_path, fake, "write", "a.txt", "--out", "news.db")
    assert lost.returncode == 2 and "is a store" in lost.stderr
    (tmp_path / "dateline.answers.db").touch()
    gone = call(tmp_path, fake, "read", "out.jsonl")
    assert gone.returncode == 2 and "out.jsonl: no such file" in gone.stderr
