import json
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from dateline.ml.encoder.acts import (
    Heads,
    Sense,
    distances,
    means,
    other_deeds,
    pick_runs,
    tagged_chunks,
)
from dateline.ml.encoder.heads import sealed, softmax_rows
from dateline.ml.encoder.reader import WEIGHTS
from dateline.model import Span, Words
from dateline.model.encoder_output import Places


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


@pytest.mark.parametrize(("name", "kept"), [("deed", "CAB"), ("status", "CAB"), ("mode", "C")])
def test_a_faint_deed_or_status_is_told_a_faint_mode_is_not(name: str, kept: str):
    heads = Heads(with_told())
    heads.by_name[name] = np.array([*"ABC"], object), np.arange(3)
    chances = np.array([[0.0015, 0.0001, 0.9984]], np.float32)
    (told,) = heads.label_chances(name, chances)
    assert [label for label, _ in told] == [*kept]


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
    told = [Words(Span(a, b), p) for a, b, p in ((0, 4, 0.9), (9, 13, 0.6), (14, 23, 0.8))]
    found = [(w.span.of(text), w.sure) for w in sense.joined(told)]
    assert found == [("U.S.", 0.9), ("Thai officials", 0.8)]


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
