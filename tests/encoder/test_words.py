"""What words mean by themselves."""

import numpy as np

from dateline.encoder.pieces import tokenizer
from dateline.encoder.words import WEIGHTS, WIDTH, cut_word, embedded, vector, vectors


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


def test_a_word_means_the_same_beside_others() -> None:
    words = ["wheat", "winemakers", "Kyiv", "", "n'djamena"]
    alone = [embedded([word])[0] for word in words]
    assert np.array_equal(embedded(words), alone)


def test_a_word_that_is_one_piece_needs_no_cutting() -> None:
    cutter = tokenizer(WEIGHTS / "tokenizer.json.gz")
    for word in ("wheat", "winemakers", "Kyiv", "g7", "1990", "u.n.", "and"):
        wanted = cutter.encode(word, add_special_tokens=False).ids
        assert cut_word(cutter, word) == wanted
