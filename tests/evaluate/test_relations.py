import pytest

from dateline.evaluate.relations import choose, marked_party, score
from dateline.evaluate.tasks import question_of_gold

GOLD = [
    {
        "id": "1",
        "text": "x",
        "actor": [0, 1],
        "recipient": [0, 1],
        "root": "YIELD",
        "quad": 2,
    },
    {
        "id": "2",
        "text": "x",
        "actor": [0, 1],
        "recipient": [0, 1],
        "root": "ACCUSE",
        "quad": 3,
    },
    {
        "id": "3",
        "text": "x",
        "actor": None,
        "recipient": [0, 1],
        "root": "AID",
        "quad": 2,
    },
]


def test_retreat_and_concede_are_yield() -> None:
    said = [{"id": "1", "type": "RETREAT"}, {"id": "2", "type": "ACCUSE"}]
    assert score(GOLD, said) == {
        "rows": 2,
        "root_macro_f1": 1,
        "root_accuracy": 1,
        "quad_macro_f1": 1,
        "binary_macro_f1": 1,
    }


def test_no_answer_is_wrong() -> None:
    assert score(GOLD, [])["root_macro_f1"] == 0


def test_the_likeliest_type_is_never_none() -> None:
    kind, sure = choose({"NONE": 0.9, "AGREE": 0.06, "AID": 0.04})
    assert kind == "AGREE"
    assert sure == pytest.approx(0.6)


def test_questions_tell_nothing_of_the_answer() -> None:
    assert set(question_of_gold("relations", GOLD[0])) == {
        "id",
        "text",
        "actor",
        "recipient",
    }
    assert marked_party(GOLD[2], "actor") is None
