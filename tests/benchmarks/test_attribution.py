"""Attributions scored by words and one by one; every line on certainty answered."""

from benchmarks.attribution import (
    ask_certainty,
    brat_attributions,
    score_attributions,
    score_certainty,
)

TEXT = "The mayor said the army left."
SAID = {"source": [[0, 9]], "cue": [[10, 14]], "content": [[15, 28]]}
GOLD = [{"doc": "d", "text": TEXT, "attributions": [SAID]}]


def test_gold_against_itself_is_right() -> None:
    found = score_attributions(GOLD, [{"doc": "d", "attributions": [SAID]}])
    assert set(found.values()) == {1.0}


def test_silence_is_wrong() -> None:
    assert set(score_attributions(GOLD, []).values()) == {0.0}


def test_an_answer_inside_another_is_left_out() -> None:
    inner = {"source": [[15, 23]], "cue": [], "content": [[24, 28]]}
    found = score_attributions(GOLD, [{"doc": "d", "attributions": [SAID, inner]}])
    assert found["att.content"] == 1.0


def test_standoff_is_read() -> None:
    rows = "T1\tSource 0 9\tx\nT2\tCue 10 14\ty\nE1\tAttribution:T2 Cue:T2 Source:T1"
    (one,) = brat_attributions(rows)
    assert one["source"] == [[0, 9]]


def test_every_line_is_answered() -> None:
    rows = [
        {"id": "a", "text": "The firm sold its mill .", "trigger": [9, 13]},
        {"id": "b", "text": "They did not sell the mill .", "trigger": [13, 17]},
        {"id": "c", "text": "", "trigger": [0, 0]},
    ]
    found = {row["id"]: row["status"] for row in ask_certainty(rows)}
    assert found["a"] == found["c"] == "happened"
    assert found["b"] != "happened"


def test_a_missing_answer_is_wrong() -> None:
    gold = [{"id": 1, "class": "happened"}, {"id": 2, "class": "uncertain"}]
    found = score_certainty(gold, [{"id": 2, "status": "planned"}])
    assert (found["uncertain F1"], found["accuracy"]) == (1.0, 0.5)
