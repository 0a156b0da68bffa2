"""What the encoder read in mentions, and in the words that tell their candidates."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.actors.cues import KINDS, Cue
from dateline.model import Parsed, Span, Token

WIDTH = 384  # numbers of a state
MOST = 8  # places of a report, nearest first, that speak for one candidate
FAR, LONG = 3, 8  # what logarithms of sentences and characters are divided by
Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sites:
    """The places of a report that tell a country: their numbers, and their states.

    `rows` are start, end, sentence, plain, firm and kind; `of` tells of each code where
    its places start and their rows, in text order.
    """

    rows: Floats
    states: Floats
    of: dict[str, list[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds mentions: their own states, and the sites of their candidates.

    `own` is mentions x states: the mean of a mention's words, and that of its head.
    `sites` are rows of the report's sites, `which` the candidate that each speaks for,
    counted over all mentions, and `party` whose candidate that is; `rows` tell how far
    each is from its mention, and of what kind.
    """

    own: Floats
    sites: Ints
    which: Ints
    party: Ints
    rows: Floats


def sites(parsed: Parsed, cues: Iterable[Sequence[Cue]]) -> Sites:
    """Return the places of a report that tell a country, as the encoder read them."""
    every = [(n, cue) for n, row in enumerate(cues) for cue in row]
    told = [(c.start, c.end, n, c.plain, c.firm, KINDS.index(c.kind)) for n, c in every]
    of: dict[str, list[tuple[int, int]]] = {}
    for k, (_, cue) in enumerate(every):
        of.setdefault(cue.code, []).append((cue.start, k))
    spans = [Span(cue.start, cue.end) for _, cue in every]
    return Sites(
        np.array(told, np.float32).reshape(-1, 6),
        parsed.states.of(spans, WIDTH),
        {code: sorted(some) for code, some in of.items()},
    )


def context(
    parsed: Parsed,
    spans: Sequence[Span],
    heads: Sequence[Token | None],
    sentences: Sequence[int],
    codes: Sequence[Sequence[str]],
    told: Sites,
) -> Context:
    """Return what surrounds mentions that may be each of one of some countries."""
    both = zip(spans, heads, strict=True)
    pairs = [s for span, head in both for s in (span, head.span if head else span)]
    own = parsed.states.of(pairs, WIDTH).reshape(len(spans), -1)
    found: list[int] = []
    which: list[int] = []
    party: list[int] = []
    every = ((n, code) for n, some in enumerate(codes) for code in some)
    for k, (n, code) in enumerate(every):
        places = told.of.get(code)
        if places is None:
            continue
        if len(places) > MOST:
            start = spans[n].start
            at = bisect_left(places, (start,))
            around = places[max(0, at - MOST) : at + MOST]
            gaps = sorted([(abs(start - place), row) for place, row in around])
            some = [row for _, row in gaps[:MOST]]
        else:
            some = sorted([row for _, row in places])
        found += some
        which += [k] * len(some)
        party += [n] * len(some)
    chosen, of, whose = (np.array(each, np.int64) for each in (found, which, party))
    near = [(s.start, s.end, n) for s, n in zip(spans, sentences, strict=True)]
    mine = np.array(near, np.float32).reshape(-1, 3)[whose]
    return Context(own, chosen, of, whose, site_positions(told.rows[chosen], mine))


def site_positions(sites: Floats, mine: Floats) -> Floats:
    """Return how far each site is from its mention, and of what kind.

    `mine` are start, end and sentence of the mention of each.
    """
    start, end, at, plain, firm, kind = sites.T
    first, last, sentence = mine.T
    back, gap = sentence - at, first - start
    flags = (back == 0, back == 1, back == 2, back > 2, back < 0)
    near = (np.log1p(np.abs(back)) / FAR, gap > 0, np.log1p(np.abs(gap)) / LONG)
    inside = (start < last) & (end > first)
    kinds = (kind == n for n in range(len(KINDS)))
    columns = (*flags, *near, plain, firm, inside, *kinds)
    return np.stack(columns, 1).astype(np.float32)
