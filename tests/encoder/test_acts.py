import json
from pathlib import Path

import numpy as np
import pytest

from dateline.encoder.acts import Heads, Sense
from dateline.encoder.heads import softmax_rows
from dateline.encoder.reader import WEIGHTS
from dateline.encoder.seal import sealed
from dateline.model import Span, Words
from dateline.model.states import Places


def test_weights_of_another_form_are_refused():
    told = np.array('{"form": 1}')
    with pytest.raises(ValueError, match="form 1"):
        Heads({"told": told})


def with_told(**changed: object) -> dict[str, np.ndarray]:
    """Return small weights of two deeds, told of in a sealed way and then changed."""
    arrays = {"say.deed.weight": np.ones((2, 4), np.float16)}
    told = {"form": 2, "version": "v", "window": 9, "floor": 0.5, "far": 2}
    told = sealed({**told, "labels": {"deed": ["A", "B"]}}, arrays)
    return {"told": np.array(json.dumps({**told, **changed})), **arrays}


def test_weights_that_are_as_written_are_read():
    assert Heads(with_told()).labels == {"deed": ["A", "B"]}


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"labels": {"deed": ["B", "A"]}}, "not as they were written"),
        ({"window": 99}, "not as they were written"),
        ({"labels": {"deed": ["A"]}}, "1 labels for the 2 of deed"),
    ],
)
def test_weights_that_are_not_as_told_are_refused(changed, told):
    with pytest.raises(ValueError, match=told):
        Heads(with_told(**changed))


def test_the_weights_that_ship_are_sealed():
    with np.load(Path(WEIGHTS) / "reading.npz") as file:
        assert json.loads(str(file["told"]))["digest"]


def test_a_short_last_axis_is_reduced_to_the_same():
    rows = np.random.default_rng(1).normal(size=(2, 5, 4, 3)).astype(np.float32)
    grown = np.exp(rows - rows.max(-1, keepdims=True))
    assert softmax_rows(rows) == pytest.approx(grown / grown.sum(-1, keepdims=True))
    assert softmax_rows(rows[0, 0, 0]).sum() == pytest.approx(1)


def test_what_hangs_on_a_party_goes_where_the_reader_does_not_mean_it():
    text = "troops of Chad in the Gulf"
    starts = [0, 7, 10, 15, 18, 22]
    at = Places(tuple(starts), tuple(text.find(" ", n) % 27 for n in starts))
    sense = Sense.__new__(Sense)
    sense.at = at
    whole = Span(0, len(text))
    sense.phrases = [(whole, 0, 1, (7, 15))]
    assert sense.ended(0, [0.9, 0.9, 0.9, 0.1, 0.2, 0.4]) == Span(0, 14)
    assert sense.ended(0, [0.9, 0.9, 0.9, 0.1, 0.2, 0.6]) == whole
    assert sense.ended(0, [0.9, 0.1, 0.2, 0.1, 0.2, 0.4]) == Span(0, 6)


def test_words_of_parties_that_stand_side_by_side_are_one_party():
    text = "U.S. and Thai officials"
    at = Places((0, 5, 9, 14), (4, 8, 13, 23))
    sense = Sense.__new__(Sense)
    sense.at = at
    told = [
        Words(Span(a, b), p) for a, b, p in ((0, 4, 0.9), (9, 13, 0.6), (14, 23, 0.8))
    ]
    found = [(w.span.of(text), w.sure) for w in sense.joined(told)]
    assert found == [("U.S.", 0.9), ("Thai officials", 0.8)]
