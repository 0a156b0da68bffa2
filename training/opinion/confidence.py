"""Fit how sure a claim is that a language model was asked about.

    python training/opinion/confidence.py GOLD ANSWERS [--write]

GOLD is a folder of reports that the program has not learnt from, with `gold/` and
`texts/`; ANSWERS what `prompts.py gather` wrote. Each report is coded as `dateline
code` would with the recorded answer; a claim is right where type and both parties are.
Scores are told with each report left out once.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.opinion import code_recorded, read_answered_reports
from benchmarks.reports import CHECKS, align
from dateline.llm.revision import EXTREME, FITTED

CASES = {"both": 2, "differ": 2, "model": 1}  # how many numbers are fitted
PRIOR = 2.0  # the weight of "as the program's own" (differ and model: even chances)
STEPS = 30
Rows = list[tuple[str, str, float, bool]]


def judge(row: dict[str, Any]) -> Rows:
    """Return report, case, own confidence and whether it is right, of each claim."""
    claims = code_recorded(row)
    pairs, repeats = align(claims, row["events"])
    found: Rows = []
    for i, claim in enumerate(claims):
        event = row["events"][pairs[i]] if i in pairs else None
        if i in repeats or (event and event["importance"] == "arguable"):
            continue
        sides = ("actor", "recipient")
        right = event is not None and all(CHECKS[s](claim, event) for s in sides)
        other = claim.get("opinion", {}).get("own")
        own = other["confidence"] if other else claim["rated"]
        found.append((row["report"], claim["reader"], own, right))
    return found


def fit(rows: Rows, case: str) -> tuple[float, float]:
    """Return the two numbers of a case."""
    mine = [row for row in rows if row[1] == case]
    own = np.clip([row[2] for row in mine], EXTREME, 1 - EXTREME)
    right = np.array([row[3] for row in mine], float)
    x = np.log(own / (1 - own)) * (CASES[case] == 2)
    given = np.stack([np.ones_like(x), x], 1)
    usual = np.array([0.0, 1.0 if case == "both" else 0.0])
    w = usual.copy()
    for _ in range(STEPS):  # Newton's
        odds = 1 / (1 + np.exp(-given @ w))
        slope = given.T @ (odds - right) + 2 * PRIOR * (w - usual)
        bend = (given * (odds * (1 - odds))[:, None]).T @ given + 2 * PRIOR * np.eye(2)
        w = w - np.linalg.solve(bend, slope)
    return round(float(w[0]), 3), round(float(w[1]), 3) if CASES[case] == 2 else 0.0


def rate(row: tuple[str, str, float, bool], w: tuple[float, float]) -> float:
    """Return the chance that a claim is right."""
    own = min(max(row[2], EXTREME), 1 - EXTREME)
    return float(1 / (1 + np.exp(-(w[0] + w[1] * np.log(own / (1 - own))))))


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--write", action="store_true")
    told = parser.parse_args()
    rows = [line for row in read_answered_reports([told.gold, told.answers]) for line in judge(row)]
    names = sorted({row[0] for row in rows})
    cases = {}
    for case in CASES:
        mine = [row for row in rows if row[1] == case]
        cases[case] = fit(rows, case)
        brier = [
            (rate(row, fit([r for r in rows if r[0] != row[0]], case)) - row[3]) ** 2
            for row in mine
        ]
        own = np.mean([(row[2] - row[3]) ** 2 for row in mine])
        print(
            f"{case}: {len(mine)} claims, {np.mean([r[3] for r in mine]):.3f} right;"
            f" Brier {np.mean(brier):.3f}, by the program's own confidence {own:.3f};"
            f" {cases[case]}"
        )
    if told.write:
        kept = {"reports": len(names), "claims": len(rows), "cases": cases}
        FITTED.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
