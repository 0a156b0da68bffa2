"""Fit what the program believes of itself: calibrate.py FOLD:WEIGHTS…

Each WEIGHTS is a folder of the encoder whose reader has not seen that fold of the
annotated reports; FOLD may also be a folder of reports (gold/, texts/) of its own. How
likely type and both parties of a claim are right is fitted on what it reads there
(actions/sure.json). Reports are halved: fitted on one half, shown on the other; what
ships is fitted on both.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
from data import SHARED, fold

from dateline.actions.sure import TABLE, features
from dateline.encoder import Reader
from dateline.evaluate.fields import actor, recipient
from dateline.evaluate.reports import align
from dateline.model import Claim, Report
from dateline.model.record import record
from dateline.parts import coder
from dateline.read.wire import mark

RIDGE = 3.0
STEPS = 60
LEVELS = (0.3, 0.5, 0.6, 0.7, 0.8, 0.9)


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("folds", nargs="+", metavar="FOLD:WEIGHTS")
    ask.add_argument("--floor", type=float, default=0.3, help="acts less sure are left")
    args = ask.parse_args()
    told = [row for one in args.folds for row in judged(one, args.floor)]
    halves = [[r for r in told if fold(f"half {r[0]}") % 2 == n] for n in (0, 1)]
    for n in (0, 1):
        weights = fitted([(f, ok) for _, f, ok in halves[1 - n]])
        show([(chance(weights, f), ok) for _, f, ok in halves[n]])
    found = fitted([(f, ok) for _, f, ok in told])
    kept = {k: round(v, 4) for k, v in sorted(found.items())}
    TABLE.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def judged(one: str, floor: float) -> Iterator[tuple[str, dict[str, float], bool]]:
    """Yield (report, features, whether right) of every claim that counts."""
    number, _, folder = one.partition(":")
    reader = Reader.load(Path(folder))
    program = replace(coder(), encode=reader.encode, read_acts=reader)
    program = replace(program, seconds=0, least=0.0)
    program = replace(program, find_actions=replace(program.find_actions, sure=floor))
    own = Path(number) if not number.isdecimal() else None
    root = own or SHARED / "annotated/train"
    for path in sorted((root / "gold").glob("*.json")):
        if own is None and fold(path.stem) != int(number):
            continue
        gold = json.loads(path.read_text("utf-8"))
        with (root / f"texts/{path.stem}.txt").open(encoding="utf-8", newline="") as f:
            text = f.read()
        day = date.fromisoformat(gold["published"][:10]) if gold["published"] else None
        report = Report(path.stem, text, outlet=gold["outlet"] or "", published=day)
        claims = program.code(mark(report)).claims
        for claim, ok in outcomes(claims, text, gold["events"]):
            told = (claim.action, claim.action.act, claim.actors, claim.recipients)
            if claim.action.act is not None:
                yield path.stem, features(*told), ok  # type: ignore[arg-type]


def outcomes(
    claims: Sequence[Claim], text: str, events: list[dict]
) -> Iterator[tuple[Claim, bool]]:
    """Yield each claim with whether type and both parties are right."""
    rows = [record(claim, text) for claim in claims]
    pairs, again = align(rows, events)
    for i, (claim, row) in enumerate(zip(claims, rows, strict=True)):
        event = events[pairs[i]] if i in pairs else None
        if i in again or (event and event["importance"] == "arguable"):
            continue
        right = event is not None and actor(row, event) and recipient(row, event)
        yield claim, right


def fitted(rows: Sequence[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """Fit a logistic model by Newton's method, with a ridge."""
    names = sorted({name for told, _ in rows for name in told})
    at = {name: n for n, name in enumerate(names)}
    x = np.zeros((len(rows), len(names) + 1))
    x[:, -1] = 1
    for n, (told, _) in enumerate(rows):
        for name, value in told.items():
            x[n, at[name]] = value
    y = np.array([float(ok) for _, ok in rows])
    ridge = np.full(len(names) + 1, RIDGE)
    ridge[-1] = 1e-3
    w = np.zeros(len(names) + 1)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x @ w, -30, 30)))
        slope = x.T @ (p - y) + ridge * w
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        w -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip([*names, "bias"], map(float, w), strict=True))


def chance(weights: dict[str, float], told: dict[str, float]) -> float:
    score = weights["bias"] + sum(weights.get(k, 0.0) * v for k, v in told.items())
    return 1 / (1 + math.exp(-score))


def show(pairs: Sequence[tuple[float, bool]]) -> None:
    """Print what keeping the surer would keep, and the error of calibration."""
    for level in LEVELS:
        kept = [ok for p, ok in pairs if p >= level]
        share = sum(kept) / max(1, len(kept))
        part = sum(kept) / max(1, sum(ok for _, ok in pairs))
        print(f"surer than {level}: {share:.3f} of {len(kept)} right, {part:.3f} kept")
    gaps = 0.0
    for n in range(10):
        low, high = n / 10, n / 10 + 0.1
        part_of = [(p, ok) for p, ok in pairs if low <= p < high]
        gaps += abs(sum(p for p, _ in part_of) - sum(ok for _, ok in part_of))
    print(f"calibration error {gaps / max(1, len(pairs)):.3f}")


if __name__ == "__main__":
    main()
