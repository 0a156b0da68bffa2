from itertools import product

import numpy as np
import pytest

from dateline.encoder.runs import (
    distances,
    means,
    other_deeds,
    pick_runs,
    tagged_chunks,
)
from dateline.model import Span
from dateline.model.states import Places


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
            assert pick_runs(*given, 0.5) == brute(*given, 0.5)


def test_words_that_both_begin_an_act_are_two_where_they_tell_of_other_deeds():
    act, begin = np.array([0.9, 0.9, 0.9]), np.array([0.9, 0.9, 0.1])
    assert pick_runs(act, begin, 0.5) == [(0, 3)]
    assert pick_runs(act, begin, 0.5, [False, True, False]) == [(0, 1), (1, 3)]


def test_a_word_tells_of_another_deed_where_both_are_sure_and_it_is_a_word_by_itself():
    at = Places((0, 10, 17, 19), (9, 17, 18, 24))  # the third piece is of the second
    deeds = np.array([(0.9, 0.1), (0.1, 0.9), (0.9, 0.1), (0.6, 0.2)])
    assert other_deeds(deeds, at) == [False, True, False, False]
    assert other_deeds(np.zeros((0, 2)), Places((), ())) == []


def test_a_role_begins_anew_at_a_sure_beginning():
    rows = np.array([[0.1, 0.8, 0.1], [0.1, 0.1, 0.8], [0.2, 0.7, 0.1], [0.9, 0.1, 0]])
    assert [(a, b) for a, b, _ in tagged_chunks(rows)] == [(0, 2), (2, 3)]
    assert tagged_chunks(rows)[0][2] == pytest.approx(0.9)
    assert tagged_chunks(np.zeros((0, 3))) == []


def test_distances_count_from_the_trigger():
    assert distances([(2, 4)], 6).tolist() == [[-2, -1, 0, 0, 1, 2]]


def test_the_mean_of_a_run_is_that_of_its_rows():
    rows = np.random.default_rng(1).normal(size=(6, 4)).astype(np.float32)
    wanted = np.stack([rows[1:4].mean(0), rows[5]])
    assert means(rows, [(1, 4), (5, 6)]) == pytest.approx(wanted)


def test_pieces_that_overlap_a_span():
    at = Places((4, 8, 12), (7, 11, 15))
    assert at.within(Span(9, 13)) == (1, 3)
    assert at.within(Span(7, 8)) == (0, 0)  # the blank between two pieces
    assert at.span(1, 3) == Span(8, 15)
    assert at.holds(4) and not at.holds(15)
    assert not Places((), ()).holds(0)
