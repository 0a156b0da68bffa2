"""Which reports share wire copy: whole, cut, spliced, re-headlined, with parts added.

Reports are cut into shingles of three words, hashed; of longer reports every fourth is
kept, by its own value. Two reports that share enough of the kept ones are laid side by
side, and share what stands in common runs of words. "Shares copy" never joins events.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from dateline.model import Span

WORD = re.compile(r"\w+(?:['’]\w+)*")
SHINGLE = 3  # words
KEPT = 4  # one hash in so many is kept
SHORT = 200  # words
COMMON = 40  # reports: a shingle that more of them have is nobody's copy
FEWEST = 2  # kept shingles in common
LEAST = 0.3  # share of the shorter report
SEEN = 0.05  # share of kept shingles: one of four of a long report's, of the rare ones
MOST = 400  # texts of which the words are remembered
BITS = 32  # of a shingle's number that are not kept
MIXING = np.uint64(0x9E3779B97F4A7C15)
RUN = 7  # words in common, in order, that chance does not give
CANDIDATES = """
    WITH common AS (
        SELECT hash FROM shingles GROUP BY hash HAVING count(*) <= ?
    ), sizes AS (
        SELECT report, count(*) AS n FROM shingles GROUP BY report
    ), met AS (
        SELECT a.report AS a, b.report AS b, count(*) AS n
        FROM shingles a JOIN shingles b ON a.hash = b.hash AND a.report < b.report
        WHERE a.hash IN (SELECT hash FROM common) AND (b.fresh OR a.fresh)
        GROUP BY a.report, b.report HAVING count(*) >= ?
    )
    SELECT met.a, met.b FROM met
    JOIN sizes x ON x.report = met.a JOIN sizes y ON y.report = met.b
    WHERE met.n >= ? * least(x.n, y.n) ORDER BY met.a, met.b
"""


@dataclass(frozen=True, slots=True)
class Copy:
    """Two reports that share copy: how much of the shorter, and where in each."""

    a: str
    b: str
    shared: float
    passages: tuple[tuple[Span, Span], ...]


@dataclass(frozen=True, slots=True)
class Worded:
    """A text as its words in small letters, and its shingles in order, as numbers."""

    words: list[str]
    shingles: list[int]
    known: frozenset[int]


class Copies:
    """The reports met so far; new ones are held against all of them."""

    def __init__(self) -> None:
        """Start with no reports, in a database in memory."""
        import duckdb

        self.texts: dict[str, str] = {}
        self.numbers: dict[str, int] = {}
        self.to = duckdb.connect(":memory:", config={"threads": 1})
        self.to.execute(
            "CREATE TABLE shingles (report INTEGER, hash UBIGINT, fresh BOOLEAN)"
        )

    def add(self, reports: Iterable[tuple[str, str]]) -> list[Copy]:
        """Take in reports (id, text); return the copy that each shares with others."""
        rows: list[tuple[int, int]] = []
        for name, text in reports:
            if name not in self.numbers:
                number = self.numbers[name] = len(self.numbers)
                self.texts[name] = text
                rows += [(number, h) for h in kept_shingles(text)]
        self.to.execute("UPDATE shingles SET fresh = false")
        self._insert(rows)
        names = list(self.numbers)
        found = self.to.execute(CANDIDATES, [COMMON, FEWEST, SEEN]).fetchall()
        pairs = sorted((*sorted((names[a], names[b])),) for a, b in found)
        made = (compare_texts((a, self.texts[a]), (b, self.texts[b])) for a, b in pairs)
        return [copy for copy in made if copy.shared >= LEAST]

    def _insert(self, rows: Sequence[tuple[int, int]]) -> None:
        """Put shingles into the table, a column at a time."""
        if not rows:
            return
        columns: dict[str, Any] = {
            "report": np.array([r for r, _ in rows], np.int32),
            "hash": np.array([h for _, h in rows], np.uint64),
        }
        self.to.register("fresh_rows", columns)
        self.to.execute(
            "INSERT INTO shingles SELECT report, hash, true FROM fresh_rows"
        )
        self.to.unregister("fresh_rows")


def copies(reports: Iterable[tuple[str, str]]) -> list[Copy]:
    """Return every pair of reports (id, text) that share copy."""
    return Copies().add(reports)


def kept_shingles(text: str) -> set[int]:
    """Return the hashed shingles of a text that are kept; a short one keeps all."""
    told = cut_words(text)
    every = {shingle >> BITS for shingle in told.shingles}
    return every if len(told.words) < SHORT else {h for h in every if h % KEPT == 0}


def hash_shingles(words: Sequence[str]) -> list[int]:
    """Return a number of 64 bits for each shingle, in order, the same anywhere."""
    each = np.array([*map(hash_word, words)], np.uint64)
    last = max(0, len(each) - SHINGLE + 1)
    found = np.zeros(last, np.uint64)
    for i in range(SHINGLE):
        found = (found ^ each[i : i + last]) * MIXING
        found ^= found >> np.uint64(29)
    return found.tolist()


@lru_cache(maxsize=65536)
def hash_word(word: str) -> int:
    """Return a number for a word, the same anywhere."""
    return crc32(word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=MOST)
def cut_words(text: str) -> Worded:
    """Return a text in words; of the last ones this is remembered.

    >>> cut_words("Two men's cars.").words
    ['two', "men's", 'cars']
    """
    words = [word.lower() for word in WORD.findall(text)]
    shingles = hash_shingles(words)
    return Worded(words, shingles, frozenset(shingles))


def bound_copy(one: Worded, two: Worded) -> int:
    """Return how many words of a text can stand in runs that another has, at most."""
    total = run = 0
    for met in (*map(two.known.__contains__, one.shingles), False):
        if met:
            run += 1
        elif run:
            total += run + SHINGLE - 1 if run + SHINGLE > RUN else 0
            run = 0
    return total


def compare_texts(one: tuple[str, str], two: tuple[str, str]) -> Copy:
    """Return how much of the shorter of two reports (id, text) stands in the other.

    Where it can't be as much as copy is, it is told as nothing, without a closer look.
    """
    a, b = (cut_words(text) for _, text in (one, two))
    size = max(1, min(len(a.words), len(b.words)))
    if bound_copy(a, b) < LEAST * size:
        return Copy(one[0], two[0], 0.0, ())
    runs = common_runs(a, b)
    shared = sum(n for _, _, n in runs) / size
    spans = [[m.span() for m in WORD.finditer(text)] for _, text in (one, two)]
    found = (
        (
            Span(spans[0][i][0], spans[0][i + n - 1][1]),
            Span(spans[1][j][0], spans[1][j + n - 1][1]),
        )
        for i, j, n in runs
    )
    return Copy(one[0], two[0], round(min(1.0, shared), 4), tuple(found))


def common_runs(a: Worded, b: Worded) -> list[tuple[int, int, int]]:
    """Return the runs of words that both have: where they begin in each, how long.

    No word of either is told twice; paragraphs may come in another order.
    """
    one, two = a.words, b.words
    at: dict[int, list[int]] = defaultdict(list)
    for j, shingle in enumerate(b.shingles):
        at[shingle].append(j)
    used = [False] * len(two)
    found, i = [], 0
    while i < len(a.shingles):
        starts = at.get(a.shingles[i], ())[:COMMON]
        n, j = max(
            ((common_run_length(one, two, i, j, used), -j) for j in starts),
            default=(0, 0),
        )
        if n < RUN:
            i += 1
            continue
        used[-j : -j + n] = [True] * n
        found.append((i, -j, n))
        i += n
    return found


def common_run_length(
    one: Sequence[str], two: Sequence[str], i: int, j: int, used: Sequence[bool]
) -> int:
    """Return how many words from `i` and from `j` on are the same and not yet used."""
    n = 0
    while i + n < len(one) and j + n < len(two) and not used[j + n]:
        if one[i + n] != two[j + n]:
            break
        n += 1
    return n
