"""The figures that scorers share: F1, matches one to one, and figures of clusters."""

import json
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

Record = dict[str, Any]
Sets = list[set[int]]


def json_lines(paths: Sequence[Path]) -> list[Record]:
    """Return the JSON lines of files."""
    return [
        json.loads(line)
        for path in paths
        for line in path.read_text(encoding="utf-8").split("\n")
        if line.strip()
    ]


def group_by_report(rows: Sequence[Record]) -> dict[str, list[Record]]:
    """Return rows by the report that they are about, none for any other report."""
    found: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        found[row["report"]].append(row)
    return found


def harmonic(precision: float, recall: float) -> float:
    """Return the harmonic mean of the two.

    >>> harmonic(0.5, 1.0)
    0.6666666666666666
    """
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def label_f1(pairs: Sequence[tuple[Hashable, Hashable]], label: Hashable) -> float:
    """Return one label's F1 over pairs of what is right and what was answered."""
    both = sum(want == label == got for want, got in pairs)
    sizes = sum((want == label) + (got == label) for want, got in pairs)
    return 2 * both / max(1, sizes)


def macro_f1(gold: Sequence[Hashable], said: Sequence[Hashable]) -> float:
    """Return the mean of the labels' F1, over the labels that gold has.

    >>> macro_f1(["a", "b"], ["a", "a"])
    0.3333
    """
    pairs = list(zip(gold, said, strict=True))
    each = [label_f1(pairs, label) for label in dict.fromkeys(gold)]
    return round(sum(each) / max(1, len(each)), 4)


def match_one_to_one(ranked: Iterable[tuple[Any, int, int]]) -> list[tuple[int, int]]:
    """Return the pairs of (rank, i, j), least rank first, whose sides are both free.

    >>> match_one_to_one([(2, 0, 0), (1, 0, 1), (3, 1, 0)])
    [(0, 1), (1, 0)]
    """
    left: set[int] = set()
    right: set[int] = set()
    kept: list[tuple[int, int]] = []
    for _, i, j in sorted(ranked):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            kept.append((i, j))
    return kept


def match_spans(gold: Sequence[Record], said: Sequence[Record]) -> list[tuple[int, int]]:
    """Return pairs that overlap, one to one: equal spans first, then the widest."""
    ranked = []
    for i, g in enumerate(gold):
        for j, s in enumerate(said):
            shared = min(g["end"], s["end"]) - max(g["start"], s["start"])
            if shared > 0:
                unequal = (g["start"], g["end"]) != (s["start"], s["end"])
                ranked.append(((unequal, -shared), i, j))
    return match_one_to_one(ranked)


def cluster_figures(want: Sequence[Hashable], got: Sequence[Hashable]) -> dict[str, float]:
    """Return the figures of the clusters `got` against the clusters `want`."""
    key, response = label_positions(want), label_positions(got)
    both = label_positions(list(zip(want, got, strict=True)))
    link = harmonic(muc(response, want), muc(key, got))
    cubed = harmonic(*b_cubed(list(zip(got, want, strict=True))))
    # CEAFe: the best one-to-one match of clusters, alike by Dice.
    like = [[2 * len(k & r) / (len(k) + len(r)) for r in response] for k in key]
    total = heaviest_matching(like)
    entity = harmonic(total / max(1, len(response)), total / max(1, len(key)))
    return {
        "MUC": link,
        "B3": cubed,
        "CEAFe": entity,
        "CoNLL": (link + cubed + entity) / 3,
        "pair precision": pairs_in_clusters(both) / max(1, pairs_in_clusters(response)),
        "pair recall": pairs_in_clusters(both) / max(1, pairs_in_clusters(key)),
    }


def label_positions(labels: Sequence[Hashable]) -> Sets:
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


def pairs_in_clusters(found: Sets) -> int:
    """Return how many pairs clusters hold.

    >>> pairs_in_clusters([{1, 2, 3}, {4}])
    3
    """
    return sum(len(c) * (len(c) - 1) // 2 for c in found)


def heaviest_matching(weights: Sequence[Sequence[float]]) -> float:
    """Return the greatest total weight of cells no two of which share a row or column.

    By the Hungarian algorithm with potentials; row and column 0 stand for none.

    >>> heaviest_matching([[1.0, 3.0], [2.0, 3.5]])
    5.0
    """
    if not weights or not weights[0]:
        return 0.0
    table = np.array(weights)
    if len(table) > table.shape[1]:
        table = table.T
    rows, columns = table.shape
    of_rows, of_columns = np.zeros(rows + 1), np.zeros(columns + 1)  # potentials
    row_of = np.zeros(columns + 1, int)
    for row in range(1, rows + 1):
        least = np.full(columns + 1, np.inf)  # cost of a column by the best way to it
        used = np.zeros(columns + 1, bool)
        way = np.zeros(columns + 1, int)
        row_of[0], column = row, 0
        while row_of[column]:
            used[column] = True
            at = row_of[column]
            cost = np.r_[np.inf, -table[at - 1] - of_rows[at] - of_columns[1:]]
            way[~used & (cost < least)] = column
            least = np.where(used, least, np.minimum(cost, least))
            best = int(np.where(used, np.inf, least).argmin())
            delta = least[best]
            of_rows[row_of[used]] += delta
            of_columns[used] -= delta
            least[~used] -= delta
            column = best
        while column:  # the rows on the way move, so that the new one has a place
            row_of[column] = row_of[way[column]]
            column = way[column]
    cells = ((r, j) for j, r in enumerate(row_of) if j and r)
    return float(sum(table[r - 1][j - 1] for r, j in cells))
