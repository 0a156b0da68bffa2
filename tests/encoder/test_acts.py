from itertools import product

import numpy as np
import pytest

from dateline.encoder.acts import Heads, chunks, distances, runs
from dateline.encoder.heads import softmax


def brute(act, begin, floor):
    """Every run that cannot grow, by trying all."""
    n = len(act)
    parts = [act[i] >= floor for i in range(n)]
    cuts = [begin[i] > 0.5 and (i == 0 or begin[i - 1] <= 0.5) for i in range(n)]
    found = []
    for a in range(n):
        for b in range(a + 1, n + 1):
            inside = all(parts[a:b]) and not any(cuts[a + 1 : b])
            left = a == 0 or not parts[a - 1] or cuts[a]
            right = b == n or not parts[b] or cuts[b]
            if inside and left and right:
                found.append((a, b))
    return found


def test_runs_are_those_that_cannot_grow():
    for act in product((0.1, 0.9), repeat=4):
        for begin in product((0.1, 0.9), repeat=4):
            given = np.array(act), np.array(begin)
            assert runs(*given, 0.5) == brute(*given, 0.5)


def test_a_role_begins_anew_at_a_sure_beginning():
    rows = np.array([[0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.2, 0.7, 0.1], [0.9, 0.1, 0]])
    assert [(a, b) for a, b, _ in chunks(rows)] == [(0, 2), (2, 3)]
    assert chunks(rows)[0][2] == pytest.approx(0.9)
    assert chunks(np.zeros((0, 3))) == []


def test_distances_count_from_the_trigger():
    assert distances([(2, 4)], 6).tolist() == [[-2, -1, 0, 0, 1, 2]]


def test_weights_of_another_form_are_refused():
    told = np.array('{"form": 0}')
    with pytest.raises(ValueError, match="form 0"):
        Heads({"told": told})


def test_a_short_last_axis_is_reduced_to_the_same():
    rows = np.random.default_rng(1).normal(size=(2, 5, 4, 3)).astype(np.float32)
    grown = np.exp(rows - rows.max(-1, keepdims=True))
    assert softmax(rows) == pytest.approx(grown / grown.sum(-1, keepdims=True))
    assert softmax(rows[0, 0, 0]).sum() == pytest.approx(1)
