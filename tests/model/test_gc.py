"""The collector rests while a report is coded, and sweeps what it leaves behind."""

import gc
import weakref
from datetime import date

import pytest

from dateline.model import Parsed, Report
from dateline.model.gc import STEPS, unswept
from dateline.pipeline.factory import Options, make_coder

FEW = 50  # values: a report itself has thousands


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


def count_parsed() -> int:
    return sum(isinstance(each, Parsed) for each in gc.get_objects())


def test_a_report_goes_by_itself_when_it_is_coded() -> None:
    coder = make_coder(Options())
    report = Report(
        "r",
        "Kenya and Sudan held talks in Nairobi on Monday. Gunmen killed two men near"
        " Lamu, police said. The president of France condemned the attack.",
        published=date(2024, 3, 5),
    )
    coder.code(report)
    gc.collect()
    gc.disable()
    before = count_parsed()
    try:
        for _ in range(3):
            assert coder.code(report).claims
        assert gc.collect() < FEW
        assert count_parsed() == before
    finally:
        gc.enable()
