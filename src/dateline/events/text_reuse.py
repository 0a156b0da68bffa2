"""Which reports share wire copy, and which is a later version of which.

Copy is shared whole, cut, spliced, re-headlined, with parts added.
Reports are cut into shingles of three words, hashed; of longer reports every fourth is
kept, by its own value. Two reports that share enough of the kept ones are laid side by
side, and share what stands in common runs of words. "Shares copy" never joins events.

A later version is a correction, an update, or another text at the same address.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from dateline.model import Span
from dateline.resources.plugins import shared_lexicon

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
PROOF = 24  # words in runs that prove copying: a formula of wire style is shorter
WHOLE = 0.97  # of the shorter text: it stands in the other, however short it is
KINDS = ("correction", "update")  # that a version names itself
HEAD = 160  # characters in which it does
ALIKE = 0.3  # share of copy with what it corrects
DAYS = 3  # within which it follows
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
    """Two reports that share copy: how much of the shorter, and where in each.

    `proven` says that so many words are in common that wire style alone does not give
    them; without it the two are no copies, though one may be a version of the other.
    """

    a: str
    b: str
    shared: float
    passages: tuple[tuple[Span, Span], ...]
    proven: bool = False


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
        self.to.execute("CREATE TABLE shingles (report INTEGER, hash UBIGINT, fresh BOOLEAN)")

    def add(self, reports: Iterable[tuple[str, str]]) -> list[Copy]:
        """Take in reports (id, text); return the copy that each shares with others."""
        rows: list[tuple[int, int]] = []
        for name, text in reports:
            if name not in self.numbers:
                number = self.numbers[name] = len(self.numbers)
                self.texts[name] = text
                rows += [(number, h) for h in kept_shingles(text)]
        self.to.execute("UPDATE shingles SET fresh = false")
        if rows:  # a column at a time
            columns: dict[str, Any] = {
                "report": np.array([r for r, _ in rows], np.int32),
                "hash": np.array([h for _, h in rows], np.uint64),
            }
            self.to.register("fresh_rows", columns)
            self.to.execute("INSERT INTO shingles SELECT report, hash, true FROM fresh_rows")
            self.to.unregister("fresh_rows")
        names = list(self.numbers)
        found = self.to.execute(CANDIDATES, [COMMON, FEWEST, SEEN]).fetchall()
        pairs = sorted((*sorted((names[a], names[b])),) for a, b in found)
        made = (compare_texts((a, self.texts[a]), (b, self.texts[b])) for a, b in pairs)
        return [copy for copy in made if copy.proven and copy.shared >= LEAST]


def copies(reports: Iterable[tuple[str, str]]) -> list[Copy]:
    """Return every pair of reports (id, text) that share copy."""
    return Copies().add(reports)


def kept_shingles(text: str) -> set[int]:
    """Return the hashed shingles of a text that are kept; a short one keeps all."""
    told = cut_words(text)
    every = {shingle >> BITS for shingle in told.shingles}
    return every if len(told.words) < SHORT else {h for h in every if h % KEPT == 0}


@lru_cache(maxsize=65536)
def hash_word(word: str) -> int:
    """Return a number for a word, the same anywhere."""
    return crc32(word.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=MOST)
def cut_words(text: str) -> Worded:
    """Return a text in words, with a number of 64 bits for each shingle, in order.

    The numbers are the same anywhere; of the last texts this is remembered.

    >>> cut_words("Two men's cars.").words
    ['two', "men's", 'cars']
    """
    words = [word.lower() for word in WORD.findall(text)]
    each = np.array([*map(hash_word, words)], np.uint64)
    last = max(0, len(each) - SHINGLE + 1)
    found = np.zeros(last, np.uint64)
    for i in range(SHINGLE):
        found = (found ^ each[i : i + last]) * MIXING
        found ^= found >> np.uint64(29)
    shingles = found.tolist()
    return Worded(words, shingles, frozenset(shingles))


def compare_texts(one: tuple[str, str], two: tuple[str, str]) -> Copy:
    """Return how much of the shorter of two reports (id, text) stands in the other.

    Where it can't be as much as copy is, it is told as nothing, without a closer look.
    """
    a, b = (cut_words(text) for _, text in (one, two))
    size = max(1, min(len(a.words), len(b.words)))
    most = run = 0  # words that can stand in runs that both have
    for met in (*map(b.known.__contains__, a.shingles), False):
        if met:
            run += 1
        elif run:
            most += run + SHINGLE - 1 if run + SHINGLE > RUN else 0
            run = 0
    if most < LEAST * size:
        return Copy(one[0], two[0], 0.0, ())
    runs = common_runs(a, b)
    common = sum(n for _, _, n in runs)
    whole = common >= WHOLE * size
    shared = common / size
    spans = [[m.span() for m in WORD.finditer(text)] for _, text in (one, two)]
    found = (
        (Span(spans[0][i][0], spans[0][i + n - 1][1]), Span(spans[1][j][0], spans[1][j + n - 1][1]))
        for i, j, n in runs
    )
    proven = common >= PROOF or whole
    return Copy(one[0], two[0], round(min(1.0, shared), 4), tuple(found), proven)


def common_runs(a: Worded, b: Worded) -> list[tuple[int, int, int]]:
    """Return the runs of words that both have: where they begin in each, how long.

    No word of either is told twice; paragraphs may come in another order.
    """
    one, two = a.words, b.words
    at: dict[int, list[int]] = defaultdict(list)
    for j, shingle in enumerate(b.shingles):
        at[shingle].append(j)
    used = [False] * len(two)

    def run_length(i: int, j: int) -> int:
        """Return how many words from `i` and from `j` on are the same and not used."""
        n = 0
        while i + n < len(one) and j + n < len(two) and not used[j + n]:
            if one[i + n] != two[j + n]:
                break
            n += 1
        return n

    found, i = [], 0
    while i < len(a.shingles):
        starts = at.get(a.shingles[i], ())[:COMMON]
        n, j = max(((run_length(i, j), -j) for j in starts), default=(0, 0))
        if n < RUN:
            i += 1
            continue
        used[-j : -j + n] = [True] * n
        found.append((i, -j, n))
        i += n
    return found


@dataclass(frozen=True, slots=True)
class Edition:
    """What tells one version of a report from another."""

    report: str
    outlet: str
    url: str
    head: str
    day: int | None
    moment: datetime | None = None


def names_itself(head: str) -> str:
    """Return "correction" or "update" where a title or first line says so, else "".

    >>> names_itself("CORRECTION: Toll in market blast was 12")
    'correction'
    """
    lines = head[:HEAD].splitlines()[:2]
    said = shared_lexicon().patterns
    told = (k for k in KINDS if any(map(said[f"merge.{k}"].search, lines)))
    return next(told, "")


def update_number(head: str) -> int:
    """Return the number that an update tells of itself, 0 where it tells none.

    >>> update_number("Market blast kills 15 - 3rd lead")
    3
    >>> update_number("UPDATE 2 - Market blast")
    2
    """
    lines = head[:HEAD].splitlines()[:2]
    told = (
        hit for line in lines for hit in shared_lexicon().patterns["merge.numbered"].finditer(line)
    )
    return max((int(hit[1] or hit[2]) for hit in told), default=0)


def supersedes(new: Edition, old: Edition, shared: float) -> str:
    """Return in words why one report is a later version of another, "" where it is not.

    `shared` is the share of copy between the two.
    """
    if new.report == old.report:
        return "the same id with another text"
    if new.outlet != old.outlet or not follows_in_time(new, old):
        return ""
    if new.url and new.url == old.url:
        return "the same address with another text"
    kind = names_itself(new.head)
    later = (new.day or 0) > (old.day or 0)
    later = later or update_number(new.head) > update_number(old.head)
    later = later or bool(new.moment and old.moment and new.moment > old.moment)
    first = later or not names_itself(old.head)
    if kind and first and shared >= ALIKE:
        return f"{kind} of a report that it shares {shared:.0%} of its copy with"
    return ""


def follows_in_time(new: Edition, old: Edition) -> bool:
    """Whether one report can follow the other by its time, as far as both are told."""
    if new.day is None or old.day is None:
        return True
    if new.day == old.day and new.moment and old.moment:
        return new.moment >= old.moment
    return 0 <= new.day - old.day <= DAYS
