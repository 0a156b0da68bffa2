"""What a teacher says of a pool of articles: silver.py TEACHER.pt START POOL OUT


POOL holds {"id", "text", "sentences"} as pool.py writes it. OUT is a folder of
one .npz an article: what the teacher thinks of every piece, every act it sees, and the
pieces of that act's sentence.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from batch import batch
from check import runs
from data import Page, Window, cutter, windows
from network import LABELS, Reader, loaded

SURE = 0.25  # a run of pieces at least so likely to be an act is asked about
PARTS = ("deed", "status", "mode", "context", "mutual", "told")


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("teacher", type=Path)
    ask.add_argument("start")
    ask.add_argument("pool", type=Path)
    ask.add_argument("out", type=Path)
    ask.add_argument("--window", type=int, default=128)
    ask.add_argument("--part", type=int, nargs=2, default=(0, 1), help="N of M")
    ask.add_argument("--threads", type=int, default=2)
    args = ask.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    model = loaded(args.teacher, args.start)
    cut, began = cutter(), time.time()
    for n, page in enumerate(articles(args.pool)):
        if n % args.part[1] != args.part[0]:
            continue
        if not (args.out / f"{n:05}.npz").exists():
            save(args.out / f"{n:05}.npz", page, judged(model, page, cut, args.window))
        if n % 100 == 0:
            print(n, f"{time.time() - began:.0f}s", flush=True)


def articles(path: Path) -> Iterator[Page]:
    with path.open(encoding="utf-8") as rows:
        for row in map(json.loads, rows):
            yield Page(row["id"], row["text"], [tuple(s) for s in row["sentences"]])


@torch.no_grad()
def judged(model: Reader, page: Page, cut, most: int) -> list[dict]:
    """Return one record a sentence."""
    found = []
    some = list(windows([page], cut, most))
    for start in range(0, len(some), 8):
        group = some[start : start + 8]
        one = batch(group)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            raw = model.states(one.ids, one.mask)
        states = raw.float()
        pieces = torch.sigmoid(model.find(states)).numpy()
        for n, w in enumerate(group):
            found.extend(sentences(model, w, states[n], pieces[n]))
    return found


def sentences(model: Reader, w: Window, states, pieces) -> Iterator[dict]:
    for (first, last), bounds in zip(w.sentences, w.bounds, strict=True):
        own = pieces[first:last]
        spans = list(runs(own[:, 0].tolist(), own[:, 1].tolist(), SURE))
        acts = answers(model, states[first:last], spans) if spans else {}
        yield {"bounds": bounds, "pieces": own, "spans": spans, **acts}


def answers(model: Reader, states, spans) -> dict:
    """Return the heads' probabilities for the acts of one sentence."""
    trigger = torch.stack([states[a:b].mean(0) for a, b in spans])
    around = states.mean(0, keepdim=True).expand(len(spans), -1)
    hidden = model.acts(trigger, around)
    said = {name: model.say[name](hidden) for name in LABELS}
    out = {name: torch.softmax(said[name], 1) for name in ("deed", "status", "mode")}
    out |= {name: torch.sigmoid(said[name]) for name in ("context", "mutual")}
    out["told"] = torch.softmax(said["told"].reshape(-1, 2, 3), 2).reshape(-1, 6)
    steps = torch.arange(len(states))
    distance = torch.stack(
        [torch.where(steps < a, steps - a, (steps - b + 1).clamp(min=0)) for a, b in spans]
    )
    whole = states[None].expand(len(spans), -1, -1)
    out["roles"] = torch.softmax(model.roles(whole, trigger, out["deed"], distance), -1)
    return {name: value.numpy() for name, value in out.items()}


def save(path: Path, page: Page, found: list[dict]) -> None:
    """Keep an article's records; roles lie end to end, act after act."""
    acts = [s for s in found if s["spans"]]

    def joined(name: str, width: int) -> np.ndarray:
        rows = [s[name].reshape(-1, width) for s in acts]
        return np.concatenate([np.zeros((0, width)), *rows]).astype(np.float16)

    owner = [n for n, s in enumerate(found) for _ in s["spans"]]
    np.savez(
        path,
        id=np.array(page.id),
        bounds=np.array([s["bounds"] for s in found], np.int64).reshape(-1, 2),
        sizes=np.array([len(s["pieces"]) for s in found], np.int64),
        pieces=np.concatenate([s["pieces"] for s in found]).astype(np.float16)
        if found
        else np.zeros((0, 18), np.float16),
        owner=np.array(owner, np.int64),
        spans=np.array([a for s in found for a in s["spans"]], np.int64).reshape(-1, 2),
        roles=joined("roles", 15),
        **{name: joined(name, LABELS[name]) for name in PARTS},
    )


if __name__ == "__main__":
    main()
