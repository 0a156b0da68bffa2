import numpy as np
import pytest

from dateline.encoder.acts import Heads
from dateline.encoder.heads import softmax


def test_weights_of_another_form_are_refused():
    told = np.array('{"form": 0}')
    with pytest.raises(ValueError, match="form 0"):
        Heads({"told": told})


def test_a_short_last_axis_is_reduced_to_the_same():
    rows = np.random.default_rng(1).normal(size=(2, 5, 4, 3)).astype(np.float32)
    grown = np.exp(rows - rows.max(-1, keepdims=True))
    assert softmax(rows) == pytest.approx(grown / grown.sum(-1, keepdims=True))
    assert softmax(rows[0, 0, 0]).sum() == pytest.approx(1)
