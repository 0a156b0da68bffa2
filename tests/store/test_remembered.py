"""Counts are remembered while nothing changes, and never long after."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Event

import pytest

from dateline.store import cache as remembered
from dateline.store import listings
from dateline.store.cache import Memory
from dateline.store.errors import StoreError, TooSlow
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, sample


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is counted here is small, however busy the machine."""
    monkeypatch.setattr(remembered, "QUICK", 100.0)


def looks(told: list[int]) -> Callable[[], int]:
    def look() -> int:
        told.append(1)
        return len(told)

    return look


def test_the_same_state_gives_the_same_answer() -> None:
    state, made = [1], list[int]()
    memory = Memory(lambda: state[0])
    assert [memory.ask("k", looks(made)) for _ in "abc"] == [1, 1, 1]
    assert memory.ask("other", looks(made)) == 2
    state[0] = 2
    assert memory.ask("k", looks(made)) == 3  # it took no time: it is asked anew


def test_what_took_long_may_be_old_and_is_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "QUICK", -1.0)
    state, made = [1], list[int]()
    memory = Memory(lambda: state[0])
    old = list[datetime]()
    remembered.OLD.set(old)
    assert memory.ask("k", looks(made)) == 1
    assert remembered.as_of() is None
    state[0] = 2
    assert memory.ask("k", looks(made)) == 1  # at once, and noted as old
    assert remembered.as_of() == old[0] == min(old)
    memory.close()  # waits for the thread that counts
    assert memory.ask("k", looks(made)) == 2
    assert len(old) == 1


def test_nothing_older_than_some_seconds_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    now, state, made = [0.0], [1], list[int]()
    monkeypatch.setattr(remembered, "monotonic", lambda: now[0])
    monkeypatch.setattr(remembered, "QUICK", 0.1)
    memory = Memory(lambda: state[0])
    monkeypatch.setattr(Memory, "renew", lambda *_: None)

    def slow() -> int:
        now[0] += 0.2
        return looks(made)()

    assert memory.ask("k", slow) == 1
    state[0], now[0] = 2, remembered.OLDEST - 0.1
    assert memory.ask("k", slow) == 1
    now[0] = remembered.OLDEST
    assert memory.ask("k", slow) == 2


def test_an_old_answer_is_better_than_none(monkeypatch: pytest.MonkeyPatch) -> None:
    state = [1]
    memory = Memory(lambda: state[0])
    old = list[datetime]()
    remembered.OLD.set(old)

    def slow() -> int:
        raise TooSlow("more than a page may")

    with pytest.raises(TooSlow):
        memory.ask("k", slow)
    assert memory.ask("k", lambda: 1) == 1
    state[0] = 2
    assert memory.ask("k", slow) == 1
    assert len(old) == 1


def test_what_goes_wrong_beside_is_told_to_the_next_who_asks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(remembered, "QUICK", -1.0)
    memory = Memory(lambda: 1)

    def refused() -> int:
        raise StoreError("in use")

    def wrong() -> int:
        raise KeyError("a bug of ours")

    for look in (refused, wrong):
        memory.renew(look, look)
    memory.renewer.shutdown()
    assert [record.message for record in caplog.records] == ["a count failed"]
    assert not memory.renewing
    with pytest.raises(StoreError):
        memory.ask(refused, refused)


def test_of_many_who_ask_one_looks() -> None:
    made, go = list[int](), Event()
    memory = Memory(lambda: 1)

    def slow() -> int:
        go.wait(5)
        return looks(made)()

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(memory.ask, "k", slow) for _ in range(8)]
        go.set()
        assert {one.result() for one in asked} == {1}


def test_the_oldest_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    memory = Memory(lambda: 1)
    for key in "abc":
        memory.ask(key, lambda: 0)
    assert set(memory.answers) == set(memory.looking) == {"b", "c"}


def test_a_store_that_remembers_counts_what_is_written(where: str) -> None:
    with SqlStore(where) as store:
        remembered.remember(store)
        assert listings.count_events(store, {}) == 0
        store.save(REPORT, [sample()], [], MADE)
        assert (
            listings.count_events(store, {}) == listings.count_events(store, {"actor": "KEN"}) == 1
        )
        assert listings.facets(store, {})["type"] == [("RETREAT", 1)]
        assert listings.facets(store, {})["type"] == [("RETREAT", 1)]
