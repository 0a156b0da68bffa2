"""Every question asked of texts and lines that no asker expects."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from benchmarks.__main__ import app
from benchmarks.tasks import SPANS, TASKS, asker
from tests.faults.texts import TEXTS

pytestmark = pytest.mark.fault
HARD = (
    "a table",
    "capitals",
    "emoji and tweets",
    "quotes of all kinds",
    "a transcript",
    "zero width",
    "controls",
    "CRLF",
    "lone surrogate",
    "impossible days",
    "markup",
    "digits",
)
WRONG: list[Any] = [
    {},
    [],
    {"id": 1, "doc": 1, "text": 5},
    {"id": 1, "doc": 1},
    {"text": "Kenya met Uganda."},
]


def question(task: str, name: str) -> dict[str, Any]:
    text = TEXTS[name]
    spans = {field: [0, min(5, len(text))] for field in TASKS[task].fields if field in SPANS}
    return {"id": name, "doc": name, "text": text, **spans}


@pytest.mark.parametrize("task", TASKS)
def test_any_text_can_be_asked_about(task: str) -> None:
    answers = list(asker(task)([question(task, name) for name in HARD]))
    json.dumps(answers)
    if task == "copies":  # answers pairs of reports
        assert all(a["shared"] <= 1 for a in answers)
        return
    key = "id" if "cluster" in answers[0] else TASKS[task].fields[0]
    assert [a[key] for a in answers] == list(HARD)


@pytest.mark.parametrize("task", TASKS)
def test_a_line_that_is_no_question_is_told_with_its_number(task: str, tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    beyond = {"id": 1, "doc": 1, "text": "Kenya.", **dict.fromkeys(SPANS, [3, 900])}
    rows = [*WRONG, beyond] if SPANS & set(TASKS[task].fields) else WRONG
    good = question(task, "capitals")
    lines = [*map(json.dumps, rows), "{not json", json.dumps(good)]
    given.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(app, ["ask", task, str(given), "--out", str(out)])
    assert done.exit_code == 3  # noqa: PLR2004
    assert f"{len(rows) + 1} lines are no questions" in done.output
    assert "line 1: no " in done.output
    alone = 0 if task == "copies" else 1  # one report is no copy of another
    assert len(out.read_text(encoding="utf-8").splitlines()) == alone
