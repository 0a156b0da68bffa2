"""Where a monthly series changes its level: the months at which a new stretch begins.

The series is cut so that the squared distance from each stretch's mean, with a price
on each cut, is least (optimal partitioning; Jackson et al. 2005). The price is that of
the Bayesian information criterion, with the noise estimated from neighbours.
"""

from collections.abc import Sequence

import numpy as np

SHORTEST = 3  # months in a stretch
PRICE = 3.0  # of a cut, in variances of the noise a doubling of the length


def find_changes(series: Sequence[float]) -> list[int]:
    """Return where new stretches begin, none where the level does not change.

    >>> find_changes([0.0, 1, 0, 1, 0, 9, 8, 9, 8, 9])
    [5]
    """
    n = len(series)
    if n < 2 * SHORTEST:
        return []
    told = np.asarray(series, float)
    noise = float(np.median(np.abs(np.diff(told))) / 0.954) ** 2
    noise = noise or float(np.var(np.diff(told)) / 2)
    if not noise:
        return []
    price = PRICE * noise * float(np.log(n))
    sums = np.concatenate([[0.0], np.cumsum(told)])
    squares = np.concatenate([[0.0], np.cumsum(told**2)])
    best, last = np.full(n + 1, np.inf), np.zeros(n + 1, int)
    best[0] = -price
    for end in range(SHORTEST, n + 1):
        starts = np.arange(0, end - SHORTEST + 1)
        width = end - starts
        inside = sums[end] - sums[starts]
        cost = squares[end] - squares[starts] - inside**2 / width
        every = best[starts] + cost + price
        last[end] = starts[int(np.argmin(every))]
        best[end] = every.min()
    return cuts(last, n)


def cuts(last: np.ndarray[tuple[int], np.dtype[np.int_]], n: int) -> list[int]:
    """Return the beginnings of stretches but the first, from where each begins."""
    found: list[int] = []
    while n > 0:
        n = int(last[n])
        found.append(n)
    return sorted(found)[1:]
