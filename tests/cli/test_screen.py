"""How wide tables are, and that no word is broken where they are narrow."""

import csv
import json
import sys
from io import StringIO
from pathlib import Path

import pytest

from dateline.cli.screen import open_output, print_record, width
from tests.command import run


def test_a_pipe_gets_what_suits_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert width(160) == 160


def test_columns_are_heard_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "88")
    assert width(160) is None
    monkeypatch.setenv("COLUMNS", "wide")
    assert width(160) == 160


def test_the_demo_knows_the_day_of_each_example_report() -> None:
    from dateline.cli.serve import DAYS, examples

    kinds = (".txt", ".jsonl")
    assert set(DAYS) == {f.name for f in examples().iterdir() if f.suffix in kinds}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    row = {
        "id": "a1",
        "title": "Pilots freed",
        "outlet": "Coast Wire",
        "published": "2024-03-05",
        "text": "Kenya freed two Ugandan pilots on Monday, the army said in Lamu.",
    }
    (folder / "in.jsonl").write_text(json.dumps(row), encoding="utf-8")
    run(folder, "code", "in.jsonl", "-q")
    return folder


@pytest.mark.parametrize("columns", ["80", "160"])
@pytest.mark.parametrize("words", [("events",), ("events", "--claims"), ("reports",)])
def test_no_word_is_broken_on_a_screen_of_any_width(
    kept: Path, words: tuple[str, ...], columns: str
) -> None:
    """Beside each other at 160 columns, one below the other at 80."""
    told = run(kept, *words, COLUMNS=columns).stdout
    assert max(map(len, told.splitlines())) <= int(columns)
    sought = {
        ("events",): ["two Ugandan pilots", "happened", "RETREAT", "2024-03-05"],
        ("events", "--claims"): ["Coast Wire", "Pilots freed", "happened", "the army"],
        ("reports",): ["Coast Wire", "Pilots freed", "a1", "in.jsonl:1"],
    }
    for word in sought[words]:
        assert word in told
    assert ("┃" in told) is (columns == "160")


class Terminal(StringIO):
    """A terminal that keeps what is written to it."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_what_a_terminal_would_obey_is_escaped_there_and_raw_in_a_pipe(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text may move the cursor, name the window, or run what it has put there."""
    named = "Kenya\x1b]0;owned\x07 \x9b31mfreed\u202e two"
    shown, piped = Terminal(), StringIO()
    for file in (shown, piped):
        monkeypatch.setattr(sys, "stdout", file)
        if kind == "jsonl":
            print_record({"text": named})
        else:
            csv.writer(open_output(), lineterminator="\n").writerow([named, "a"])
    raw = piped.getvalue()
    assert "\x9b" in raw and "\u202e" in raw
    told = shown.getvalue()
    assert told.isascii() and told.endswith("\n") and "\\u009b31m" in told
    if kind == "jsonl":
        assert json.loads(told) == json.loads(raw) == {"text": named}
    else:
        assert "\x1b" in raw and "\\u001b" in told
