"""`python -m benchmarks`: what is asked, scored, measured, and what is refused."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from benchmarks.__main__ import app, measurements


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("ask", "nothing", "in.jsonl", "--out", "o"), "no task"),
        (("ask", "times", "none.jsonl", "--out", "o"), "no such file"),
        (("score", "nothing", "in.jsonl"), "no task"),
        (("speed", "nothing"), "no measurement"),
    ],
)
def test_what_there_is_not_is_refused(words: tuple[str, ...], message: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert message in done.output


def test_answers_are_written_a_line_each(tmp_path: Path) -> None:
    given, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    row = {"doc": 1, "text": "Rebels left on Monday.", "published": "2025-03-05"}
    given.write_text(json.dumps(row))
    assert run("ask", "times", str(given), "--out", str(out)).exit_code == 0
    (answer,) = map(json.loads, out.read_text().splitlines())
    assert [t["value"] for t in answer["timex"]] == ["2025-03-03"]


def test_every_measurement_is_listed_in_words() -> None:
    shown = run("speed").output
    assert len(measurements()) > 8
    assert all(f"{name:8} {words}" in shown for name, words in measurements().items())


GOLD = {
    "places": {"doc": "d", "text": "Rebels left Oslo.", "toponyms": []},
    "times": {"doc": "d", "text": "Rebels left on Monday.", "timex": []},
}


@pytest.mark.parametrize("task", GOLD)
def test_gold_with_its_texts_is_scored(tmp_path: Path, task: str) -> None:
    (tmp_path / "gold.jsonl").write_text(json.dumps(GOLD[task]))
    done = run("score", task, str(tmp_path / "gold.jsonl"), "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)


@pytest.mark.parametrize("task", ["actors", "places", "times", "certainty", "attacks"])
def test_what_is_no_gold_is_told(tmp_path: Path, task: str) -> None:
    (tmp_path / "empty.jsonl").write_text("")
    (tmp_path / "other.jsonl").write_text('{"foo": 1}\n')
    for name, told in (("empty.jsonl", "nothing"), ("other.jsonl", "has no"), (".", "")):
        done = run("score", task, str(tmp_path / name))
        assert (done.exit_code, done.stdout) == (2, ""), done.output
        assert told in done.stderr
        assert "our own fault" not in done.stderr
