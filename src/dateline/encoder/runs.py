"""Runs of word pieces: where they lie, and those that probabilities pick out."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from dateline.encoder.heads import Floats
from dateline.model.states import Piece, Places

Ints = npt.NDArray[np.int64]
HALF = 0.5
DEED = 0.7  # how sure the deeds of two words must be to be two acts


def means(rows: Floats, at: Sequence[Piece]) -> Floats:
    """Return the mean row of each run."""
    return np.array([mean_row(rows[a:b]) for a, b in at])


def mean_row(rows: Floats) -> Floats:
    """Return the mean of some rows."""
    mean: Floats = np.add.reduce(rows) / len(rows) if len(rows) > 1 else rows[0]
    return mean


def pick_runs(
    act: Floats, begin: Floats, floor: float, other: Sequence[bool] = ()
) -> list[Piece]:
    """Return runs of pieces that reach the floor; a sure beginning parts two.

    Of two pieces that both begin something, the second does so only where it tells of
    `other` things than the first, or each piece of one word would begin anew.

    >>> pick_runs(np.array([0.1, 0.9, 0.8, 0.2]), np.array([0.0, 0.9, 0.1, 0.0]), 0.5)
    [(1, 3)]
    """
    out: list[Piece] = []
    start: int | None = None
    held, begins = (act >= floor).tolist(), (begin > HALF).tolist()
    parted = other or [False] * len(held)
    for n in range(len(held) + 1) if any(held) else ():
        inside = n < len(held) and held[n]
        anew = inside and begins[n] and (n == 0 or not begins[n - 1] or parted[n])
        if start is not None and (not inside or anew):
            out.append((start, n))
            start = None
        if inside and start is None:
            start = n
    return out


def other_deeds(deeds: Floats, at: Places) -> list[bool]:
    """Return where a word surely tells of another deed than the word before it.

    "Kenya condemned attacks": what is condemned is an act by itself.
    """
    named, sure = deeds.argmax(1).tolist(), (deeds.max(1) > DEED).tolist()
    pairs = (n for n in range(1, len(named)) if at.starts[n] > at.ends[n - 1])
    other = {n for n in pairs if sure[n - 1] and sure[n] and named[n - 1] != named[n]}
    return [n in other for n in range(len(named))]


def tagged_chunks(rows: Floats) -> list[tuple[int, int, float]]:
    """Return (first, past last, how sure) of runs of pieces by their O, B, I."""
    out: list[tuple[int, int, float]] = []
    start: int | None = None
    held = (rows[:, 0] <= HALF).tolist()
    if not any(held):
        return out
    begins = (rows[:, 1] > np.maximum(rows[:, 2], HALF)).tolist()
    sure = (1 - rows[:, 0]).tolist()
    for n in range(len(held) + 1):
        inside = n < len(held) and held[n]
        if start is not None and (not inside or begins[n]):
            out.append((start, n, max(sure[start:n])))
            start = None
        if inside and start is None:
            start = n
    return out


def distances(at: Sequence[Piece], size: int) -> Ints:
    """Return acts x pieces: how many pieces left (-) or right of the trigger."""
    steps = np.arange(size)
    return np.stack(
        [np.where(steps < a, steps - a, np.maximum(0, steps - b + 1)) for a, b in at]
    ).astype(np.int64)
