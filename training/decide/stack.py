"""Fit what the decision weighs: stack.py COLLECTED [--torch DECIDER.pt] [--save]

The features of choices (decide/features.py) and how likely an act is to be told and to
be wholly right are fitted on the reports of `unlearnt`, from which neither the reader
nor the second reading has learnt; texts of a few sentences have trees of their own,
fitted on `short`, runs of those reports' sentences, and tell no more of `lone`, single
ones that tell no act, than the acts' own words would. Figures there are out of fold
(three parts by report). `dev` is for figures only. --save writes weights.json and
trees.npz of src/dateline/extract/arguments.
"""

from __future__ import annotations

import argparse
import json
import math
import pickle
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import torch
from rows import HERE, SIDES, key_of, matching, party_row, read_of, row_of, score_reports
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, str(HERE.parent / "merge"))
from claims import exported  # noqa: E402

from dateline.extract.arguments.argument_ranker import ACT_FEATURES
from dateline.extract.arguments.candidates import share_choices
from dateline.extract.arguments.features import FEATURES, feature_columns, see
from dateline.extract.arguments.parties import gather_parties, name_own
from dateline.extract.arguments.reranker import Scored, second_reading
from dateline.extract.arguments.selection import NAMES, TREES, choose_answers, describe_answers
from dateline.model import Span
from dateline.model.decisions import Question
from dateline.model.encoder_output import States, Stretch

Record = dict[str, Any]
Bars = tuple[float, float, float, float]
OUT = HERE.parents[1] / "src/dateline/extract/arguments/weights.json"
HOSTILE = 0.5
ACT_FEATURES_AT = {name: n for n, name in enumerate(ACT_FEATURES.names)}
PARTS = 3
CLEAR, SURE = (0.0, 0.3, 0.4, 0.5), (0.1, 0.15, 0.2, 0.25, 0.3, 0.35)
DOUBTFUL, SURER = (0.6, 0.7, 0.8, 0.9), (0.4, 0.5, 0.6)
PRECISE = 0.8  # acts told must be right as often: more are found at the cost of it


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

    @property
    def short(self) -> bool:
        """Whether it is a few sentences of a report."""
        return "~" in self.name

    def fold(self, parts: int) -> int:
        """Return the part that the report, and all cut from it, belongs to."""
        return zlib.crc32(self.name.split("~")[0].encode()) % parts

    def asked(self) -> Iterator[tuple[int, int, Record, Record]]:
        """Yield each side of each act that gold tells: act, side, event, telling."""
        events = {e["id"]: e for e in self.kept["gold"]["events"]}
        kinds = {key_of(r): r["type"] for r in self.kept["every"]}
        for a, n in enumerate(self.scored.index):
            act = self.question.acts[n]
            key = act.trigger.start, act.trigger.end, act.deed
            tellings = self.kept["gold"]["tellings"]
            telling = matching(act, kinds.get(key, act.deed), tellings)
            if telling is not None:
                yield a, 0, events[telling["event"]], telling
                yield a, 1, events[telling["event"]], telling

    def meant(self, answer: Sequence[int], telling: Record) -> bool:
        """Whether all of no known country go by words of a party that gold tells."""
        words = [
            Span(who["start"], who["end"])
            for who in (*telling["actors"], *telling["recipients"])
            if who["start"] is not None
        ]
        return all(
            party.who.country or any(m.overlaps(w) for m in party.mentions for w in words)
            for party in (self.question.parties[n] for n in answer)
        )

    def right(self, side: int, answer: Sequence[int], event: Record, telling: Record) -> bool:
        """Whether an answer of one side is right by itself.

        In a few sentences somebody of no known country is right where these words are
        the party's, and nowhere else.
        """
        if self.short and not self.meant(answer, telling):
            return False
        told = [party_row(self.question.parties[n]) for n in answer]
        every = score_reports.both_sides(event)
        mutual = event.get("reciprocal")
        gold = every if mutual else event[SIDES[side]]
        if not mutual:
            return score_reports.parties_ok(told, gold)
        if side == 1 and not answer:
            return True
        need = {g["country"] for g in every if g["country"] and not g["implicit"]}
        found = {
            g["country"]
            for g in every
            if g["country"] and any(score_reports.is_party(p, g) for p in told)
        }
        fits = score_reports.parties_ok(told, every)
        return fits and (side == 1 or len(found & need) >= min(2, len(need)))


def question_of(kept: Record, read: Sequence[Stretch]) -> Question | None:
    """Return the question of a collected report that was read again."""
    if not kept.get("actions") or not kept["sentences"]:
        return None
    parties, words = gather_parties(kept["people"], kept["cast"])
    sentences = [SimpleNamespace(span=s, parsed=True) for s in kept["sentences"]]
    states = States(tuple(read))
    parsed = SimpleNamespace(sentences=sentences, text=kept["text"], states=states)
    own = name_own(kept["actions"], words)
    acts = tuple(kept["actions"])
    return Question(parsed, None, kept["cast"], acts, parties, words, own)  # type: ignore[arg-type]


def cases(folder: Path, model: Any = None) -> list[Case]:
    out = []
    for path in sorted(folder.glob("*.pickle")):
        kept = pickle.loads(path.read_bytes())
        read = read_of(kept)
        question, row = question_of(kept, read), row_of(kept, read)
        if question is None or row is None:
            out.append(Case(kept, None, None))
            continue
        if model is None:
            scored = second_reading()(question)
        else:
            with torch.no_grad():
                scores, told = model(row, torch.arange(len(row.sectors)))
            both = scores.numpy().astype(float), told.numpy().astype(float)
            scored = Scored(tuple(row.index), *both)
        question.parsed.states = None  # type: ignore[misc]
        out.append(Case(kept, question, scored, row.gold))
    return out


def prepare(case: Case) -> None:
    """Work out the columns of a case."""
    assert case.question is not None and case.scored is not None
    q, n = case.question, case.scored.index
    acts, own = [q.acts[i] for i in n], [q.own[i] for i in n]
    spans = case.kept["sentences"]
    case.seen = see(acts, q.parties, own, spans, case.scored.choices)
    case.x = feature_columns(case.seen)


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
        top = torch.zeros(len(rows)).scatter_reduce(0, which, z, "amax", include_self=False)
        e = (z - top.detach()[which]).exp()
        total = torch.zeros(len(rows)).index_add(0, which, e)
        right = torch.zeros(len(weight)).index_add(0, of, e[at])
        logs = right.clamp(min=1e-9).log() - total[home].log()
        loss = -(logs * weights).sum() + ridge * (w**2).sum()
        loss.backward()
        return loss

    make.step(closure)
    return (w.detach() / scale).numpy().astype(float)


def learn_trees(rows: Any, right: Any, rounds: int) -> Any:
    """Fit boosted trees."""
    model = HistGradientBoostingClassifier(
        max_iter=rounds,
        learning_rate=0.05,
        max_leaf_nodes=15,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.6,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(np.asarray(rows, np.float32), np.asarray(right, int))


@dataclass
class Told:
    """A claim that might be told."""

    row: Record
    own: Record
    told: float
    sure: float
    main: float
    clear: float

    def by_words(self) -> bool:
        """Whether the act's own words alone are sure enough."""
        return bool(self.clear or self.main)

    def by(self, bars: Bars) -> bool:
        """Whether it is told by bars of clear acts and of doubtful ones."""
        least = bars[:2] if self.clear else bars[2:]
        return bool(self.main) or (self.told >= least[0] and self.sure >= least[1])


class Stack:
    """All that is fitted on some reports."""

    def __init__(
        self, some: Sequence[Case], whole: bool = True, choices: np.ndarray | None = None
    ) -> None:
        self.lent = choices is not None
        self.choices = learn_choices(some) if choices is None else choices
        rows, right = [], []
        for case in some:
            known = describe_answers(case.question, case.scored, self.choices)
            every = known.options()
            for a, s, *gold in case.asked():
                options = every[a][s]
                rows.append(options.rows)
                right += [case.right(s, answer, *gold) for answer in options.answers]
        self.right = learn_trees(np.concatenate(rows), right, 220)
        if whole:
            self.learn_acts(some)

    def learn_acts(self, some: Sequence[Case]) -> None:
        """Fit whether an act is told, and wholly right, by answers out of fold."""
        rows, found, whole = [], [], []
        halves = [[c for c in some if c.fold(5 * PARTS) % 2 == h] for h in (0, 1)]
        for h in (0, 1):
            other = Stack(halves[1 - h], False, self.choices if self.lent else None)
            for case in halves[h]:
                told = other.answers(case)
                for i, ok, right in outcomes(case, [r for r, _ in told]):
                    rows.append(told[i][1])
                    found.append(ok)
                    whole.append(right)
        self.told = learn_trees(rows, found, 140)
        self.sure = learn_trees(rows, whole, 140)

    def answers(self, case: Case) -> list[tuple[Record, list[float]]]:
        """Return every act that might be told as a claim, and its features."""
        every = {key_of(r): r for r in case.kept["every"]}
        known = describe_answers(case.question, case.scored, self.choices)
        weights = SimpleNamespace(hostile=HOSTILE)
        sides = known.options()
        flat = [o.rows for both in sides for o in both]
        odds = self.right.predict_proba(np.concatenate(flat))[:, 1]
        odds = np.split(odds, np.cumsum([len(r) for r in flat])[:-1])
        out = []
        for a, n in enumerate(case.scored.index):
            act, own = case.question.acts[n], odds[2 * a : 2 * a + 2]
            key = act.trigger.start, act.trigger.end, act.deed
            if key not in every:
                continue
            chosen = choose_answers(known.seen, a, sides[a], own, weights)
            parties = [
                [party_out(case.question.parties[m]) for m in answer] for answer, _ in chosen
            ]
            row = {**every[key], **dict(zip(SIDES, parties, strict=True))}
            out.append((row, known.act(a, sides[a], own)))
        return out

    def claims(self, case: Case) -> list[Told]:
        """Return every act that might be told, with both probabilities."""
        told = self.answers(case)
        if not told:
            return []
        rows = np.array([row for _, row in told], np.float32)
        both = (m.predict_proba(rows)[:, 1] for m in (self.told, self.sure))
        every = {key_of(r): r for r in case.kept["every"]}
        main, clear = ACT_FEATURES_AT["main"], ACT_FEATURES_AT["clear"]
        return [
            Told(
                {**r, "confidence": float(q)},
                every[key_of(r)],
                float(p),
                float(q),
                x[main],
                x[clear],
            )
            for (r, x), p, q in zip(told, *both, strict=True)
        ]


def party_out(party: Any) -> Record:
    return {**party_row(party), "name": party.who.name}


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


def brief(golds: Record, rows: list[Record]) -> str:
    r = score_reports.score(golds, rows)
    d, e, n = r["detection"], r["end_to_end"], r["counts"]
    t = r["accuracy_where_told"]
    pairs = surest(golds, rows)
    best = [ok for _, ok in sorted(pairs, key=lambda p: -p[0])]
    half, most = (best[: max(1, round(len(best) * s))] for s in (0.5, 0.8))
    return (
        f"E2E {e['f1']:.4f} det {d['f1']:.4f} core {d['recall_core']:.4f}"
        f" prec {d['precision']:.4f} whole {n['whole'] / n['matched']:.4f}"
        f" actor {t['actor']:.4f} recip {t['recipient']:.4f} "
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
            ok = bool(e) and score_reports.actor_ok(c, e) and score_reports.recipient_ok(c, e)
            out.append((c["confidence"], ok))
    return out


def silent_share(
    lone: Sequence[Case], told: dict[str, list[Told]], by: Callable[[Told], bool]
) -> float:
    """Return how many of the texts that tell no act are silent, 1 of none."""
    loud = sum(any(map(by, told.get(c.name, ()))) for c in lone)
    return 1 - loud / max(1, len(lone))


def report(
    name: str,
    some: Sequence[Case],
    told: dict[str, list[Told]],
    bars: Bars | None,
    lone: Sequence[Case] = (),
) -> Bars:
    """Print figures; without bars choose those of the best detection and parties.

    Bars by which what is told is right less often than PRECISE come last. Where
    there are `lone` texts, by the chosen bars no more of them tell an act than by the
    acts' own words alone, whose figures are printed too.
    """
    golds = {c.name: {"traps": [], **c.kept["gold"]} for c in some}
    every = [claim for c in some for claim in told.get(c.name, ())]
    least = silent_share(lone, told, Told.by_words)
    if lone:
        rows = [claim.own for claim in every if claim.by_words()]
        print(name, "by own words ", brief(golds, rows), f"silent {least:.4f}")
    if bars is None:
        tries = []
        for at in product(CLEAR, SURE, DOUBTFUL, SURER):
            if silent_share(lone, told, partial(Told.by, bars=at)) < least:
                continue
            r = score_reports.score(golds, [t.row for t in every if t.by(at)])
            worth = r["end_to_end"]["f1"] + 0.25 * r["detection"]["f1"]
            precise = r["detection"]["precision"] >= PRECISE
            tries.append((precise, worth, at))
        tries.sort(reverse=True)
        for *_, at in tries[:40:5]:
            rows = [t.row for t in every if t.by(at)]
            print(name, "bars", *at, brief(golds, rows), flush=True)
        bars = tries[0][-1]
    if any(c.kept.get("told") for c in some):
        today = {(c.name, *key_of(r)) for c in some for r in c.kept["told"]}
        alone = [t.row for t in every if (t.row["report"], *key_of(t.row)) in today]
        rows = [r for c in some for r in c.kept["told"]]
        print(name, "before       ", brief(golds, rows))
        print(name, "parties alone", brief(golds, alone))
    rows = [t.row for t in every if t.by(bars)]
    print(name, "bars", *bars, brief(golds, rows), flush=True)
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
        # `dev` may not have been collected: it is for figures only
        sets = {
            name: cases(args.collected / name, model)
            for name in ("unlearnt", "short", "lone", "dev")
        }
        if args.cache:
            args.cache.write_bytes(pickle.dumps(sets))
    for case in (c for some in sets.values() for c in some if c.question is not None):
        prepare(case)
    some, short, lone = (
        [c for c in sets[name] if c.question is not None] for name in ("unlearnt", "short", "lone")
    )
    told = out_of_fold(some, short, lone)
    bars = report("unlearnt", sets["unlearnt"], told, None)
    low = bars
    if short:
        low = report("short", sets["short"], told, None, sets["lone"])
    stack = Stack(some)
    names = FEATURES.names
    for name, w in zip(names, stack.choices, strict=True):
        print(f"  {name:26} {w:+.3f}")
    dev = {c.name: stack.claims(c) for c in sets["dev"] if c.question is not None}
    if dev:
        report("dev", sets["dev"], dev, bars)
    if args.without:
        loss_without(some)
    if args.save:
        few = Stack(short, choices=stack.choices) if short else stack
        save(stack, few, bars, low)


def out_of_fold(
    some: Sequence[Case], short: Sequence[Case], lone: Sequence[Case]
) -> dict[str, list[Told]]:
    """Return what is told of each report by what was fitted on the others."""
    told = {}
    for n in range(PARTS):
        stack = Stack([c for c in some if c.fold(PARTS) != n])
        told |= {c.name: stack.claims(c) for c in some if c.fold(PARTS) == n}
        if short:
            few = Stack([c for c in short if c.fold(PARTS) != n], choices=stack.choices)
            both = (*short, *lone)
            told |= {c.name: few.claims(c) for c in both if c.fold(PARTS) == n}
    return told


def save(stack: Stack, few: Stack, bars: Bars, low: Bars) -> None:
    """Write what ships: of reports, and of texts of a few sentences."""
    weights = (round(float(w), 4) for w in stack.choices)
    kept = {
        "choices": dict(zip(FEATURES.names, weights, strict=True)),
        "hostile": HOSTILE,
        "bars": {
            of + name: {"told": at[0], "sure": at[1]}
            for of, every in (("", bars), ("few ", low))
            for name, at in (("clear", every[:2]), ("doubtful", every[2:]))
        },
    }
    OUT.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")
    models = {
        of + name: (getattr(each, name), columns_)
        for of, each in (("", stack), ("few ", few))
        for name, columns_ in NAMES.items()
    }
    np.savez_compressed(
        TREES,
        **{
            f"{name}.{part}": value
            for name, (model, columns_) in models.items()
            for part, value in exported(model, list(columns_)).items()
        },
    )


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
        less = loss([k for k in every if k != n]) - whole
        print(f"  without {f.name:26} {less:+.4f}", flush=True)


if __name__ == "__main__":
    main()
