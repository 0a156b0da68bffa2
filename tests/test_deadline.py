"""A bound in CPU seconds: it stops what spins, and spares what waits for its turn."""

import time

import pytest

from dateline.deadline import TooSlow, deadline


def test_what_spins_is_stopped() -> None:
    with pytest.raises(TooSlow), deadline(0.05):
        while True:
            pass


def test_waiting_is_not_slowness() -> None:
    with deadline(0.05):
        time.sleep(0.2)


def test_no_bound_is_left_behind() -> None:
    with deadline(0.05):
        pass
    until = time.process_time() + 0.1
    while time.process_time() < until:
        pass


def test_nought_is_no_bound() -> None:
    with deadline(0):
        until = time.process_time() + 0.1
        while time.process_time() < until:
            pass
