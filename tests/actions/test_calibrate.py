"""Confidence grows with the parties told."""

from dataclasses import replace

from dateline.actions.calibrate import calibrated, features
from tests.claims import claim


def test_a_missing_party_lowers_confidence() -> None:
    act = claim().action
    bare = replace(act, recipients=())
    assert 0 < calibrated(bare).sure < calibrated(act).sure < 1


def test_features_are_finite_at_the_ends() -> None:
    for sure in (0.0, 1.0):
        assert all(abs(x) < 5 for x in features(replace(claim().action, sure=sure)))
