"""Several processes: the same claims in the same order, whatever dies on the way."""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

import pytest

from dateline.ingest.run import Item, one_by_one
from dateline.ingest.scale import pool
from dateline.model import Problem, Report
from dateline.model.record import claim_record
from dateline.pipeline.factory import Options, make_coder
from tests.ingest.scale.deadly import deadly

LIGHT = Options()
ACTS = ("arrested", "killed", "freed", "expelled")


def made_up(count: int) -> list[Report]:
    text = "Police in Kenya {} {} men on Monday."
    return [Report(f"r{n}", text.format(ACTS[n % 4], n + 2), language="en") for n in range(count)]


def told(coded: Iterable[Any]) -> list[Any]:
    """Everything that comes out, in a form that can be compared."""
    return [
        (item.id, [claim_record(claim, item.text) for claim in coding.claims])
        if isinstance(item, Report)
        else item
        for item, coding in coded
    ]


@pytest.fixture(scope="module")
def alone() -> list[Any]:
    return told(one_by_one(make_coder(LIGHT))(mixed()))


def mixed() -> list[Item]:
    """Reports with a problem among them, which has its place too."""
    items: list[Item] = list(made_up(28))
    items.insert(13, Problem("bad", "read", "unreadable", "x"))
    return items


def test_a_killed_process_loses_and_doubles_nothing(
    alone: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes give what one gives, in order, though both are killed once."""
    monkeypatch.setattr(pool, "TOGETHER", 2)
    read = 0

    def items() -> Iterator[Item]:
        nonlocal read
        for item in mixed():
            read += 1
            yield item

    made = pool.Pool(LIGHT, 2)
    found: list[Any] = []
    for item, coding in made.codes(items()):
        found.append((item, coding))
        if len(found) == 3 and made.made is not None:
            ahead = (pool.AHEAD * 2 + 2) * pool.TOGETHER + 1  # and the problem
            assert read <= ahead < len(alone)  # what is read ahead is bounded
            for process in list(made.made._processes):
                os.kill(process, signal.SIGKILL)
    assert told(found) == alone
    claims = [told for one in alone if isinstance(one, tuple) for told in one[1]]
    assert len(claims) > 20


def test_a_report_that_kills_processes_is_told_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pool.worker, "code_batch", deadly)
    items = made_up(20)
    found = list(pool.coding_pool(LIGHT, 2)(items))
    assert [item.id for item, _ in found] == [item.id for item in items]
    crashed = [item.id for item, got in found if isinstance(got, Problem)]
    assert crashed == ["r5"]
    assert {got for _, got in found if isinstance(got, str)} == {"fine"}


def test_a_death_counts_for_all_that_may_have_been_in_hand() -> None:
    """Two processes hold a batch each, and a third is on its way to them."""
    waiting = deque(pool.Batch(future=Future()) for _ in range(5))
    for batch in waiting:
        assert batch.future is not None
        batch.future.set_exception(BrokenProcessPool())
    assert pool.Pool(LIGHT, 2).again(waiting) == []
    assert [batch.deaths for batch in waiting] == [1, 1, 1, 0, 0]


def test_who_wants_no_more_need_not_wait() -> None:
    run = pool.Pool(LIGHT, 2)
    given = run.codes(iter(made_up(60)))
    next(given)
    assert run.made is not None
    processes = list(run.made._processes.values())
    given.close()  # type: ignore[attr-defined]
    assert [process.exitcode for process in processes] == [-signal.SIGKILL] * 2
