"""One hidden layer over candidates and *nobody*, fitted by likelihood.

The loss of a question is minus the logarithm of what all its right candidates get, or
of what *nobody* gets where none is right. A question is a dict of `rows` (candidates x
features), `own` (features), `right` (bool a candidate), `i`, the row of its own state,
and `j`, the rows of its candidates' states; `k`, where given, are rows of what all
names of a candidate's figure say together. Some lose their states while the net
learns: what no encoder has read must be answered as well.
"""

import numpy as np
import torch
from torch import nn

HIDDEN, SMALL, LOW = 96, 24, 32
EPOCHS, BATCH, RATE, DECAY = 9, 160, 4e-3, 0.1
DROP, THIN, BLUR, UNREAD = 0.4, 0.05, 0.4, 0.05
torch.set_num_threads(1)


class Net(nn.Module):
    def __init__(self, wide, own, state, figures=False):
        super().__init__()
        self.first, self.last = nn.Linear(wide, HIDDEN), nn.Linear(HIDDEN, 1)
        self.own, self.none = nn.Linear(own, SMALL), nn.Linear(SMALL, 1)
        self.late, self.early = nn.Linear(state, LOW), nn.Linear(state, LOW)
        self.both = nn.Linear(LOW, HIDDEN, bias=False)
        self.late_out = nn.Linear(LOW, HIDDEN, bias=False)
        self.early_out = nn.Linear(LOW, HIDDEN, bias=False)
        self.late_none = nn.Linear(LOW, SMALL, bias=False)
        if figures:
            self.figure = nn.Linear(state, LOW)
            self.figure_both = nn.Linear(LOW, HIDDEN, bias=False)
            self.figure_out = nn.Linear(LOW, HIDDEN, bias=False)
        self.drop, self.thin, self.blur = map(nn.Dropout, (DROP, THIN, BLUR))

    def forward(self, rows, own, mine, theirs, figures, group):
        late = torch.tanh(self.late(self.blur(mine)))
        early = torch.tanh(self.early(self.blur(theirs)))
        inner = self.first(self.thin(rows)) + self.both(late[group] * early)
        inner = inner + self.late_out(late)[group] + self.early_out(early)
        if figures is not None:
            figure = torch.tanh(self.figure(self.blur(figures)))
            inner = inner + self.figure_both(late[group] * figure)
            inner = inner + self.figure_out(figure)
        alone = self.own(own) + self.late_none(late)
        pairs = self.last(self.drop(torch.relu(inner)))
        none = self.none(self.drop(torch.relu(alone)))
        return pairs[:, 0], none[:, 0]


class Told:
    """Questions laid end to end, over rows of states."""

    def __init__(self, questions, states):
        self.rows = torch.tensor(np.concatenate([q["rows"] for q in questions]))
        self.own = torch.tensor(np.stack([q["own"] for q in questions]))
        self.right = torch.tensor(np.concatenate([q["right"] for q in questions]))
        self.sizes = np.array([len(q["right"]) for q in questions])
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)[:-1]])
        self.mine = torch.tensor(np.array([q["i"] for q in questions]))
        self.theirs = torch.tensor(np.concatenate([q["j"] for q in questions]))
        named = "k" in questions[0]
        whole = np.concatenate([q["k"] for q in questions]) if named else None
        self.figures = torch.tensor(whole) if named else None
        self.states = torch.as_tensor(states)

    def net(self):
        """Return a new net for questions of this form."""
        sizes = (each.shape[1] for each in (self.rows, self.own, self.states))
        return Net(*sizes, figures=self.figures is not None)

    def missed(self, net, some):
        """Return the loss of some questions."""
        both = zip(self.starts[some], self.sizes[some], strict=True)
        picked = np.concatenate([np.arange(at, at + size) for at, size in both])
        group = torch.tensor(np.repeat(np.arange(len(some)), self.sizes[some]))
        seen = self.read(self.mine[some]), self.read(self.theirs[picked])
        seen += (None if self.figures is None else self.read(self.figures[picked]),)
        scores = net(self.rows[picked].float(), self.own[some], *seen, group)
        return missed(*scores, self.right[picked], group)

    def read(self, which):
        """Return some states; a few are blank, as where no encoder has read."""
        seen = self.states[which].float()
        return seen * (torch.rand(len(seen), 1) > UNREAD)


def fit(questions, states, seed=0, epochs=EPOCHS):
    """Return a net fitted to questions over rows of states."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    told = Told(questions, states)
    net = told.net()
    moved = torch.optim.AdamW(net.parameters(), RATE, weight_decay=DECAY)
    steps = epochs * -(-len(questions) // BATCH)
    pace = torch.optim.lr_scheduler.OneCycleLR(moved, RATE, steps, pct_start=0.1)
    for _ in range(epochs):
        order = chance.permutation(len(questions))
        for at in range(0, len(order), BATCH):
            moved.zero_grad()
            told.missed(net, order[at : at + BATCH]).backward()
            moved.step()
            pace.step()
    return net.eval()


def summed(scores, group, size):
    """Return the logarithm of the sum of the exponentials of each group."""
    top = torch.full((size,), -1e9).scatter_reduce(0, group, scores, "amax")
    total = torch.zeros(size).index_add(0, group, torch.exp(scores - top[group]))
    return top + torch.log(total + 1e-20)


def missed(pairs, none, right, group):
    """Return minus the logarithm of what is given to what is right."""
    size = len(none)
    alone = torch.zeros(size).index_add(0, group, right.float()) == 0
    scores = torch.cat([pairs, none])
    groups = torch.cat([group, torch.arange(size)])
    good = torch.cat([right, alone])
    whole = summed(scores, groups, size)
    return (whole - summed(scores[good], groups[good], size)).mean()


def several(questions, states, seeds):
    """Return the weights of nets of several seeds, fitted to the same questions."""
    return [weights(fit(questions, states, seed)) for seed in range(seeds)]


def together(nets):
    """Return the weights of several nets as one file holds them."""
    return {f"net{n}.{k}": v for n, net in enumerate(nets) for k, v in net.items()}


def weights(net):
    """Return the weights as `dateline.nlp.coref.network` reads them, in 16 bits."""
    at = {
        "pair.in": net.first.weight.T,
        "pair.in.b": net.first.bias,
        "pair.out": net.last.weight[0],
        "pair.out.b": net.last.bias[0],
        "none.in": net.own.weight.T,
        "none.in.b": net.own.bias,
        "none.out": net.none.weight[0],
        "none.out.b": net.none.bias[0],
        "late.in": net.late.weight.T,
        "late.in.b": net.late.bias,
        "early.in": net.early.weight.T,
        "early.in.b": net.early.bias,
        "both": net.both.weight.T,
        "late.out": net.late_out.weight.T,
        "early.out": net.early_out.weight.T,
        "late.none": net.late_none.weight.T,
    }
    if hasattr(net, "figure"):
        at |= {
            "figure.in": net.figure.weight.T,
            "figure.in.b": net.figure.bias,
            "figure.both": net.figure_both.weight.T,
            "figure.out": net.figure_out.weight.T,
        }
    return {name: value.detach().numpy().astype(np.float16) for name, value in at.items()}


def folds(count, parts=5, seed=1):
    """Return for each report the part in which it is asked and not learnt from."""
    return np.random.default_rng(seed).integers(0, parts, count)
