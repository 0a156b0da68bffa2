"""Average two stages of one run: average.py FIRST SECOND SHARE_OF_SECOND OUT."""

from __future__ import annotations

import sys
from pathlib import Path

import torch


def main() -> None:
    first, second, share, out = sys.argv[1:]
    a, b = (torch.load(Path(folder) / "weights.pt") for folder in (first, second))
    part = float(share)
    Path(out).mkdir(parents=True, exist_ok=True)
    mean = {k: torch.lerp(a[k], b[k], part) if b[k].is_floating_point() else b[k] for k in b}
    torch.save(mean, Path(out) / "weights.pt")


if __name__ == "__main__":
    main()
