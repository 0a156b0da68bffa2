"""Train the reader: fit.py RUN.toml OUT. Writes OUT/reader.pt and OUT/run.json."""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path

import torch
from batch import batch, blanked
from check import read, scores
from data import HERE, SHARED, Window, cutter, digest, fold, pages, windows
from loss import losses, total
from marks import MARKS
from network import Reader
from others import source
from who import Who, parties

LEVELS = (0.4, 0.5, 0.6, 0.7, 0.8)  # of how sure an act must be, when measured
EVERY = 10  # steps from one look of the trailing mean at the weights to the next
LIKE = 160  # windows that are sorted by length together


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("run", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--set", nargs="*", default=(), help="KEY=VALUE over the run's")
    args = ask.parse_args()
    told = tomllib.loads(args.run.read_text("utf-8"))
    told |= tomllib.loads("\n".join(args.set))
    args.out.mkdir(parents=True, exist_ok=True)
    run = Run(told)
    run.fit()
    run.save(args.out)


class Run:
    """One training: its reports, its network, and what became of it."""

    def __init__(self, told: dict) -> None:
        torch.set_num_threads(told["threads"])
        torch.manual_seed(told["seed"])
        self.told, self.rng, self.cut = told, random.Random(told["seed"]), cutter()
        self.folders = [place(name) for name in told["data"]]
        every = [one for folder in self.folders for one in pages(folder)]
        if told.get("left_out") == "unseen":
            told["left_out"] = (HERE / "unseen.txt").read_text("utf-8").split()
        self.test = [p for p in every if self.kept_back(p.id)]
        rest = [p for p in every if not self.kept_back(p.id)]
        self.learn = self.rng.sample(rest, round(len(rest) * told["share"]))
        known = {p.id for p in every}
        self.more = [
            ([p for p in source(name, self.rng) if p.id not in known], share)
            for name, share in told.get("more", [])
        ]
        rounds = told.get("rounds", 1)
        self.model = Reader(told["start"], told["frozen"], rounds=rounds)
        if before := told.get("from"):
            self.model.goes_on(torch.load(before, weights_only=True))
        self.who = Who(self.model.wide) if told.get("who") else None
        self.trail: dict[str, torch.Tensor] = {}
        self.log: dict[str, float] = {}
        self.curve: list[dict] = []
        self.began = time.time()

    def kept_back(self, name: str) -> bool:
        """Whether a report only measures: one of a list, else of the fold left out."""
        listed = self.told.get("left_out")
        return name in listed if listed else fold(name) == self.told["fold"]

    def fit(self) -> None:
        """Train for all epochs; average the last ones' weights."""
        told = self.told
        steps = len(self.batches()) * told["epochs"]
        self.make, self.rate = descent(self.model, self.who, told, steps)
        kept = []
        for epoch in range(told["epochs"]):
            self.epoch(epoch)
            if epoch >= told["epochs"] - told["average"]:
                state = self.model.state_dict()
                kept.append({k: v.detach().clone() for k, v in state.items()})
        if self.trail:
            self.model.load_state_dict(self.trail)
        elif kept:
            self.model.load_state_dict(mean(kept))
        self.model.eval()
        if self.test:
            self.measure()

    def epoch(self, number: int) -> None:
        """Go through all windows once."""
        self.model.train()
        for n, group in enumerate(self.batches()):
            shown = blanked(batch(group), self.told.get("blank", 0.0))
            found, states = losses(self.model, shown, self.told["half"])
            if self.who is not None:
                found |= self.who.losses(states, parties(group))
            self.make.zero_grad(set_to_none=True)
            total(found).backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
            self.make.step()
            self.rate.step()
            if n % EVERY == 0:
                self.trailed()
            for name, value in found.items():
                before = self.log.get(name, value.item())
                self.log[name] = 0.98 * before + 0.02 * value.item()
            if n % 100 == 0:
                spent = f"{time.time() - self.began:.0f}s"
                print(number, n, spent, rounded(self.log), flush=True)

    def trailed(self) -> None:
        """Let the trailing mean of the weights follow, where the run asks for one."""
        share = self.told.get("trail")
        state = self.model.state_dict()
        if share is None:
            return
        if not self.trail:
            self.trail = {k: v.detach().clone() for k, v in state.items()}
        for name, value in self.trail.items():
            if value.is_floating_point():
                value.lerp_(state[name], 1 - share)

    def batches(self) -> list[list[Window]]:
        """Return an epoch's windows: all reports, and a share of what else there is."""
        some = list(self.learn)
        for others, share in self.more:
            whole, part = divmod(share, 1)
            some += others * int(whole)
            some += self.rng.sample(others, round(part * len(others)))
        most = self.told["window"]
        found = list(windows(some, self.cut, most, self.rng))
        return grouped(found, self.told["batch"] * most, self.rng)

    def measure(self) -> None:
        """Compare with the reports left out."""
        some = list(windows(self.test, self.cut, self.told["window"]))
        found = read(self.model, some)
        self.curve.append({str(s): scores(self.test, found, s) for s in LEVELS})
        print("measured", self.curve[-1], flush=True)

    def save(self, out: Path) -> None:
        """Keep the weights and what is to be known of the run."""
        torch.save(self.model.state_dict(), out / "reader.pt")
        facts = {
            "settings": self.told,
            "data": digest(self.folders),
            "reports": len(self.learn),
            "tellings": sum(len(p.tellings) for p in self.learn),
            "figures": self.curve,
            "losses": rounded(self.log),
            "seconds": round(time.time() - self.began),
            "commit": commit(),
        }
        (out / "run.json").write_text(json.dumps(facts, indent=1), "utf-8")


def place(name: str) -> Path:
    """Return where reports lie: our marks, a folder of the shared data, or a path."""
    if name == "marks":
        return MARKS
    return Path(name) if name.startswith(("/", ".")) else SHARED / name


def commit() -> str:
    """Return the commit that the scripts are of; "none" outside a repository."""
    words = ["git", "rev-parse", "--short", "HEAD"]
    told = subprocess.run(words, cwd=HERE, capture_output=True, text=True, check=False)
    return told.stdout.strip() or "none"


def grouped(some: Sequence[Window], room: int, rng: random.Random) -> list[list[Window]]:
    """Return batches of windows of like length, in a random order.

    A batch has room for so many pieces, what fills its rows up included.
    """
    mixed = rng.sample(list(some), len(some))
    found: list[list[Window]] = []
    for n in range(0, len(mixed), LIKE):
        held: list[Window] = []
        for window in sorted(mixed[n : n + LIKE], key=lambda w: len(w.ids)):
            if held and len(window.ids) * (len(held) + 1) > room + 2 * len(held) + 2:
                found.append(held)
                held = []
            held.append(window)
        found.append(held)
    rng.shuffle(found)
    return found


def descent(model: Reader, who: Who | None, told: dict, steps: int):  # type: ignore[no-untyped-def]
    """Return AdamW with faster heads, and a rate that rises and falls in a line."""
    named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    layers = [p for n, p in named if n.startswith("body.")]
    heads = [p for n, p in named if not n.startswith("body.")]
    groups = [
        {"params": layers, "lr": told["rate"]},
        {"params": heads, "lr": told["rate"] * told["faster"]},
    ]
    if who is not None:  # new: they start from nothing
        groups.append({"params": list(who.parameters()), "lr": told["fresh"]})
    make = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    warm = max(1, round(0.08 * steps))

    def share(n: int) -> float:
        return min((n + 1) / warm, max(0.02, (steps - n) / max(1, steps - warm)))

    return make, torch.optim.lr_scheduler.LambdaLR(make, share)


def mean(kept: Sequence[dict]) -> dict:
    """Return the mean of several states of a network."""
    out = dict(kept[-1])
    for name, value in out.items():
        if value.is_floating_point():
            out[name] = torch.stack([k[name] for k in kept]).mean(0)
    return out


def rounded(log: dict[str, float]) -> dict[str, float]:
    return {k: round(v, 4) for k, v in log.items()}


if __name__ == "__main__":
    main()
