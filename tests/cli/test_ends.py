"""Ctrl-C tells what is kept, and what to do next."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from dateline.cli.serve import kept_at_end
from dateline.ingest.run import Ingest
from dateline.ingest.scale import cluster
from dateline.ingest.scale.cluster import packed_line
from dateline.ingest.scale.shards import Folder
from dateline.model.coding import UNDATED, Coding
from dateline.store.sql import SqlStore
from dateline.testing import REPORT
from tests.command import run


@pytest.mark.parametrize(
    ("words", "told"), [(["--store", "s.db"], "kept in"), (["--no-store"], "none is kept")]
)
def test_a_run_that_is_ended_tells_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    def ended(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dateline.cli.code.Printer.show", ended)
    monkeypatch.setattr("dateline.ingest.scale.pool.coding_pool", lambda *_: None)
    done = run(tmp_path, "code", ".", *words)
    assert done.returncode == 130
    assert told in done.stderr and "0 reports" in done.stderr


def test_a_server_that_is_ended_tells_what_is_kept() -> None:
    assert "are gone" in kept_at_end("demo", True)
    assert "kept in news.db" in kept_at_end("news.db", True)
    assert "as it was" in kept_at_end("news.db", False)
    assert "secret" not in kept_at_end("postgresql://me:secret@host/news", True)


def test_a_scaled_run_that_is_ended_tells_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def client(_: Any) -> Any:
        yield SimpleNamespace(cluster=SimpleNamespace(close=lambda: None))

    def scale(*_: Any) -> Any:
        yield SimpleNamespace(line={"reports": 7, "problems": 0, "claims": 9})
        raise KeyboardInterrupt

    (tmp_path / "a.txt").write_text("Kenya freed two Ugandan pilots.")
    monkeypatch.setattr(cluster.Cluster, "client", client)
    monkeypatch.setattr(cluster, "code_shards", scale)
    done = run(tmp_path, "scale", "a.txt", "--out", "out")
    assert done.returncode == 130
    assert "1 shards with 7 reports are kept in out" in done.stderr
    assert "run it again" in done.stderr and "dateline load out" in done.stderr


def test_a_load_that_is_ended_tells_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reports = [replace(REPORT, id=n, url="", text=f"It is {n}.") for n in "ab"]
    coded = [Coding(report, UNDATED, (), ()) for report in reports]
    folder = Folder(tmp_path / "out")
    folder.open()
    raw, line = packed_line([(c.report, c) for c in coded], 0.0)
    folder.keep("one", raw, {**line, "made_by": {}})
    one = Ingest.one

    def ended(self: Ingest, item: Any, coding: Any) -> Any:
        if item.id == "b":
            raise KeyboardInterrupt
        return one(self, item, coding)

    monkeypatch.setattr(Ingest, "one", ended)
    done = run(tmp_path, "load", "out", "--store", "s.db")
    assert done.returncode == 130
    assert "the 1 reports coded are kept in s.db" in done.stderr
    monkeypatch.undo()
    again = run(tmp_path, "load", "out", "--store", "s.db")
    assert "read 2 = stored 1 + " in again.stderr and again.returncode == 0
    with SqlStore(str(tmp_path / "s.db"), write=False) as kept:
        assert kept.report_ids() == ["a", "b"]
