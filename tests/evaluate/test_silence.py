from dateline.evaluate.silence import score

GOLD = [
    {"id": "1", "class": "0", "quiet": True},
    {"id": "2", "class": "0", "quiet": False},
    {"id": "3", "class": "4", "quiet": False},
    {"id": "4", "class": "1", "quiet": False},
]


def test_unmarked_statements_count_on_neither_side() -> None:
    found = score(GOLD, [{"report": "2"}, {"report": "3"}])
    assert found["quiet"] == 1
    assert found["silent_on_quiet"] == 1
    assert found["found_of_acts"] == 0.5
