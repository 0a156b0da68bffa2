"""From scores of pairs to clusters: average linkage, the same whatever the order."""

from collections.abc import Callable, Collection, Sequence

import numpy as np

from dateline.infer.trees import Real

MOST = 300  # members of a component that are weighed all against all
NEVER = -1e6  # score of a pair that must not be in one cluster
ALWAYS = 1e3
Fits = Callable[[Sequence[int], Sequence[int]], bool]


def link_on_average(
    scores: Real, threshold: float, fits: Fits | None = None
) -> list[int]:
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


Rows = set[int]
Pairs = Collection[tuple[int, int]]


def apply_must_pins(home: Sequence[int], must: Pairs, never: Pairs) -> list[int]:
    """Return clusters with those joined in which two rows must be one.

    Where some of their rows must never meet, the pinned rows leave the others.

    >>> apply_must_pins([0, 0, 2, 2], {(0, 2)}, set())
    [0, 0, 0, 0]
    >>> apply_must_pins([0, 0, 2, 2], {(0, 2)}, {(1, 2)})
    [2, 0, 2, 2]
    """
    found = list(home)
    for a, b in sorted(must):
        if found[a] == found[b]:
            continue
        one, other = ({i for i, h in enumerate(found) if h == found[x]} for x in (a, b))
        ways = ((other, one), ({b}, one), ({a}, other))
        moved, to = next(
            (w for w in ways if not holds_never_pair(*w, never)), ({a, b}, set())
        )
        label = found[min(to)] if to else len(found) + a
        for i in moved:
            found[i] = label
    return found


def holds_never_pair(some: Rows, others: Rows, never: Pairs) -> bool:
    """Whether two clusters hold a pair that must never be one."""
    return any(
        (a in some and b in others) or (b in some and a in others) for a, b in never
    )


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
