"""From scores of pairs to clusters: average linkage, the same whatever the order."""

from collections.abc import Callable, Sequence

import numpy as np

from dateline.trees import Real

MOST = 300  # members of a component that are weighed all against all
NEVER = -1e6  # score of a pair that must not be in one cluster
ALWAYS = 1e3
Fits = Callable[[Sequence[int], Sequence[int]], bool]


def linked(scores: Real, threshold: float, fits: Fits | None = None) -> list[int]:
    """Return the cluster of each row of a matrix of scores, by average linkage.

    `fits` may forbid that two clusters join. Rows must come in an order that does not
    depend on how they arrived: it decides between equal scores.
    """
    n = len(scores)
    members = [[i] for i in range(n)]
    total = scores.astype(np.float64)
    np.fill_diagonal(total, -np.inf)
    size = np.ones(n)
    while n > 1:
        mean = total / (size[:, None] * size[None, :])
        best = int(mean.argmax())
        one, two = divmod(best, n)
        if mean[one, two] < threshold:
            break
        if fits and not fits(members[one], members[two]):
            total[one, two] = total[two, one] = -np.inf
            continue
        total[one] += total[two]
        total[:, one] = total[one]
        total[one, one] = -np.inf
        total[two] = total[:, two] = -np.inf
        size[one] += size[two]
        members[one] += members[two]
        members[two] = []
    home = [0] * n
    for cluster, rows in enumerate(members):
        for i in rows:
            home[i] = cluster
    return home


def components(n: int, one: Sequence[int], two: Sequence[int]) -> list[int]:
    """Return the component of each of n rows that pairs connect."""
    parent = list(range(n))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in zip(one, two, strict=True):
        x, y = find(a), find(b)
        if x != y:
            parent[max(x, y)] = min(x, y)
    return [find(i) for i in range(n)]
