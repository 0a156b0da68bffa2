from pathlib import Path

import numpy as np
import pytest

from benchmarks.engines.encoder import mix_opinions
from benchmarks.engines.ngrams import (
    BITS,
    Ngrams,
    hash_features,
    load_ngrams,
    pair_ngrams,
    stems_with_marks,
)
from dateline.model import Span

TEXT = "Chad has thanked Mali for grain."
CHAD, MALI = Span(0, 4), Span(17, 21)


def test_parties_fold_into_marks_and_order_shows() -> None:
    assert stems_with_marks(TEXT, CHAD, MALI)[:4] == ["<actor>", "has", "thanke", "<recipient>"]
    forth, back = set(pair_ngrams(TEXT, CHAD, MALI)), set(pair_ngrams(TEXT, MALI, CHAD))
    assert "<between thanke" in forth
    assert ">between thanke" in back


def test_overlapping_parties_and_empty_text_get_an_answer() -> None:
    assert list(pair_ngrams(TEXT, Span(0, 10), Span(2, 4)))
    at, values = hash_features("", Span(0, 0), Span(0, 0))
    assert len(at) == len(values)


def test_features_have_length_one() -> None:
    at, values = hash_features(TEXT, CHAD, MALI)
    assert float((values**2).sum()) == pytest.approx(1)
    assert at.max() < 1 << BITS


def test_unknown_words_leave_the_bias(tmp_path: Path) -> None:
    np.savez(
        tmp_path / "n.npz",
        roots=np.array(["AID", "YIELD"]),
        deeds=np.array(["AID", "CONCEDE RETREAT"]),
        rows=np.array([5]),
        weights=np.array([[1, 2]], np.int8),
        scale=np.float32(1),
        bias=np.zeros(2, np.float32),
    )
    weights = Ngrams(tmp_path / "n.npz")
    found = weights.roots_of("x y z", Span(0, 1), Span(4, 5))
    assert weights.root_of["RETREAT"] == "YIELD"
    assert found == {"AID": 0.5, "YIELD": 0.5}
    assert load_ngrams(tmp_path / "none.npz") is None


def test_a_mixture_keeps_none_and_sums_to_one() -> None:
    first = {"AID": 0.3, "CONCEDE": 0.2, "RETREAT": 0.1, "NONE": 0.4}
    root_of = {"AID": "AID", "CONCEDE": "YIELD", "RETREAT": "YIELD"}
    found = mix_opinions(first, {"AID": 0.1, "YIELD": 0.9}, root_of)
    assert found["NONE"] == 0.4
    assert sum(found.values()) == pytest.approx(1)
    assert found["CONCEDE"] == pytest.approx(2 * found["RETREAT"])
    assert found["CONCEDE"] + found["RETREAT"] > found["AID"]
