"""What is learnt of an act and the words of its report that may tell more of it.

Small nets over figures and states, a share of *none* among the words: which time of a
report is an act's (times/elsewhere.py), which place (places/elsewhere.py).
"""

import hashlib
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.append(str(Path(__file__).parent / "identity"))
sys.path.append(str(Path(__file__).parent / "coder"))
from kept import rows as annotated
from nets import arrays, descend, runs, squeezed, summed
from pooled import pooled

from dateline.model import Report
from dateline.parts import Options, coder
from dateline.read.inputs import known
from dateline.read.moments import moment

WIDTH = 384  # numbers of a state
SEEDS = 3  # nets of which the mean is told
FOLDS = 5
LOW, HIDDEN, DROP, EPOCHS, BATCH = 32, 48, 0.3, 12, 256


class Pointer(nn.Module):
    """A score for each of an act's words and one for *none*: `infer.choose`."""

    def __init__(self, figures, state):
        super().__init__()
        self.asks, self.tells = nn.Linear(state, LOW), nn.Linear(state, LOW)
        self.each = nn.Linear(figures + LOW, HIDDEN)
        self.alone = nn.Linear(LOW, HIDDEN, bias=False)
        self.act = nn.Linear(LOW, HIDDEN, bias=False)
        self.out, self.none = nn.Linear(HIDDEN, 1), nn.Linear(LOW, 1)
        self.drop, self.thin = nn.Dropout(DROP), nn.Dropout(0.1)

    def forward(self, rows, acts, words, group):
        asks = torch.tanh(self.asks(self.drop(acts)))
        tells = torch.tanh(self.tells(self.drop(words)))
        inner = self.each(torch.cat([self.thin(rows), asks[group] * tells], 1))
        inner = torch.relu(inner + self.alone(tells) + self.act(asks)[group])
        return self.out(self.drop(inner))[:, 0], self.none(asks)[:, 0]


@dataclass
class Asked:
    """What claims of reports ask: rows of figures and states, which words are right.

    `told` is whether the marks tell an answer at all.
    """

    rows: list = field(default_factory=list)
    acts: list = field(default_factory=list)
    states: list = field(default_factory=list)
    right: list = field(default_factory=list)
    told: list = field(default_factory=list)  # a claim
    fold: list = field(default_factory=list)  # a claim

    def add(self, report, each, right, told):
        """Take one question: its figures and states, and which words are right."""
        self.rows.append(each.rows)
        self.acts.append(each.act.astype(np.float16))
        self.states.append(each.states.astype(np.float16))
        self.right.append(right)
        self.told.append(told)
        self.fold.append(fold_of(report))

    def whole(self):
        """Bring all questions together; `starts` are where the words of each begin."""
        self.starts = np.cumsum([0, *map(len, self.rows)])
        self.rows = squeezed(np.concatenate(self.rows))
        self.mean, self.scale = self.rows.mean(0), self.rows.std(0) + 0.05
        self.rows = (self.rows - self.mean) / self.scale
        self.acts, self.states = np.stack(self.acts), np.concatenate(self.states)
        self.right = np.concatenate(self.right)
        self.told, self.fold = np.array(self.told), np.array(self.fold)
        return self

    def given(self, some):
        """Return some questions as a net takes them, and the rows of their words."""
        at, group = runs(self.starts, some)
        every = self.rows[at], self.acts[some], self.states[at]
        told = [torch.as_tensor(each.astype(np.float32)) for each in every]
        return at, (*told, torch.as_tensor(group))


def happening(gold, claim):
    """Return the annotated happening that a claim tells."""
    trigger, deed = claim.action.trigger, claim.action.deed
    for telling in gold["tellings"]:
        span = telling["trigger"]
        apart = span["end"] <= trigger.start or trigger.end <= span["start"]
        if not apart and deed in (telling["type"], *telling["accept_types"]):
            ids = (event for event in gold["events"] if event["id"] == telling["event"])
            return next(ids, None)
    return None


def fold_of(report):
    return int(hashlib.sha1(report.encode()).hexdigest()[:8], 16) % FOLDS


def coded(names, part, story):
    """Code reports; yield the marks of each, and the story that a part is asked of."""
    held = []
    program = coder(Options())

    def record(asked, claims):
        held.append(story(asked, claims))
        return claims

    program = program.__class__(**parts(program) | {part: record})
    for gold, text in annotated(names):
        if "events" not in gold:
            gold |= {"events": pooled(gold["report"], gold["tellings"])}
        told = {"outlet": gold["outlet"] or "", "published": moment(gold["published"])}
        program.code(known(Report(gold["report"], text, **told)))
        if held:
            yield gold, held.pop()


def parts(program):
    return {name: getattr(program, name) for name in program.__dataclass_fields__}


def learn(asked, chosen, seed):
    """Return a net fitted to some of the claims."""
    torch.manual_seed(seed)
    net, which = Pointer(asked.rows.shape[1], WIDTH), np.flatnonzero(chosen)

    def step(some):
        at, given = asked.given(which[some])
        group, size = given[-1], len(some)
        good = torch.as_tensor(asked.right[at])
        none = torch.zeros(size).index_add(0, group, good.float()) == 0
        scores = torch.cat(net(*given))
        groups = torch.cat([group, torch.arange(size)])
        good = torch.cat([good, none])
        whole = summed(scores, groups, size)
        return (whole - summed(scores[good], groups[good], size)).mean()

    return descend(net, len(which), step, seed, EPOCHS)


@torch.no_grad()
def odds(net, asked, chosen):
    """Return how likely the words of some claims are, *none* having a share."""
    found = []
    which = np.flatnonzero(chosen)
    for first in range(0, len(which), BATCH):
        _, given = asked.given(which[first : first + BATCH])
        scores, none = net(*given)
        groups = torch.cat([given[-1], torch.arange(len(none))])
        whole = summed(torch.cat([scores, none]), groups, len(none))
        found.append(torch.exp(scores - whole[given[-1]]).numpy())
    return np.concatenate(found)


def out_of_fold(asked):
    """Return how likely the words of each claim are, by nets that never met it."""
    likely = np.zeros(len(asked.right))
    for fold in range(FOLDS):
        at, _ = runs(asked.starts, np.flatnonzero(asked.fold == fold))
        nets = [learn(asked, asked.fold != fold, seed) for seed in range(SEEDS)]
        likely[at] = np.mean([odds(net, asked, asked.fold == fold) for net in nets], 0)
    return likely


def written(asked, figures):
    """Return the weights of nets fitted to all claims, as the program reads them."""
    every = np.ones(len(asked.fold), bool)
    told = {"mean": asked.mean, "scale": asked.scale}
    whole = {"figures": np.array(figures)}
    for seed in range(SEEDS):
        whole |= arrays(learn(asked, every, seed), f"net{seed}")
        whole |= {f"net{seed}_{k}": v.astype(np.float32) for k, v in told.items()}
    return whole
