"""The nets over candidates and sectors, as they run."""

import numpy as np

from dateline.actors.networks import Network, shares, squeezed
from dateline.actors.scorer import scorer


def test_shares_sum_to_one() -> None:
    told = shares(np.array([800.0, 801.0, -5.0], np.float32))
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
            "net_low_bias": np.zeros(1),
            "net_own_weight": np.zeros((2, 4)),
            "net_own_bias": np.zeros(4),
            "net_each_weight": np.ones((2, 4)),
            "net_out_weight": np.ones((4, 1)),
            "net_out_bias": np.zeros(1),
            "net_none_weight": np.ones((4, 1)),
            "net_none_bias": np.zeros(1),
        },
        "net",
    )
    rows = np.array([[0.0, 0.0], [5.0, 5.0]], np.float32)
    told = net.candidates(rows, np.zeros(1), np.zeros(3, np.float32))
    assert told[1] > told[0]
    assert np.isclose(np.exp(told).sum(), 1 - np.exp(told[0]))


def test_the_weights_that_ship_fit_the_features() -> None:
    held = scorer()
    assert held.net.at["mean"].shape == held.net.at["each_weight"].shape[:1]
    assert all(codes for codes in held.hints.values())
