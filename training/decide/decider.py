"""The second reading: a whole report again, with its acts and parties in view.

It goes on from the states that the reader's lower layers give of each sentence and its
neighbours: marks are added to those of acts and of parties' words, so that the layers
of its own know what is asked. For each act, side and party all words of the party are
scored against the act; shares are over parties, nobody and somebody not listed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from rows import DEEDS, SECTORS, Row
from torch import nn
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parents[1] / "coder"))
from network import body, gelu  # noqa: E402

from dateline.extract.arguments.reranker import LEAD, WINDOW  # noqa: E402

WIDE, NEAR, NAMES = 384, 192, 64
FROZEN = 3  # layers that are the reader's, below the marks
BEFORE, AFTER = 5, 4  # sentences told apart
STEPS = (1, 3, 6, 12, 25)
PLACES = BEFORE + AFTER + 1 + 2 * len(STEPS) + 2


class Decider(nn.Module):
    def __init__(self, start: str = "minilm") -> None:
        super().__init__()
        self.body = body(start)
        for part in (self.body.embeddings, *self.body.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        self.act = nn.Embedding(len(DEEDS) + 1, WIDE)
        self.name = nn.Embedding(NAMES, WIDE)
        self.sector = nn.Embedding(len(SECTORS) + 1, WIDE)
        self.known = nn.Embedding(2, WIDE)
        self.spot = nn.Embedding(WINDOW, WIDE)
        for table in (self.act, self.name, self.sector, self.known, self.spot):
            nn.init.normal_(table.weight, std=0.02)
        self.trigger = nn.Linear(WIDE, 2 * NEAR)
        self.gate = nn.Linear(WIDE, 2 * NEAR)
        self.mention = nn.Linear(WIDE, 2 * NEAR)
        self.party = nn.Linear(WIDE, 2 * NEAR)
        self.place = nn.Embedding(PLACES, 2 * NEAR)
        self.score = nn.Parameter(torch.randn(2, NEAR) * 0.05)
        self.none = nn.Linear(2 * NEAR, 4)
        self.keep = nn.Linear(2 * NEAR, 1)
        self.drop = nn.Dropout(0.15)

    def states(self, row: Row, names: torch.Tensor) -> torch.Tensor:
        """Return the states of a report's pieces, each from its own window."""
        below = torch.from_numpy(row.below).float()
        marks = torch.zeros(len(below), WIDE)
        for low, high, _, deed in row.acts:
            marks[low:high] = marks[low:high] + self.act.weight[deed]
        given = (
            self.name(names % NAMES)
            + self.sector(torch.from_numpy(row.sectors).long())
            + self.known(torch.from_numpy(row.known).long())
        )
        if len(row.mentions):
            rows = torch.from_numpy(row.mentions).long()
            sizes = rows[:, 1] - rows[:, 0]
            which = torch.repeat_interleave(torch.arange(len(rows)), sizes)
            inside = torch.arange(len(which)) - torch.repeat_interleave(
                sizes.cumsum(0) - sizes, sizes
            )
            marks = marks.index_add(0, rows[which, 0] + inside, given[rows[which, 3]])
        parts = []
        for n, (low, high) in enumerate(row.windows):
            lead = torch.arange(min(LEAD, row.windows[0][1]) if n else 0)
            at = torch.cat([lead, torch.arange(low, high)])
            x = (below[at] + marks[at] + self.spot.weight[: len(at)])[None]
            bias = x.new_zeros(1, 1, 1, len(at))
            for layer in self.body.encoder.layer[FROZEN:]:
                x = layer(x, bias)
                x = x[0] if isinstance(x, tuple) else x
            parts.append(x[0, len(at) - (high - low) :])
        return torch.cat(parts)

    def forward(self, row: Row, names: torch.Tensor):  # type: ignore[no-untyped-def]
        """Return shares' logits [acts, sides, 2 + parties] and logits of being told."""
        x = self.states(row, names).float()
        total = torch.cat([torch.zeros(1, x.shape[1]), x.cumsum(0)])

        def mean(spans: torch.Tensor) -> torch.Tensor:
            return (total[spans[:, 1]] - total[spans[:, 0]]) / (spans[:, 1] - spans[:, 0])[:, None]

        acts = torch.tensor(row.acts)
        h = mean(acts[:, :2])
        t = self.trigger(h)
        told = self.keep(self.drop(gelu(t)))[:, 0]
        none = self.none(self.drop(gelu(t))).reshape(len(acts), 2, 2)
        parties = len(row.sectors)
        rows = torch.from_numpy(row.mentions).long()
        if not len(rows):
            empty = torch.full((len(acts), 2, parties), -1e4)
            return torch.cat([none, empty], 2), told
        m = mean(rows[:, :2])
        count = torch.zeros(parties).index_add(0, rows[:, 3], torch.ones(len(rows)))
        sums = torch.zeros(parties, m.shape[1]).index_add(0, rows[:, 3], m)
        whole = sums / count.clamp(min=1)[:, None]
        near = self.mention(m) + self.party(whole)[rows[:, 3]]
        places = place_of(acts, rows)
        z = near[None] * (1 + self.gate(h)[:, None]) + t[:, None] + self.place(places)
        z = self.drop(gelu(z)).reshape(len(acts), len(rows), 2, NEAR)
        scores = (z * self.score).sum(3).permute(0, 2, 1)  # acts, sides, mentions
        out = torch.full((len(acts), 2, parties), -1e4)
        index = rows[:, 3].expand_as(scores)
        top = out.scatter_reduce(2, index, scores, "amax", include_self=True).detach()
        summed = torch.zeros_like(out).scatter_add(2, index, (scores - top.gather(2, index)).exp())
        pooled = torch.where(count[None, None] > 0, top + summed.clamp(min=1e-9).log(), -1e4)
        return torch.cat([none, pooled], 2), told


def place_of(acts: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    """Return where each mention lies from each act: sentences, or pieces within one."""
    far = (rows[None, :, 2] - acts[:, None, 2]).clamp(-BEFORE, AFTER) + BEFORE
    steps = torch.tensor(STEPS)
    before = acts[:, None, 0] - rows[None, :, 1]
    after = rows[None, :, 0] - acts[:, None, 1]
    base = BEFORE + AFTER + 1
    left = base + torch.bucketize(before.clamp(min=0), steps)
    right = base + len(steps) + 1 + torch.bucketize(after.clamp(min=0), steps)
    same = torch.where(before >= 0, left, right)
    return torch.where(rows[None, :, 2] == acts[:, None, 2], same, far)


def losses(
    scores: torch.Tensor, told: torch.Tensor, row: Row
) -> tuple[torch.Tensor, torch.Tensor, int]:
    """Return the loss of sides and of keeping, summed, and how many sides counted."""
    logs = scores.log_softmax(2)
    sides, many = scores.new_zeros(()), 0
    for a, both in enumerate(row.gold):
        for s, groups in enumerate(both):
            if groups:
                part = [torch.logsumexp(logs[a, s, g], 0) for g in groups]
                sides = sides - torch.stack(part).mean()
                many += 1
    keep = torch.from_numpy(row.keep).float()
    kept = F.binary_cross_entropy_with_logits(told, keep.clamp(min=0), reduction="none")
    return sides, (kept * (keep >= 0)).sum(), many
