"""Lay states of one training over each other in equal shares: mean.py OUT RUN RUN...

Each RUN is a folder of fit.py, with reader.pt and run.json; all must have gone on from
one state, else their numbers do not mean the same. OUT gets both files; its run is
the first one's, with the seeds of all.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch


def mean_of(states: list[dict[str, torch.Tensor]]) -> dict[str, torch.Tensor]:
    """Return the mean of states; whole numbers are the last one's."""
    out = dict(states[-1])
    for name, value in out.items():
        if value.is_floating_point():
            out[name] = torch.stack([state[name] for state in states]).mean(0)
    return out


def main() -> None:
    out, *runs = map(Path, sys.argv[1:])
    out.mkdir(parents=True, exist_ok=True)
    states = [torch.load(run / "reader.pt", weights_only=True) for run in runs]
    torch.save(mean_of(states), out / "reader.pt")
    told = [json.loads((run / "run.json").read_text("utf-8")) for run in runs]
    seeds = [each["settings"]["seed"] for each in told]
    whole = told[0] | {"seeds": seeds, "seconds": sum(t["seconds"] for t in told)}
    (out / "run.json").write_text(json.dumps(whole, indent=1), "utf-8")


if __name__ == "__main__":
    main()
