"""Fit what the decision weighs: stack.py COLLECTED [--torch DECIDER.pt] [--save]

The features of choices (decide/features.py) and how likely an act is to be told and to
be wholly right are fitted on the reports of `unlearnt`, from which neither the reader
nor the second reading has learnt; figures there are out of fold (five parts by report).
`dev` is for figures only. --save writes src/dateline/decide/weights.json.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from rows import HERE, SIDES, key_of, party_row, row_of, score_reports

from dateline.decide.decider import (
    Weights,
    act_features,
    choose_parties,
    decide_scored,
    logistic,
    share_choices,
)
from dateline.decide.features import FEATURES, LISTED, columns, see
from dateline.decide.parties import gather_parties, name_own
from dateline.decide.second import Scored, second_reading
from dateline.encoder.pieces import tokenizer
from dateline.encoder.reader import WEIGHTS as ENCODER
from dateline.model.decisions import Question

Record = dict[str, Any]
OUT = HERE.parents[1] / "src/dateline/decide/weights.json"
JOINT, HOSTILE = 0.4, 0.5
PARTS = 5
BARS = [0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6]
LOWS = [0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45]


@dataclass
class Case:
    """A report with its question, what the second reading says of it, and its gold."""

    kept: Record
    question: Question | None
    scored: Scored | None
    gold: list[Any] | None = None
    x: np.ndarray | None = None
    seen: Any = None

    @property
    def name(self) -> str:
        return self.kept["gold"]["report"]


def question_of(kept: Record) -> Question | None:
    if not kept.get("actions") or not kept["sentences"]:
        return None
    parties, words = gather_parties(kept["people"], kept["cast"])
    sentences = [SimpleNamespace(span=s, parsed=True) for s in kept["sentences"]]
    parsed = SimpleNamespace(sentences=sentences, text=kept["text"])
    own = name_own(kept["actions"], words)
    acts = tuple(kept["actions"])
    return Question(parsed, None, kept["cast"], acts, parties, words, own)  # type: ignore[arg-type]


def cases(folder: Path, model: Any = None) -> list[Case]:
    cut = tokenizer(ENCODER / "tokenizer.json.gz")
    out = []
    for path in sorted(folder.glob("*.pickle")):
        kept = pickle.loads(path.read_bytes())
        question, row = question_of(kept), row_of(kept, cut)
        if question is None or row is None:
            out.append(Case(kept, None, None))
            continue
        if model is None:
            scored = second_reading()(question)
        else:
            with torch.no_grad():
                scores, told = model(row, torch.arange(len(row.sectors)))
            model.lower.clear()
            both = scores.numpy().astype(float), told.numpy().astype(float)
            scored = Scored(tuple(row.index), *both)
        out.append(Case(kept, question, scored, row.gold))
    return out


def prepare(case: Case) -> None:
    """Work out the columns of a case."""
    assert case.question is not None and case.scored is not None
    q, n = case.question, case.scored.index
    acts, own = [q.acts[i] for i in n], [q.own[i] for i in n]
    spans = case.kept["sentences"]
    case.seen = see(acts, q.parties, own, spans, case.scored.choices)
    case.x = columns(case.seen)


def sides_of(some: Sequence[Case]) -> Iterator[tuple[np.ndarray, list[list[int]]]]:
    """Yield (features of choices, groups that are right) of every side with gold."""
    for case in some:
        for a, both in enumerate(case.gold or ()):
            for s, groups in enumerate(both):
                if groups:
                    yield case.x[a, s], groups


def learn_choices(some: Sequence[Case], ridge: float = 1.0) -> np.ndarray:
    """Fit a conditional logistic model by L-BFGS."""
    rows = list(sides_of(some))
    flat = torch.tensor(np.concatenate([x for x, _ in rows]), dtype=torch.float32)
    scale = flat.std(0).clamp(min=1e-6)
    flat = flat / scale
    sizes = torch.tensor([len(x) for x, _ in rows])
    which = torch.repeat_interleave(torch.arange(len(rows)), sizes)
    starts = (sizes.cumsum(0) - sizes).tolist()
    index: list[int] = []
    group: list[int] = []
    weight: list[float] = []
    side: list[int] = []
    for n, (_, groups) in enumerate(rows):
        for g in groups:
            index += [starts[n] + k for k in g]
            group += [len(weight)] * len(g)
            weight.append(1 / len(groups))
            side.append(n)
    at, of = torch.tensor(index), torch.tensor(group)
    weights, home = torch.tensor(weight), torch.tensor(side)
    w = torch.zeros(flat.shape[1])
    w[:2] = scale[:2] * 0.5
    w.requires_grad_(True)
    make = torch.optim.LBFGS([w], max_iter=80, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        make.zero_grad()
        z = flat @ w
        top = torch.zeros(len(rows)).scatter_reduce(
            0, which, z, "amax", include_self=False
        )
        e = (z - top.detach()[which]).exp()
        total = torch.zeros(len(rows)).index_add(0, which, e)
        right = torch.zeros(len(weight)).index_add(0, of, e[at])
        logs = right.clamp(min=1e-9).log() - total[home].log()
        loss = -(logs * weights).sum() + ridge * (w**2).sum()
        loss.backward()
        return loss

    make.step(closure)
    return (w.detach() / scale).numpy().astype(float)


def learn_logistic(rows: Sequence[Record], right: Sequence[int]) -> dict[str, float]:
    """Fit a logistic model by Newton's method, with a ridge."""
    names = sorted({name for row in rows for name in row})
    at = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    for n, row in enumerate(rows):
        for name, value in row.items():
            x[n, at[name]] = value
    y = np.array(right, float)
    ridge = np.full(len(names), 3.0)
    ridge[at["bias"]] = 1e-3
    w = np.zeros(len(names))
    for _ in range(60):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - y) + ridge * w
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), slope
        )
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, map(float, w), strict=True))


def claims_of(case: Case, weights: Weights) -> list[tuple[Record, float, float]]:
    """Return every act that might be told as a claim, with both probabilities."""
    every = {key_of(r): r for r in case.kept["every"]}
    q = case.question
    out = []
    for act, d in zip(q.acts, decide_scored(q, case.scored, weights), strict=True):
        key = act.trigger.start, act.trigger.end, act.deed
        if key not in every:
            continue
        both = [
            [
                {**party_row(q.parties[n]), "name": q.parties[n].who.name}
                for n in side.chosen
            ]
            for side in (d.actors, d.recipients)
        ]
        row = {
            **every[key],
            **dict(zip(SIDES, both, strict=True)),
            "confidence": d.sure,
        }
        out.append((row, d.told, d.sure))
    return out


def outcomes(case: Case, claims: Sequence[Record]) -> Iterator[tuple[int, bool, bool]]:
    """Yield (number, found, wholly right) of each claim that counts."""
    events = case.kept["gold"]["events"]
    pairs, again = score_reports.align(list(claims), events)
    for i, claim in enumerate(claims):
        at = pairs.get(i, again.get(i))
        e = events[at] if at is not None else None
        if e is not None and e["importance"] == "arguable":
            continue
        ok = e is not None and score_reports.actor_ok(claim, e)
        yield i, e is not None, ok and score_reports.recipient_ok(claim, e)


def learn(
    some: Sequence[Case], joint: float = JOINT, hostile: float = HOSTILE
) -> Weights:
    """Fit everything on some reports."""
    bare = Weights(learn_choices(some), {"bias": 0.0}, {"bias": 0.0}, joint, hostile)
    known, found, whole = [], [], []
    for case in some:
        rows = features_of(case, bare)
        claims = [r for r, *_ in claims_of(case, bare)]
        for i, ok, right in outcomes(case, claims):
            known.append(rows[key_of(claims[i])])
            found.append(int(ok))
            whole.append(int(right))
    told, sure = learn_logistic(known, found), learn_logistic(known, whole)
    return Weights(bare.choices, told, sure, joint, hostile)


def features_of(case: Case, weights: Weights) -> dict[Any, Record]:
    """Return the features of each act of a case by its key."""
    out = {}
    shares = share_choices(case.x @ weights.choices)
    for a, n in enumerate(case.scored.index):
        act = case.question.acts[n]
        numbers = [
            choose_parties(shares[a, s], case.seen, a, s, weights) for s in (0, 1)
        ]
        key = act.trigger.start, act.trigger.end, act.deed
        out[key] = act_features(case.seen, shares[a], a, case.scored.told[a], numbers)
    return out


def brief(golds: Record, rows: list[Record]) -> str:
    r = score_reports.score(golds, rows)
    d, e, n = r["detection"], r["end_to_end"], r["counts"]
    t = r["accuracy_where_told"]
    pairs = surest(golds, rows)
    best = [ok for _, ok in sorted(pairs, key=lambda p: -p[0])]
    half, most = (best[: max(1, round(len(best) * s))] for s in (0.5, 0.8))
    return (
        f"E2E {e['f1']:.4f} det {d['f1']:.4f} core {d['recall_core']:.4f} prec {d['precision']:.4f} "
        f"whole {n['whole'] / n['matched']:.4f} actor {t['actor']:.4f} recip {t['recipient']:.4f} "
        f"half {sum(half) / len(half):.3f} 4/5 {sum(most) / len(most):.3f}"
    )


def surest(golds: Record, rows: list[Record]) -> list[tuple[float, bool]]:
    mine: dict[str, list[Record]] = {}
    for row in rows:
        mine.setdefault(row["report"], []).append(row)
    out = []
    for name, gold in golds.items():
        some = mine.get(name, [])
        pairs, again = score_reports.align(some, gold["events"])
        for i, c in enumerate(some):
            e = gold["events"][pairs[i]] if i in pairs else None
            if i in again or (e and e["importance"] == "arguable"):
                continue
            ok = (
                bool(e)
                and score_reports.actor_ok(c, e)
                and score_reports.recipient_ok(c, e)
            )
            out.append((c["confidence"], ok))
    return out


def told_by(
    rows: Sequence[tuple[Record, float, float]], bar: float, low: float
) -> list[Record]:
    return [r for r, told, sure in rows if told >= bar and sure >= low]


def report(
    name: str, some: Sequence[Case], told: dict[str, list], bars: Any = None
) -> Any:
    golds = {c.name: {"traps": [], **c.kept["gold"]} for c in some}
    if bars is None:
        every = [row for rows in told.values() for row in rows]
        tries = [
            (score_reports.score(golds, told_by(every, b, w))["end_to_end"]["f1"], b, w)
            for b in BARS
            for w in LOWS
        ]
        bars = max(tries)[1:]
    today = {(c.name, *key_of(r)) for c in some for r in c.kept["told"]}
    every = [row for rows in told.values() for row in rows]
    alone = [r for r, *_ in every if (r["report"], *key_of(r)) in today]
    print(
        name, "today        ", brief(golds, [r for c in some for r in c.kept["told"]])
    )
    print(name, "parties alone", brief(golds, alone))
    print(name, "bars", *bars, brief(golds, told_by(every, *bars)), flush=True)
    return bars


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("collected", type=Path)
    ask.add_argument("--torch", type=Path)
    ask.add_argument("--cache", type=Path)
    ask.add_argument("--save", action="store_true")
    ask.add_argument("--without", action="store_true", help="each feature taken out")
    args = ask.parse_args()
    if args.cache and args.cache.exists():
        sets = pickle.loads(args.cache.read_bytes())
    else:
        model = None
        if args.torch:
            from learn import made

            model = made(str(args.torch)).eval()
        sets = {s: cases(args.collected / s, model) for s in ("unlearnt", "dev")}
        if args.cache:
            args.cache.write_bytes(pickle.dumps(sets))
    some = [c for c in sets["unlearnt"] if c.question is not None]
    for case in (*some, *(c for c in sets["dev"] if c.question is not None)):
        prepare(case)
    told = {}
    for n in range(PARTS):
        weights = learn([c for i, c in enumerate(some) if i % PARTS != n])
        told |= {
            c.name: claims_of(c, weights) for i, c in enumerate(some) if i % PARTS == n
        }
    bars = report("unlearnt", sets["unlearnt"], told)
    weights = learn(some)
    names = [f.__name__ for f in FEATURES]
    for name, w in zip(names, weights.choices, strict=True):
        print(f"  {name:26} {w:+.3f}")
    dev = {c.name: claims_of(c, weights) for c in sets["dev"] if c.question is not None}
    report("dev", sets["dev"], dev, bars)
    if args.without:
        loss_without(some)
    if args.save:
        kept = {
            "choices": dict(
                zip(names, (round(w, 4) for w in weights.choices), strict=True)
            ),
            "told": {k: round(v, 4) for k, v in weights.told.items()},
            "sure": {k: round(v, 4) for k, v in weights.sure.items()},
            "joint": weights.joint,
            "hostile": weights.hostile,
            "bars": {"told": bars[0], "sure": bars[1]},
        }
        OUT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def loss_without(some: Sequence[Case]) -> None:
    """Print the loss a side out of fold, with all features and without each."""

    def loss(at: list[int]) -> float:
        total, many = 0.0, 0
        for n in range(PARTS):
            left = [c for i, c in enumerate(some) if i % PARTS != n]
            full = [c.x for c in some]
            for c in some:
                c.x = c.x[..., at]
            w = learn_choices(left)
            for i, c in enumerate(some):
                if i % PARTS == n:
                    for x, groups in sides_of([c]):
                        shares = share_choices(x @ w)
                        for g in groups:
                            total -= math.log(max(1e-9, shares[g].sum())) / len(groups)
                        many += 1
            for c, x in zip(some, full, strict=True):
                c.x = x
        return total / many

    every = list(range(len(FEATURES)))
    whole = loss(every)
    print(f"loss a side, out of fold: {whole:.4f}")
    for n, f in enumerate(FEATURES):
        print(
            f"  without {f.__name__:26} {loss([k for k in every if k != n]) - whole:+.4f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
