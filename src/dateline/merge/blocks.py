"""Which pairs of tellings are worth comparing: so few that work stays linear."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.merge.columns import AT, WORDS, Columns, Real

Index = NDArray[np.integer[Any]]
Keys = NDArray[np.int64]
FORTNIGHT = 14  # days of a block
SPANNED = 3  # fortnights that days may span; wider ones stand with their first
DATED = 4  # subjects of which a block holds no more than its fortnights
RARE = 4.5  # of a word in one of ninety reports
SMALL = 16  # rows of a block that are all compared with each other
FAR = 1 << 31  # more rows than there ever are
WINDOW = 8  # neighbours that a row of a larger block is compared with
SEED = np.array([0x9E3779B97F4A7C15], np.uint64)


def nearby(rows: Columns) -> tuple[Index, Index]:
    """Return the pairs of rows that share a block, each pair once, the lower row first.

    A row stands in the blocks of its deed and type with its parties, its place, and
    the rarest words of its clause, each within its fortnights; an act without days in
    its report's and the one before. In a block of many rows only those that lie next
    to each other, by day, place, counts and words, are paired.
    """
    keys, row = blocks(rows)
    rank = np.empty(len(rows.plain), np.int32)
    rank[np.lexsort(content(rows))] = np.arange(len(rank))
    order = np.lexsort((rank[row], keys))
    keys, row = keys[order], row[order]
    start = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]])
    size = np.diff(np.r_[start, len(keys)])
    large = np.repeat(size > SMALL, size)
    both = np.zeros(0, np.int64)
    for step in range(1, max(SMALL, WINDOW + 1)):
        both = distinct(np.concatenate([both, paired(keys, row, large, step)]))
    return (both // FAR).astype(np.int32), (both % FAR).astype(np.int32)


def paired(keys: Keys, row: Index, large: NDArray[np.bool_], step: int) -> Keys:
    """Return the pairs that lie `step` rows apart in one block, as single numbers."""
    met = keys[step:] == keys[:-step]
    if step > WINDOW:
        met &= ~large[:-step]
    a, b = row[:-step][met], row[step:][met]
    low, high = np.minimum(a, b), np.maximum(a, b)
    return distinct(low[low != high].astype(np.int64) * FAR + high[low != high])


def distinct(keys: Keys) -> Keys:
    """Return keys in order, each once; what is in order already is soon sorted."""
    found = np.sort(keys, kind="stable")
    return found[np.r_[True, found[1:] != found[:-1]]] if len(found) else found


def content(rows: Columns) -> tuple[Real, ...]:
    """Return what orders the rows of a block, the last first (as lexsort wants)."""
    plain, count = rows.plain, np.nan_to_num(rows.counts[:, 0, 1])
    names = ("start", "report", "surface", "place", "last", "first")
    by = [plain[:, AT[name]].astype(np.float32) for name in names]
    return (*by[:3], count, *by[3:])


def blocks(rows: Columns) -> tuple[Keys, Index]:
    """Return the keys of blocks, and the row that stands in each."""
    plain, n = rows.plain, len(rows.plain)
    first, last = plain[:, AT["first"]], plain[:, AT["last"]]
    day = plain[:, AT["day"]]
    begin = np.where(first > 0, first, np.where(last > 0, last, day - FORTNIGHT))
    end = np.where(last > 0, last, np.where(first > 0, first, day))
    end = np.where(end - begin > SPANNED * FORTNIGHT, begin, end)
    early, late = begin // FORTNIGHT, end // FORTNIGHT
    steps = range(SPANNED + 1)
    dated = [(early + k, (begin >= 0) & (early + k <= late)) for k in steps]
    found = [np.zeros(0, np.int64)]
    rows_of = [np.zeros(0, np.int32)]
    for act, other in acts(rows):
        standing = [
            (mixed(act, subject, at, np.full(n, number)), (subject != 0) & new & other)
            for number, subject in numbered(rows)
            for at, new in dated
        ]
        standing += [(mixed(act, w), told & other) for w, told in whenever(rows)]
        found += [key[told] for key, told in standing]
        rows_of += [np.flatnonzero(told).astype(np.int32) for _, told in standing]
    return np.concatenate(found), np.concatenate(rows_of)


def numbered(rows: Columns) -> list[tuple[int, Keys]]:
    """Return the subjects that need days, by kind: one party is of the kind of two."""
    first = list(enumerate(rows.subjects.T[:DATED]))
    return [*first, *((0, alone) for alone in rows.subjects.T[2 + WORDS :])]


def acts(rows: Columns) -> list[tuple[Keys, NDArray[np.bool_]]]:
    """Return the deed of each row, and its type where that is another."""
    deed, kind = rows.acts.T
    return [(deed, np.ones(len(deed), np.bool_)), (kind, kind != deed)]


def whenever(rows: Columns) -> list[tuple[Keys, NDArray[np.bool_]]]:
    """Return the words so rare that a block of them needs no days: an act long past."""
    words = rows.subjects[:, 2 : 2 + WORDS].T
    return [(w, rows.rarity[:, k] >= RARE) for k, w in enumerate(words)]


def mixed(*parts: NDArray[np.integer]) -> Keys:
    """Return one number for several, as good as never shared by others."""
    key = np.zeros(len(parts[0]), np.uint64)
    with np.errstate(over="ignore"):
        for part in parts:
            key = (key ^ part.astype(np.uint64)) * SEED[0]
            key ^= key >> np.uint64(29)
    return np.asarray(key.astype(np.int64))
