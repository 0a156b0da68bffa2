"""What the encoder read in a mention, and in the words that tell its candidates."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.actors.cues import KINDS, Cue
from dateline.model import Parsed, Span

WIDTH = 384  # numbers of a state
MOST = 8  # places of a report, nearest first, that speak for one candidate
FAR, LONG = 3, 8  # what logarithms of sentences and characters are divided by
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sites:
    """The places of a report that tell a country: their numbers, and their states.

    `rows` are start, end, sentence, plain, firm and kind; `of` the rows of each code.
    """

    rows: Floats
    states: Floats
    of: dict[str, Ints]


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds one mention: its own states, and the sites of its candidates.

    `own` is the mean state of its words and that of its head. `sites` are rows of the
    report's sites, `which` the candidate that each speaks for; `rows` tell how far each
    is, and of what kind.
    """

    own: Floats
    sites: Ints
    which: Ints
    rows: Floats


def sites(parsed: Parsed, cues: Iterable[Sequence[Cue]]) -> Sites:
    """Return the places of a report that tell a country, as the encoder read them."""
    every = [(n, cue) for n, row in enumerate(cues) for cue in row]
    told = [(c.start, c.end, n, c.plain, c.firm, KINDS.index(c.kind)) for n, c in every]
    of: dict[str, list[int]] = {}
    for k, (_, cue) in enumerate(every):
        of.setdefault(cue.code, []).append(k)
    spans = [Span(cue.start, cue.end) for _, cue in every]
    return Sites(
        np.array(told, np.float32).reshape(-1, 6),
        parsed.states.of(spans, WIDTH),
        {code: np.array(some) for code, some in of.items()},
    )


def context(
    parsed: Parsed, span: Span, sentence: int, codes: Sequence[str], told: Sites
) -> Context:
    """Return what surrounds a mention that may be of one of some countries."""
    head = parsed.head_of(span)
    own = parsed.states.of([span, head.span if head else span], WIDTH).reshape(-1)
    which, found = [], []
    for k, code in enumerate(codes):
        some = told.of.get(code)
        if some is None:
            continue
        if len(some) > MOST:
            gap = np.abs(span.start - told.rows[some, 0])
            some = some[np.argsort(gap, kind="stable")[:MOST]]
        which.append(np.full(len(some), k))
        found.append(some)
    if not found:
        none = np.zeros(0, np.int64)
        return Context(own, none, none, site_positions(told.rows[none], span, sentence))
    chosen = np.concatenate(found)
    rows = site_positions(told.rows[chosen], span, sentence)
    return Context(own, chosen, np.concatenate(which), rows)


def site_positions(sites: Floats, span: Span, sentence: int) -> Floats:
    """Return how far each site is from a mention, and of what kind."""
    start, end, at, plain, firm, kind = sites.T
    back, gap = sentence - at, span.start - start
    flags = (back == 0, back == 1, back == 2, back > 2, back < 0)
    near = (np.log1p(np.abs(back)) / FAR, gap > 0, np.log1p(np.abs(gap)) / LONG)
    inside = (start < span.end) & (end > span.start)
    kinds = (kind == n for n in range(len(KINDS)))
    columns = (*flags, *near, plain, firm, inside, *kinds)
    return np.stack(columns, 1).astype(np.float32)
