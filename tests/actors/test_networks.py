"""The nets over candidates and sectors, as they run."""

import numpy as np

from dateline.actors.context import Context
from dateline.actors.networks import Network
from dateline.actors.scorer import scorer
from dateline.infer.choose import log_shares, squeezed


def test_shares_sum_to_one() -> None:
    scores, unknown = np.array([800.0, 801.0], "f"), np.array([-5.0], "f")
    told = log_shares(scores, unknown, np.array([0]))
    assert np.isclose(np.exp(told).sum(), 1)


def test_far_numbers_are_brought_near() -> None:
    told = squeezed(np.array([-999.0, 0.0, 999.0], np.float32))
    assert np.allclose(told, [-6.9078, 0, 6.9078], atol=1e-3)


def test_a_net_has_a_place_for_whoever_is_unknown() -> None:
    net = Network.of(
        {
            "net_mean": np.zeros(2),
            "net_scale": np.ones(2),
            "net_low_weight": np.zeros((3, 1)),
            "net_read_weight": np.zeros((6, 1)),
            "net_own_weight": np.zeros((3, 4)),
            "net_each_weight": np.ones((2, 4)),
            "net_pool_weight": np.zeros((3, 4)),
            "net_out_weight": np.ones((4, 1)),
            "net_none_weight": np.ones((4, 1)),
        },
        "net",
    )
    rows = np.array([[0.0, 0.0], [5.0, 5.0]], np.float32)
    none = np.zeros(0, np.int64)
    around = Context(np.zeros((1, 6), "f"), none, none, none, np.zeros((0, 3), "f"))
    given = np.zeros((1, 1), "f"), np.zeros((1, 3), "f"), around, np.zeros((0, 3), "f")
    told = net.candidates(net.scaled(rows), np.array([0]), *given)
    assert told[1] > told[0]
    assert np.isclose(np.exp(told).sum(), 1 - np.exp(told[0]))


def test_the_weights_that_ship_fit_the_features() -> None:
    held = scorer()
    assert len(held.nets) > 1
    for net in held.nets:
        assert net.at["mean"].shape == net.at["each_weight"].shape[:1]
    assert all(codes for codes in held.hints.values())
