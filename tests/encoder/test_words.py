"""What words mean by themselves."""

import numpy as np

from dateline.encoder.words import WIDTH, vector, vectors


def near(one: str, other: str) -> float:
    a, b = vector(one), vector(other)
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_words_of_like_meaning_are_near() -> None:
    assert near("policemen", "policeman") > near("policemen", "wheat")


def test_no_word_means_nothing() -> None:
    assert vectors([]).shape == (WIDTH,)
    assert not vectors([]).any()
    assert vector("").shape == (WIDTH,)


def test_a_word_without_end_has_a_vector() -> None:
    assert np.isfinite(vector("ab" * 5000)).all()
