"""Train the second reading: learn.py OUT --sets train marks [--start READER.pt]"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from decider import NAMES, Decider, losses
from rows import Row, load_rows


def settings() -> argparse.Namespace:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--collected", type=Path, default=Path("collected"))
    ask.add_argument("--sets", nargs="+", default=["train", "marks"])
    ask.add_argument("--test", nargs="*", default=["unlearnt"])
    ask.add_argument("--start", default="minilm", help="minilm, or a reader's .pt")
    ask.add_argument("--body", default="minilm", help="the shape of its layers")
    ask.add_argument("--epochs", type=int, default=3)
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--faster", type=float, default=6.0)
    ask.add_argument("--batch", type=int, default=3)
    ask.add_argument("--share", type=float, default=1.0)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--most", type=int, default=9999, help="reports to measure by")
    ask.add_argument("--half", action="store_true", help="bf16")
    ask.add_argument("--threads", type=int, default=2)
    return ask.parse_args()


class Run:
    """One training: its reports, its network, and what became of it."""

    def __init__(self, args: argparse.Namespace) -> None:
        torch.set_num_threads(args.threads)
        torch.manual_seed(args.seed)
        self.args, self.rng = args, random.Random(args.seed)
        every = [r for s in args.sets for r in load_rows(args.collected / s)]
        self.rng.shuffle(every)
        many = round(args.share * len(every))
        self.learn, self.rest = every[:many], every[many:]
        some = [r for s in args.test for r in load_rows(args.collected / s)]
        self.test = some[: args.most]
        print(len(self.learn), "to learn from,", len(self.test), "to measure by")
        self.model = made(args.start, args.body)
        named = [(n, p) for n, p in self.model.named_parameters() if p.requires_grad]
        layers = [p for n, p in named if n.startswith("body.")]
        heads = [p for n, p in named if not n.startswith("body.")]
        groups = [
            {"params": layers, "lr": args.rate},
            {"params": heads, "lr": args.rate * args.faster},
        ]
        self.make = torch.optim.AdamW(groups, weight_decay=0.01)
        steps = args.epochs * (len(self.learn) // args.batch + 1)
        self.warm = max(1, round(0.08 * steps))

        def share(n: int) -> float:
            left = (steps - n) / max(1, steps - self.warm)
            return min((n + 1) / self.warm, max(0.02, left))

        self.rate = torch.optim.lr_scheduler.LambdaLR(self.make, share)
        self.trail = copied(self.model)
        self.began, self.steps, self.log = time.time(), 0, [0.0, 0.0]
        self.curve: list[dict[str, float]] = []

    def fit(self) -> None:
        """Train for all epochs; after each, measure and keep the trailing mean."""
        self.args.out.mkdir(parents=True, exist_ok=True)
        for epoch in range(self.args.epochs):
            self.model.train()
            self.rng.shuffle(self.learn)
            for low in range(0, len(self.learn), self.args.batch):
                self.step(self.learn[low : low + self.args.batch])
            own = copied(self.model)
            self.model.load_state_dict(self.trail)
            self.curve.append(measure(self.model, self.test))
            print("measured", epoch, self.curve[-1], flush=True)
            torch.save(self.trail, self.args.out / "decider.pt")
            self.model.load_state_dict(own)

    def step(self, group: list[Row]) -> None:
        """Learn from a few reports at once."""
        self.make.zero_grad(set_to_none=True)
        for row in group:
            most = max(NAMES, len(row.sectors))
            names = torch.tensor(self.rng.sample(range(most), len(row.sectors)))
            with torch.autocast("cpu", torch.bfloat16, enabled=self.args.half):
                scores, told = self.model(row, names.long())
            sides, kept, many = losses(scores.float(), told.float(), row)
            ((sides + 0.3 * kept) / (24 * self.args.batch)).backward()
            found = sides.item() / max(1, many), kept.item() / max(1, len(row.keep))
            both = zip(self.log, found, strict=True)
            self.log = [0.995 * a + 0.005 * b for a, b in both]
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.make.step()
        self.rate.step()
        if self.steps % 10 == 0:
            share = 0.0 if self.steps < self.warm else 0.9
            for name, value in self.model.state_dict().items():
                if value.is_floating_point():
                    self.trail[name].lerp_(value, 1 - share)
        if self.steps % 50 == 0:
            seen = 1 - 0.995 ** ((self.steps + 1) * self.args.batch)
            told = [round(x / seen, 4) for x in self.log]
            print(self.steps, f"{time.time() - self.began:.0f}s", *told, flush=True)
        self.steps += 1

    def save(self) -> None:
        """Keep what is to be known of the run."""
        every = vars(self.args).items()
        facts = {
            "settings": {k: str(v).rsplit("/", 1)[-1] for k, v in every},
            "reports": len(self.learn),
            "figures": self.curve,
            "seconds": round(time.time() - self.began),
        }
        (self.args.out / "run.json").write_text(json.dumps(facts, indent=1), "utf-8")


def copied(model: Decider) -> dict[str, torch.Tensor]:
    return {k: v.detach().clone() for k, v in model.state_dict().items()}


def main() -> None:
    run = Run(settings())
    run.fit()
    run.save()


def made(start: str, body: str = "minilm") -> Decider:
    """Return a decider that starts from MiniLM, from a reader, or from a decider."""
    model = Decider(body)
    if start != "minilm":
        state = torch.load(start, weights_only=True)
        if any(k.startswith("find.") for k in state):
            state = {k: v for k, v in state.items() if k.startswith("body.")}
        model.load_state_dict({**model.state_dict(), **state})
    return model


@torch.no_grad()
def measure(model: Decider, rows: list[Row]) -> dict[str, float]:
    """Return how often the likeliest choice of a side is right, and the losses."""
    model.eval()
    right = np.zeros(2)
    many = np.zeros(2)
    lost = kept = 0.0
    keeps = 0
    for row in rows:
        scores, told = model(row, torch.arange(len(row.sectors)))
        sides, k, _ = losses(scores, told, row)
        lost, kept, keeps = (
            lost + sides.item(),
            kept + k.item(),
            keeps + int((row.keep >= 0).sum()),
        )
        best = scores.argmax(2)
        for a, both in enumerate(row.gold):
            for s, groups in enumerate(both):
                if groups:
                    many[s] += 1
                    right[s] += any(int(best[a, s]) in g for g in groups)
    model.train()
    return {
        "actor": round(float(right[0] / many[0]), 4),
        "recipient": round(float(right[1] / many[1]), 4),
        "side loss": round(float(lost / many.sum()), 4),
        "keep loss": round(kept / keeps, 4),
    }


if __name__ == "__main__":
    main()
