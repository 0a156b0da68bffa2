"""A report is asked about part by part; without an answer it stays as it was."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from dateline.llm.adviser import Adviser, name_private, sum_doubt
from dateline.llm.messages import Answer, Prompt
from dateline.llm.prompt import Sheet
from dateline.model import Certainty, Member, Problem, Report, Span, Why
from dateline.model.decisions import Party, Question
from dateline.resources.codebook.plover import load
from tests.llm.analyst import agree
from tests.llm.test_revised import DOUBTS, QUESTION, TELLS, actor

BOOK = load()
FILL = "Nothing of note was told there that day.\n\n" * 200
LONG = (
    "Rebels of Kor shelled the town of Ader.\n\n"
    + FILL * 2
    + "The rebels burned a bridge in Ader.\n"
)


class Sheets:
    """A model that answers each question by a function, and keeps what it was asked."""

    def __init__(self, *answers: dict[str, Any] | str) -> None:
        self.answers, self.prompts = list(answers), list[Prompt]()

    def __call__(self, prompts: Iterable[Prompt]) -> Iterator[Answer]:
        for prompt in prompts:
            self.prompts.append(prompt)
            told = self.answers.pop(0) if self.answers else agree(prompt.user)
            if isinstance(told, str):
                problem = Problem(prompt.id, "opinion", told, f"it is {told}")
                yield Answer(prompt.id, None, problem)
            else:
                yield Answer(prompt.id, json.dumps(told), None)


def missed(words: str, sentence: str, *actors: str) -> dict[str, Any]:
    row = {"words": words, "sentence": sentence, "why": "", "type": "ASSAULT"}
    rest = {"mode": "", "status": "happened", "recipients": []}
    return row | rest | {"actors": list(actors)}


REBELS = {"party": "N1", "words": "Rebels of Kor", "name": "Rebels of Kor"}
REBELS |= {"country": None, "sectors": ["REB"]}
FIRST = {"parties": [REBELS], "acts": [], "missed": [missed("shelled", "Rebels", "N1")]}
SECOND = {"parties": [], "acts": [], "missed": [missed("burned", "The rebels", "M1")]}


def test_who_is_found_in_one_part_is_listed_in_the_next() -> None:
    model = Sheets(FIRST, SECOND)
    adviser = Adviser(BOOK, model, "small")
    opinion, failed = adviser.ask_parts(Report("r1", LONG), Sheet(), [])
    assert not failed
    assert [prompt.id for prompt in model.prompts] == ["r1#1", "r1#2"]
    assert "M1 Rebels of Kor [? REB]" in model.prompts[1].user
    first, second = opinion.found
    assert (first.actors, second.actors) == ((0,), (0,))
    assert second.trigger.of(LONG) == "burned"
    assert model.prompts[0].system == model.prompts[1].system


def test_a_part_without_an_answer_leaves_the_others() -> None:
    model = Sheets("truncated", {**SECOND, "missed": [missed("burned", "The rebels")]})
    adviser = Adviser(BOOK, model, "small")
    opinion, failed = adviser.ask_parts(Report("r1", LONG), Sheet(), [])
    assert failed
    (found,) = opinion.found
    assert found.deed == "ASSAULT"
    (problem,) = opinion.problems
    assert (problem.report_id, problem.stage, problem.code) == ("r1", "opinion", "truncated")


def test_parts_without_a_word_are_not_asked_about() -> None:
    model = Sheets()
    adviser = Adviser(BOOK, model, "small")
    blank = Report("r1", "\n" * 30_000 + "Chad condemned Mali." + "\n" * 30_000)
    adviser.ask_parts(blank, Sheet(), [])
    assert len(model.prompts) == 1


def happened(_: object) -> Certainty:
    return Certainty("happened", Why("t.v1"))


def question() -> Question:
    """Return the question of test_decided about a report that has sentences."""
    parsed = QUESTION.parsed
    parsed.report = Report("r1", parsed.text)  # type: ignore[misc]
    parsed.sentences = ()  # type: ignore[misc]
    return QUESTION


@pytest.mark.parametrize("answer", ["no_server", {"no": "acts"}, {"acts": "all"}])
def test_without_a_usable_answer_the_own_record_stands(answer: Any) -> None:
    heard = Adviser(BOOK, Sheets(answer), "small")(question(), [TELLS, DOUBTS], happened)
    assert heard is not None and heard.failed
    assert heard.decisions == [TELLS, DOUBTS]
    assert [each.reader for each in heard.told] == ["own", "own"]
    assert len(heard.problems) == 1


def test_an_answer_in_another_language_changes_no_code() -> None:
    act = {"act": "A1", "why": "la condena", "type": "ACUSAR", "mode": ""}
    act |= {"status": "sucedió", "actors": ["M1"], "recipients": []}
    second = {"act": "A2", "why": "no es un acto", "drop": True}
    model = Sheets({"parties": [], "acts": [act, second], "missed": []})
    heard = Adviser(BOOK, model, "small")(question(), [TELLS, DOUBTS], happened)
    assert heard is not None and not heard.failed
    assert [each.reader for each in heard.told] == ["own", "both"]
    assert {p.code for p in heard.problems} == {"wrong_code", "unanswered"}


def test_only_where_the_program_is_unsure_it_is_asked() -> None:
    sure = replace(TELLS, told=0.999), replace(DOUBTS, told=0.001)
    unsure = replace(TELLS, told=0.6), replace(DOUBTS, told=0.4)
    assert sum_doubt(unsure) == pytest.approx(0.8)
    model = Sheets()
    adviser = Adviser(BOOK, model, "small", only_doubtful=True)
    assert adviser(question(), sure, happened) is None
    assert adviser(question(), unsure, happened) is not None
    assert len(model.prompts) == 1


def test_private_persons_are_named_by_all_their_names() -> None:
    text = "Ana Roy, a farmer, wept. Roy said she saw President Idi Bol."
    spans = [
        Span(text.index(w), text.index(w) + len(w))
        for w in ("Ana Roy", "Roy said", "she", "Idi Bol")
    ]
    ana, roy, she, bol = spans[0], Span(spans[1].start, spans[1].start + 3), *spans[2:]
    who = replace(actor("KEN", ana), name="Ana Roy", sectors=("CVL",))
    chief = replace(actor("KEN", bol), name="Idi Bol", sectors=("GOV",))
    cast = replace(
        QUESTION.cast,
        members=(Member(ana, "person", (ana, roy, she), True),)
        + (Member(bol, "person", (bol,), True),),
    )
    parties = Party(who, (ana, roy, she)), Party(chief, (bol,))

    class Parsed:
        pass

    parsed: Any = Parsed()
    parsed.text = text
    asked = replace(QUESTION, parsed=parsed, cast=cast, parties=parties)
    assert list(name_private(asked)) == [("Ana Roy", "Roy")]
