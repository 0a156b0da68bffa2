"""Fits how likely type and both parties are right, on our corpus's held-out tenth.

usage: python training/confidence.py   (writes src/dateline/actions/sure.json)
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training" / "corpus"))
import corpus  # noqa: E402

from dateline.actions import FrameFinder  # noqa: E402
from dateline.actions.calibrate import features  # noqa: E402
from dateline.codebook.plover import load  # noqa: E402
from dateline.encoder import Encoder  # noqa: E402
from dateline.language.en import pack  # noqa: E402
from dateline.model import Report  # noqa: E402

RIDGE = 1.0


def held(marked: str) -> bool:
    return int(hashlib.sha1(marked.encode()).hexdigest()[:8], 16) % 10 == 0


def touches(spans: list[tuple[int, int]], found: tuple) -> bool:
    return any(a < f.end and f.start < b for a, b in spans for f in found)


def right(act, spans, line) -> bool:
    """Whether some act of the line has this type, these parties."""
    for n, told in enumerate(line.acts, 1):
        tail = "" if n == 1 else str(n)
        at = {k: [(a, b) for x, a, b in spans if x == k + tail] for k in "abrt"}
        if told.deed != act.deed or not touches(at["t"], (act.trigger,)):
            continue
        does, gets = at["a"] + at["b"], at["r"]
        both = act.actors + act.recipients
        one = touches(does, act.actors) if does else not act.actors
        two = touches(gets, both if act.mutual else act.recipients) if gets else True
        if one and two:
            return True
    return False


def rows() -> tuple[np.ndarray, np.ndarray]:
    rng = random.Random("confidence")
    finder = FrameFinder(load(), Encoder.load(), raw=True)
    xs, ys = [], []
    for line in corpus.everything():
        if not held(line.marked):
            continue
        text, spans = corpus.fill(line, rng).plain()
        report = Report(line.where, text)
        parsed = pack.parse(report, pack.sentences(report))
        for act in finder(parsed, None):
            xs.append(features(act))
            ys.append(right(act, spans, line))
    return np.array(xs), np.array(ys, float)


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return logistic weights, the first for one, by Newton's steps."""
    full = np.c_[np.ones(len(x)), x]
    w = np.zeros(full.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-full @ w))
        ridge = RIDGE * np.eye(len(w))
        grad = full.T @ (p - y) + ridge @ w
        w -= np.linalg.solve((full.T * (p * (1 - p))) @ full + ridge, grad)
    return w


def main() -> None:
    x, y = rows()
    half = np.arange(len(x)) % 2 == 0
    w = fit(x[half], y[half])
    p = 1 / (1 + np.exp(-np.c_[np.ones(len(x)), x][~half] @ w))
    t = y[~half]
    print(f"{len(x)} acts, right {y.mean():.3f}; other half: told {p.mean():.3f}")
    print(f"Brier {((p - t) ** 2).mean():.3f}, base {((t.mean() - t) ** 2).mean():.3f}")
    order = np.argsort(-p)
    for share in (0.5, 0.8, 1.0):
        print(f"precision at {share:.0%}: {t[order[: int(share * len(t))]].mean():.3f}")
    path = ROOT / "src/dateline/actions/sure.json"
    path.write_text(json.dumps([round(float(v), 4) for v in fit(x, y)]) + "\n")


if __name__ == "__main__":
    main()
