"""Which pairs of tellings are worth comparing: so few that work stays linear.

A telling stands in some blocks, each time at its rank among the others there. Two are
near each other that stand in one block with few between them. That is told by who
stands in the block alone, however they came; whoever comes later may move two apart.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.merge.columns import AT, WORDS, Columns
from dateline.merge.lexicon import load_merge_lexicon

Index = NDArray[np.integer[Any]]
Keys = NDArray[np.int64]
FORTNIGHT = 14  # days of a block
SPANNED = 3  # fortnights that days may span; wider ones stand with their first
DATED = 4  # subjects of which a block holds no more than its fortnights
RARE = 4.5  # of a word in one of ninety reports
BITS = 32  # of a word's number
SPARED = 16  # bits of a key that a store does without
NAMED = 2  # parties of a side that a telling is found by whatever its deed
WINDOW = 10  # neighbours on either side that a row of a block is compared with
SEED = np.array([0x9E3779B97F4A7C15], np.uint64)
RANK = (("first", 20), ("last", 4), ("place", 13), ("count", 6), ("surface", 6))
"""What orders a block, the first first, with the bits of each; 14 bits tell ties."""
TIES = 14
PLACE = TIES + 12  # bits of a rank behind those of day and place
DAY = PLACE + 17  # bits behind those of the first day


def nearby(rows: Columns) -> tuple[Index, Index]:
    """Return the pairs of rows that share a block, each pair once, the lower row first.

    A row stands in the blocks of its deed and type with its parties, its place, and
    the rarest words of its clause, each within its fortnights; an act without days in
    its report's and the one before. In a block of many rows only those that lie next
    to each other, by day, place, counts and words, are paired.
    """
    keys, row = block_keys(rows)
    one, two, _ = pair_neighbours(keys, rank_rows(rows)[row], row)
    return one.astype(np.int32), two.astype(np.int32)


def pair_neighbours(keys: Keys, rank: Keys, some: Index) -> tuple[Keys, Keys, Index]:
    """Return the pairs near each other, and in how many blocks.

    Each of `some` stands in the block of its key at its rank. Of a pair the lesser
    number comes first; pairs come in order.
    """
    order = np.lexsort((some, rank, keys))
    keys, some = keys[order], some[order].astype(np.int64)
    low, high = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for step in range(1, WINDOW + 1):
        met = (keys[step:] == keys[:-step]) & (some[step:] != some[:-step])
        a, b = some[:-step][met], some[step:][met]
        low.append(np.minimum(a, b))
        high.append(np.maximum(a, b))
    pairs = np.stack([np.concatenate(low), np.concatenate(high)], 1)
    found, many = count_pairs(pairs)
    return found[:, 0], found[:, 1], many


def count_pairs(pairs: Keys) -> tuple[Keys, Index]:
    """Return pairs in order, each once, and how often each stood there.

    >>> count_pairs(np.array([[2, 3], [1, 2], [2, 3]]))[1].tolist()
    [1, 2]
    """
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    pairs = pairs[order]
    new = np.r_[True, (pairs[1:] != pairs[:-1]).any(1)][: len(pairs)]
    start = np.flatnonzero(new)
    return pairs[start], np.diff(np.r_[start, len(pairs)])


def rank_rows(rows: Columns) -> Keys:
    """Return where each row stands in a block: by day, place, count and word."""
    plain = rows.plain.astype(np.int64)
    first, last = plain[:, AT["first"]], plain[:, AT["last"]]
    count = np.nan_to_num(rows.counts[:, 0, 1]).astype(np.float64)
    told = {
        "first": first,
        "last": np.clip(last - first, 0, 15),
        "place": plain[:, AT["place"]],
        "count": np.minimum(4 * np.log1p(np.abs(count)), 63).astype(np.int64),
        "surface": plain[:, AT["surface"]],
    }
    rank = np.zeros(len(plain), np.int64)
    for name, bits in RANK:
        rank = (rank << bits) | (told[name] & ((1 << bits) - 1))
    own = mix_keys(rows.same, plain[:, AT["report"]], plain[:, AT["start"]])
    return (rank << TIES) | (own & ((1 << TIES) - 1))


def block_keys(rows: Columns) -> tuple[Keys, Index]:
    """Return the keys of blocks, and the row that stands in each, each once."""
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
    for act, other in deed_keys(rows):
        standing = [
            (
                mix_keys(act, subject, at, np.full(n, number)),
                (subject != 0) & new & other,
            )
            for number, subject in subject_keys(rows)
            for at, new in dated
        ]
        standing += [(mix_keys(act, w), told & other) for w, told in whenever(rows)]
        found += [key[told] for key, told in standing]
        rows_of += [np.flatnonzero(told).astype(np.int32) for _, told in standing]
    for key, told in whatever_the_deed(rows):
        found.append(key[told])
        rows_of.append(np.flatnonzero(told).astype(np.int32))
    short = np.concatenate(found) >> SPARED
    every = np.stack([short, np.concatenate(rows_of)], 1)
    keys, row = count_pairs(every)[0].T
    return keys, row


def whatever_the_deed(rows: Columns) -> list[tuple[Keys, NDArray[np.bool_]]]:
    """Return blocks of the act's word, of parties and of rare words, by fortnights.

    What one report calls an agreement another calls a request; so these are of any
    deed, in the fortnight of the report and the one before. What a report tells as one
    stands in a block of its own.
    """
    early = rows.plain[:, AT["day"]] // FORTNIGHT
    words = rarest(rows)
    who = np.where(rows.parties[..., 0] > 0, rows.parties[..., 0], rows.parties[..., 1])
    named = who[:, :, :NAMED].reshape(len(who), -1)
    subjects = [rows.roots[:, 0], *named.T, *words.T]
    told = rows.plain[:, AT["told"]]
    return [
        (mix_keys(told, rows.plain[:, AT["report"]]), told != 0),
        *(
            (mix_keys(subject, early - back), subject != 0)
            for subject in subjects
            for back in (0, 1)
        ),
    ]


def subject_keys(rows: Columns) -> list[tuple[int, Keys]]:
    """Return the subjects that need days, by kind: one party is of the kind of two."""
    both, *each = rows.sides.T
    place = rows.plain[:, AT["place"]].astype(np.int64)
    told = [both, place, *rarest(rows).T[: DATED - 2]]
    return [*enumerate(told), *((0, alone) for alone in each)]


def deed_keys(rows: Columns) -> list[tuple[Keys, NDArray[np.bool_]]]:
    """Return the deed of each row, and its type where that is another."""
    deed, kind = (rows.plain[:, AT[n]].astype(np.int64) for n in ("deed", "type"))
    return [(deed, np.ones(len(deed), np.bool_)), (kind, kind != deed)]


def whenever(rows: Columns) -> list[tuple[Keys, NDArray[np.bool_]]]:
    """Return the words so rare that a block of them needs no days: an act long past."""
    rare = load_merge_lexicon().rarities(rows.rare[:, :WORDS]) >= RARE
    return [*zip(rarest(rows).T, rare.T, strict=True)]


def rarest(rows: Columns) -> Keys:
    """Return numbers of the rarest words of clauses, unlike those of anything else."""
    return np.asarray(rows.rare[:, :WORDS].astype(np.int64) << BITS)


def mix_keys(*parts: NDArray[np.integer]) -> Keys:
    """Return one number for several, as good as never shared by others."""
    key = np.zeros(len(parts[0]), np.uint64)
    with np.errstate(over="ignore"):
        for part in parts:
            key = (key ^ part.astype(np.uint64)) * SEED[0]
            key ^= key >> np.uint64(29)
    return np.asarray(key.astype(np.int64))
