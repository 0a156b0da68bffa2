"""`ask certainty` answers every line, and its score is the one we claim."""

from dateline.evaluate import certainty


def test_every_line_is_answered() -> None:
    rows = [
        {"id": "a", "text": "The firm sold its mill .", "trigger": [9, 13]},
        {"id": "b", "text": "They did not sell the mill .", "trigger": [13, 17]},
        {"id": "c", "text": "", "trigger": [0, 0]},
    ]
    found = {row["id"]: row["status"] for row in certainty.ask(rows)}
    assert found["a"] == found["c"] == "happened"
    assert found["b"] != "happened"


def test_a_missing_answer_is_wrong() -> None:
    gold = [{"id": 1, "class": "happened"}, {"id": 2, "class": "uncertain"}]
    found = certainty.score(gold, [{"id": 2, "status": "planned"}])
    assert (found["uncertain F1"], found["accuracy"]) == (1.0, 0.5)
