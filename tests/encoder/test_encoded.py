import numpy as np
import pytest

from dateline.encoder.encoded import Encoded, Shape, fold_statuses
from dateline.encoder.heads import Heads
from dateline.model import Span

WIDE = 4
KINDS = ["CONSULT", "ASSAULT", "NONE"]


def heads() -> Heads:
    rng = np.random.default_rng(1)
    shapes = {
        "mix": (3, 4 * WIDE),
        "kind": (3, 3 + 4 * WIDE),
        "deed": (3, 3 + 4 * WIDE),
        "status.0": (3, 2 * WIDE),
        "status.2": (9, 3),
        "mode": (2, 2 * WIDE),
        "context": (2, 2 * WIDE),
        "tag": (6, WIDE),
        "near": (3, WIDE),
        "trigger": (3, WIDE),
        "party": (5, 3),
    }
    weights = {f"{k}.weight": rng.normal(size=v) for k, v in shapes.items()}
    statuses = "happened ongoing recurring planned expected possible hypothetical"
    return Heads(
        {
            **weights,
            "null": rng.normal(size=(4, WIDE)),
            "kind.temperature": np.float32(1),
            "deed.temperature": np.float32(1),
            "status.shift": np.zeros(9),
            "labels": np.zeros(0),
        }
        | {
            "kind": np.array(KINDS),
            "status": np.array([*statuses.split(), "denied", "negated"]),
            "mode": np.array(["visit", "phone"]),
            "context": np.array(["legal", "military"]),
            "tag": np.array(["source", "act"]),
        }
    )


def encoded() -> Encoded:
    """Two sentences; the second was skipped, so that its words have no pieces."""
    states = np.random.default_rng(2).normal(size=(4, WIDE)).astype(np.float32)
    starts, ends = np.array([0, 4, 8, 12]), np.array([3, 7, 12, 17])
    tokens = [Span(0, 3), Span(4, 7), Span(8, 17), Span(20, 25)]
    return Encoded(
        heads(), states, starts, ends, Shape(tokens, [Span(0, 18), Span(20, 25)])
    )


def test_pair_names_every_type_and_sums_to_one() -> None:
    found = encoded().pair(Span(0, 3), Span(8, 17), Span(4, 7))
    assert list(found) == KINDS
    assert sum(found.values()) == pytest.approx(1)


def test_a_party_without_pieces_answers_as_none_does() -> None:
    read = encoded()
    there = Span(4, 7)
    assert read.pair(Span(20, 25), None, there) == read.pair(None, None, there)


def test_roles_matter() -> None:
    read = encoded()
    one, other = Span(0, 3), Span(8, 17)
    assert read.pair(one, other, None) != read.pair(other, one, None)


def test_tags_follow_the_tokens_and_skipped_words_are_outside() -> None:
    found = encoded().tags("source")
    assert found.shape == (4, 3)
    assert found.sum(1) == pytest.approx([1, 1, 1, 1])
    assert found[3].tolist() == [1, 0, 0]


def test_actor_tags_are_the_parties_of_any_act() -> None:
    read = encoded()
    assert read.tags("actor")[:3, 1:] == pytest.approx(read.parties(None)[:3, 1:3])
    assert read.parties(Span(4, 7)).shape == (4, 5)


def test_certainty_folds_into_three() -> None:
    found = fold_statuses(encoded().certainty(Span(4, 7)))
    assert set(found) == {"happened", "uncertain", "not"}
    assert sum(found.values()) == pytest.approx(1)


def test_many_labelled_heads_answer_each_label() -> None:
    read = encoded()
    assert set(read.modes(Span(4, 7))) == {"visit", "phone"}
    assert all(0 <= p <= 1 for p in read.contexts(Span(4, 7)).values())


def test_holds_is_a_probability() -> None:
    assert 0 <= encoded().holds(Span(0, 18)) <= 1


def test_nothing_read_answers_all_the_same() -> None:
    empty = np.zeros(0, np.int64)
    read = Encoded(
        heads(), np.zeros((0, WIDE), np.float32), empty, empty, Shape([Span(0, 2)], [])
    )
    assert read.tags("act").tolist() == [[1, 0, 0]]
    assert read.parties(None).tolist() == [[1, 0, 0, 0, 0]]
    assert sum(read.act(Span(0, 2)).values()) == pytest.approx(1)
