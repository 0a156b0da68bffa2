"""How wide tables are: as the terminal, as COLUMNS tells, else as suits a pipe."""

import pytest

from dateline.cli.screen import width


def test_a_pipe_gets_what_suits_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert width(160) == 160


def test_columns_are_heard_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "88")
    assert width(160) is None
    monkeypatch.setenv("COLUMNS", "wide")
    assert width(160) == 160
