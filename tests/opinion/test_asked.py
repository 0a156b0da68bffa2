"""Questions and answers travel to workers and cannot be changed on the way."""

import dataclasses
import pickle

import pytest

from dateline.model import Problem
from dateline.opinion.asked import Answer, Prompt

PROMPT = Prompt("r1", "the guide", "the report", {"type": "object"})
ANSWER = Answer("r1", None, Problem("r1", "opinion", "truncated", "cut off"))


def test_they_pickle() -> None:
    assert pickle.loads(pickle.dumps((PROMPT, ANSWER))) == (PROMPT, ANSWER)


def test_they_are_frozen() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        PROMPT.user = "another"  # type: ignore[misc]
