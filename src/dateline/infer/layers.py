"""A learned score: a small net's layers read from a file, and how shares are made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]


def squeezed(rows: Floats) -> Floats:
    """Return counts and distances brought to a like size."""
    out: Floats = np.sign(rows) * np.log1p(np.abs(rows))
    return out


def log_shares(scores: Floats, unknown: Floats, first: Ints) -> Floats:
    """Return scores as logarithms of shares of one with *unknown*, group by group.

    The groups begin at `first`, each with a score for *unknown*.

    >>> zero = np.zeros(4, np.float32)
    >>> np.exp(log_shares(zero, zero[:2], np.array([0, 3]))).round(2).tolist()
    [0.25, 0.25, 0.25, 0.5]
    """
    size = np.diff([*first, len(scores)])
    top = np.maximum(np.maximum.reduceat(scores, first), unknown)
    held = scores - top.repeat(size)
    whole = np.add.reduceat(np.exp(held), first) + np.exp(unknown - top)
    out: Floats = held - np.log(whole).repeat(size)
    return out


@dataclass(frozen=True, slots=True)
class Net:
    """Weights by name: layers of a net, each with a bias where it has one."""

    at: Mapping[str, Floats]

    @classmethod
    def of(cls, told: Mapping[str, NDArray[Any]], name: str) -> Self:
        """Take the weights of one net from all that are written."""
        mine = {k: v for k, v in told.items() if k.startswith(f"{name}_")}
        start = len(name) + 1
        return cls({k[start:]: v.astype(np.float32) for k, v in mine.items()})

    def layer(self, name: str, rows: Floats) -> Floats:
        """Return what one layer makes of rows."""
        out: Floats = rows @ self.at[f"{name}_weight"]
        return out + self.at[f"{name}_bias"] if f"{name}_bias" in self.at else out
