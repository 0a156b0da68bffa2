"""What the reader learns of parties beside their acts, so that its states tell who.

For the marked words of a window: which earlier words name the same party, which are of
the same country, and of what sector they are. These heads do not ship: the cast and
the question who is who learn their own from the states (`training/who.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from data import Window, at
from torch import nn
from torch.nn import functional as F

from dateline.resources.reference import load_sectors

LOW = 64
SECTORS = tuple(load_sectors())
MAIN = 0.75  # of the sector itself, where others are accepted


@dataclass
class Parties:
    """The marked words of a batch of windows, in the order of each window's text.

    `words` are [parties, pieces of a window] and add up to 1; `same` and `kin` are
    [later, earlier]: 1, 0, or -1 where nothing is learnt (another window, unknown).
    """

    window: torch.Tensor
    words: torch.Tensor
    same: torch.Tensor
    kin: torch.Tensor
    sector: torch.Tensor


def parties(windows: Sequence[Window]) -> Parties:
    """Return the marked words of windows."""
    wide = max(len(w.ids) for w in windows)
    found = [(n, *one) for n, w in enumerate(windows) for one in of_window(w)]
    window = np.array([n for n, *_ in found], np.int64)
    words = np.zeros((len(found), wide), np.float32)
    sector = np.zeros((len(found), len(SECTORS)), np.float32)
    names = [party["name"] for *_, party in found]
    lands = [party["country"] for *_, party in found]
    same = np.full((len(found), len(found)), -1, np.int64)
    kin = same.copy()
    for m, (n, (low, high), party) in enumerate(found):
        words[m, low:high] = 1 / (high - low)
        sector[m] = sectors(party)
        for k in range(m - 1, -1, -1):
            if window[k] != n:
                break
            if names[m] and names[k]:
                same[m, k] = names[m] == names[k]
            if lands[m] and lands[k]:
                kin[m, k] = lands[m] == lands[k]
    every = (window, words, same, kin, sector)
    return Parties(*map(torch.from_numpy, every))


def of_window(window: Window) -> list[tuple[tuple[int, int], dict]]:
    """Return the pieces of each party's words, and its marks, in text order."""
    found: dict[tuple[int, int], dict] = {}
    low, high = window.bounds[0][0], window.bounds[-1][1]
    for telling in window.page.tellings:
        for side in ("actors", "recipients"):
            for party in telling.gold.get(side, ()):
                start = party["start"]
                if start is not None and low <= start and party["end"] <= high:
                    found.setdefault((start, party["end"]), party)
    placed = ((at(window, span), party) for span, party in sorted(found.items()))
    return [(piece, party) for piece, party in placed if piece[1] > piece[0]]


def sectors(party: dict) -> np.ndarray:
    """Return the shares of sectors, all nought where the marks tell none."""
    out = np.zeros(len(SECTORS), np.float32)
    main, rest = party["sector"], party["accept_sectors"]
    others = [SECTORS.index(c) for c in rest if c in SECTORS and c != main]
    if main in SECTORS:
        out[others] = (1 - MAIN) / max(1, len(others))
        out[SECTORS.index(main)] = MAIN if others else 1.0
    return out


class Who(nn.Module):
    """Heads over the states of parties' words."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.late, self.early = nn.Linear(wide, LOW), nn.Linear(wide, LOW)
        self.none = nn.Linear(LOW, 1)
        self.land, self.other = nn.Linear(wide, LOW), nn.Linear(wide, LOW)
        self.land_bias = nn.Parameter(torch.tensor(-1.0))
        self.sector = nn.Linear(wide, len(SECTORS))

    def losses(self, states: torch.Tensor, told: Parties) -> dict[str, torch.Tensor]:
        """Return how far the heads are from the marks."""
        if not len(told.window):
            return {}
        own = torch.einsum("mp,mpw->mw", told.words, states[told.window])
        late = self.late(own)
        scores = late @ self.early(own).T / LOW**0.5
        none = self.none(torch.tanh(late))
        asked = told.same >= 0
        right = told.same == 1
        alone = asked.any(1) & ~right.any(1)
        every = torch.cat([scores.masked_fill(~asked, -1e9), none], 1)
        good = torch.cat([scores.masked_fill(~right, -1e9), none], 1)
        good[:, -1] = torch.where(alone, good[:, -1], torch.tensor(-1e9))
        some = asked.any(1)
        missed = every.logsumexp(1) - good.logsumexp(1)
        found = {"same": (missed * some).sum() / some.sum().clamp(min=1)}
        near = self.land(own) @ self.other(own).T / LOW**0.5 + self.land_bias
        known = told.kin >= 0
        each = F.binary_cross_entropy_with_logits(
            near, told.kin.clamp(min=0).float(), reduction="none"
        )
        found["kin"] = (each * known).sum() / known.sum().clamp(min=1)
        logits = F.log_softmax(self.sector(own), 1)
        each = -(told.sector * logits).sum(1)
        found["sector"] = each.sum() / told.sector.sum().clamp(min=1)
        return found
