"""Learns who says that an act was done: src/dateline/attribution/choice.npz.

    PYTHONPATH=src python training/attribution/choice.py FOLDER|marks ... [--check]

FOLDER holds annotated reports (gold/, texts/); `marks` are our own, over the shared
pool. The program codes them; each claim that the marks tell too asks who says so,
nobody among them. Small nets over figures and states, seeds 0 and 1. First they learn
without the articles of training/coder/unseen.txt, from which the reader has not learned
either, and are asked of these: printed is, by lean to somebody, how often the answer is
right where the marks name a speaker, and of all, each with its standard error over
reports. Then they learn from all. With --check nothing is written. Needs torch beside
the program.
"""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import nn

sys.path.append(str(Path(__file__).parents[1] / "identity"))
sys.path.append(str(Path(__file__).parents[1] / "coder"))
from kept import rows as annotated
from nets import arrays, descend
from pooled import pooled

from dateline.attribution.choice import COUNTED, FIGURES, INNER, Figures, states
from dateline.evaluate.fields import own_voice, said_by, same_speaker
from dateline.evaluate.reports import align
from dateline.infer.choose import spread
from dateline.merge import within
from dateline.model import Report
from dateline.model.record import record
from dateline.parts import Options, coder
from dateline.quantities import counted_apart
from dateline.read.inputs import known
from dateline.read.moments import moment

OUT = Path(__file__).parents[2] / "src/dateline/attribution/choice.npz"
UNSEEN = Path(__file__).parents[1] / "coder/unseen.txt"
LEANS = (0.0, 1.0, 2.0, 3.0, 4.0, 4.5, 5.0, 5.5)
SEEDS = 2  # nets of which the mean is told
WIDTH, LOW, HIDDEN, DROP, EPOCHS = 384, 32, 64, 0.3, 9


class Chooser(nn.Module):
    """Log-odds of each who may say so: `dateline.infer.choose`."""

    def __init__(self, figures, state):
        super().__init__()
        self.asks, self.tells = nn.Linear(state, LOW), nn.Linear(state, LOW)
        self.cue = nn.Linear(state, LOW)
        self.each, self.out = nn.Linear(figures + 5 * LOW, HIDDEN), nn.Linear(HIDDEN, 1)
        self.drop, self.thin = nn.Dropout(DROP), nn.Dropout(0.1)

    def forward(self, rows, acts, words, cues):
        asks = torch.tanh(self.asks(self.drop(acts)))
        tells = torch.tanh(self.tells(self.drop(words)))
        cue = torch.tanh(self.cue(self.drop(cues)))
        parts = [self.thin(rows), asks * tells, asks * cue, asks, tells, cue]
        return self.out(self.drop(torch.relu(self.each(torch.cat(parts, 1)))))[:, 0]


@dataclass
class Asked:
    """A claim that asks who says so: figures, what each answer says, what is right."""

    report: str
    rows: np.ndarray
    states: tuple  # of the act, of the words, of the cues
    places: list
    words: list
    right: list
    event: dict
    actors: list

    def says(self, logits, lean):
        """Return the words of the speakers that are chosen."""
        odds = 1 / (1 + np.exp(-logits))
        if len(odds) == 1 or logits[0] - logits[1:].max() >= lean:
            return []
        best = 1 + int(logits[1:].argmax())
        if self.places[best] < 0:
            return [self.words[best]]
        said = [n for n in range(1, len(odds)) if odds[n] >= INNER or n == best]
        said = sorted((self.places[n], n) for n in said if self.places[n] >= 0)
        return [self.words[n] for _, n in said]

    def answered(self, said):
        chain = [{"text": words} for words in said]
        return said_by({"said_by": chain, "actors": self.actors}, self.event)


def coded(names):
    """Yield each report's marks, its sayings, and its claims."""
    program = coder(Options())
    for gold, text in annotated(names):
        told = {"outlet": gold["outlet"] or "", "published": moment(gold["published"])}
        events = gold.get("events") or pooled(gold["report"], gold["tellings"])
        report = known(Report(gold["report"], text, **told))
        yield {**gold, "events": events}, *claims(program, report)


def claims(program, report):
    parsed = program.parse(report)
    cast = program.cast(parsed)
    parsed = replace(parsed, links=cast.links)
    setting = program.setting(parsed)
    reading = program.read_acts(parsed, program.find_actions.asked(parsed))
    actions = program.find_actions(parsed, reading)
    asked = program.open(parsed, cast, setting, actions)
    likely = list(asked.told(program.decide(asked.question)))
    says = asked.who_says([each.action for each in likely])
    found = [program.claim(asked, *each) for each in zip(likely, says, strict=True)]
    counted = counted_apart(parsed, found)
    return asked.who_says, within(counted, parsed)


def questions(gold, sayings, told):
    """Yield what the claims of one report ask that the marks can answer."""
    records = [record(claim, sayings.parsed.text) for claim in told]
    pairs, _ = align(records, gold["events"])
    for n, claim in enumerate(told):
        event = gold["events"][pairs[n]] if n in pairs else None
        mark = telling(gold, claim) or marked(event)
        if mark is None or claim.action.act is None:
            continue
        some = sayings.candidates(claim.action)
        words = ["", *(sayings.speaks(one).text for one in some[1:])]
        act, *each = states(sayings.rivals, [(claim.action, some)])
        yield Asked(
            gold["report"],
            Figures(sayings.rivals, claim.action).rows(some),
            tuple(state.astype(np.float16) for state in (act[0], *each)),
            [one.place for one in some],
            words,
            right(mark, some, words),
            marked(event) and event,
            records[n]["actors"],
        )


def marked(event):
    return {**event, "chains": event["said_by"]} if counts(event) else None


def counts(mark):
    return mark is not None and mark["importance"] != "arguable"


def telling(gold, claim):
    """Return the telling that a claim is: its speakers, its actors."""
    at, deeds = claim.action.trigger, {claim.action.deed, claim.type}
    for mark in gold["tellings"]:
        span = mark["trigger"]
        apart = span["end"] <= at.start or at.end <= span["start"]
        if apart or not deeds & {mark["type"], *mark["accept_types"]}:
            continue
        chains = [mark["said_by"], *(mark.get("accept_said_by") or [])]
        return {**mark, "chains": chains} if counts(mark) else None
    return None


def right(mark, some, words):
    """Return which answers the marks bear out.

    A pronoun that nobody resolves is right where the marks name somebody and no other
    words are his.
    """
    chains = mark["chains"]
    good = [any(own_voice(chain, mark["actors"]) for chain in chains)]
    ends = [name for chain in chains if chain for name in (chain[0], chain[-1])]
    good += [any(same_speaker(text, name) for name in ends) for text in words[1:]]
    if not any(good):
        for n, one in enumerate(some):
            if one.kind in ("grammar", "reader") and words[n].lower() in PRONOUNS:
                good[n] = True
                break
    return good


PRONOUNS = frozenset("he she they it i we you him her them who".split())


class Table:
    """All questions as rows, one an answer; `of` tells whose each row is."""

    def __init__(self, asked):
        self.of = np.repeat(range(len(asked)), [len(one.right) for one in asked])
        rows = np.concatenate([one.rows for one in asked])
        self.rows = spread(rows, FIGURES, COUNTED)
        self.mean, self.scale = self.rows.mean(0), self.rows.std(0) + 0.05
        self.rows = (self.rows - self.mean) / self.scale
        acts, words, cues = zip(*(one.states for one in asked), strict=True)
        self.acts = np.stack(acts)
        self.words, self.cues = np.concatenate(words), np.concatenate(cues)
        right = np.concatenate([one.right for one in asked])
        self.right = torch.as_tensor(right.astype(np.float32))

    def given(self, some):
        """Return some rows as a net takes them."""
        every = self.rows[some], self.acts[self.of[some]], self.words[some]
        told = (each.astype(np.float32) for each in (*every, self.cues[some]))
        return [torch.as_tensor(each) for each in told]


def learn(table, chosen, seed):
    """Return a net fitted to the rows of some claims."""
    torch.manual_seed(seed)
    net, which = Chooser(table.rows.shape[1], WIDTH), np.flatnonzero(chosen[table.of])
    lost = nn.functional.binary_cross_entropy_with_logits

    def step(some):
        at = which[some]
        return lost(net(*table.given(at)), table.right[at])

    return descend(net, len(which), step, seed, EPOCHS)


@torch.no_grad()
def logits(nets, table):
    """Return the mean of what nets say of all rows."""
    parts = np.array_split(np.arange(len(table.of)), 1 + len(table.of) // 4096)
    told = [[net(*table.given(part)).numpy() for part in parts] for net in nets]
    return np.mean([np.concatenate(each) for each in told], 0)


def show(asked, odds):
    """Print what each lean brings."""
    for lean in LEANS:
        counts = {}
        for one, some in zip(asked, odds, strict=True):
            if one.event is None:
                continue
            row = counts.setdefault(one.report, np.zeros(4))
            good, named = (
                one.answered(one.says(some, lean)),
                [] not in one.event["said_by"],
            )
            row += (named and good, named, good, 1)
        table = np.array(list(counts.values()))
        draws = np.random.default_rng(0).integers(0, len(table), (200, len(table)))
        sums = table[draws].sum(1)
        of, se = table.sum(0), (sums[:, ::2] / sums[:, 1::2]).std(0)
        print(
            f"{lean}: right {of[0] / of[1]:.4f} (se {se[0]:.4f}) of {of[1]:.0f} told by"
            f" somebody, {of[2] / of[3]:.4f} (se {se[1]:.4f}) of all {of[3]:.0f}"
        )


def main(names, check):
    fit([one for report in coded(names) for one in questions(*report)], check)


def fit(asked, check):
    table, unseen = Table(asked), set(UNSEEN.read_text("utf-8").split())
    print(len(asked), "claims,", len(table.of), "answers")
    ask = np.array([one.report in unseen for one in asked])
    nets = [learn(table, ~ask, seed) for seed in range(SEEDS)]
    told = np.split(logits(nets, table), np.flatnonzero(np.diff(table.of)) + 1)
    show(
        [one for one, a in zip(asked, ask, strict=True) if a],
        [some for some, a in zip(told, ask, strict=True) if a],
    )
    if check:
        return
    whole = {"figures": np.array(FIGURES)}
    for seed in range(SEEDS):
        whole |= arrays(learn(table, np.ones(len(asked), bool), seed), f"net{seed}")
        whole[f"net{seed}_mean"], whole[f"net{seed}_scale"] = table.mean, table.scale
    np.savez_compressed(OUT, **whole)
    print(OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--check"]
    main(words, "--check" in sys.argv)
