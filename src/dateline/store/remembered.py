"""Counts over a whole record, remembered while nothing changes, so that many may ask.

Where somebody writes all the time, what took long to count may be some seconds old:
twenty times as old as it took, ten seconds at the most. A small store is always exact.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from threading import Lock
from time import monotonic
from typing import Any, Concatenate, ParamSpec, TypeVar

from dateline.store.summaries import newest

Given = ParamSpec("Given")
Told = TypeVar("Told")
MOST = 1000  # answers
OLDER = 20  # times as old as it took
OLDEST = 10.0  # seconds
QUICK = 0.1  # seconds: what takes no longer is asked anew


@dataclass(slots=True)
class Answer:
    """What was counted, when, how long it took, and of which state of the store."""

    told: Any
    at: float
    took: float
    state: int

    def good(self, state: int) -> bool:
        """Whether it may still be given."""
        if self.state == state:
            return True
        old = monotonic() - self.at
        return self.took > QUICK and old < min(OLDER * self.took, OLDEST)


@dataclass(slots=True)
class Memory:
    """What was asked of one store; `state` tells a number that grows with each change.

    Of those who ask the same at once one goes and looks; the others get the answer of
    before, or wait for the first.
    """

    state: Callable[[], int]
    answers: OrderedDict[Any, Answer] = field(default_factory=OrderedDict)
    looking: dict[Any, Lock] = field(default_factory=dict)

    def ask(self, key: Any, look: Callable[[], Any]) -> Any:
        """Return the answer to a question, looked up where none is remembered."""
        state = self.state()
        found = self.answers.get(key)
        if found and found.good(state):
            return found.told
        turn = self.looking.setdefault(key, Lock())
        if not turn.acquire(blocking=found is None) and found:
            return found.told
        try:
            later = self.answers.get(key)
            if later and later is not found:
                return later.told
            return self._look(key, look, state)
        finally:
            turn.release()

    def _look(self, key: Any, look: Callable[[], Any], state: int) -> Any:
        began = monotonic()
        told = look()
        self.answers[key] = Answer(told, began, monotonic() - began, state)
        self.answers.move_to_end(key)
        while len(self.answers) > MOST:
            gone, _ = self.answers.popitem(last=False)
            self.looking.pop(gone, None)
        return told


def remembered(
    ask: Callable[Concatenate[Any, Given], Told],
) -> Callable[Concatenate[Any, Given], Told]:
    """Let a question be answered from a store's memory, where it has one.

    What is given must be text, numbers or mappings of them; nobody changes an answer.
    """

    @wraps(ask)
    def answer(store: Any, /, *given: Given.args, **named: Given.kwargs) -> Told:
        memory: Memory | None = getattr(store, "memory", None)
        if memory is None:
            return ask(store, *given, **named)
        key = (ask.__qualname__, *map(fixed, given), fixed(named))
        told: Told = memory.ask(key, lambda: ask(store, *given, **named))
        return told

    return answer


def remember(store: Any) -> None:
    """Let a store remember counts from now on, until something is written."""

    def state() -> int:
        with store.reading() as to:
            return newest(to)

    store.memory = Memory(state)


def fixed(given: Any) -> Any:
    """Return what is given as part of a key."""
    if isinstance(given, Mapping):
        return tuple(sorted(given.items()))
    return given
