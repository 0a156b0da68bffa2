import numpy as np
import pytest

from dateline.ml.encoder.heads import gelu, softmax_rows


def test_softmax_sums_to_one_and_bears_large_numbers() -> None:
    found = softmax_rows(np.array([[1000.0, 999.0], [0.0, 0.0]], np.float32))
    assert found.sum(1) == pytest.approx([1, 1])
    assert found[0, 0] > found[0, 1]


def test_gelu_is_nought_at_nought_and_straight_far_out() -> None:
    found = gelu(np.array([-10.0, 0.0, 10.0], np.float32))
    assert found == pytest.approx([0, 0, 10], abs=1e-4)
