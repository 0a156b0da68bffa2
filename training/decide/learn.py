"""Train the second reading: learn.py OUT --sets train marks [--start READER.pt]"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from decider import Decider, losses
from rows import Row, load_rows


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--collected", type=Path, default=Path("collected"))
    ask.add_argument("--sets", nargs="+", default=["train", "marks"])
    ask.add_argument("--test", nargs="*", default=["unlearnt"])
    ask.add_argument("--start", default="minilm", help="minilm, or a reader's .pt")
    ask.add_argument("--epochs", type=int, default=3)
    ask.add_argument("--rate", type=float, default=1.5e-4)
    ask.add_argument("--faster", type=float, default=6.0)
    ask.add_argument("--batch", type=int, default=3)
    ask.add_argument("--share", type=float, default=1.0)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--most", type=int, default=9999, help="reports to measure by")
    ask.add_argument("--half", action="store_true")
    ask.add_argument("--threads", type=int, default=2)
    args = ask.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    learn = [r for s in args.sets for r in load_rows(args.collected / s)]
    rng.shuffle(learn)
    learn, rest = (
        learn[: round(args.share * len(learn))],
        learn[round(args.share * len(learn)) :],
    )
    test = [r for s in args.test for r in load_rows(args.collected / s)][: args.most]
    print(len(learn), "to learn from,", len(test), "to measure by", flush=True)
    model = made(args.start)
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    groups = [
        {"params": [p for n, p in named if n.startswith("body.")], "lr": args.rate},
        {
            "params": [p for n, p in named if not n.startswith("body.")],
            "lr": args.rate * args.faster,
        },
    ]
    descent = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = args.epochs * (len(learn) // args.batch + 1)
    warm = max(1, round(0.08 * steps))
    rate = torch.optim.lr_scheduler.LambdaLR(
        descent,
        lambda n: min((n + 1) / warm, max(0.02, (steps - n) / max(1, steps - warm))),
    )
    began, log, curve = time.time(), [0.0, 0.0], []
    args.out.mkdir(parents=True, exist_ok=True)
    trail = {k: v.detach().clone() for k, v in model.state_dict().items()}
    n = 0
    for epoch in range(args.epochs):
        model.train()
        rng.shuffle(learn)
        for low in range(0, len(learn), args.batch):
            group = learn[low : low + args.batch]
            descent.zero_grad(set_to_none=True)
            for row in group:
                names = torch.tensor(
                    rng.sample(range(max(64, len(row.sectors))), len(row.sectors))
                )
                with torch.autocast("cpu", torch.bfloat16, enabled=args.half):
                    scores, told = model(row, names.long())
                sides, kept, many = losses(scores.float(), told.float(), row)
                loss = sides / 24 + 0.3 * kept / 24
                (loss / args.batch).backward()
                log[0] = 0.995 * log[0] + 0.005 * (sides.item() / max(1, many))
                log[1] = 0.995 * log[1] + 0.005 * (kept.item() / max(1, len(row.keep)))
            torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            descent.step()
            rate.step()
            if n % 10 == 0:
                share = 0.0 if n < warm else 0.9
                for k, v in model.state_dict().items():
                    if v.is_floating_point():
                        trail[k].lerp_(v, 1 - share)
            if n % 50 == 0:
                done = 1 - 0.995 ** ((n + 1) * args.batch)
                print(
                    epoch,
                    n,
                    f"{time.time() - began:.0f}s",
                    *(round(x / done, 4) for x in log),
                    flush=True,
                )
            n += 1
        state = model.state_dict()
        model.load_state_dict(trail)
        curve.append(measure(model, test))
        if rest:
            print("learnt by the reader", measure(model, rest[:100]), flush=True)
        print("measured", epoch, curve[-1], flush=True)
        torch.save(trail, args.out / "decider.pt")
        model.load_state_dict(state)
    facts = {
        "settings": {k: str(v).rsplit("/", 1)[-1] for k, v in vars(args).items()},
        "reports": len(learn),
        "figures": curve,
        "seconds": round(time.time() - began),
    }
    (args.out / "run.json").write_text(json.dumps(facts, indent=1), "utf-8")


def made(start: str) -> Decider:
    """Return a decider that starts from MiniLM, from a reader, or from a decider."""
    model = Decider("minilm")
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
