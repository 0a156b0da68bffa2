from typing import NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dateline.ml.encoder.pieces import (
    WEIGHTS,
    WIDTH,
    WINDOW,
    cut_word,
    embedded,
    tokenizer,
    vector,
    vectors,
    windows,
)
from dateline.model import Span


class Code(NamedTuple):
    ids: list[int]
    offsets: list[tuple[int, int]]


class Letters:
    """A cutter that makes a piece of every character but blanks."""

    def encode(self, words: str, add_special_tokens: bool) -> Code:
        assert not add_special_tokens
        words.encode()  # as the real one, it takes no lone surrogates
        at = [n for n, letter in enumerate(words) if letter != " "]
        return Code([ord(words[n]) for n in at], [(n, n + 1) for n in at])


@given(st.lists(st.integers(0, 400), max_size=8))
def test_windows_hold_every_piece_once_in_order(sizes: list[int]) -> None:
    text, run = "", []
    for size in sizes:
        run.append(Span(len(text), len(text) + size))
        text += "x" * size + " "
    found = list(windows(Letters(), text, [run]))
    assert all(0 < len(w.ids) <= WINDOW for w in found)
    starts = [a for w in found for a in w.starts]
    assert starts == [n for n, letter in enumerate(text) if letter == "x"]


def test_sentences_that_fit_share_a_window_and_runs_do_not() -> None:
    text = "ab cd ef"
    spans = [Span(0, 2), Span(3, 5), Span(6, 8)]
    assert len(list(windows(Letters(), text, [spans]))) == 1
    assert len(list(windows(Letters(), text, [spans[:1], spans[1:]]))) == 2


def test_lone_surrogates_keep_the_offsets() -> None:
    (found,) = windows(Letters(), "a\ud800b", [[Span(0, 3)]])
    assert found.starts == (0, 1, 2)


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
