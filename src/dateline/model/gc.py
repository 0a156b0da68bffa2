"""Values that hold one another are swept up between reports, not while one is coded.

Coding makes hundreds of thousands of small values, nearly all of which go by
themselves. Python looks for the others every few hundred new values, over and over
through all that the program has loaded: a sixth of the time of a report. A report
leaves a handful, so they are looked for every few reports.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

STEPS = 10, 100, 1000  # reports after which young, older and all values are looked at
REPORTS = count(1)


@contextmanager
def unswept() -> Iterator[None]:
    """Hold Python's collector off, and sweep at times; one that is off stays off."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        if (oldest := generation(next(REPORTS))) is not None:
            gc.collect(oldest)


def generation(report: int) -> int | None:
    """Return the oldest generation to sweep after so many reports, None for none.

    >>> [generation(n) for n in (1, 10, 100, 990, 1000)]
    [None, 0, 1, 0, 2]
    """
    due = [n for n, step in enumerate(STEPS) if report % step == 0]
    return due[-1] if due else None
