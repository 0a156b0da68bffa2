"""Bridges carry the very request of our own client, and hand back the same answers."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.llm.bridges import LlmBridge, connect_llm, connect_openai
from dateline.llm.cache import AnswerBook
from dateline.llm.client import Door, Terms
from dateline.llm.policy import Server, allow_server
from dateline.llm.pricing import find_tariff
from dateline.llm.transport import Connection
from dateline.resources.plugins import MissingPart
from tests.llm.conftest import prompt
from tests.llm.server import GOOD, Fake, hangs, refuses, says

KEY = "sk-secret-0123456789"


def door_through(connection: Connection, server: Server, path: Path) -> Any:
    lines: list[str] = []
    book = AnswerBook(path / "x.answers.db")
    door: Any = Door(connection, find_tariff(server), book, lines.append, Terms())
    door.lines, door.pause, door.quiet = lines, lambda _: None, lambda _: None
    return door


def test_the_openai_library_carries_questions(fake: Fake, tmp_path: Path) -> None:
    pytest.importorskip("openai", reason="the openai library is not installed")
    server = allow_server(f"openai:{fake.url}", "small", key=KEY)
    connection = connect_openai(server)
    fake.script = [refuses(429, "too many", Retry_After="1"), says("Sure!"), says(GOOD)]
    door = door_through(connection, server, tmp_path)
    (found,) = door([prompt()])
    assert found.text == GOOD and (found.tokens_in, found.tokens_out) == (80, 20)
    assert fake.bodies[0]["response_format"]["type"] == "json_schema"
    sent = [{n.lower(): v for n, v in each.items()} for each in fake.headers]
    assert {each["authorization"] for each in sent} == {f"Bearer {KEY}"}
    fake.manner = refuses(401, f"Incorrect API key: {KEY}")
    (found,) = door([prompt("r2")])
    assert found.problem.code == "wrong_key"
    assert len(fake.bodies) == 4  # its own retries are off
    connection.close()
    door.book.close()


def test_the_openai_library_is_bounded_in_time(fake: Fake, tmp_path: Path) -> None:
    pytest.importorskip("openai", reason="the openai library is not installed")
    server = allow_server(f"openai:{fake.url}", "small")
    server = replace(server, seconds=0.2)
    connection = connect_openai(server)
    fake.manner = hangs
    door = door_through(connection, server, tmp_path)
    (found,) = door([prompt()])
    assert found.problem.code == "too_slow"
    connection.close()
    door.book.close()


def test_a_model_of_llm_answers(tmp_path: Path) -> None:
    llm = pytest.importorskip("llm", reason="the llm library is not installed")

    class Plain(llm.Model):  # type: ignore[misc]
        model_id, supports_schema = "small", False

        def execute(self, asked: Any, stream: Any, response: Any, conversation: Any) -> Any:
            del stream, conversation
            told.append((asked.system, asked.prompt))
            response.set_usage(input=30, output=8)
            yield GOOD

    told: list[Any] = []
    server = allow_server("llm:", "small", ["llm:small"])
    door = door_through(LlmBridge(server, Plain()), server, tmp_path)
    (found,) = door([prompt()])
    assert found.text == GOOD and (found.tokens_in, found.tokens_out) == (30, 8)
    assert "takes no schema" in door.lines[0]
    assert told[0][0].startswith("Choose among") and "of this schema" in told[0][0]
    door.book.close()


def test_a_model_that_llm_does_not_know_is_told() -> None:
    pytest.importorskip("llm", reason="the llm library is not installed")
    server = allow_server("llm:", "no-such-model", ["llm:"])
    with pytest.raises(MissingPart, match="llm models"):
        connect_llm(server)


@pytest.mark.parametrize(("name", "connect"), [("openai", connect_openai), ("llm", connect_llm)])
def test_a_bridge_without_its_library_says_how_to_get_it(
    name: str, connect: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, name, None)
    server = allow_server(f"{name}:http://localhost:1/v1", "small")
    with pytest.raises(MissingPart, match=f"pip install {name}"):
        connect(server)
