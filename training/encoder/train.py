"""Train the encoder: train.py --out FOLDER [--set all|open] [--fold N/K] [options].

Seeded; runs on CPU. Writes weights (torch) and a log; export.py makes the ONNX file.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import own
import sets
import swap
import torch
from batches import Batch, Window, bucketed, cut, packed, stream, window
from network import Network
from rows import Row

WEIGHTS = {
    "type": 1.0,
    "deed": 0.5,
    "status": 0.7,
    "value": 1.0,
    "mode": 0.5,
    "context": 0.2,
    "source": 1.0,
    "cue": 1.0,
    "content": 1.0,
    "act": 0.7,
    "party": 3.0,  # stages 0 to 2: 1.0
}


def apart(which: str) -> set[str]:
    """Return the keys of the fold to leave out ("2/5"), or nothing."""
    if not which:
        return set()
    n, k = map(int, which.split("/"))
    return {
        sets.key(r["text"])
        for rows in sets.everything().values()
        for r in rows
        if sets.fifth(r["text"]) and sets.fold(r["text"], k) == n
    }


def sources(args: argparse.Namespace) -> dict[str, list[Row]]:
    """Return the rows of every group, held-out sentences left out."""
    groups: dict[str, list[Row]] = {"own": []}
    if args.set == "all":
        groups["public"] = sets.joined(sets.unseen(apart(args.fold)))
        if args.acts:
            sets.triggered(groups["public"], args.acts)
        if "uw" in args.tasks:
            groups["uw"] = sets.certain("uw_train")
        if "polnear" in args.tasks:
            groups["polnear"] = [w for a in sets.polnear("train") for w in cut(a)]
    return groups


def epoch(groups: dict[str, list[Row]], args: argparse.Namespace, n: int) -> list[list[Window]]:
    """Return the batches of one epoch."""
    rng = random.Random(f"{args.seed} {n}")
    rows = list(groups.get("public", []))
    rows += [swap.swapped(row, rng) for row in rows if rng.random() < args.swap]
    marked = [row for row in groups.get("public", []) if row.parties]
    rows += [only_parties(swap.swapped(row, rng)) for row in marked * args.parties]
    ours = own.rows(False, args.seed * 100 + n, max(1, round(args.own)))
    rows += [row for row in ours if rng.random() < args.own]
    windows = [window(group, "short") for group in packed(rows, rng, args.alone)]
    if "uw" in groups:
        some = [r for r in groups["uw"] if rng.random() < args.uw]
        windows += [window(group, "short") for group in packed(some, rng, args.alone)]
    out = bucketed(windows, args.batch, rng)
    if "polnear" in groups:
        share = args.polnear / args.epochs
        pick = [
            r
            for i, r in enumerate(groups["polnear"])
            if int((n + 1) * share + i * 0.618) > int(n * share + i * 0.618)
        ]
        out += bucketed([window([r], "long") for r in pick], 8, rng)
    rng.shuffle(out)
    return out


def only_parties(row: Row) -> Row:
    """Return a row that teaches nothing but its parties."""
    return replace(row, deals=[], tags={})


def optimiser(model: Network, args: argparse.Namespace) -> torch.optim.AdamW:
    body = [p for p in model.body.parameters() if p.requires_grad]
    heads = [p for n, p in model.named_parameters() if not n.startswith("body.")]
    return torch.optim.AdamW(
        [{"params": body, "lr": args.lr}, {"params": heads, "lr": args.lr * args.heads}],
        weight_decay=0.01,
    )


class Training:
    """One run: a model, its optimiser, and the running mean of its weights."""

    def __init__(self, args: argparse.Namespace, log: Path) -> None:
        torch.manual_seed(args.seed)
        self.args, self.log, self.began = args, log, time.time()
        self.groups = sources(args)
        say(log, {k: len(v) for k, v in self.groups.items()})
        self.model = Network(dropout=args.dropout, half=args.half)
        if args.start:
            self.model.load_state_dict(torch.load(args.start / "weights.pt"), strict=False)
        self.made = optimiser(self.model, args)
        self.rates = [group["lr"] for group in self.made.param_groups]
        self.mean, self.count = None, 0

    def run(self) -> Network:
        for n in range(self.args.epochs):
            self.model.train()
            self.epoch(n)
            torch.save(self.model.state_dict(), self.args.out / "weights.pt")
        if self.mean is not None:
            self.model.load_state_dict(self.mean)
        return self.model.eval()

    def epoch(self, n: int) -> None:
        seen = defaultdict(list)
        batches = epoch(self.groups, self.args, n)
        batch_stream = stream(batches, random.Random(n), self.args.drop)
        for step, batch in enumerate(batch_stream):
            losses = self.step(batch, (n + step / len(batches)) / self.args.epochs)
            for k, v in losses.items():
                seen[k].append(float(v.detach()))
            if step % 50 == 49:
                self.say({"epoch": n, "step": step + 1, "of": len(batches)})
            last = n >= self.args.epochs - self.args.average
            if self.args.average and last and step % 20 == 0:
                self.mean, self.count = averaged(self.mean, self.count, self.model)
        means = {k: round(sum(v) / len(v), 4) for k, v in seen.items()}
        self.say({"epoch": n, **means})

    def step(self, batch: Batch, done: float) -> dict[str, torch.Tensor]:
        """Learn from one batch; the rate warms up over a tenth, then falls."""
        losses = self.model.losses(batch)
        loss = sum(WEIGHTS[k] * v for k, v in losses.items()) * batch.weight
        self.made.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for group, rate in zip(self.made.param_groups, self.rates, strict=True):
            group["lr"] = rate * min(done * 10 + 1e-3, (1 - done) / 0.9)
        self.made.step()
        return losses

    def say(self, what: dict) -> None:  # type: ignore[type-arg]
        minutes = round((time.time() - self.began) / 60, 1)
        say(self.log, {**what, "minutes": minutes})


def averaged(mean, count: int, model: Network):  # type: ignore[no-untyped-def]
    """Return the running mean of the weights."""
    state = model.state_dict()
    if mean is None:
        return copy.deepcopy(state), 1
    for k, v in state.items():
        if v.is_floating_point():
            mean[k] += (v - mean[k]) / (count + 1)
    return mean, count + 1


def say(log: Path, what: dict) -> None:  # type: ignore[type-arg]
    with log.open("a") as file:
        file.write(json.dumps(what) + "\n")


def arguments() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--set", default="all", choices=("all", "open"))
    ask.add_argument("--tasks", default="uw,polnear")
    ask.add_argument("--fold", default="")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--epochs", type=int, default=7)
    ask.add_argument("--lr", type=float, default=2e-4)
    ask.add_argument("--heads", type=float, default=5)
    ask.add_argument("--batch", type=int, default=16)
    ask.add_argument("--dropout", type=float, default=0.1)
    ask.add_argument("--drop", type=float, default=0.15)
    ask.add_argument("--alone", type=float, default=0.6)
    ask.add_argument("--own", type=float, default=1, help="times; a share below one")
    ask.add_argument("--acts", type=Path, help="what acts.py wrote")
    ask.add_argument(
        "--parties",
        type=int,
        default=0,
        help="more copies of rows with marked parties, other countries in each",
    )
    ask.add_argument("--half", action="store_true", help="16 bits, where they are fast")
    ask.add_argument("--uw", type=float, default=0.5)
    ask.add_argument("--polnear", type=float, default=2)
    ask.add_argument(
        "--swap",
        type=float,
        default=1.0,
        help="share of public rows that come again with other countries",
    )
    ask.add_argument("--start", type=Path, help="folder of weights to go on from")
    ask.add_argument("--average", type=int, default=0)
    ask.add_argument("--threads", type=int, default=1)
    return ask.parse_args()


def main() -> None:
    args = arguments()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    log = args.out / "log.jsonl"
    say(log, {k: str(v) for k, v in vars(args).items()})
    model = Training(args, log).run()
    torch.save(model.state_dict(), args.out / "weights.pt")


if __name__ == "__main__":
    main()
