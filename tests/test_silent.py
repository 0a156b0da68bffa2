"""A report in which no act may stand is neither parsed nor asked about."""

from dataclasses import replace
from typing import Any

import pytest

from dateline.model import Report
from dateline.pipeline.coder import Coder
from dateline.pipeline.factory import make_coder

QUIET = (
    "The village fair opened with pies and a brass band.\n\n"
    "Visitors liked the flowers, and the weather held.\n\n3-1\n\n"
    "The band played two old songs until the evening of 4 May 2019."
)
TOLD = "Rebels shelled the port of Arva on Friday, killing nine dock workers. " * 4


@pytest.fixture
def parses() -> list[str]:
    return []


@pytest.fixture
def program(parses: list[str]) -> Coder:
    whole = replace(make_coder(), keep=lambda some: [True] * len(some))

    class Noted:
        """The language, each text that it parses noted."""

        def __getattr__(self, name: str) -> Any:
            return getattr(whole.language, name)

        def parse(self, report: Report, *rest: Any) -> Any:
            parses.append(report.text)
            return whole.language.parse(report, *rest)

    return replace(whole, language=Noted())


def test_a_silent_report_is_never_parsed_and_loses_nothing(program, parses) -> None:
    found = program.code(Report("r", QUIET))
    assert not parses and not found.claims
    always = replace(program, may_tell=lambda _: True).code(Report("r", QUIET))
    assert parses == [QUIET]
    assert found == always
    assert (found.sentences, found.skipped) == (4, 1)
    assert [left.rule for left in found.left_out] == ["actions.wordless.v1"]


def test_a_report_with_an_act_is_parsed(program, parses) -> None:
    assert program.code(Report("r", TOLD)).claims and parses == [TOLD]


def test_a_pattern_of_the_user_has_every_report_parsed(program, parses) -> None:
    class Asking:
        """The finder of acts, with patterns that may ask for any word."""

        def __getattr__(self, name: str) -> Any:
            return getattr(program.find_actions, name)

        def __call__(self, *given: Any) -> Any:
            return program.find_actions(*given)

        def asks(self) -> bool:
            return True

    replace(program, find_actions=Asking()).code(Report("r", QUIET))
    assert parses == [QUIET]
