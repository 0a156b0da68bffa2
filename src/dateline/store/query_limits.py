"""What one question to a store may take: rows, bytes, seconds, memory.

A database looks at its clock when it wants to, and hands over what it was asked for.
So rows are counted, weighed and timed as they come; the process may not grow beyond
what is told; and one whose engine does not come back is ended.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from threading import Timer
from time import monotonic
from typing import Any

MOST_BYTES = 256 << 20  # of an answer
AT_ONCE = 100  # rows fetched together
FETCHED = 1 << 20  # bytes that rows fetched together may have, as far as one can tell
PAGES = "/proc/self/statm"

Fetch = Callable[[int], Sequence[Sequence[Any]]]


class Overrun(Exception):
    """More than a question may take; the message says of what."""


class Overtime(Overrun):
    """More seconds than a question may take."""


def bounded_rows(fetch: Fetch, most: int, seconds: float) -> list[tuple[Any, ...]]:
    """Return up to `most` rows, and one more where there are more.

    `fetch` gives the next so many rows, none at the end. Raises Overrun for an answer
    that is too large, Overtime for one that takes too long.
    """
    found: list[tuple[Any, ...]] = []
    ends, weight, at_once = monotonic() + seconds, 0, 1
    while len(found) <= most:
        rows = fetch(min(at_once, most + 1 - len(found)))
        for row in rows:
            weight += sum(map(weigh, row))
            found.append(tuple(row))
        if weight > MOST_BYTES:
            told = f"the answer has over {MOST_BYTES >> 20} MB"
            raise Overrun(f"{told}: ask for fewer rows or shorter columns")
        if not rows:
            break
        if monotonic() > ends:
            raise Overtime(f"the question took more than {seconds:g} seconds")
        each = max(1, weight // len(found))
        at_once = max(1, min(AT_ONCE, 2 * at_once, FETCHED // each))
    return found


def weigh(cell: Any) -> int:
    """Return the bytes that a cell takes, with all that is in it.

    >>> weigh([["x" * 1000]]) > 1000
    True
    """
    inner: Iterable[Any] = ()
    if isinstance(cell, dict):
        inner = (*cell, *cell.values())
    elif isinstance(cell, list | tuple):
        inner = cell
    return sys.getsizeof(cell) + sum(map(weigh, inner))


@contextmanager
def bounded_memory(most: int) -> Iterator[None]:
    """Let this process grow by so many bytes and no more, where the system can tell.

    What needs more fails with MemoryError, or with the engine's own word for it. The
    bound is the whole process's: it is for a command, not for a server.
    """
    try:
        import resource

        with open(PAGES, encoding="ascii") as file:  # noqa: PTH123
            now = int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    asked = now + most
    if hard != resource.RLIM_INFINITY:
        asked = min(asked, hard)
    resource.setrlimit(resource.RLIMIT_AS, (asked, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


@contextmanager
def hard_stop(seconds: float, told: str, code: int) -> Iterator[None]:
    """End the process where the body is not done in time, whatever it is in.

    An engine may be for hours within one step that nothing interrupts. It must have
    opened what it reads to read only.
    """

    def end() -> None:
        os.write(2, f"dateline: {told}\n".encode())
        os._exit(code)

    clock = Timer(seconds, end)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
