"""How wrong a record is, from a sample of which each draw's chance is known.

Shares have Wilson's interval (1927). Means over a population of which a few items were
judged are those of design-based supervised learning (Egami, Hinck, Stewart and Wei,
NeurIPS 2023, arXiv 2306.04746): what the program says of all items, plus the weighted
mean of what the judged ones lack. Counts of cells are post-stratified (Cochran,
Sampling Techniques, 1977, section 5A): the same estimator where the error of a stratum
is the same in all its cells.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.959964  # of a 95% interval


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its 95% interval and on how many judged items it rests."""

    value: float
    low: float
    high: float
    judged: int


@dataclass(frozen=True, slots=True)
class Stratum:
    """Items drawn with one chance: how many there are, and of the drawn ones what the
    program says (`told`) and what a person says (`true`), as numbers.
    """

    size: int
    told: Sequence[float]
    true: Sequence[float]


def wilson_share(right: int, judged: int) -> Estimate:
    """Return a share with Wilson's interval; of no item, anything from 0 to 1.

    >>> e = wilson_share(8, 10)
    >>> round(e.value, 2), round(e.low, 3), round(e.high, 3)
    (0.8, 0.49, 0.943)
    """
    if not judged:
        return Estimate(float("nan"), 0.0, 1.0, 0)
    return shrunk(right / judged, float(judged), judged)


def shrunk(share: float, weight: float, judged: int) -> Estimate:
    """Return a share with the interval of a sample that is worth so many items."""
    z2 = Z * Z / weight
    middle = (share + z2 / 2) / (1 + z2)
    half = Z / (1 + z2) * sqrt(share * (1 - share) / weight + z2 / (4 * weight))
    return Estimate(share, max(0.0, middle - half), min(1.0, middle + half), judged)


def share_of_strata(strata: Sequence[tuple[int, int, int]]) -> Estimate:
    """Return a share over strata, each (size, judged, right), with its interval.

    The interval is Wilson's, for a plain sample that would be as precise.
    """
    known = [(size, judged, right) for size, judged, right in strata if judged]
    total = sum(size for size, _, _ in known)
    judged_all = sum(judged for _, judged, _ in known)
    if not total:
        return Estimate(float("nan"), 0.0, 1.0, 0)
    share = sum(size * right / judged for size, judged, right in known) / total
    every = spread = 0.0
    for size, judged, right in known:
        p = (right + 1) / (judged + 2)  # a stratum without a fault is not faultless
        every += size / total * p
        spread += (size / total) ** 2 * (1 - judged / size) * p * (1 - p) / judged
    worth = every * (1 - every) / spread if spread else float(total * judged_all)
    return shrunk(share, worth, judged_all)


def mean_of_strata(told: float, strata: Sequence[Stratum]) -> Estimate:
    """Return the true mean of a population of which the program says `told` on average.

    Design-based supervised learning for stratified draws. Raises ValueError where a
    stratum has fewer than two judged items.
    """
    total = sum(s.size for s in strata)
    value, spread, judged = told, 0.0, 0
    for s in strata:
        n = len(s.true)
        if n < 2:
            raise ValueError("a stratum needs two judged items: draw more, or pool it")
        gaps = [y - f for y, f in zip(s.true, s.told, strict=True)]
        gap = sum(gaps) / n
        variance = sum((d - gap) ** 2 for d in gaps) / (n - 1)
        share = s.size / total
        value += share * gap
        spread += share**2 * (1 - n / s.size) * variance / n
        judged += n
    half = Z * sqrt(spread)
    return Estimate(value, value - half, value + half, judged)


def correct_count(
    counted: Mapping[str, int], rates: Mapping[str, tuple[int, int]]
) -> Estimate | None:
    """Return how many items of a cell are truly of it: what each stratum holds times
    the share of its judged items that are; None where a stratum was never judged.

    `counted` is by stratum, `rates` too: how many judged items count, of how many.
    """
    value, spread, judged = 0.0, 0.0, 0
    for name, many in counted.items():
        right, drawn = rates.get(name, (0, 0))
        if not drawn:
            return None
        p = (right + 1) / (drawn + 2)
        value += many * right / drawn
        spread += many**2 * p * (1 - p) / drawn
        judged += drawn
    half = Z * sqrt(spread)
    return Estimate(value, max(0.0, value - half), value + half, judged)
