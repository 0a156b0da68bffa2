"""Ctrl-C tells what is kept, and what to do next."""

from pathlib import Path
from typing import Any

import pytest

from dateline.cli.serve import kept_at_end
from tests.command import run


@pytest.mark.parametrize(
    ("words", "told"),
    [(["--store", "s.db"], "kept in"), (["--no-store"], "none is kept")],
)
def test_a_run_that_is_ended_tells_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    def ended(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("dateline.cli.printing.Printer.show", ended)
    monkeypatch.setattr("dateline.scale.pool.codes", lambda *_: None)
    done = run(tmp_path, "code", ".", *words)
    assert done.returncode == 130
    assert told in done.stderr and "0 reports" in done.stderr


def test_a_server_that_is_ended_tells_what_is_kept() -> None:
    assert "are gone" in kept_at_end("demo", True)
    assert "kept in news.db" in kept_at_end("news.db", True)
    assert "as it was" in kept_at_end("news.db", False)
    assert "secret" not in kept_at_end("postgresql://me:secret@host/news", True)
