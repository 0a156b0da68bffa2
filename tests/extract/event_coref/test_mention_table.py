import numpy as np

from dateline.extract.event_coref.mention_table import axes, bytes_of, pack_senses, sense_size
from dateline.extract.event_coref.pair_features import sense_likeness


def directions(*seeds: int) -> np.ndarray:
    width = axes().shape[1]
    made = [np.random.RandomState(seed).standard_normal(width) for seed in seeds]
    told = np.stack(made).astype(np.float32)
    return told / np.linalg.norm(told, axis=1, keepdims=True)


def test_a_sense_is_small_and_keeps_how_alike_states_are() -> None:
    one, two = directions(1, 2)
    near = one + 0.2 * two
    told = np.stack([one, two, near / np.linalg.norm(near)])
    kept = pack_senses(told, told)
    assert {len(sense) for sense in kept} == {sense_size()} == {64}
    rows = np.stack([bytes_of(sense) for sense in kept])
    pairs = sense_likeness(rows, np.array([0, 0]), np.array([1, 2]))
    laid = told @ axes()[0]
    laid /= np.linalg.norm(laid, axis=1, keepdims=True)
    exact = [laid[0] @ laid[1], laid[0] @ laid[2]]
    assert np.abs(pairs[:, 0] - exact).max() < 0.02
    assert pairs[1, 0] > 0.9 > pairs[0, 0]


def test_what_was_not_read_is_not_known() -> None:
    told = directions(1)
    none = np.full_like(told, np.nan)
    assert pack_senses(none, told) == [b""]
    rows = np.stack([bytes_of(pack_senses(told, told)[0]), bytes_of(b"")])
    assert np.isnan(sense_likeness(rows, np.array([0]), np.array([1]))).all()
    assert not bytes_of(b"of another version").any()
