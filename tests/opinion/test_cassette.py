"""A conversation with a server as it was recorded; nothing listens any more.

`python -m tests.opinion.test_cassette` records it anew from the server on loopback.
"""

from pathlib import Path
from typing import Any

import vcr

from dateline.opinion.allowed import allow_server
from dateline.opinion.client import connect
from dateline.opinion.door import Door, Terms
from dateline.opinion.kept import AnswerBook
from dateline.opinion.money import find_tariff
from tests.opinion.conftest import prompt
from tests.opinion.server import GOOD, fake_server, refuses, says

CASSETTE = Path(__file__).parent / "cassettes" / "misbehaving.yaml"
KEY = "sk-secret-0123456789"
PORT = 8123


def recorder(mode: str) -> Any:
    """Return what records or plays the conversation, whatever the server's port."""
    return vcr.VCR(
        record_mode=mode,
        match_on=["method", "path", "body"],
        filter_headers=["authorization", "user-agent"],
    )


def converse(url: str, path: Path) -> tuple[Any, list[Any]]:
    """Ask three questions of a server."""
    server = allow_server(url, "small", key=KEY)
    lines: list[str] = []
    book = AnswerBook(path)
    told = Terms(at_once=1)
    door: Any = Door(connect(server), find_tariff(server), book, lines.append, told)
    door.pause = door.quiet = lambda _: None
    door.lines = lines
    try:
        return door, list(door([prompt("r1"), prompt("r2"), prompt("r3")]))
    finally:
        door.connection.close()
        book.close()


def test_a_recorded_conversation_is_understood(tmp_path: Path) -> None:
    with recorder("none").use_cassette(str(CASSETTE)) as tape:
        door, answers = converse(f"http://127.0.0.1:{PORT}", tmp_path / "x.db")
        assert tape.all_played
    assert [a.text for a in answers] == [GOOD, GOOD, None]
    assert answers[2].problem.code == "truncated"
    assert door.tally.twice == {"prose": 1, "truncated": 1}
    assert "takes no schema" in door.lines[0]


def test_the_recording_holds_no_key() -> None:
    told = CASSETTE.read_text("utf-8")
    assert KEY not in told and "uthorization" not in told


if __name__ == "__main__":
    from tempfile import TemporaryDirectory

    CASSETTE.unlink(missing_ok=True)
    with fake_server() as fake, TemporaryDirectory() as folder:
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
            converse(fake.url, Path(folder) / "x.db")
