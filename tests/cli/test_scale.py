"""`dateline scale`: what it says, and how it ends."""

from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dateline.scale import cluster
from tests.command import run
from tests.faults import builders as make


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


def test_where_nothing_is_there_no_folder_is_made(
    tmp_path: Path, seen: list[Any]
) -> None:
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
