"""One hidden layer over candidates and *nobody*, fitted by likelihood.

The loss of a question is minus the logarithm of what all its right candidates get, or
of what *nobody* gets where none is right. A question is a dict of `rows` (candidates x
features), `own` (features), `right` (bool a candidate).
"""

import numpy as np
import torch
from torch import nn

HIDDEN, SMALL, EPOCHS, BATCH, RATE, DECAY, DROP = 96, 24, 12, 160, 4e-3, 1e-3, 0.4
torch.set_num_threads(1)


class Net(nn.Module):
    def __init__(self, wide, own, hidden, drop):
        super().__init__()
        self.first, self.last = nn.Linear(wide, hidden), nn.Linear(hidden, 1)
        self.own, self.none = nn.Linear(own, SMALL), nn.Linear(SMALL, 1)
        self.drop, self.thin = nn.Dropout(drop), nn.Dropout(0.05)

    def forward(self, rows, own):
        pairs = self.last(self.drop(torch.relu(self.first(self.thin(rows)))))
        none = self.none(self.drop(torch.relu(self.own(own))))
        return pairs[:, 0], none[:, 0]


def summed(scores, group, size):
    """Return the logarithm of the sum of the exponentials of each group."""
    top = torch.full((size,), -1e9).scatter_reduce(0, group, scores, "amax")
    total = torch.zeros(size).index_add(0, group, torch.exp(scores - top[group]))
    return top + torch.log(total + 1e-20)


def loss(net, rows, own, right, group):
    pairs, none = net(rows, own)
    size = len(own)
    alone = torch.zeros(size).index_add(0, group, right.float()) == 0
    scores = torch.cat([pairs, none])
    groups = torch.cat([group, torch.arange(size)])
    good = torch.cat([right, alone])
    return (
        summed(scores, groups, size) - summed(scores[good], groups[good], size)
    ).mean()


def fit(questions, seed=0, epochs=EPOCHS, decay=DECAY, drop=DROP):
    """Return a net fitted to questions."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    rows = torch.tensor(
        np.concatenate([q["rows"] for q in questions]), dtype=torch.float32
    )
    own = torch.tensor(np.stack([q["own"] for q in questions]), dtype=torch.float32)
    right = torch.tensor(np.concatenate([q["right"] for q in questions]))
    sizes = np.array([len(q["right"]) for q in questions])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    net = Net(rows.shape[1], own.shape[1], HIDDEN, drop)
    moved = torch.optim.AdamW(net.parameters(), RATE, weight_decay=decay)
    steps = epochs * -(-len(questions) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(moved, RATE, steps, pct_start=0.1)
    for _ in range(epochs):
        order = chance.permutation(len(questions))
        for at in range(0, len(order), BATCH):
            some = order[at : at + BATCH]
            picked = np.concatenate(
                [np.arange(starts[n], starts[n] + sizes[n]) for n in some]
            )
            group = torch.tensor(np.repeat(np.arange(len(some)), sizes[some]))
            moved.zero_grad()
            loss(net, rows[picked], own[some], right[picked], group).backward()
            moved.step()
            pace.step()
    return net.eval()


def weights(net):
    """Return the weights as `dateline.cast.network` reads them, in 16 bits."""
    at = {
        "pair.in": net.first.weight.T,
        "pair.in.b": net.first.bias,
        "pair.out": net.last.weight[0],
        "pair.out.b": net.last.bias[0],
        "none.in": net.own.weight.T,
        "none.in.b": net.own.bias,
        "none.out": net.none.weight[0],
        "none.out.b": net.none.bias[0],
    }
    return {
        name: value.detach().numpy().astype(np.float16) for name, value in at.items()
    }


def folds(count, parts=5, seed=1):
    """Return for each report the part in which it is asked and not learnt from."""
    return np.random.default_rng(seed).integers(0, parts, count)
