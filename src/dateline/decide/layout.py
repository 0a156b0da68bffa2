"""A report laid out for the second reading: word pieces, windows, acts, mentions."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from dateline.model import Action, Span
from dateline.model.decisions import Party
from dateline.model.states import Stretch

Ints = NDArray[np.int64]
WINDOW, LEAD = 510, 62
"""Pieces of one pass; of them, in later passes, those of the report's head again."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where acts and parties' words stand among the pieces of a report.

    `windows` are runs of pieces; `acts` rows of (first piece, past-last, sentence), of
    those acts whose numbers are in `index`; `mentions` of (first, past-last, sentence,
    party).
    """

    windows: tuple[tuple[int, int], ...]
    acts: Ints
    index: tuple[int, ...]
    mentions: Ints


def lay_out_report(
    stretches: Sequence[Stretch], acts: Sequence[Action], parties: Sequence[Party]
) -> Layout:
    """Return the layout of what was read of a report; acts outside of it are left."""
    starts = [at for part in stretches for at in part.at.starts]
    ends = [at for part in stretches for at in part.at.ends]
    first, last = np.array(starts, np.int64), np.array(ends, np.int64)
    sentence: list[int] = []
    bounds: list[int] = []
    for number, (_, parts) in enumerate(groupby(stretches, key=lambda p: p.sentence)):
        bounds.append(len(sentence))
        sentence += [number] * sum(len(part.at.starts) for part in parts)
    bounds.append(len(sentence))

    def within(span: Span) -> tuple[int, int, int] | None:
        low = int(np.searchsorted(last, span.start, "right"))
        high = int(np.searchsorted(first, span.end, "left"))
        return (low, high, sentence[low]) if low < high else None

    at = [within(act.trigger) for act in acts]
    words = (
        (where, n)
        for n, party in enumerate(parties)
        for span in party.mentions
        if (where := within(span)) is not None
    )
    return Layout(
        tuple(cut_windows(bounds)),
        np.array([a for a in at if a is not None], np.int64).reshape(-1, 3),
        tuple(n for n, a in enumerate(at) if a is not None),
        np.array([(*where, n) for where, n in words], np.int64).reshape(-1, 4),
    )


def cut_windows(bounds: Sequence[int]) -> list[tuple[int, int]]:
    """Return runs of pieces that fit one pass, cut between sentences where they can be.

    >>> cut_windows([0, 300, 600, 1300])
    [(0, 300), (300, 600), (600, 1048), (1048, 1300)]
    """
    found: list[tuple[int, int]] = []
    first = 0

    def room() -> int:
        return WINDOW - LEAD if found else WINDOW

    for low, high in zip(bounds[:-1], bounds[1:], strict=True):
        if high - first > room() and low > first:
            found.append((first, low))
            first = low
        while high - first > room():
            found.append((first, first + room()))
            first = found[-1][1]
    if first < bounds[-1]:
        found.append((first, bounds[-1]))
    return found
