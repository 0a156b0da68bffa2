"""A conversation with a server as it was recorded; nothing listens any more.

`python -m tests.llm.test_cassette` records the misbehaving one anew from the server
on loopback, `… test_cassette URL` the other from a real server. That one is
llama.cpp (by xllamacpp 2026.10.11549) with a model of 128,000 random weights and a
context of 1,024 tokens, each of a byte: what it says means nothing, how it says it is
real.
"""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import vcr

from dateline.llm.cache import AnswerBook
from dateline.llm.client import Door, Terms
from dateline.llm.messages import Prompt
from dateline.llm.policy import allow_server
from dateline.llm.pricing import find_tariff
from dateline.llm.transport import connect
from tests.llm.conftest import prompt
from tests.llm.server import GOOD, fake_server, refuses, says

CASSETTES = Path(__file__).parent / "cassettes"
CASSETTE, REAL = CASSETTES / "misbehaving.yaml", CASSETTES / "llamacpp.yaml"
KEY = "sk-secret-0123456789"
PORT = 8123


def recorder(mode: str) -> Any:
    """Return what records or plays the conversation, whatever the server's port."""
    return vcr.VCR(
        record_mode=mode,
        match_on=["method", "path", "body"],
        filter_headers=["authorization", "user-agent"],
    )


def converse(url: str, path: Path, prompts: list[Prompt]) -> tuple[Any, list[Any]]:
    """Ask questions of a server."""
    server = allow_server(url, "small", key=KEY)
    lines: list[str] = []
    book = AnswerBook(path)
    told = Terms(at_once=1)
    door: Any = Door(connect(server), find_tariff(server), book, lines.append, told)
    door.pause = door.quiet = lambda _: None
    door.lines = lines
    try:
        return door, list(door(prompts))
    finally:
        door.connection.close()
        book.close()


THREE = [prompt("r1"), prompt("r2"), prompt("r3")]
CHOICE = {
    "type": "object",
    "properties": {
        "act": {"type": "integer", "minimum": 1, "maximum": 3},
        "keep": {"type": "boolean"},
        "type": {"enum": ["AID", "CONSULT"]},
    },
    "required": ["act", "keep", "type"],
    "additionalProperties": False,
}
REAL_THREE = [
    Prompt("whole", "Choose.", "Police arrested two men.", CHOICE, 200),
    Prompt("long", "Choose.", "Police arrested two men. " * 60, CHOICE, 200),
    Prompt("cut", "Choose.", "The minister met his colleague.", CHOICE, 5),
]


def test_a_recorded_conversation_is_understood(tmp_path: Path) -> None:
    with recorder("none").use_cassette(str(CASSETTE)) as tape:
        url = f"http://127.0.0.1:{PORT}"
        door, answers = converse(url, tmp_path / "x.db", THREE)
        assert tape.all_played
    assert [a.text for a in answers] == [GOOD, GOOD, None]
    assert answers[2].problem.code == "truncated"
    assert door.tally.twice == {"prose": 1, "truncated": 1}
    assert "takes no schema" in door.lines[0]


def test_what_a_real_server_said_is_understood(tmp_path: Path) -> None:
    with recorder("none").use_cassette(str(REAL)) as tape:
        url = f"http://127.0.0.1:{PORT}"
        door, answers = converse(url, tmp_path / "x.db", REAL_THREE)
        assert tape.all_played
    whole, long, cut = answers
    assert set(json.loads(whole.text)) == {"act", "keep", "type"}
    assert whole.tokens_in and whole.finish == "stop" and whole.model == "small"
    assert long.problem.code == "context_too_small"
    assert "1024 tokens" in long.problem.message
    assert cut.problem.code == "truncated"
    assert door.lines == [] and door.about


@pytest.mark.parametrize("path", [CASSETTE, REAL])
def test_a_recording_holds_no_key(path: Path) -> None:
    told = path.read_text("utf-8")
    assert KEY not in told and "uthorization" not in told


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        kept = Path(folder) / "x.db"
        if len(sys.argv) > 1:
            REAL.unlink(missing_ok=True)
            with recorder("all").use_cassette(str(REAL)):
                converse(sys.argv[1], kept, REAL_THREE)
            raise SystemExit
        CASSETTE.unlink(missing_ok=True)
        with fake_server() as fake:
            fake.script = [
                refuses(400, "response_format is not supported by this server"),
                says(f"Here you are: {GOOD}"),
                refuses(429, "slow down", Retry_After="1"),
                says(GOOD),
                says(GOOD),
                says(GOOD[:9], finish="length"),
                says(GOOD[:9], finish="length"),
            ]
            with recorder("all").use_cassette(str(CASSETTE)):
                converse(fake.url, kept, THREE)
