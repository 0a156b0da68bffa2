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
    """Raise TooSlow in the body once `seconds` of wall time are over; 0 is no bound.

    A timer's signal interrupts it, so the bound holds in the main thread of a process
    (each worker has one); elsewhere the caller must bound the work itself.
    """
    if seconds <= 0 or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def stop(number: int, frame: FrameType | None) -> None:
    """Interrupt whatever runs."""
    raise TooSlow
