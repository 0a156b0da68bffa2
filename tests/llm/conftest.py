"""A fake server, and a door to it that waits for nothing."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dateline.llm.cache import AnswerBook
from dateline.llm.client import Door, Terms
from dateline.llm.messages import Prompt
from dateline.llm.policy import allow_server
from dateline.llm.pricing import find_tariff
from dateline.llm.transport import connect
from tests.llm.server import SCHEMA, Fake, fake_server

Made = Callable[..., Door]
TERMS = Terms()


@pytest.fixture
def fake() -> Iterator[Fake]:
    """A server on loopback."""
    with fake_server() as made:
        yield made


@pytest.fixture
def door(fake: Fake, tmp_path: Path) -> Iterator[Made]:
    """Return what makes doors to the fake; pauses and lines said are on them."""
    every: list[Door] = []

    def made(terms: Terms = TERMS, seconds: float = 5.0, **told: Any) -> Door:
        server = allow_server(fake.url, told.pop("model", "small"), key=told.pop("key", ""))
        prices = told.pop("prices", (None, None))
        server = replace(server, seconds=seconds, **told)
        tariff = find_tariff(server, *prices)
        lines: list[str] = []
        book = AnswerBook(tmp_path / "x.answers.db")
        found = Door(connect(server), tariff, book, lines.append, terms)
        pauses: list[float] = []
        found.lines, found.pauses = lines, pauses  # type: ignore[attr-defined]
        found.pause = pauses.append
        found.quiet = pauses.append  # type: ignore[method-assign]
        every.append(found)
        return found

    yield made
    for each in every:
        each.connection.close()
        each.book.close()


def prompt(name: str = "r1", **told: Any) -> Prompt:
    """Return a question."""
    user = told.pop("user", f"The report {name}: police arrested two men.")
    return Prompt(name, "Choose among the acts.", user, SCHEMA, 64, **told)
