"""The collector rests while a report is coded, and sweeps what it leaves behind."""

import gc
import weakref

import pytest

from dateline.sweep import STEPS, unswept


class Ring:
    """Something that holds itself, so that only the collector frees it."""

    def __init__(self) -> None:
        self.own = self


def test_nothing_is_swept_within_and_what_is_left_is_swept_after() -> None:
    with unswept():
        assert not gc.isenabled()
        left = weakref.ref(Ring())
        assert left() is not None
    assert gc.isenabled()
    for _ in range(STEPS[0]):
        with unswept():
            pass
    assert left() is None


def test_a_collector_that_is_off_stays_off() -> None:
    gc.disable()
    try:
        with unswept():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_fault_within_turns_it_on_again() -> None:
    with pytest.raises(RuntimeError), unswept():
        raise RuntimeError
    assert gc.isenabled()
