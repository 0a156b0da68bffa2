"""A bound on the seconds that one report may take."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class TooSlow(Exception):
    """Raised inside work that has used up its seconds."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the body once it has used `seconds` of CPU; 0 is no bound.

    By the clock on the wall, a busy machine would lose reports that an idle one codes.
    A timer's signal interrupts it, so the bound holds in the main thread of a process
    (each worker has one); elsewhere the caller must bound the work itself.
    """
    if seconds <= 0 or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def stop(number: int, frame: FrameType | None) -> None:
    """Interrupt whatever runs."""
    raise TooSlow
