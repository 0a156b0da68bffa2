"""A small net: which candidate is a mention's country, or none of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

LOW, HIDDEN = 24, 64  # numbers a meaning or a state is brought to, of hidden layers
POINT, SITE, NEAR = 32, 16, 32  # of a state that points, of where a site is, of both
EPOCHS, BATCH, RATE, DECAY, DROP = 9, 256, 3e-3, 1e-2, 0.3
UNREAD = 0.05  # of mentions are learnt as if no encoder had read their report
SORT = 64  # numbers that a state is brought to for its sector
MOST, FAINT, SHRUNK = 15, -12, 4  # as in `dateline.extract.actors.learned.scorer`
torch.set_num_threads(1)


def squeezed(rows: np.ndarray) -> np.ndarray:
    """Return counts and distances brought to a like size."""
    return (np.sign(rows) * np.log1p(np.abs(rows))).astype(np.float32)


class Country(nn.Module):
    """A score for each candidate and one for *unknown*.

    A mention's state points at the sites of the report that tell a country: what
    those of one candidate say together is part of its score.
    """

    def __init__(self, wide: int, about: int, meaning: int, state: int, site: int):
        super().__init__()
        self.low, self.read = nn.Linear(meaning, LOW), nn.Linear(2 * state, LOW)
        self.own = nn.Linear(about + 2 * LOW, HIDDEN)
        self.each = nn.Linear(wide, HIDDEN, bias=False)
        self.out, self.none = nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, 1)
        self.asks, self.tells = nn.Linear(state, POINT), nn.Linear(state, POINT)
        self.placed = nn.Linear(site, SITE)
        self.both = nn.Linear(POINT + SITE, NEAR)
        self.alone = nn.Linear(POINT, NEAR, bias=False)
        self.point = nn.Linear(NEAR, 1)
        self.pool = nn.Linear(3, HIDDEN, bias=False)
        self.drop, self.thin = nn.Dropout(DROP), nn.Dropout(0.1)

    def forward(self, rows, about, meaning, states, group, sites):
        if self.training:
            kept = (torch.rand(len(states), 1) > UNREAD).float()
            which, tells, placed = sites
            states, sites = states * kept, (which, tells * kept[group[which]], placed)
        low = torch.tanh(self.low(self.drop(meaning)))
        read = torch.tanh(self.read(self.drop(states)))
        own = self.own(torch.cat([about, low, read], 1))
        pointed = self.pointed(states, group, len(rows), *sites)
        inner = self.each(self.thin(rows)) + own[group] + self.pool(pointed)
        unknown = self.none(self.drop(torch.relu(own)))[:, 0]
        return self.out(self.drop(torch.relu(inner)))[:, 0], unknown

    def pointed(self, states, group, size, which, tells, placed):
        """Return of each candidate: its score, its share, whether any site tells it."""
        asks = torch.tanh(self.asks(self.drop(states[:, : states.shape[1] // 2])))
        tells = torch.tanh(self.tells(self.drop(tells)))
        both = torch.cat([asks[group[which]] * tells, self.placed(placed)], 1)
        inner = torch.relu(self.both(both) + self.alone(tells))
        sums = summed(self.point(inner)[:, 0], which, size).clamp(-MOST, MOST)
        have = torch.zeros(size).index_fill(0, which, 1.0)
        raised = torch.exp(sums) * have
        whole = torch.zeros(len(states)).index_add(0, group, raised)
        share = raised / whole[group].clamp(min=1e-9)
        return torch.stack([sums * have, share, have], 1)


class Sector(nn.Module):
    """How likely each sector is, by the states of a mention and what its words say."""

    def __init__(self, wide: int, names: int):
        super().__init__()
        self.low, self.out = nn.Linear(wide, SORT), nn.Linear(SORT, names)
        self.words = nn.Linear(names, names)
        self.drop, self.thin = nn.Dropout(0.4), nn.Dropout(DROP)

    def forward(self, states, words):
        if self.training:
            states = states * (torch.rand(len(states), 1) > UNREAD)
        low = self.thin(torch.relu(self.low(self.drop(states))))
        return torch.log_softmax(self.out(low) + self.words(words), 1)


def sector(states, words, shares, chosen, seed=0):
    """Return a net fitted to the shares of sectors of some parties."""
    torch.manual_seed(seed)
    net, which = Sector(states.shape[1], words.shape[1]), np.flatnonzero(chosen)

    def step(some):
        own, told, right = sorted_rows(states, words, shares, which[some])
        return -(right * net(own, told)).sum(1).mean()

    return descend(net, len(which), step, seed, epochs=8)


@torch.no_grad()
def sorted_by(net, states, words, chosen):
    """Return the logarithms of how likely each sector of some parties is."""
    which, found = np.flatnonzero(chosen), []
    for at in range(0, len(which), BATCH):
        own, told, _ = sorted_rows(states, words, words, which[at : at + BATCH])
        found.append(net(own, told).numpy())
    return np.concatenate(found)


def sorted_rows(states, words, shares, some):
    """Return some rows as a net of sectors takes them."""
    told = np.maximum(words[some], FAINT) / SHRUNK
    every = (states[some], told, shares[some])
    return [torch.as_tensor(each.astype(np.float32)) for each in every]


def summed(scores, group, size):
    """Return the logarithm of the sum of the exponentials of each group."""
    top = torch.full((size,), -1e9).scatter_reduce(0, group, scores, "amax")
    total = torch.zeros(size).index_add(0, group, torch.exp(scores - top[group]))
    return top + torch.log(total + 1e-20)


def descend(net, count, step, seed, epochs=EPOCHS, batch=BATCH):
    """Fit a net: `step` gives the loss of a batch of `count` questions."""
    chance = np.random.default_rng(seed)
    move = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    steps = epochs * -(-count // batch)
    pace = torch.optim.lr_scheduler.OneCycleLR(move, RATE, steps, pct_start=0.1)
    net.train()
    for _ in range(epochs):
        order = chance.permutation(count)
        for at in range(0, count, batch):
            move.zero_grad()
            step(order[at : at + batch]).backward()
            move.step()
            pace.step()
    return net.eval()


def country(every, rows, chosen, seed=0):
    """Return a net fitted to some parties of a table, `rows` its numbers to scale."""
    torch.manual_seed(seed)
    rows, right = torch.as_tensor(rows), torch.as_tensor(every.right)
    which = np.flatnonzero(chosen)
    wide = every.states.shape[1]
    sizes = every.about.shape[1], every.meaning.shape[1], wide, every.site_rows.shape[1]
    net = Country(rows.shape[1], *sizes)

    def step(some):
        asked = Asked.of(every, rows, which[some])
        scores, unknown = net(*asked.given)
        good, size = right[asked.candidates], len(some)
        alone = torch.zeros(size).index_add(0, asked.group, good.float()) == 0
        scores = torch.cat([scores, unknown])
        groups = torch.cat([asked.group, torch.arange(size)])
        good = torch.cat([good, alone])
        whole = summed(scores, groups, size)
        return (whole - summed(scores[good], groups[good], size)).mean()

    return descend(net, len(which), step, seed)


@dataclass
class Asked:
    """Some parties of a table as a net is given them."""

    candidates: np.ndarray
    group: torch.Tensor
    given: tuple

    @classmethod
    def of(cls, every, rows, some):
        """Gather the candidates of some parties, and the sites that speak for them."""
        candidates, group = runs(every.starts, some)
        sites, which = runs(every.site_starts, candidates)
        told = (every.about[some], every.meaning[some], every.own[some])
        states = every.states[every.sites[sites]], every.site_rows[sites]
        group, which = torch.as_tensor(group), torch.as_tensor(which)
        about, *rest = (torch.as_tensor(each).float() for each in (*told, *states))
        meaning, own, tells, placed = rest
        around = which, tells, placed
        given = rows[candidates], about, meaning, own, group, around
        return cls(candidates, group, given)


def runs(starts, some):
    """Return what lies in some runs, one after the other, and in which run it lies."""
    sizes = starts[some + 1] - starts[some]
    which = np.repeat(np.arange(len(some)), sizes)
    within = np.arange(len(which)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return np.repeat(starts[some], sizes) + within, which


@torch.no_grad()
def weighed(net, every, rows, chosen):
    """Return the logarithms of how likely candidates are; *unknown* has a part."""
    rows, found = torch.as_tensor(rows), []
    which = np.flatnonzero(chosen)
    for at in range(0, len(which), BATCH):
        asked = Asked.of(every, rows, which[at : at + BATCH])
        scores, unknown = net(*asked.given)
        size = len(unknown)
        groups = torch.cat([asked.group, torch.arange(size)])
        whole = summed(torch.cat([scores, unknown]), groups, size)
        found.append((scores - whole[asked.group]).numpy())
    return np.concatenate(found)


def arrays(net, name):
    """Return a net's weights in 16 bits, as the program reads them."""
    return {
        f"{name}_{k.replace('.', '_')}": v.detach().numpy().T.astype(np.float16)
        for k, v in net.state_dict().items()
    }
