"""Counts over a whole record, remembered while nothing changes, so that many may ask.

Where somebody writes all the time, what took long to count may be some seconds old, ten
at the most. It is given at once while one thread, which works a third of the time,
counts anew, and whoever shows it is told how old it is. A small store is always exact.
Where counting anew takes longer than a page may, the old answer is better than none.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import wraps
from threading import Event, Lock
from time import monotonic
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

from dateline.store.errors import StoreError, TooSlow
from dateline.store.summaries import summary_state

Given = ParamSpec("Given")
Told = TypeVar("Told")
MOST = 1000  # answers
OLDEST = 10.0  # seconds
QUICK = 0.05  # seconds: what takes no longer is asked anew
REST = 2  # times as long as it counted, the thread rests

OLD: ContextVar[list[datetime] | None] = ContextVar("old", default=None)
"""When the counts that are not of this moment were counted, where somebody asks."""


@dataclass(slots=True)
class Answer:
    """What was counted, when, how long it took, and of which state of the store."""

    told: Any
    at: float
    took: float
    state: object
    clock: datetime

    def fair(self) -> bool:
        """Whether it may be given though something has been written since."""
        return self.took > QUICK and monotonic() - self.at < OLDEST

    def give(self) -> Any:
        """Return what was counted, and note that it is old."""
        seen = OLD.get()
        if seen is not None:
            seen.append(self.clock)
        return self.told


@dataclass(slots=True)
class Memory:
    """What was asked of one store; `state` tells what is another after each change.

    Of those who ask the same at once one goes and looks; the others get the answer of
    before, or wait for the first.
    """

    state: Callable[[], object]
    answers: OrderedDict[Any, Answer] = field(default_factory=OrderedDict)
    looking: dict[Any, Lock] = field(default_factory=dict)
    renewer: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    renewing: set[Any] = field(default_factory=set)
    closed: Event = field(default_factory=Event)

    def ask(self, key: Any, look: Callable[[], Any]) -> Any:
        """Return the answer to a question, looked up where none is remembered."""
        state = self.state()
        found = self.answers.get(key)
        if found and found.state == state:
            return found.told
        if found and found.fair():
            self.renew(key, look)
            return found.give()
        turn = self.looking.setdefault(key, Lock())
        if not turn.acquire(blocking=found is None) and found:
            return found.give()
        try:
            later = self.answers.get(key)
            if later and later is not found:
                return later.told
            return self._look(key, look, state)
        except TooSlow:
            if found is None:
                raise
            return found.give()
        finally:
            turn.release()

    def renew(self, key: Any, look: Callable[[], Any]) -> None:
        """Count anew in the one thread that does so, unless it is about to."""
        if key not in self.renewing:
            self.renewing.add(key)
            self.do_later(self._renew, key, look)

    def do_later(self, work: Callable[..., Any], *given: Any) -> None:
        """Do work in that thread, after what waits there already."""
        self.renewer.submit(work, *given).add_done_callback(log_own_fault)

    def close(self) -> None:
        """Count nothing anew any more."""
        self.closed.set()
        self.renewer.shutdown(cancel_futures=True)

    def _renew(self, key: Any, look: Callable[[], Any]) -> None:
        began = monotonic()
        try:
            with self.looking.setdefault(key, Lock()):
                self._look(key, look, self.state())
        finally:
            self.renewing.discard(key)
        self.closed.wait(REST * (monotonic() - began))

    def _look(self, key: Any, look: Callable[[], Any], state: object) -> Any:
        began, clock = monotonic(), datetime.now(UTC)
        told = look()
        self.answers[key] = Answer(told, began, monotonic() - began, state, clock)
        self.answers.move_to_end(key)
        while len(self.answers) > MOST:
            gone, _ = self.answers.popitem(last=False)
            self.looking.pop(gone, None)
        return told


class Remembering(Protocol):
    """A store that may remember what was counted in it."""

    memory: Memory | None

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a connection that sees one state of the store."""
        ...


Asked = TypeVar("Asked", bound=Remembering)


def log_own_fault(done: Future[Any]) -> None:
    """Log our own bugs; what the store cannot do is told to the next who asks it."""
    error = None if done.cancelled() else done.exception()
    if error and not isinstance(error, StoreError):
        logging.getLogger(__name__).error("a count failed", exc_info=error)


def remembered(
    ask: Callable[Concatenate[Asked, Given], Told],
) -> Callable[Concatenate[Asked, Given], Told]:
    """Let a question be answered from a store's memory, where it has one.

    What is given must be text, numbers or mappings of them; nobody changes an answer.
    """

    @wraps(ask)
    def answer(store: Asked, /, *given: Given.args, **named: Given.kwargs) -> Told:
        memory = store.memory
        if memory is None:
            return ask(store, *given, **named)
        key = (ask.__qualname__, *map(freeze_key, given), freeze_key(named))
        told: Told = memory.ask(key, lambda: ask(store, *given, **named))
        return told

    return answer


def as_of() -> datetime | None:
    """Return of when the oldest count is that was given here; None: all are of now."""
    return min(OLD.get() or (), default=None)


def remember(store: Remembering) -> Memory:
    """Let a store remember counts from now on, until something is written."""

    def now() -> tuple[int, int]:
        with store.reading() as to:
            return summary_state(to)

    store.memory = made = Memory(now)
    return made


def freeze_key(given: Any) -> Any:
    """Return what is given as part of a key."""
    if isinstance(given, Mapping):
        return tuple(sorted(given.items()))
    return given
