"""A run with a second opinion: what can go wrong is told, and no report is lost."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from dateline.api import Coder
from dateline.cli.llm import Asking, OpinionFlags, merge_opinion
from dateline.cli.settings import OpinionTable
from dateline.ingest.llm_coding import OpinionTerms, advise, code_advised, find_ready
from dateline.ingest.results import FileEnd
from dateline.llm.messages import Answer, Prompt
from dateline.llm.prompt import Sheet
from dateline.model import Dating, Report
from dateline.model.coding import Coding
from dateline.pipeline.factory import Options
from dateline.resources.codebook.plover import load
from tests.llm.analyst import agree, nods
from tests.llm.server import Fake, Manner, fake_server, refuses, says

BOOK = load()
REPORTS = [Report(f"r{n}", f"Report {n}: Chad condemned Mali.") for n in range(3)]
LONG = Report("long", "Chad condemned Mali.\n\n" * 900)


@dataclass(frozen=True)
class Tiny:
    """A coder that reads nothing itself; it tells whether its opinion came."""

    advise: Any = None
    read_alone: Any = None
    codebook: Any = BOOK

    def code(self, report: Report) -> Coding:
        opinion, failed = self.advise.ask_parts(report, Sheet(), [])
        dating = Dating(None, None, False, ())
        return replace(Coding(report, dating, (), opinion.problems), unadvised=failed)


@pytest.fixture
def fake() -> Iterator[Fake]:
    with fake_server() as made:
        made.manner = nods()
        yield made


Coded = Callable[..., list[Coding]]


@pytest.fixture
def coded(fake: Fake, tmp_path: Path) -> Coded:
    def run(*reports: Report, url: str = "", key: str = "", **told: Any) -> list[Coding]:
        flags = OpinionFlags(url or fake.url, "small", yes=True, **told)
        chosen = merge_opinion(flags, OpinionTable(), str(tmp_path / "x.db"))
        chosen = replace(chosen, server=replace(chosen.server, key=key))
        terms = OpinionTerms(BOOK, "small")
        codes = code_advised(Tiny(), terms, Asking(chosen), lambda _: None)  # type: ignore[arg-type]
        items = [*reports, FileEnd(None, 0)]
        found = list(codes(items))
        assert [item for item, _ in found] == items
        return [each for _, each in found if isinstance(each, Coding)]

    return run


def problems(found: list[Coding]) -> list[str]:
    return [p.code for each in found for p in each.problems]


def test_reports_are_asked_about_once_and_coding_again_asks_nothing(
    coded: Coded, fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    found = coded(*REPORTS)
    assert [each.report.id for each in found] == ["r0", "r1", "r2"]
    assert not any(each.unadvised for each in found)
    assert "3 questions for small" in capsys.readouterr().err
    coded(*REPORTS)
    assert len(fake.bodies) == 3
    assert "questions" not in capsys.readouterr().err


def test_later_parts_of_a_long_report_wait_for_the_first(coded: Coded, fake: Fake) -> None:
    found = coded(LONG, *REPORTS)
    assert not any(each.unadvised for each in found)
    asked = len(fake.bodies)
    assert asked == 3 + 2
    coded(LONG, *REPORTS)
    assert len(fake.bodies) == asked


def test_of_a_long_report_only_the_part_whose_words_are_known_is_ready() -> None:
    answers: dict[str, Answer] = {}

    def peek(prompt: Prompt) -> Answer | None:
        return answers.get(prompt.id)

    def ready() -> tuple[list[str], int]:
        terms = OpinionTerms(BOOK, "small")
        found, more = find_ready(Tiny(), terms, [LONG, REPORTS[0]], peek)  # type: ignore[arg-type]
        return [prompt.id for prompt in found], more

    assert ready() == (["long#1", "r0"], 1)
    told = json.dumps(agree(""))
    answers["long#1"] = Answer("long#1", told, None)
    assert ready() == (["long#1", "long#2", "r0"], 0)
    answers["long#2"] = Answer("long#2", told, None)
    assert ready() == (["long#1", "long#2", "r0"], 0)


BAD: dict[str, Manner] = {
    "wrong_key": refuses(401, "invalid api key"),
    "unknown_model": refuses(404, "model small not found", "model_not_found"),
    "context_too_small": refuses(
        400, "maximum context length is 512 tokens", "context_length_exceeded"
    ),
    "truncated": says('{"acts": [', finish="length"),
    "no_words": says(None),
    "prose": says('Of course! {"acts": []}'),
}


@pytest.mark.parametrize("code", BAD)
def test_whatever_the_server_does_every_report_is_coded_and_marked(
    code: str, coded: Coded, fake: Fake
) -> None:
    fake.manner = BAD[code]
    found = coded(*REPORTS[:2])
    assert [each.unadvised for each in found] == [True, True]
    assert code in problems(found)
    assert all(p.stage == "opinion" and p.message for e in found for p in e.problems)
    fake.manner = nods()
    assert not any(each.unadvised for each in coded(*REPORTS[:2]))


def test_without_a_server_the_first_line_says_so(
    coded: Coded, capsys: pytest.CaptureFixture[str]
) -> None:
    found = coded(REPORTS[0], url="http://localhost:9")
    assert problems(found)[0] in ("no_server", "not_asked")
    assert "Nothing more is asked" in capsys.readouterr().err


def test_a_server_without_schemas_is_asked_in_words_and_it_is_said(
    coded: Coded, fake: Fake, capsys: pytest.CaptureFixture[str]
) -> None:
    fake.script = [refuses(400, "response_format json_schema is not supported")]
    assert not coded(REPORTS[0])[0].unadvised
    assert "schema" in capsys.readouterr().err
    assert len(fake.bodies) == 2


def test_answers_to_another_guide_are_not_taken_for_these(
    coded: Coded, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    coded(REPORTS[0])
    monkeypatch.setattr("dateline.llm.adviser.write_guide", lambda _: "Another guide.")
    found = coded(REPORTS[0], replay=True)
    assert problems(found) == ["another_guide"]
    assert found[0].unadvised
    assert len(fake.bodies) == 1


def test_where_names_stay_here_other_languages_are_not_asked_about() -> None:
    told = [
        advise(Tiny(), OpinionTerms(BOOK, "small", abroad=abroad), iter)  # type: ignore[arg-type]
        for abroad in (True, False)
    ]
    assert [made.read_alone is None for made in told] == [False, True]


def test_python_asks_about_each_text_once(fake: Fake, tmp_path: Path) -> None:
    answers = str(tmp_path / "a.db")
    own = Coder(Tiny(), Options())  # type: ignore[arg-type]
    asking = own.with_opinion(fake.url, "small", answers=answers)
    for _ in range(2):
        assert asking.code("Chad condemned Mali.").problems == ()
    assert len(fake.bodies) == 1
    assert asking.made_by["opinion"].startswith("small ")
    assert "opinion" not in own.made_by
    replayed = own.with_opinion("", "small", answers=answers, replay=True)
    assert replayed.code("Chad condemned Mali.").problems == ()
    missing = replayed.code("Mali condemned Chad.").problems
    assert [p.code for p in missing] == ["no_kept_answer"]
    with pytest.raises(ValueError, match="workers"):
        list(asking.code_all(["Chad."], workers=2))
    with pytest.raises(ValueError, match="allow"):
        own.with_opinion("https://far.example/v1", "small", answers=answers)
    with pytest.raises(ValueError, match="budget"):
        host = ("far.example",)
        own.with_opinion("https://far.example/v1", "x", allow=host, budget=5)
