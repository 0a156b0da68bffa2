"""Batch files go out and come back without the reports."""

import json
from pathlib import Path
from typing import Any

from dateline.opinion.batch import read_batch, write_batch
from dateline.opinion.door import Terms
from tests.opinion.conftest import Made, prompt
from tests.opinion.server import GOOD, Fake, completion


def lines_back(path: Path) -> list[dict[str, Any]]:
    """Return the lines of a batch as a server answers them."""
    asked = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        {
            "id": f"batch_{n}",
            "custom_id": each["custom_id"],
            "response": {"status_code": 200, "body": completion(GOOD)},
            "error": None,
        }
        for n, each in enumerate(asked)
    ]


def write_lines(path: Path, lines: list[Any]) -> None:
    told = (x if isinstance(x, str) else json.dumps(x) for x in lines)
    path.write_text("\n".join(told) + "\n", "utf-8")


def test_a_batch_comes_back_and_is_not_asked_again(
    door: Made, fake: Fake, tmp_path: Path
) -> None:
    out, back = tmp_path / "out.jsonl", tmp_path / "back.jsonl"
    prompts = [prompt("r1"), prompt("r2")]
    assert write_batch(door(), prompts, out) == (2, 0)
    first = json.loads(out.read_text("utf-8").splitlines()[0])
    assert (first["method"], first["url"]) == ("POST", "/v1/chat/completions")
    assert first["body"]["messages"][1]["content"] == prompts[0].user
    assert len(first["custom_id"]) <= 64
    write_lines(back, lines_back(out))
    assert read_batch(door(), back) == {"answered": 2}
    answers = list(door()(prompts))
    assert [(a.text, a.replayed) for a in answers] == [(GOOD, True)] * 2
    assert fake.bodies == []
    assert write_batch(door(), prompts, out) == (0, 2)


def test_lines_that_are_no_answer_are_counted_and_asked_again(
    door: Made, tmp_path: Path
) -> None:
    out, back = tmp_path / "out.jsonl", tmp_path / "back.jsonl"
    prompts = [prompt(f"r{n}") for n in range(5)]
    write_batch(door(), prompts, out)
    lines: list[Any] = lines_back(out)
    lines[0]["response"]["body"] = completion("Sure!")
    lines[1]["response"] = None
    lines[1]["error"] = {"code": "batch_expired", "message": "not within 24 hours"}
    lines[2]["custom_id"] = "somebody else's"
    lines[3]["response"]["body"] = "no object"
    write_lines(back, [*lines, "{cut", "[1]", ""])
    assert read_batch(door(), back) == {
        "no_json": 1,
        "batch_error": 1,
        "unknown_question": 1,
        "no_chat": 1,
        "answered": 1,
        "unreadable": 2,
    }
    assert write_batch(door(), prompts, out) == (4, 1)
    replay = list(door(Terms(replay=True))(prompts))
    codes = [a.problem.code if a.problem else "" for a in replay]
    assert codes == ["no_json", "server_error", "no_kept_answer", "no_chat", ""]
