"""A bound in CPU seconds: it stops what spins, and spares what waits for its turn."""

import gc
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from unittest.mock import Mock

import pytest

from dateline.deadline import TooSlow, Watch, deadline
from dateline.model import Report
from dateline.parts import make_coder
from dateline.read.inputs import complete_report


@pytest.fixture(autouse=True)
def no_rubbish() -> Iterator[None]:
    """Collect none: an interrupt in what listens to the collector would be lost."""
    gc.disable()
    yield
    gc.enable()


Run = Callable[[Callable[[], Any]], Any]


def elsewhere(work: Callable[[], Any]) -> Any:
    """Run work in a thread that is not the main one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


def here(work: Callable[[], Any]) -> Any:
    return work()


everywhere = pytest.mark.parametrize("run", [here, elsewhere])


def spin(seconds: float) -> float:
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        pass
    return seconds


def within(seconds: float, work: Callable[[], Any]) -> Any:
    with deadline(seconds):
        return work()


@everywhere
def test_what_spins_is_stopped(run: Run) -> None:
    began = time.process_time()
    with pytest.raises(TooSlow):
        run(lambda: within(0.05, lambda: spin(20)))
    assert time.process_time() - began < 2


@everywhere
def test_waiting_is_not_slowness(run: Run) -> None:
    run(lambda: within(0.05, lambda: time.sleep(0.2)))


@everywhere
def test_no_bound_is_left_behind(run: Run) -> None:
    def twice() -> float:
        within(0.05, lambda: None)
        return spin(0.1)

    assert run(twice) == 0.1


@everywhere
def test_nought_is_no_bound(run: Run) -> None:
    assert run(lambda: within(0, lambda: spin(0.1))) == 0.1


@pytest.mark.parametrize("clock", [OSError(22, "Invalid argument"), None])
def test_a_watch_outlives_its_thread(
    clock: OSError | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread may end, and its clock with it, before its watch has looked."""
    watch = Watch(0.0)
    if clock:
        monkeypatch.setattr(time, "clock_gettime", Mock(side_effect=clock))
    assert (watch.left() > 0) == bool(clock)
    if clock:
        watch.over.set()
        watch.run()


def test_many_threads_have_each_their_own_bound() -> None:
    """Those that end at the very moment of their bound disturb nobody after it."""

    def one(n: int) -> str:
        try:
            within(0.02, lambda: spin(2.0 if n % 2 else 0.0199))
        except TooSlow:
            return "slow"
        return "done"

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(one, range(40)))
    assert set(found[1::2]) == {"slow"}
    assert len(found) == 40


@everywhere
def test_a_report_beyond_its_seconds_is_told(run: Run) -> None:
    told = "Kenya freed {} Ugandan pilots on Monday, the army said in Lamu, {}."
    text = " ".join(told.format(n, run.__name__) for n in range(2, 302))
    hasty = replace(make_coder(), seconds=0.02)
    (problem,) = run(lambda: hasty.code(complete_report(Report("r", text)))).problems
    assert problem.code in ("too_slow", "coded_in_parts")
    assert "more than 0.02 seconds" in problem.message
