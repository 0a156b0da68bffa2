"""What the encoder read of a telling, small enough to be kept beside its claim.

The directions of a trigger's and a clause's state are laid along the few axes on which
tellings of the news differ most (training/merge/across.py), a byte each. So tellings of
reports years apart are compared without reading either again.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MODEL = Path(__file__).with_name("sense.npz")
PARTS = 2  # the trigger's state and the clause's
MOST = 127  # of a signed byte
Real = NDArray[np.float32]
Index = NDArray[np.integer]


@cache
def axes() -> Real:
    """Return the axes, read once: part x width of a state x axis."""
    with np.load(MODEL) as kept:
        return np.asarray(kept["axes"], np.float32)


def sense_size() -> int:
    """Return how many bytes the sense of one telling takes."""
    return PARTS * int(axes().shape[2])


def pack_senses(triggers: Real, clauses: Real) -> list[bytes]:
    """Return the sense of each telling, of directions telling x width; nan is b""."""
    every = (triggers, clauses)
    laid = [told @ axis for told, axis in zip(every, axes(), strict=True)]
    found = np.stack(laid, 1)
    read = np.isfinite(found).all((1, 2))
    most = np.abs(found).max(2, keepdims=True)
    whole = np.round(found / np.where(most > 0, most, 1) * MOST)
    rows = np.where(read[:, None, None], whole, 0).astype(np.int8)
    return [r.tobytes() if told else b"" for r, told in zip(rows, read, strict=True)]


def bytes_of(sense: bytes) -> NDArray[np.int8]:
    """Return a sense as numbers; all 0 where none is kept, or one of another size."""
    if len(sense) != sense_size():
        return np.zeros(sense_size(), np.int8)
    return np.frombuffer(sense, np.int8)


def sense_likeness(kept: NDArray[np.int8], one: Index, two: Index) -> Real:
    """Return how alike the senses of pairs of rows are: pair x part; nan unknown."""
    every = kept.reshape(len(kept), PARTS, -1).astype(np.float32)
    length = np.sqrt(np.einsum("ipj,ipj->ip", every, every))
    length[length == 0] = np.nan
    met = np.einsum("ipj,ipj->ip", every[one], every[two])  # of whole numbers: exact
    return np.asarray(met / (length[one] * length[two]), np.float32)
