"""A small net as it runs: which candidate is the country, or none of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.actors.context import Context

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
MOST = 15  # how sure a place may speak for a candidate
FAINT, SHRUNK = -12, 4  # the least logarithm that is told; what they are divided by


def squeezed(rows: Floats) -> Floats:
    """Return counts and distances brought to a like size."""
    out: Floats = np.sign(rows) * np.log1p(np.abs(rows))
    return out


def shares(scores: Floats, unknown: Floats, first: Ints) -> Floats:
    """Return scores as logarithms of shares of one with *unknown*, group by group.

    The groups begin at `first`, each with a score for *unknown*.

    >>> zero = np.zeros(4, np.float32)
    >>> np.exp(shares(zero, zero[:2], np.array([0, 3]))).round(2).tolist()
    [0.25, 0.25, 0.25, 0.5]
    """
    size = np.diff([*first, len(scores)])
    top = np.maximum(np.maximum.reduceat(scores, first), unknown)
    held = scores - top.repeat(size)
    whole = np.add.reduceat(np.exp(held), first) + np.exp(unknown - top)
    out: Floats = held - np.log(whole).repeat(size)
    return out


@dataclass(frozen=True, slots=True)
class Network:
    """Weights by name: layers of a net, each with a bias where it has one."""

    at: Mapping[str, Floats]

    @classmethod
    def of(cls, told: Mapping[str, NDArray[Any]], name: str) -> "Network":
        """Take the weights of one net from all that are written."""
        mine = {k: v for k, v in told.items() if k.startswith(f"{name}_")}
        start = len(name) + 1
        return cls({k[start:]: v.astype(np.float32) for k, v in mine.items()})

    def layer(self, name: str, rows: Floats) -> Floats:
        """Return what one layer makes of rows."""
        out: Floats = rows @ self.at[f"{name}_weight"]
        return out + self.at[f"{name}_bias"] if f"{name}_bias" in self.at else out

    def candidates(
        self,
        rows: Floats,
        first: Ints,
        about: Floats,
        meaning: Floats,
        around: Sequence[Context],
        sites: Floats,
    ) -> Floats:
        """Return logarithms of how likely candidates are; *unknown* has a part.

        The candidates of a mention begin at `first`; about, meaning and around are
        one a mention; `sites` are the states of the report's sites.
        """
        told = (squeezed(rows) - self.at["mean"]) / self.at["scale"]
        low = np.tanh(self.layer("low", meaning))
        states = np.stack([each.own for each in around])
        read = np.tanh(self.layer("read", states))
        own = self.layer("own", np.concatenate([squeezed(about), low, read], 1))
        size = np.diff([*first, len(rows)])
        inner = self.layer("each", told) + own.repeat(size, axis=0)
        inner += self.layer("pool", self.pointed(states, first, size, around, sites))
        each = self.layer("out", np.maximum(inner, 0))
        unknown = self.layer("none", np.maximum(own, 0))
        return shares(each[:, 0], unknown[:, 0], first)

    def sectors(self, states: Floats, words: Floats) -> Floats:
        """Return mentions x sectors: logarithms of how likely, by states and words."""
        low = np.maximum(self.layer("low", states), 0)
        told = (np.maximum(words, FAINT) / SHRUNK).astype(np.float32)
        score = self.layer("out", low) + self.layer("words", told)
        score -= score.max(axis=1, keepdims=True)
        log: Floats = score - np.log(np.exp(score).sum(axis=1, keepdims=True))
        return log

    def pointed(
        self,
        states: Floats,
        first: Ints,
        size: Ints,
        around: Sequence[Context],
        sites: Floats,
    ) -> Floats:
        """Return how far a mention points at each candidate: score, share, has any."""
        out = np.zeros((int(size.sum()), 3), np.float32)
        which = np.concatenate(
            [each.which + at for each, at in zip(around, first, strict=True)]
        )
        if not len(which):
            return out
        party = np.repeat(np.arange(len(around)), [len(each.which) for each in around])
        asks = np.tanh(self.layer("asks", states[:, : states.shape[1] // 2]))
        every = np.tanh(self.layer("tells", sites))
        tells = every[np.concatenate([each.sites for each in around])]
        placed = self.layer("placed", np.concatenate([a.rows for a in around]))
        both = np.concatenate([asks[party] * tells, placed], 1)
        inner = np.maximum(self.layer("both", both) + self.layer("alone", tells), 0)
        score = self.layer("point", inner)[:, 0]
        starts = np.flatnonzero(np.diff(which, prepend=-1))
        mine = which[starts]
        sums = np.logaddexp.reduceat(score, starts).clip(-MOST, MOST)
        people = party[starts]
        raised = np.exp(sums)
        whole = np.bincount(people, raised, len(around)).astype(np.float32)
        out[mine, 0], out[mine, 1] = sums, raised / whole[people]
        out[mine, 2] = 1
        return out
