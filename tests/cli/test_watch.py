"""`dateline watch`: what it keeps is merged into events."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import CliRunner

from dateline.cli import app
from dateline.cli.settings import settings
from dateline.events.event_detail import event_lines
from dateline.ingest.feeds.formats import Feed
from dateline.ingest.feeds.poll import Polled
from dateline.resources.codebook.plover import load
from dateline.store.sql import SqlStore
from tests.events.test_merging import LATER, report, save


def test_what_a_feed_gives_is_merged_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds, store = tmp_path / "feeds.toml", str(tmp_path / "s.db")
    feeds.write_text('[[feed]]\nurl = "https://wire.example/rss"\n')

    def watcher(ingest: Any, *_: Any) -> Any:
        def once(listed: list[Feed]) -> Iterator[Polled]:
            save(ingest.store, report("a", "Northern Wire"))
            save(ingest.store, report("b", "Civic Herald", LATER))
            stored = SimpleNamespace(outcome="stored", problem=None, at="")
            yield Polled(listed[0], "2 new", (stored,))

        return SimpleNamespace(once=once, states={})

    monkeypatch.setattr("dateline.cli.watch.watcher", watcher)
    monkeypatch.setattr("dateline.pipeline.factory.make_coder", lambda _: None)
    ran = CliRunner().invoke(app, ["watch", str(feeds), "--store", store, "--once"])
    assert "2 tellings of 1 events" in ran.stderr
    assert [e["reports"] for e in event_lines(SqlStore(store))] == [["a", "b"]]


@pytest.mark.parametrize(("failed", "code"), [(False, 0), (True, 3)])
def test_nothing_new_is_no_fault_and_a_feed_that_failed_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failed: bool, code: int
) -> None:
    feeds, store = tmp_path / "feeds.toml", str(tmp_path / "s.db")
    feeds.write_text('[[feed]]\nurl = "https://wire.example/rss"\n')

    def once(listed: list[Feed]) -> Iterator[Polled]:
        yield Polled(listed[0], "unchanged of 0", failed=failed)

    monkeypatch.setattr(
        "dateline.cli.watch.watcher", lambda *_: SimpleNamespace(once=once, states={})
    )
    monkeypatch.setattr("dateline.pipeline.factory.make_coder", lambda _: None)
    ran = CliRunner().invoke(app, ["watch", str(feeds), "--store", store, "--once"])
    assert ran.exit_code == code
    assert "read 0 = stored 0" in ran.stderr


def test_the_settings_of_code_are_those_of_watch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds, own, asked = tmp_path / "feeds.toml", tmp_path / "own.csv", []
    feeds.write_text('[[feed]]\nurl = "https://wire.example/rss"\n')
    own.write_text("name,country\n")
    monkeypatch.setenv("DATELINE_ACTORS", f'["{own}"]')
    monkeypatch.setattr("dateline.pipeline.factory.make_coder", asked.append)
    monkeypatch.setattr(
        "dateline.cli.watch.watcher", lambda *_: SimpleNamespace(once=lambda _: (), states={})
    )
    settings.cache_clear()
    asking = ["watch", str(feeds), "--store", str(tmp_path / "s.db"), "--once"]
    assert CliRunner().invoke(app, asking).exit_code == 0
    settings.cache_clear()
    assert asked[0].actors == (str(own),)


def test_a_model_is_asked_about_a_watch_only_after_a_yes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feeds, taken = tmp_path / "feeds.toml", []
    feeds.write_text('[[feed]]\nurl = "https://wire.example/rss"\n')
    book = SimpleNamespace(codebook=load())
    monkeypatch.setattr("dateline.pipeline.factory.make_coder", lambda _: book)
    monkeypatch.setattr("dateline.ingest.llm_coding.advise", lambda *told: taken.append(told))
    monkeypatch.setattr(
        "dateline.cli.watch.watcher", lambda *_: SimpleNamespace(once=lambda _: (), states={})
    )
    where = str(tmp_path / "s.db")
    asking = ["watch", str(feeds), "--store", where, "--once", "--model", "small"]
    asking += ["--opinion", "http://localhost:9/v1"]
    silent = CliRunner().invoke(app, asking)
    assert silent.exit_code == 2 and taken == []
    assert "small at localhost" in silent.stderr and "--yes" in silent.stderr
    agreed = CliRunner().invoke(app, [*asking, "--yes"])
    assert agreed.exit_code == 0, agreed.stderr
    ((_, terms, door),) = taken
    assert (terms.model, door.server.url) == ("small", "http://localhost:9/v1")
    door.connection.close()
    door.book.close()
