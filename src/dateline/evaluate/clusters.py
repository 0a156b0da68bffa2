"""Figures of clusters: MUC, B-cubed, CEAFe, CoNLL, pairs."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from dateline.evaluate.assignment import heaviest_matching
from dateline.evaluate.figures import harmonic

Sets = list[set[int]]


def cluster_figures(
    want: Sequence[Hashable], got: Sequence[Hashable]
) -> dict[str, float]:
    """Return the figures of the clusters `got` against the clusters `want`."""
    key, response = sets(want), sets(got)
    both = sets(list(zip(want, got, strict=True)))
    link = harmonic(muc(response, want), muc(key, got))
    cubed = harmonic(*b_cubed(list(zip(got, want, strict=True))))
    entity = harmonic(*ceaf(key, response))
    return {
        "MUC": link,
        "B3": cubed,
        "CEAFe": entity,
        "CoNLL": (link + cubed + entity) / 3,
        "pair precision": pairs_in_clusters(both) / max(1, pairs_in_clusters(response)),
        "pair recall": pairs_in_clusters(both) / max(1, pairs_in_clusters(key)),
    }


def sets(labels: Sequence[Hashable]) -> Sets:
    """Return the positions that each label has."""
    found: dict[Hashable, set[int]] = defaultdict(set)
    for i, label in enumerate(labels):
        found[label].add(i)
    return list(found.values())


def muc(some: Sets, other: Sequence[Hashable]) -> float:
    """Return the share of links of some clusters that others hold as well."""
    links = sum(len(c) - 1 for c in some)
    return sum(len(c) - len({other[i] for i in c}) for c in some) / max(1, links)


def b_cubed(items: Sequence[tuple[Hashable, Hashable]]) -> tuple[float, float]:
    """Return precision and recall of (cluster, gold cluster), an item at a time.

    >>> b_cubed([(1, "a"), (1, "b")])
    (0.5, 1.0)
    """
    both, mine = Counter(items), Counter(m for m, _ in items)
    want = Counter(w for _, w in items)
    n = max(1, len(items))
    precision = sum(both[i] / mine[i[0]] for i in items) / n
    return precision, sum(both[i] / want[i[1]] for i in items) / n


def ceaf(key: Sets, response: Sets) -> tuple[float, float]:
    """Return precision and recall of the best one-to-one match of clusters."""
    like = [[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key]
    total = heaviest_matching(like)
    return total / max(1, len(response)), total / max(1, len(key))


def pairs_in_clusters(found: Sets) -> int:
    """Return how many pairs clusters hold.

    >>> pairs_in_clusters([{1, 2, 3}, {4}])
    3
    """
    return sum(len(c) * (len(c) - 1) // 2 for c in found)
