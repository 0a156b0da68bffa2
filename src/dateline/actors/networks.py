"""A small net as it runs: which candidate is the country, or none of them."""

from collections.abc import Sequence

import numpy as np

from dateline.actors.context import Context
from dateline.infer.layers import Floats, Ints, Net, log_shares, squeezed

MOST = 15  # how sure a place may speak for a candidate
FAINT, SHRUNK = -12, 4  # the least logarithm that is told; what they are divided by


class Network(Net):
    """The net that weighs the countries of a mention, and the one for sectors."""

    __slots__ = ()

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
        return log_shares(each[:, 0], unknown[:, 0], first)

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
