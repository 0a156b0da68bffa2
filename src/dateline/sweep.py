"""Values that hold one another are swept up between reports, not while one is coded.

Coding makes hundreds of thousands of small values, nearly all of which go by
themselves. Python looks for the others every few hundred new values, over and over
through all that the program has loaded: a sixth of the time of a report. What a report
leaves behind is young and soon swept, so that is done once at its end.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count

OLDER, ALL = 10, 500  # reports after which older values, after which all are looked at
REPORTS = count(1)


@contextmanager
def unswept() -> Iterator[None]:
    """Hold Python's collector off, and sweep at the end; one that is off stays off."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect(oldest(next(REPORTS)))


def oldest(report: int) -> int:
    """Return the oldest generation to sweep after so many reports.

    >>> [oldest(n) for n in (1, 9, 10, 490, 500)]
    [0, 0, 1, 1, 2]
    """
    return 2 if report % ALL == 0 else int(report % OLDER == 0)
