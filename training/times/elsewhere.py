"""Learns which time an act without one has: src/dateline/times/elsewhere.npz.

    PYTHONPATH=src python training/times/elsewhere.py FOLDER|marks ... [--check]

FOLDER holds annotated reports (gold/, texts/); `marks` are our own, over the shared
pool. The program codes them; each claim that its own sentence gives no time asks all
times of its report, and right are those that the marks give its happening. Small nets
over figures and states, a share of *none* among the times, seeds 0 to 2. Prints, out of
fold and by threshold, how many such claims get a time, how many of those the marks
date, and how often it is theirs. With --check nothing is written. Needs torch beside
the program.
"""

import hashlib
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.append(str(Path(__file__).parents[1] / "identity"))
sys.path.append(str(Path(__file__).parents[1] / "coder"))
from kept import rows as annotated
from nets import arrays, descend, runs, squeezed, summed

from dateline.model import Report
from dateline.parts import Options, coder
from dateline.read.inputs import known
from dateline.read.jsonl import moment
from dateline.times.elsewhere import FIGURES, WIDTH, Story
from dateline.times.pointer import SEEDS

OUT = Path(__file__).parents[2] / "src/dateline/times/elsewhere.npz"
FOLDS = 5
LEVELS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
LOW, HIDDEN, DROP, EPOCHS, BATCH = 32, 48, 0.3, 12, 256


class Pointer(nn.Module):
    """A score for each time of an act and one for *none*: `dateline.times.pointer`."""

    def __init__(self, figures, state):
        super().__init__()
        self.asks, self.tells = nn.Linear(state, LOW), nn.Linear(state, LOW)
        self.each = nn.Linear(figures + LOW, HIDDEN)
        self.alone = nn.Linear(LOW, HIDDEN, bias=False)
        self.act = nn.Linear(LOW, HIDDEN, bias=False)
        self.out, self.none = nn.Linear(HIDDEN, 1), nn.Linear(LOW, 1)
        self.drop, self.thin = nn.Dropout(DROP), nn.Dropout(0.1)

    def forward(self, rows, acts, times, group):
        asks = torch.tanh(self.asks(self.drop(acts)))
        tells = torch.tanh(self.tells(self.drop(times)))
        inner = self.each(torch.cat([self.thin(rows), asks[group] * tells], 1))
        inner = torch.relu(inner + self.alone(tells) + self.act(asks)[group])
        return self.out(self.drop(inner))[:, 0], self.none(asks)[:, 0]


@dataclass
class Asked:
    """What claims of reports ask: rows of figures and states, which times are right."""

    rows: list = field(default_factory=list)
    acts: list = field(default_factory=list)
    states: list = field(default_factory=list)
    right: list = field(default_factory=list)
    dated: list = field(default_factory=list)  # a claim, by the marks
    fold: list = field(default_factory=list)  # a claim

    def add(self, gold, story):
        """Take the questions of one report."""
        for each in story.open():
            event = happening(gold, story.claims[each.place])
            if event is None or event["importance"] == "arguable":
                continue
            days = accepted(event)
            self.rows.append(each.rows)
            self.acts.append(each.act.astype(np.float16))
            self.states.append(each.states.astype(np.float16))
            self.right.append([(iso(w.first), iso(w.last)) in days for w in each.times])
            self.dated.append(bool(days))
            self.fold.append(fold_of(gold["report"]))

    def whole(self):
        """Bring all questions together; `starts` are where the times of each begin."""
        self.starts = np.cumsum([0, *map(len, self.rows)])
        self.rows = squeezed(np.concatenate(self.rows))
        self.mean, self.scale = self.rows.mean(0), self.rows.std(0) + 0.05
        self.rows = (self.rows - self.mean) / self.scale
        self.acts, self.states = np.stack(self.acts), np.concatenate(self.states)
        self.right = np.concatenate(self.right)
        self.dated, self.fold = np.array(self.dated), np.array(self.fold)
        return self

    def given(self, some):
        """Return some questions as a net takes them, and the rows of their times."""
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


def accepted(event):
    """Return the days that the marks accept for a happening."""
    when = event["when"]
    own = [(when["from"], when["to"]), *when["accept"]] if when else []
    return {tuple(days) for days in (*own, *event.get("accept_when", []))}


def iso(day):
    return day.isoformat() if day else None


def fold_of(report):
    return int(hashlib.sha1(report.encode()).hexdigest()[:8], 16) % FOLDS


def questions(names):
    """Code the reports, and keep what is asked."""
    asked, stories = Asked(), []
    program = coder(Options())

    def record(when, claims):
        stories.append(Story(when, claims))
        return claims

    program = program.__class__(**parts(program) | {"elsewhere": record})
    for gold, text in annotated(names):
        told = {"outlet": gold["outlet"] or "", "published": moment(gold["published"])}
        program.code(known(Report(gold["report"], text, **told)))
        if stories:
            asked.add(gold, stories.pop())
    return asked.whole()


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
    """Return how likely the times of some claims are, *none* having a share."""
    found = []
    which = np.flatnonzero(chosen)
    for first in range(0, len(which), BATCH):
        _, given = asked.given(which[first : first + BATCH])
        scores, none = net(*given)
        groups = torch.cat([given[-1], torch.arange(len(none))])
        whole = summed(torch.cat([scores, none]), groups, len(none))
        found.append(torch.exp(scores - whole[given[-1]]).numpy())
    return np.concatenate(found)


def show(asked, likely):
    """Print what each threshold brings."""
    every = zip(asked.starts, asked.starts[1:], strict=False)
    best = np.array([a + likely[a:b].argmax() for a, b in every])
    print(len(best), "claims without a time;", asked.dated.sum(), "dated by the marks")
    for level in LEVELS:
        said = likely[best] >= level
        dated, good = asked.dated[said].sum(), asked.right[best[said]].sum()
        print(
            f"{level}: {said.sum()} get one; dated by the marks {dated}, right {good}"
        )


def main(names, check):
    asked = questions(names)
    likely = np.zeros(len(asked.right))
    for fold in range(FOLDS):
        at, _ = runs(asked.starts, np.flatnonzero(asked.fold == fold))
        nets = [learn(asked, asked.fold != fold, seed) for seed in range(SEEDS)]
        likely[at] = np.mean([odds(net, asked, asked.fold == fold) for net in nets], 0)
    show(asked, likely)
    if check:
        return
    every = np.ones(len(asked.dated), bool)
    told = {"mean": asked.mean, "scale": asked.scale}
    whole = {"figures": np.array(FIGURES)}
    for seed in range(SEEDS):
        whole |= arrays(learn(asked, every, seed), f"net{seed}")
        whole |= {f"net{seed}_{k}": v.astype(np.float32) for k, v in told.items()}
    np.savez_compressed(OUT, **whole)
    print(OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--check"]
    main(words, "--check" in sys.argv)
