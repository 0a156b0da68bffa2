"""Fit the temperature of the type head on folds: reliability.py FOLDER:FOLD ...

FOLDER holds measure.py's logits of FOLD
("cv/own1-0:0/3"), "" for the held-out fifth.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import sets
from measure import chosen
from rows import TYPES

ROOTS = [t for t in TYPES if t not in ("CONCEDE", "RETREAT", "NONE")] + ["YIELD"]


def roots(logits: np.ndarray, temperature: float) -> np.ndarray:
    """Return probabilities of PLV's fifteen roots, as `ask relations` sums them."""
    scaled = logits[:, :16] / temperature
    p = np.exp(scaled - scaled.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    merged = [p[:, TYPES.index(r)] for r in ROOTS[:-1]]
    both = p[:, TYPES.index("CONCEDE")] + p[:, TYPES.index("RETREAT")]
    return np.stack([*merged, both], 1)


def gathered(named: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """Return the logits and gold roots of folds."""
    logits, gold = [], []
    for name in named:
        folder, fold = name.split(":")
        tag = fold.replace("/", "-") or "held"
        logits.append(np.load(Path(folder) / f"plv-{tag}.npy"))
        rows = sets.load("relations/plv_train.jsonl")
        gold += [
            ROOTS.index(r["root"])
            for r in rows
            if chosen(r["text"], fold) and r["actor"] and r["recipient"]
        ]
    return np.concatenate(logits), np.array(gold)


def loss(logits: np.ndarray, gold: np.ndarray, temperature: float) -> float:
    p = roots(logits, temperature)[np.arange(len(gold)), gold]
    return float(-np.log(np.maximum(p, 1e-9)).mean())


def coverage(sure: np.ndarray, right: np.ndarray, share: float) -> float:
    """Return the precision of the surest share of answers."""
    order = np.argsort(-sure)[: max(1, round(share * len(sure)))]
    return round(float(right[order].mean()), 4)


def draw(sure: np.ndarray, right: np.ndarray, png: Path) -> None:
    """Draw the share that is right against the confidence told."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    edges = np.quantile(sure, np.linspace(0, 1, 9))
    at = np.clip(np.searchsorted(edges, sure, side="right") - 1, 0, 7)
    bins = [n for n in range(8) if (at == n).any()]
    x = [sure[at == n].mean() for n in bins]
    y = np.array([right[at == n].mean() for n in bins])
    error = [1.96 * np.sqrt(v * (1 - v) / (at == n).sum()) for n, v in zip(bins, y, strict=True)]
    figure, axes = plt.subplots(figsize=(4.6, 4.2))
    axes.plot([0, 1], [0, 1], color="#999999", lw=1, ls="--")
    axes.errorbar(x, y, yerr=error, marker="o", color="#1f4e79", capsize=2)
    axes.set(xlabel="confidence told", ylabel="share right", xlim=(0.2, 1.02), ylim=(0.2, 1.05))
    axes.set_title(f"Type of act, {len(sure)} unseen pairs", fontsize=10)
    figure.tight_layout()
    png.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(png, dpi=130)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("named", nargs="+")
    ask.add_argument("--temperature", type=float)
    args = ask.parse_args()
    logits, gold = gathered(args.named)
    grid = [args.temperature] if args.temperature else np.geomspace(0.3, 3, 60)
    best = float(min(grid, key=lambda t: loss(logits, gold, t)))
    p = roots(logits, best)
    sure, right = p.max(1), p.argmax(1) == gold
    print(
        json.dumps(
            {
                "temperature": round(best, 3),
                "rows": len(gold),
                "right": round(float(right.mean()), 4),
                "mean confidence": round(float(sure.mean()), 4),
                **{
                    f"right in the surest {s:.0%}": coverage(sure, right, s)
                    for s in (0.5, 0.8, 1.0)
                },
            }
        )
    )


if __name__ == "__main__":
    main()
