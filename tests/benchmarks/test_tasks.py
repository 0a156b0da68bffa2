import pytest

from benchmarks.merge import ask_copies
from benchmarks.tasks import question_fault, question_of_gold

COPY = (
    "Kenya expelled two envoys on Tuesday and accused their country of seizing a boat"
    " on the lake, the foreign ministry in the capital told reporters. "
)


@pytest.mark.parametrize("spans", ["x", [5], [[1]], [[1, "2"]], [["a", "b"]], {"a": 1}])
def test_spans_that_are_none_are_told(spans):
    row = {"doc": "d", "text": "Rebels left Arva.", "spans": spans}
    assert question_fault("places", row) == "spans is no list of [start, end]"
    assert question_fault("places", {**row, "spans": [[12, 16]]}) == ""


def test_ids_may_be_numbers_and_words_at_once():
    (pair,) = ask_copies([{"id": 7, "text": COPY * 3}, {"id": "b", "text": COPY * 3}])
    assert {pair["a"], pair["b"]} == {7, "b"}


def test_a_question_of_gold_tells_its_day_where_that_may_be_known() -> None:
    gold = {"doc": 1, "id": 2, "text": "On Monday.", "dct": "2019-01-08", "value": "x"}
    asked = {"doc": 1, "text": "On Monday."}
    assert question_of_gold("times", gold) == asked | {"published": "2019-01-08"}
    assert question_of_gold("dates", gold) == asked
