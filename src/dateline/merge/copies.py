"""Which reports share wire copy: whole, cut, spliced, re-headlined, with parts added.

Reports are cut into shingles of three words, hashed; of longer reports every fourth is
kept, by its own value. Two reports that share enough of the kept ones are laid side by
side, and share what stands in common runs of words. "Shares copy" never joins events.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from dateline.model import Span

WORD = re.compile(r"\w+(?:['’]\w+)*")
SHINGLE = 3  # words
KEPT = 4  # one hash in so many is kept
SHORT = 200  # words
COMMON = 40  # reports: a shingle that more of them have is nobody's copy
FEWEST = 2  # kept shingles in common
LEAST = 0.3  # share of the shorter report
SEEN = 0.05  # share of kept shingles: one of four of a long report's, of the rare ones
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
                rows += [(number, h) for h in kept(text)]
        self.to.execute("UPDATE shingles SET fresh = false")
        self._insert(rows)
        names = list(self.numbers)
        found = self.to.execute(CANDIDATES, [COMMON, FEWEST, SEEN]).fetchall()
        pairs = sorted((*sorted((names[a], names[b])),) for a, b in found)
        made = (compared((a, self.texts[a]), (b, self.texts[b])) for a, b in pairs)
        return [copy for copy in made if copy.shared >= LEAST]

    def _insert(self, rows: Sequence[tuple[int, int]]) -> None:
        """Put shingles into the table, a column at a time."""
        import numpy as np

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


def kept(text: str) -> set[int]:
    """Return the hashed shingles of a text that are kept; a short one keeps all."""
    words = words_of(text)
    return {h for h in hashes(words) if len(words) < SHORT or h % KEPT == 0}


def hashes(words: Sequence[str]) -> Iterator[int]:
    """Yield the hash of each shingle, in order."""
    for i in range(len(words) - SHINGLE + 1):
        told = " ".join(words[i : i + SHINGLE]).encode("utf-8", "surrogatepass")
        yield int.from_bytes(blake2b(told, digest_size=8).digest(), "big")


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters.

    >>> words_of("Two men's cars.")
    ['two', "men's", 'cars']
    """
    return [m.group().lower() for m in WORD.finditer(text)]


def words_and_spans(text: str) -> tuple[list[str], list[Span]]:
    """Return the words of a text in small letters, and where each stands."""
    found = list(WORD.finditer(text))
    return [m.group().lower() for m in found], [Span(*m.span()) for m in found]


def compared(one: tuple[str, str], two: tuple[str, str]) -> Copy:
    """Return how much of the shorter of two reports (id, text) stands in the other."""
    words, spans = zip(*(words_and_spans(text) for _, text in (one, two)), strict=True)
    runs = common_runs(*words)
    shared = sum(n for _, _, n in runs) / max(1, min(map(len, spans)))
    found = (
        (
            spans[0][i].join(spans[0][i + n - 1]),
            spans[1][j].join(spans[1][j + n - 1]),
        )
        for i, j, n in runs
    )
    return Copy(one[0], two[0], round(min(1.0, shared), 4), tuple(found))


def common_runs(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int, int]]:
    """Return the runs of words that both have: where they begin in each, how long.

    No word of either is told twice; paragraphs may come in another order.
    """
    at: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j in range(len(two) - SHINGLE + 1):
        at[tuple(two[j : j + SHINGLE])].append(j)
    used = [False] * len(two)
    found, i = [], 0
    while i <= len(one) - SHINGLE:
        starts = at.get(tuple(one[i : i + SHINGLE]), ())[:COMMON]
        n, j = max(((length(one, two, i, j, used), -j) for j in starts), default=(0, 0))
        if n < RUN:
            i += 1
            continue
        used[-j : -j + n] = [True] * n
        found.append((i, -j, n))
        i += n
    return found


def length(
    one: Sequence[str], two: Sequence[str], i: int, j: int, used: Sequence[bool]
) -> int:
    """Return how many words from `i` and from `j` on are the same and not yet used."""
    n = 0
    while i + n < len(one) and j + n < len(two) and not used[j + n]:
        if one[i + n] != two[j + n]:
            break
        n += 1
    return n
