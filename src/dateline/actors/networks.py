"""A small net as it runs: which candidate is the country, or none of them."""

import numpy as np

from dateline.actors.context import Context
from dateline.infer.choose import Floats, Ints, Net, log_shares, squeezed

MOST = 15  # how sure a place may speak for a candidate
FAINT, SHRUNK = -12, 4  # the least logarithm that is told; what they are divided by


class Network(Net):
    """The net that weighs the countries of a mention, and the one for sectors."""

    __slots__ = ()

    def candidates(
        self,
        told: Floats,
        first: Ints,
        about: Floats,
        meaning: Floats,
        around: Context,
        sites: Floats,
    ) -> Floats:
        """Return logarithms of how likely candidates are; *unknown* has a part.

        The candidates of a mention begin at `first`; `told` are their rows as `scaled`
        makes them. `about` (squeezed), `meaning` and `around` are one a mention;
        `sites` are the states of the report's sites.
        """
        low = np.tanh(self.layer("low", meaning))
        read = np.tanh(self.layer("read", around.own))
        own = self.layer("own", np.concatenate([about, low, read], 1))
        size = np.diff([*first, len(told)])
        inner = self.layer("each", told) + own.repeat(size, axis=0)
        inner += self.layer("pool", self.pointed(len(told), around, sites))
        each = self.layer("out", np.maximum(inner, 0))
        unknown = self.layer("none", np.maximum(own, 0))
        return log_shares(each[:, 0], unknown[:, 0], first)

    def scaled(self, rows: Floats) -> Floats:
        """Return the numbers of candidates brought to a like size."""
        out: Floats = (squeezed(rows) - self.at["mean"]) / self.at["scale"]
        return out

    def sectors(self, states: Floats, words: Floats) -> Floats:
        """Return mentions x sectors: logarithms of how likely, by states and words."""
        low = np.maximum(self.layer("low", states), 0)
        told = (np.maximum(words, FAINT) / SHRUNK).astype(np.float32)
        score = self.layer("out", low) + self.layer("words", told)
        score -= score.max(axis=1, keepdims=True)
        log: Floats = score - np.log(np.exp(score).sum(axis=1, keepdims=True))
        return log

    def pointed(self, size: int, around: Context, sites: Floats) -> Floats:
        """Return how far mentions point at each of so many candidates.

        Three numbers a candidate: score, share among the mention's own, has any site.
        """
        out = np.zeros((size, 3), np.float32)
        states, party, which = around.own, around.party, around.which
        if not len(which):
            return out
        asks = np.tanh(self.layer("asks", states[:, : states.shape[1] // 2]))
        tells = np.tanh(self.layer("tells", sites))[around.sites]
        placed = self.layer("placed", around.rows)
        both = np.concatenate([asks[party] * tells, placed], 1)
        inner = np.maximum(self.layer("both", both) + self.layer("alone", tells), 0)
        score = self.layer("point", inner)[:, 0]
        starts = np.flatnonzero(np.diff(which, prepend=-1))
        mine = which[starts]
        sums = np.logaddexp.reduceat(score, starts).clip(-MOST, MOST)
        people = party[starts]
        raised = np.exp(sums)
        whole = np.bincount(people, raised, len(states)).astype(np.float32)
        out[mine, 0], out[mine, 1] = sums, raised / whole[people]
        out[mine, 2] = 1
        return out
