"""Lay two states of one training over each other: mix.py A.pt B.pt SHARE-OF-B OUT.pt"""

from __future__ import annotations

import sys

import torch


def main() -> None:
    first, second, share, out = sys.argv[1:]
    a, b = (torch.load(path, weights_only=True) for path in (first, second))
    torch.save({k: mixed(a[k], b[k], float(share)) for k in b}, out)


def mixed(a: torch.Tensor, b: torch.Tensor, share: float) -> torch.Tensor:
    return a * (1 - share) + b * share if b.is_floating_point() else b


if __name__ == "__main__":
    main()
