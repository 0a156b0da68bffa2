"""Questions and answers travel to workers and cannot be changed on the way."""

import dataclasses
import pickle

import pytest

from dateline.llm.messages import Answer, Prompt, measure_agreement
from dateline.model import Problem

PROMPT = Prompt("r1", "the guide", "the report", {"type": "object"})
ANSWER = Answer("r1", None, Problem("r1", "opinion", "truncated", "cut off"))


def test_they_pickle() -> None:
    assert pickle.loads(pickle.dumps((PROMPT, ANSWER))) == (PROMPT, ANSWER)


def test_they_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        PROMPT.user = "another"  # type: ignore[misc]


def test_agreement_of_answers_is_measured() -> None:
    one = '{"acts": [{"act": 1, "keep": true}, {"act": 2, "keep": true}]}'
    other = '{"acts": [{"act": 2, "keep": false}, {"act": 1, "keep": true}]}'
    whole, by_value = measure_agreement([[one, one, None], [one, other, one]])
    assert whole == 0.5
    assert by_value == pytest.approx((1 + 3 / 5) / 2)
