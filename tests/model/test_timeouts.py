"""A bound in CPU seconds: it stops what spins, and spares what waits for its turn."""

import gc
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any
from unittest.mock import Mock, call

import pytest

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.model.timeouts import TooSlow, Watch, deadline
from dateline.pipeline.factory import make_coder


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
    """Work on one's own: to ask the clock all the time is the system's work."""
    until = time.thread_time() + seconds
    while time.thread_time() < until:
        sum(range(1000))
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


def made_long(name: str, sentences: int = 300) -> Report:
    """Return a report of which the gate keeps each sentence: all take seconds."""
    told = "Kenya arrested {} Ugandan pilots on Monday, the army said in Lamu, {}."
    text = " ".join(told.format(n, name) for n in range(2, 2 + sentences))
    return complete_report(Report("r", text))


@everywhere
def test_a_report_beyond_its_seconds_is_told(run: Run) -> None:
    hasty, report = replace(make_coder(), seconds=0.02), made_long(run.__name__)
    every, kept = hasty.cut_sentences(report)
    assert len(every) == len(kept) == 300
    (problem,) = run(lambda: hasty.code(report)).problems
    assert problem.code in ("too_slow", "coded_in_parts")
    assert "more than 0.02 seconds" in problem.message


def test_nothing_is_kept_of_a_report_coded_in_parts() -> None:
    """A thread may end after it, and nobody else lets go of what was kept for it."""
    coder = make_coder()

    def slow_on_the_whole(text: str, spans: Any) -> Any:
        if len(text.strip()) > 600:
            raise TooSlow
        return coder.encode(text, spans)

    who = Mock(wraps=coder.who)
    hasty = replace(coder, who=who, encode=slow_on_the_whole)
    (problem,) = hasty.code(made_long("parts", 10)).problems
    assert problem.code == "coded_in_parts"
    assert [who.method_calls[n] == call.close() for n in (0, -1)] == [False, True]
