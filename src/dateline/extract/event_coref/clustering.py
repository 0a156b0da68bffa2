"""From tellings to groups: who is near whom, what links connect, what is a cluster.

A telling stands in some blocks, each time at its rank among the others there. Two are
near each other that stand in one block with few between them: so few pairs that work
stays linear. That is told by who stands in the block alone, however they came; whoever
comes later may move two apart.

A piece is what links of a joining score connect. Where that is too much (a war of a
year) only links of one day count, then of one day and place, then stronger ones. Which
piece a telling stands in is told by the links about it alone, so what comes later
changes the pieces that its links touch and no others.

Clusters come of the scores of pairs by average linkage, the same whatever the order.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.extract.event_coref.lexicon import load_merge_lexicon
from dateline.extract.event_coref.mention_table import AT, WORDS, Columns
from dateline.ml.trees import Real

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
Standing = Callable[[Sequence[tuple[int, int]], int], Sequence[tuple[int, int, int]]]
"""Who stands in blocks by some keys and ranks, so many on either side."""
Link = tuple[int, int, float]
Said = tuple[int, int]
"""A number for what a telling says, and its rank."""
CROWD = 512  # tellings of other words that are decided together
BARS = (0.7, 0.8, 0.9, 0.95, 0.98)  # of links, where those that join are too many
ANY = 64  # bits of a rank: all ranks agree in what is left
MOST = 300  # members of a component that are weighed all against all
NEVER = -1e6  # score of a pair that must not be in one cluster
ALWAYS = 1e3
Fits = Callable[[Sequence[int], Sequence[int]], bool]
Rows = set[int]
Pairs = Collection[tuple[int, int]]


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
    """Return the keys of blocks, and the row that stands in each, each once.

    Keys are of the deed, and of the type where that is another, with a subject: the
    parties, the place, a rare word. They stand within the fortnights of an act; a word
    so rare that it needs no days, of an act long past, stands in a block of its own.
    """
    names = ("first", "last", "day", "deed", "type", "place")
    first, last, day, deed, kind, place = (rows.plain[:, AT[name]] for name in names)
    begin = np.where(first > 0, first, np.where(last > 0, last, day - FORTNIGHT))
    end = np.where(last > 0, last, np.where(first > 0, first, day))
    end = np.where(end - begin > SPANNED * FORTNIGHT, begin, end)
    early, late = begin // FORTNIGHT, end // FORTNIGHT
    steps = range(SPANNED + 1)
    dated = [(early + k, (begin >= 0) & (early + k <= late)) for k in steps]
    words = rarest(rows)
    rare = load_merge_lexicon().rarities(rows.rare[:, :WORDS]) >= RARE
    both, *each = rows.sides.T
    subjects = [*enumerate([both, place, *words.T[: DATED - 2]])]
    subjects += [(0, alone) for alone in each]  # one party is of the kind of two
    standing = []
    for act, other in ((deed, np.ones(len(deed), np.bool_)), (kind, kind != deed)):
        standing += [
            (mix_keys(act, subject, at, np.full(len(act), number)), (subject != 0) & new & other)
            for number, subject in subjects
            for at, new in dated
        ]
        standing += [
            (mix_keys(act, word), told & other) for word, told in zip(words.T, rare.T, strict=True)
        ]
    standing += whatever_the_deed(rows, words)
    short = np.concatenate([key[told] for key, told in standing]) >> SPARED
    row = np.concatenate([np.flatnonzero(told) for _, told in standing])
    keys, row = count_pairs(np.stack([short, row], 1))[0].T
    return keys, row


def whatever_the_deed(rows: Columns, words: Keys) -> list[tuple[Keys, NDArray[np.bool_]]]:
    """Return blocks of the act's word, of parties and of rare words, by fortnights.

    What one report calls an agreement another calls a request; so these are of any
    deed, in the fortnight of the report and the one before. What a report tells as one
    stands in a block of its own.
    """
    early = rows.plain[:, AT["day"]] // FORTNIGHT
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


def place_in_blocks(rows: Columns, numbers: Sequence[int]) -> Keys:
    """Return key, rank and number of units wherever they stand in blocks."""
    if not len(numbers):
        return np.zeros((0, 3), np.int64)
    keys, row = block_keys(rows)
    return np.stack([keys, rank_rows(rows)[row], np.array(numbers, np.int64)[row]], 1)


def nearer(standing: Standing, came: Keys, left: Keys) -> tuple[Keys, Keys, Keys]:
    """Return pairs, and in how many more blocks each is near than before, or fewer.

    Of a pair the lesser number comes first; pairs come in order. `came` and `left` are
    who is to stand in blocks, and who no longer does, as key, rank and number. Most of
    those that stand near each other do so before and after: only the others are laid
    out. What was near those that leave is not told.
    """
    most = np.unique(left[:, 0], return_counts=True)[1].max(initial=0)
    asked = {(key, rank) for key, rank, _ in chain(came.tolist(), left.tolist())}
    before = standing(sorted(asked), WINDOW + int(most))
    held = np.fromiter(chain.from_iterable(before), np.int64, 3 * len(before))
    told = held.reshape(-1, 3), left, came
    every = np.concatenate(told)
    order = np.lexsort(every.T[::-1])
    every, whose = every[order], np.repeat([0, 1, 2], [*map(len, told)])[order]
    first = np.r_[True, (every[1:] != every[:-1]).any(1)][: len(every)]
    at = np.cumsum(first) - 1  # of each place in a block, whoever tells it
    was, out, now = (np.bincount(at[whose == n], minlength=int(first.sum())) > 0 for n in range(3))
    now |= was & ~out
    key, _, unit = every[first].T
    units, unit = np.unique(unit, return_inverse=True)
    gone = np.isin(unit, unit[out])
    found = []
    for own, other, fresh in ((was, now, False), (now, was, True)):
        rows, place = np.flatnonzero(own), np.cumsum(other)
        codes = [np.zeros(0, np.int64)]
        for step in range(1, WINDOW + 1):
            a, b = rows[:-step], rows[step:]
            still = other[a] & other[b] & (place[b] - place[a] <= WINDOW)
            left_out = gone[a] | gone[b]
            moved = ~still | left_out if fresh else ~(still | left_out)
            moved &= (key[a] == key[b]) & (unit[a] != unit[b])
            low, high = np.sort(unit[np.stack([a[moved], b[moved]])], axis=0)
            codes.append(low * len(units) + high)
        found.append(np.unique(np.concatenate(codes), return_counts=True))
    (lost, fewer), (gained, more) = found
    pairs, back = np.unique(np.concatenate([lost, gained]), return_inverse=True)
    total = np.bincount(back, np.concatenate([-fewer, more]), len(pairs))
    low, high = np.divmod(pairs[total != 0], max(1, len(units)))
    return units[low], units[high], total[total != 0].astype(np.int64)


class LinkGraph:
    """Links between tellings, asked of a store some at a time and remembered."""

    def __init__(
        self,
        least: float,
        links_of: Callable[[Collection[int]], Iterable[Link]] = lambda _some: (),
        said_of: Callable[[Collection[int]], Mapping[int, Said]] = lambda _some: {},
    ) -> None:
        """Begin with none; `least` is the score from which on tellings join.

        `links_of` some tellings are those to any other; `said_of` them is what they
        say: those that say the same count as one.
        """
        bars = [(bar, PLACE) for bar in BARS if bar > least]
        self.levels = [(least, ANY), (least, DAY), (least, PLACE), *bars]
        self.links_of, self.said_of = links_of, said_of
        self.beside: dict[int, dict[int, float]] = {}
        self.said: dict[int, Said] = {}
        self.dropped: set[tuple[int, int]] = set()
        self.cut: set[int] = set()  # tellings of what was too large

    def know(self, some: Iterable[int]) -> None:
        """Ask for the links of tellings that were not asked for."""
        fresh = {one for one in some if one not in self.beside}
        if not fresh:
            return
        for one in fresh:
            self.beside[one] = {}
        for a, b, score in self.links_of(fresh):
            for one, other in ((a, b), (b, a)):
                if one in fresh and (one, other) not in self.dropped:
                    self.beside[one][other] = score

    def learn(self, some: Iterable[int]) -> None:
        """Ask what tellings say that were not asked."""
        unknown = {one for one in some if one not in self.said}
        if unknown:
            self.said |= self.said_of(unknown)

    def add(self, links: Iterable[Link]) -> None:
        """Put links in."""
        every = list(links)
        self.know(one for link in every for one in link[:2])
        for a, b, score in every:
            self.beside[a][b] = self.beside[b][a] = score

    def drop(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Take links out, also those of tellings that are asked for later."""
        for a, b in pairs:
            for one, other in ((a, b), (b, a)):
                self.dropped.add((one, other))
        for one, other in self.dropped:
            self.beside.get(one, {}).pop(other, None)

    def pieces(self, seeds: Iterable[int]) -> set[tuple[int, ...]]:
        """Return the pieces in which some tellings stand, each in order."""
        found: set[tuple[int, ...]] = set()
        waiting = set(seeds)
        for level in self.levels:
            small, waiting = self.grown(waiting, *level)
            found |= small
            self.cut |= waiting
        return found | {(one,) for one in waiting}

    def grown(
        self, seeds: Collection[int], bar: float, bits: int
    ) -> tuple[set[tuple[int, ...]], set[int]]:
        """Return the components of seeds that are small, and the seeds of the others.

        All grow at once, a link at a step, until closed or too large. Links count that
        reach a bar, between ranks that differ in no more than their last bits.
        """
        home = {seed: seed for seed in seeds}
        members = {seed: {seed} for seed in seeds}
        edge = {seed: {seed} for seed in seeds}
        large: set[int] = set()
        while edge:
            ends = {one for some in edge.values() for one in some}
            self.know(ends)
            if bits < ANY:
                self.learn(ends.union(*(self.beside[one] for one in ends)))
            for name in sorted(edge):
                if name not in edge:
                    continue  # another has grown into it
                reached = {
                    other
                    for one in edge.pop(name)
                    for other, score in self.beside[one].items()
                    if score >= bar
                    if bits == ANY or self.said[one][1] >> bits == self.said[other][1] >> bits
                }
                fresh = {one for one in reached if one not in home}
                home |= dict.fromkeys(fresh, name)
                members[name] |= fresh
                ahead = set(fresh)
                for met in {home[one] for one in reached} - {name}:
                    home |= dict.fromkeys(members[met], name)
                    members[name] |= members.pop(met)
                    ahead |= edge.pop(met, set())
                    if met in large:
                        large.discard(met)
                        large.add(name)
                if name in large or self.is_crowd(members[name]):
                    large.add(name)
                elif ahead:
                    edge[name] = ahead
        small = {tuple(sorted(members[n])) for n in members if n not in large}
        return small, {seed for seed in seeds if home[seed] in large}

    def is_crowd(self, some: Collection[int]) -> bool:
        """Whether tellings are too many, those that say the same counted once."""
        if len(some) <= CROWD:
            return False
        self.learn(some)
        return len({self.said.get(one, (one,))[0] for one in some}) > CROWD


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


def link_on_average(scores: Real, threshold: float, fits: Fits | None = None) -> list[int]:
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


def cluster_scored_rows(
    n: int, one: Index, two: Index, scores: Real, threshold: float
) -> list[int]:
    """Return the cluster of each of n rows, of which the given pairs are scored.

    Components that pairs connect are clustered alone, of MOST rows at the most: in one
    that is larger only stronger pairs count, then stronger ones yet.
    """
    parts: list[list[int]] = []
    some, bar = scores >= threshold / 2, 0.0
    while some.any() and bar < 1:
        groups: dict[int, list[int]] = {}
        root = components(n, one[some].tolist(), two[some].tolist())
        for row, first in enumerate(root):
            groups.setdefault(first, []).append(row)
        parts += [g for g in groups.values() if 1 < len(g) <= MOST]
        large = np.zeros(n, np.bool_)
        large[[row for g in groups.values() if len(g) > MOST for row in g]] = True
        bar = max(bar + 0.05, 0.5)
        some &= large[one] & (scores >= bar)
    home = list(range(n))
    part, place = np.full(n, -1), np.zeros(n, np.intp)  # of a row, and where in it
    for number, rows in enumerate(parts):
        part[rows], place[rows] = number, range(len(rows))
    shared = np.where(part[one] == part[two], part[one], -1)
    for number, rows in enumerate(parts):
        grid = np.zeros((len(rows), len(rows)), np.float32)
        inside = shared == number
        a, b = place[one[inside]], place[two[inside]]
        grid[a, b] = grid[b, a] = scores[inside]
        for row, cluster in zip(rows, link_on_average(grid, threshold), strict=True):
            home[row] = rows[cluster]
    return home


def apply_must_pins(home: Sequence[int], must: Pairs, never: Pairs) -> list[int]:
    """Return clusters with those joined in which two rows must be one.

    Where some of their rows must never meet, the pinned rows leave the others.

    >>> apply_must_pins([0, 0, 2, 2], {(0, 2)}, set())
    [0, 0, 0, 0]
    >>> apply_must_pins([0, 0, 2, 2], {(0, 2)}, {(1, 2)})
    [2, 0, 2, 2]
    """

    def parted(some: Rows, others: Rows) -> bool:
        """Whether two clusters hold a pair that must never be one."""
        return any((a in some and b in others) or (b in some and a in others) for a, b in never)

    found = list(home)
    for a, b in sorted(must):
        if found[a] == found[b]:
            continue
        one, other = ({i for i, h in enumerate(found) if h == found[x]} for x in (a, b))
        ways = ((other, one), ({b}, one), ({a}, other))
        moved, to = next((way for way in ways if not parted(*way)), ({a, b}, set()))
        label = found[min(to)] if to else len(found) + a
        for i in moved:
            found[i] = label
    return found
