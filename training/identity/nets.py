"""A small net: which candidate is a mention's country, or none of them."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

LOW, HIDDEN = 24, 64  # numbers a meaning is brought to, of hidden layers
EPOCHS, BATCH, RATE, DECAY, DROP = 9, 256, 3e-3, 1e-2, 0.3
torch.set_num_threads(1)


def squeezed(rows: np.ndarray) -> np.ndarray:
    """Return counts and distances brought to a like size."""
    return (np.sign(rows) * np.log1p(np.abs(rows))).astype(np.float32)


class Country(nn.Module):
    """A score for each candidate and one for *unknown*."""

    def __init__(self, wide: int, about: int, meaning: int):
        super().__init__()
        self.low = nn.Linear(meaning, LOW)
        self.own = nn.Linear(about + LOW, HIDDEN)
        self.each = nn.Linear(wide, HIDDEN, bias=False)
        self.out, self.none = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, 1)
        self.drop, self.thin = nn.Dropout(DROP), nn.Dropout(0.1)

    def forward(self, rows, about, meaning, group):
        low = torch.tanh(self.low(self.drop(meaning)))
        own = self.own(torch.cat([about, low], 1))
        each = torch.relu(self.each(self.thin(rows)) + own[group])
        unknown = self.none(self.drop(torch.relu(own)))[:, 0]
        return self.out(self.drop(each))[:, 0], unknown


def summed(scores, group, size):
    """Return the logarithm of the sum of the exponentials of each group."""
    top = torch.full((size,), -1e9).scatter_reduce(0, group, scores, "amax")
    total = torch.zeros(size).index_add(0, group, torch.exp(scores - top[group]))
    return top + torch.log(total + 1e-20)


def descend(net, count, step, seed, epochs=EPOCHS):
    """Fit a net: `step` gives the loss of some of `count` questions."""
    chance = np.random.default_rng(seed)
    move = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    steps = epochs * -(-count // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(move, RATE, steps, pct_start=0.1)
    net.train()
    for _ in range(epochs):
        order = chance.permutation(count)
        for at in range(0, count, BATCH):
            move.zero_grad()
            step(order[at : at + BATCH]).backward()
            move.step()
            pace.step()
    return net.eval()


def country(rows, about, meaning, right, starts, seed=0):
    """Return a net fitted to parties whose candidates lie from `starts` on."""
    torch.manual_seed(seed)
    sizes = np.diff(starts)
    rows, about, meaning = map(torch.as_tensor, (rows, about, meaning))
    right = torch.as_tensor(right)
    net = Country(rows.shape[1], about.shape[1], meaning.shape[1])

    def step(some):
        size = len(some)
        every = np.concatenate([np.arange(starts[n], starts[n + 1]) for n in some])
        group = torch.as_tensor(np.repeat(np.arange(size), sizes[some]))
        scores, unknown = net(rows[every], about[some], meaning[some].float(), group)
        good = right[every]
        alone = torch.zeros(size).index_add(0, group, good.float()) == 0
        scores = torch.cat([scores, unknown])
        groups = torch.cat([group, torch.arange(size)])
        good = torch.cat([good, alone])
        whole = summed(scores, groups, size)
        return (whole - summed(scores[good], groups[good], size)).mean()

    return descend(net, len(sizes), step, seed)


@torch.no_grad()
def weighed(net, rows, about, meaning, starts):
    """Return the logarithms of how likely candidates are; *unknown* has a part."""
    rows, about, meaning = map(torch.as_tensor, (rows, about, meaning))
    size = len(starts) - 1
    group = torch.as_tensor(np.repeat(np.arange(size), np.diff(starts)))
    scores, unknown = net(rows, about, meaning.float(), group)
    every = torch.cat([group, torch.arange(size)])
    whole = summed(torch.cat([scores, unknown]), every, size)
    return (scores - whole[group]).numpy()


def arrays(net, name):
    """Return a net's weights in 16 bits, as the program reads them."""
    return {
        f"{name}_{k.replace('.', '_')}": v.detach().numpy().T.astype(np.float16)
        for k, v in net.state_dict().items()
    }
