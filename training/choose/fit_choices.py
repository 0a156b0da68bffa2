"""Fit what every "which of these, or none" weighs: CASES [time|place|speaker ...].

    fit_choices.py CASES [QUESTION ...] [--check | --shares]

CASES is what collect_cases.py kept. Every question is fitted from its own table of
features (`dateline.extract.time.cross_sentence` and its like) in one of the two forms of
`dateline.ml.ranker`, small nets over figures and states, seeds told below. Printed
are figures out of fold (five parts by report), of the articles from which the reader
has not learnt where there are any: by threshold, how often an answer is given and
right. A feature's share is how much the loss grows there when it is shuffled among all
candidates. --check writes nothing; --shares writes the shares alone into what ships.
"""

from __future__ import annotations

import argparse
import pickle
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

HERE = Path(__file__).resolve().parent
sys.path.append(str(HERE.parent / "identity"))
sys.path.insert(0, str(HERE))
from nets import arrays, descend, runs, summed  # noqa: E402
from questions import FOLDS, Case  # noqa: E402

from benchmarks.reports import speakers_are_right  # noqa: E402
from dateline.extract.attribution.speaker_ranker import INNER, LEAN, SAYS  # noqa: E402
from dateline.extract.place.cross_sentence import WHERE  # noqa: E402
from dateline.extract.time.cross_sentence import WHEN  # noqa: E402
from dateline.ml.ranker import Choice, spread  # noqa: E402

UNSEEN = HERE.parent / "coder/unseen.txt"
WIDTH, LOW, DROP, MANY = 384, 32, 0.3, 256  # of a state; brought to; acts asked at once
STATES = "states"  # all that the encoder's states say, shuffled as one feature
Odds = np.ndarray
Lines = Iterator[str]


class Pointer(nn.Module):
    """A score for each of an act's candidates and one for *none*: a share each."""

    def __init__(self, figures: int, hidden: int, width: int = WIDTH) -> None:
        super().__init__()
        self.asks, self.tells = nn.Linear(width, LOW), nn.Linear(width, LOW)
        self.each = nn.Linear(figures + LOW, hidden)
        self.alone = nn.Linear(LOW, hidden, bias=False)
        self.act = nn.Linear(LOW, hidden, bias=False)
        self.out, self.none = nn.Linear(hidden, 1), nn.Linear(LOW, 1)
        self.drop, self.thin = nn.Dropout(DROP), nn.Dropout(0.1)

    def forward(self, given: Given) -> tuple[torch.Tensor, torch.Tensor]:
        asks = torch.tanh(self.asks(self.drop(given.acts)))
        tells = torch.tanh(self.tells(self.drop(given.words)))
        of = given.of
        inner = self.each(torch.cat([self.thin(given.rows), asks[of] * tells], 1))
        inner = torch.relu(inner + self.alone(tells) + self.act(asks)[of])
        return self.out(self.drop(inner))[:, 0], self.none(asks)[:, 0]

    def lost(self, given: Given) -> torch.Tensor:
        """Return the loss of each act: how little of the share is where it is right."""
        size = len(given.acts)
        none = torch.zeros(size).index_add(0, given.of, given.right) == 0
        scores = torch.cat(self(given))
        groups = torch.cat([given.of, torch.arange(size)])
        good = torch.cat([given.right > 0, none])
        whole = summed(scores, groups, size)
        return whole - summed(scores[good], groups[good], size)

    def told(self, given: Given) -> torch.Tensor:
        """Return the share of each candidate."""
        scores, none = self(given)
        groups = torch.cat([given.of, torch.arange(len(none))])
        whole = summed(torch.cat([scores, none]), groups, len(none))
        return torch.exp(scores - whole[given.of])


class Weigher(nn.Module):
    """Log-odds of each candidate by itself."""

    def __init__(self, figures: int, hidden: int, width: int = WIDTH) -> None:
        super().__init__()
        self.asks, self.tells = nn.Linear(width, LOW), nn.Linear(width, LOW)
        self.cue = nn.Linear(width, LOW)
        self.each = nn.Linear(figures + 5 * LOW, hidden)
        self.out = nn.Linear(hidden, 1)
        self.drop, self.thin = nn.Dropout(DROP), nn.Dropout(0.1)

    def told(self, given: Given) -> torch.Tensor:
        """Return the log-odds of each candidate."""
        asks = torch.tanh(self.asks(self.drop(given.acts)))[given.of]
        tells = torch.tanh(self.tells(self.drop(given.words)))
        cue = torch.tanh(self.cue(self.drop(given.cues)))
        parts = [self.thin(given.rows), asks * tells, asks * cue, asks, tells, cue]
        inner = torch.relu(self.each(torch.cat(parts, 1)))
        return self.out(self.drop(inner))[:, 0]

    def lost(self, given: Given) -> torch.Tensor:
        """Return the loss of each candidate."""
        lost = nn.functional.binary_cross_entropy_with_logits
        return lost(self.told(given), given.right, reduction="none")


@dataclass
class Given:
    """Some acts as a net takes them; `of` numbers the act of each candidate."""

    rows: torch.Tensor
    acts: torch.Tensor
    words: torch.Tensor
    cues: torch.Tensor
    of: torch.Tensor
    right: torch.Tensor


class Asked:
    """All cases of a question; `starts` are where the candidates of each begin."""

    def __init__(self, cases: Sequence[Case], choice: Choice[Any, Any]) -> None:
        self.cases, self.choice = cases, choice
        self.starts = np.cumsum([0, *(len(case.rows) for case in cases)])
        raw = np.concatenate([case.rows for case in cases])
        rows = self.columns(raw)
        self.mean, self.scale = rows.mean(0), rows.std(0) + 0.05
        self.raw, self.rows = raw, (rows - self.mean) / self.scale
        self.acts = np.stack([case.act for case in cases])
        self.words = np.concatenate([case.words for case in cases])
        cues = [case.words if case.cues is None else case.cues for case in cases]
        self.cues = np.concatenate(cues)
        self.right = np.concatenate([case.right for case in cases]).astype(np.float32)
        self.fold = np.array([case.fold for case in cases])

    def columns(self, raw: np.ndarray) -> np.ndarray:
        return spread(raw, self.choice.names, self.choice.kinds)

    def given(self, some: np.ndarray) -> tuple[np.ndarray, Given]:
        """Return the rows of some acts' candidates, and both as a net takes them."""
        at, of = runs(self.starts, some)
        every = self.rows[at], self.acts[some], self.words[at], self.cues[at]
        told = (torch.as_tensor(each.astype(np.float32)) for each in every)
        return at, Given(*told, torch.as_tensor(of), torch.as_tensor(self.right[at]))

    def shuffled(self, name: str, draw: np.random.Generator) -> Asked:
        """Return all with one feature shuffled among the candidates."""
        other = object.__new__(Asked)
        vars(other).update(vars(self))
        if name == STATES:
            order = draw.permutation(len(self.words))
            other.words, other.cues = self.words[order], self.cues[order]
            other.acts = self.acts[draw.permutation(len(self.acts))]
            return other
        raw = self.raw.copy()
        n = self.choice.names.index(name)
        raw[:, n] = raw[draw.permutation(len(raw)), n]
        other.rows = (self.columns(raw) - self.mean) / self.scale
        return other


@dataclass(frozen=True)
class Question:
    """How one question is fitted and shown."""

    choice: Choice[Any, Any]
    net: type[Any]
    hidden: int
    epochs: int
    seeds: int
    batch: int
    show: Callable[[Sequence[Case], Sequence[Odds]], Lines]

    def learn(self, asked: Asked, chosen: np.ndarray, seed: int) -> Any:
        """Return a net fitted to some of the acts."""
        torch.manual_seed(seed)
        net, which = self.net(asked.rows.shape[1], self.hidden), np.flatnonzero(chosen)
        if not len(which):  # a handful of reports, all of one part
            return net.eval()

        def step(some: np.ndarray) -> torch.Tensor:
            return net.lost(asked.given(which[some])[1]).mean()

        return descend(net, len(which), step, seed, self.epochs, self.batch)

    def out_of_fold(self, asked: Asked) -> list[list[Any]]:
        """Return for each part the nets that never met it."""
        every, seeds = range(FOLDS), range(self.seeds)
        folds = (asked.fold != fold for fold in every)
        return [[self.learn(asked, chosen, s) for s in seeds] for chosen in folds]

    def ask(self, asked: Asked, nets: list[list[Any]]) -> tuple[list[Odds], float]:
        """Return what nets say of acts that they never met, and their mean loss."""
        found, lost = np.zeros(len(asked.right), np.float32), []
        for fold, some in enumerate(nets):
            which = np.flatnonzero(asked.fold == fold)
            for first in range(0, len(which), MANY):
                at, given = asked.given(which[first : first + MANY])
                with torch.no_grad():
                    found[at] = np.mean([net.told(given).numpy() for net in some], 0)
                    lost += [net.lost(given).numpy() for net in some]
        return np.split(found, asked.starts[1:-1]), float(np.concatenate(lost).mean())

    def shares(self, asked: Asked, nets: list[list[Any]]) -> np.ndarray:
        """Return what each feature brings, and the states: together 1."""
        draw, plain = np.random.default_rng(0), self.ask(asked, nets)[1]
        names = (*self.choice.names, STATES)
        every = [self.ask(asked.shuffled(n, draw), nets)[1] for n in names]
        grown = np.maximum(np.array(every) - plain, 0)
        return np.asarray(grown / max(grown.sum(), 1e-9), np.float32)

    def written(self, asked: Asked) -> dict[str, np.ndarray]:
        """Return the weights of nets fitted to all acts, as the program reads them."""
        every, whole = np.ones(len(asked.fold), bool), {}
        for seed in range(self.seeds):
            whole |= arrays(self.learn(asked, every, seed), f"net{seed}")
            told = {"mean": asked.mean, "scale": asked.scale}
            whole |= {f"net{seed}_{k}": v.astype(np.float32) for k, v in told.items()}
        return whole


def show_times(cases: Sequence[Case], odds: Sequence[Odds]) -> Lines:
    """Yield what each threshold brings."""
    best = [(some.max(), case.right[some.argmax()]) for case, some in both(cases, odds)]
    yield from count_right(cases, best, (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5))


def show_places(cases: Sequence[Case], odds: Sequence[Odds]) -> Lines:
    """Yield what each threshold brings: places of one country speak together."""
    best = []
    for case, some in both(cases, odds):
        shares: Counter[str] = Counter()
        for land, share in zip(case.more["lands"], some.tolist(), strict=True):
            shares[land] += share
        land, share = shares.most_common(1)[0]
        best.append((share, case.right[case.more["lands"].index(land)]))
    yield from count_right(cases, best, (0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6))


def show_speakers(cases: Sequence[Case], odds: Sequence[Odds]) -> Lines:
    """Yield what each lean towards somebody brings."""
    for lean in (1.0, 2.0, 3.0, 4.0, LEAN, 5.5):
        named = good = right = every = 0
        for case, some in both(cases, odds):
            if (event := case.more["event"]) is not None:
                chain = [{"text": words} for words in say(case, some, lean)]
                told = {"said_by": chain, "actors": case.more["actors"]}
                fits, by = speakers_are_right(told, event), [] not in event["said_by"]
                named, good = named + by, good + (by and fits)
                every, right = every + 1, right + fits
        yield (
            f"{lean}: right {good / max(1, named):.4f} of {named} told by somebody,"
            f" {right / max(1, every):.4f} of all {every}"
        )


def say(case: Case, logits: Odds, lean: float) -> list[str]:
    """Return the words of the speakers that are chosen, as the program chooses."""
    odds, places = 1 / (1 + np.exp(-logits)), case.more["places"]
    if len(odds) == 1 or logits[0] - logits[1:].max() >= lean:
        return []
    best = 1 + int(logits[1:].argmax())
    if places[best] < 0:
        return [case.more["words"][best]]
    said = [n for n in range(1, len(odds)) if odds[n] >= INNER or n == best]
    order = sorted((places[n], n) for n in said if places[n] >= 0)
    return [case.more["words"][n] for _, n in order]


def both(cases: Sequence[Case], odds: Sequence[Odds]) -> Iterator[tuple[Case, Odds]]:
    return zip(cases, odds, strict=True)


def count_right(
    cases: Sequence[Case], best: list[tuple[float, bool]], levels: Sequence[float]
) -> Lines:
    """Yield how many answers each threshold gives, and how many of them are right."""
    told = np.array([case.told for case in cases])
    sure, right = (np.array(each) for each in zip(*best, strict=True))
    yield f"{len(cases)} acts, {told.sum()} of them answered by the marks"
    for level in levels:
        said = sure >= level
        marked, good = (said & told).sum(), (said & right).sum()
        yield f"{level}: {said.sum()} answers; {marked} told by the marks, {good} right"


QUESTIONS = {
    "time": Question(WHEN, Pointer, 48, 12, 3, 256, show_times),
    "place": Question(WHERE, Pointer, 48, 12, 3, 256, show_places),
    "speaker": Question(SAYS, Weigher, 64, 9, 2, 64, show_speakers),
}


def gather(folder: Path, name: str) -> list[Case]:
    """Return the cases of a question, by report."""
    every = (pickle.loads(path.read_bytes()) for path in sorted(folder.glob("*.pickle")))
    return [case for kept in every for case in kept.get(name, ())]


def fit(question: Question, cases: Sequence[Case]) -> tuple[Asked, np.ndarray, Lines]:
    """Return all cases, each feature's share, and the lines that tell the figures."""
    asked = Asked(cases, question.choice)
    nets = question.out_of_fold(asked)
    odds, lost = question.ask(asked, nets)
    unseen = set(UNSEEN.read_text("utf-8").split())
    fresh = [n for n, case in enumerate(cases) if case.report in unseen]
    some = fresh or range(len(cases))

    def lines() -> Lines:
        yield f"{len(cases)} acts, loss {lost:.4f}; shown: {len(some)} not learnt from"
        yield from question.show([cases[n] for n in some], [odds[n] for n in some])

    return asked, question.shares(asked, nets), lines()


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("cases", type=Path)
    ask.add_argument("questions", nargs="*", default=[], choices=[[], *QUESTIONS])
    ask.add_argument("--check", action="store_true")
    ask.add_argument("--shares", action="store_true")
    args = ask.parse_args()
    for name in args.questions or QUESTIONS:
        question, cases = QUESTIONS[name], gather(args.cases, name)
        if not cases:
            print(f"{name}: no act asks it; what ships stays")
            continue
        asked, shares, lines = fit(question, cases)
        print(f"{name}: {question.choice.asks}", *lines, sep="\n", flush=True)
        order = np.argsort(-shares)[:10]
        names = (*question.choice.names, STATES)
        print("most:", ", ".join(f"{names[n]} {shares[n]:.3f}" for n in order))
        if args.check:
            continue
        path = question.choice.path
        whole = dict(np.load(path)) if args.shares else question.written(asked)
        told = {"figures": np.array(question.choice.names), "shares": shares}
        np.savez_compressed(path, **(whole | told))
        print(f"{path.name}: {path.stat().st_size:,} bytes", flush=True)


if __name__ == "__main__":
    main()
