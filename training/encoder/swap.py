"""Other countries in the place of those a row names, the same ones throughout."""

from __future__ import annotations

import random
import re
from functools import cache

import own  # noqa: F401  (puts the corpus on the path)
from rows import Bounds, Row

COLUMNS = ("country", "adj", "plural", "capital")


@cache
def names() -> tuple[re.Pattern[str], dict[str, tuple[int, str]]]:
    """Return a pattern for every name, and its country's row and column."""
    import corpus

    found: dict[str, tuple[int, str]] = {}
    for n, row in enumerate(corpus.countries()):
        for column in COLUMNS:
            found.setdefault(row[column], (n, column))
    longest = sorted(found, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest)) + r")\b"), found


def swapped(row: Row, rng: random.Random) -> Row:
    """Return the row with its countries changed, and its spans moved along."""
    import corpus

    pattern, found = names()
    hits = list(pattern.finditer(row.text))
    if not hits:
        return row
    rows = corpus.countries()
    others = iter(rng.sample(range(len(rows)), len(rows)))
    mine: dict[int, int] = {}
    text, at, edges = "", 0, [(0, 0)]
    for hit in hits:
        n, column = found[hit[0]]
        if n not in mine:
            mine[n] = next(others)
        text += row.text[at : hit.start()] + rows[mine[n]][column]
        at = hit.end()
        edges.append((at, len(text)))
    made = row.moved(0, text + row.text[at:])
    for spans in bounds(made):
        spans[:] = [(moved(a, edges, hits, 0), moved(b, edges, hits, 1)) for a, b in spans]
    return made


def bounds(row: Row) -> list[list[Bounds]]:
    """Return every list of spans of a row."""
    some = [s for d in row.deals for s in (d.actors, d.recipients, d.triggers)]
    return [*some, *row.tags.values(), *(s for p in row.parties for s in p)]


def moved(at: int, edges: list[Bounds], hits: list[re.Match[str]], inside: int) -> int:
    """Return where an offset lies now; one inside a name goes to its start or end."""
    before = max(n for n, (old, _) in enumerate(edges) if old <= at)
    if before < len(hits) and hits[before].start() < at < hits[before].end():
        if inside:
            return edges[before + 1][1]
        at = hits[before].start()
    old, new = edges[before]
    return new + at - old
