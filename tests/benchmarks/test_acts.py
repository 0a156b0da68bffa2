"""Scores of acts in sentences: their type, the words of their parties, silence."""

import pytest

from benchmarks.acts import choose_type, marked_party, score_parties, score_relations, score_silence
from benchmarks.tasks import question_of_gold

RELATIONS = [
    {"id": "1", "text": "x", "actor": [0, 1], "recipient": [0, 1], "root": "YIELD", "quad": 2},
    {"id": "2", "text": "x", "actor": [0, 1], "recipient": [0, 1], "root": "ACCUSE", "quad": 3},
    {"id": "3", "text": "x", "actor": None, "recipient": [0, 1], "root": "AID", "quad": 2},
]


def test_retreat_and_concede_are_yield() -> None:
    said = [{"id": "1", "type": "RETREAT"}, {"id": "2", "type": "ACCUSE"}]
    assert score_relations(RELATIONS, said) == {
        "rows": 2,
        "root_macro_f1": 1,
        "root_accuracy": 1,
        "quad_macro_f1": 1,
        "binary_macro_f1": 1,
    }


def test_no_answer_is_wrong() -> None:
    assert score_relations(RELATIONS, [])["root_macro_f1"] == 0


def test_the_likeliest_type_is_never_none() -> None:
    kind, sure = choose_type({"NONE": 0.9, "AGREE": 0.06, "AID": 0.04})
    assert kind == "AGREE"
    assert sure == pytest.approx(0.6)


def test_questions_tell_nothing_of_the_answer() -> None:
    assert set(question_of_gold("relations", RELATIONS[0])) == {"id", "text", "actor", "recipient"}
    assert marked_party(RELATIONS[2], "actor") is None


def claim(actors: list[list[int]], recipients: list[list[int]], sure: float = 0.5) -> dict:  # type: ignore[type-arg]
    sides = {
        "actors": [{"start": a, "end": b} for a, b in actors],
        "recipients": [{"start": a, "end": b} for a, b in recipients],
    }
    return {"report": "1", "confidence": sure, **sides}


PARTIES = [{"id": "1", "text": "x", "actor": [[0, 5]], "recipient": [[9, 14]], "both": []}]


def test_the_better_of_two_claims_counts() -> None:
    found = score_parties(PARTIES, [claim([[9, 14]], []), claim([[0, 5]], [[9, 14]])])
    assert (found["exact_f1"], found["overlap_f1"], found["silent"]) == (1, 1, 0)


def test_a_third_claim_does_not() -> None:
    wrong = [claim([[20, 22]], [], 0.9), claim([[20, 22]], [], 0.8)]
    assert score_parties(PARTIES, [*wrong, claim([[0, 5]], [[9, 14]], 0.1)])["overlap_f1"] == 0


def test_overlap_is_kinder_than_exact() -> None:
    found = score_parties(PARTIES, [claim([[0, 4]], [[9, 14]])])
    assert found["exact_f1"] == 0.5
    assert found["overlap_f1"] == 1


def test_parties_of_mutual_acts_may_stand_on_either_side() -> None:
    gold = [{"id": "1", "text": "x", "actor": [], "recipient": [], "both": [[0, 5]]}]
    assert score_parties(gold, [claim([], [[0, 5]])])["exact_f1"] == 1
    assert score_parties(gold, [])["silent"] == 1


SPOKEN = [
    {"id": "1", "class": "0", "quiet": True},
    {"id": "2", "class": "0", "quiet": False},
    {"id": "3", "class": "4", "quiet": False},
    {"id": "4", "class": "1", "quiet": False},
]


def test_unmarked_statements_count_on_neither_side() -> None:
    found = score_silence(SPOKEN, [{"report": "2"}, {"report": "3"}])
    assert found["quiet"] == 1
    assert found["silent_on_quiet"] == 1
    assert found["found_of_acts"] == 0.5
