"""A bound on the seconds that one report may take."""

import ctypes
import math
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

LEAST = 0.01  # seconds that a watch waits before it looks again
MOST = 60.0  # and no longer than these: the clock of an ended thread says nothing


class TooSlow(Exception):
    """Raised inside work that has used up its seconds."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TooSlow in the body once it has used `seconds` of CPU; 0 is no bound.

    By the clock on the wall, a busy machine would lose reports that an idle one codes.
    In the main thread of a process a timer's signal interrupts the body; in any other,
    as those of a Dask worker or a server are, a watch beside it does.
    """
    if seconds <= 0:
        yield
    elif threading.current_thread() is threading.main_thread():
        yield from signalled(seconds)
    else:
        yield from watched(seconds)


def signalled(seconds: float) -> Iterator[None]:
    """Bound the body by a timer that interrupts the main thread."""
    before = signal.signal(signal.SIGVTALRM, interrupt_report)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def interrupt_report(number: int, frame: FrameType | None) -> None:
    """Interrupt whatever runs."""
    raise TooSlow


def watched(seconds: float) -> Iterator[None]:
    """Bound the body by a watch over the CPU clock of this thread."""
    watch = Watch(seconds)
    watch.start()
    try:
        yield
    finally:
        watch.end()


class Watch(threading.Thread):
    """Looks at the CPU seconds of the thread that made it; interrupts it once."""

    def __init__(self, seconds: float) -> None:
        """Note the thread, and when it will have used its seconds."""
        super().__init__(daemon=True)
        self.watched = threading.get_ident()
        self.clock = time.pthread_getcpuclockid(self.watched)
        self.until = time.clock_gettime(self.clock) + seconds
        self.over = threading.Event()
        self.turn = threading.Lock()

    def run(self) -> None:
        """Wait until the work is over or its seconds are used up."""
        while not self.over.wait(min(MOST, max(LEAST, self.left()))):
            if self.left() <= 0:
                self.interrupt()
                return

    def left(self) -> float:
        """Return the seconds that are left; infinitely many for a thread that ended."""
        try:
            return self.until - time.clock_gettime(self.clock)
        except OSError:
            return math.inf

    def interrupt(self) -> None:
        """Raise TooSlow in the thread at its next step, if it is still at work."""
        with self.turn:
            if not self.over.is_set():
                raise_in(self.watched, TooSlow)

    def end(self) -> None:
        """Let the thread go on; what was to be raised after its work is not."""
        with self.turn:
            self.over.set()
        raise_in(self.watched, None)


def raise_in(thread: int, error: type[Exception] | None) -> None:
    """Raise an error in a thread at its next step; None takes back what waits."""
    told = ctypes.py_object(error) if error else None
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), told)
