"""Claims about whole reports against gold events: detection, fields, end to end."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from dateline.evaluate.coded import code_rows
from dateline.evaluate.fields import CHECKS, FIELDS, TOLD, span_overlap

Record = dict[str, Any]
WEIGHT = {"core": 1.0, "secondary": 0.5, "arguable": 0.0}
TOUCH, SAME = 0.5, 0.3  # of the shorter trigger; of the union of two evidences


def gold(paths: Sequence[Path]) -> list[Record]:
    """Return the annotated reports of a folder with `gold/` and `texts/`."""
    found = []
    for path in sorted((paths[0] / "gold").glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        text = paths[0] / "texts" / f"{row['report']}.txt"
        with text.open(encoding="utf-8", newline="") as file:
            found.append({**row, "text": file.read()})
    if not found:
        raise ValueError("no gold/*.json in the folder")
    return found


def answers(rows: Sequence[Record]) -> list[Record]:
    """Return the program's claims about the reports."""
    return code_rows(
        {
            "id": g["report"],
            "text": g["text"],
            "published": (g["published"] or "")[:10] or None,
            "outlet": g["outlet"],
        }
        for g in rows
    )


def score(rows: Sequence[Record], claims: Sequence[Record]) -> dict[str, float]:
    """Return precision, recall and F1, found and end to end, and field accuracies."""
    mine: dict[str, list[Record]] = defaultdict(list)
    for claim in claims:
        mine[claim["report"]].append(claim)
    n: Counter[str] = Counter()
    w: dict[str, float] = defaultdict(float)
    for row in rows:
        count_report(row["events"], mine[row["report"]], n, w)
    return sum_figures(n, w)


def sum_figures(n: Counter[str], w: dict[str, float]) -> dict[str, float]:
    """Return the figures of what was counted of reports, and of their weights."""
    emitted = n["matched"] + n["false"]
    found = precision_recall_f1(
        "detection", n["matched"] / max(1, emitted), w["found"], w["all"]
    )
    found["core recall"] = n["core found"] / max(1, n["core"])
    found |= precision_recall_f1(
        "END-TO-END", n["whole"] / max(1, emitted), w["whole"], w["all"]
    )
    for field in FIELDS:
        found[f"all matched: {field}"] = n[field] / max(1, n["matched"])
    for field in FIELDS:
        if n[f"told {field}"]:
            found[f"where told: {field}"] = n[f"right {field}"] / n[f"told {field}"]
    return found


def precision_recall_f1(
    name: str, precision: float, part: float, whole: float
) -> dict[str, float]:
    """Return precision, recall and F1 under one name."""
    recall = part / whole if whole else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {f"{name} precision": precision, f"{name} recall": recall, f"{name} F1": f1}


def count_report(
    events: Sequence[Record],
    claims: Sequence[Record],
    n: Counter[str],
    w: dict[str, float],
) -> None:
    """Count one report."""
    pairs, repeats = align(claims, events)
    for event in events:
        w["all"] += WEIGHT[event["importance"]]
        n["core"] += event["importance"] == "core"
    for i, claim in enumerate(claims):
        if i in pairs:
            count_fields(claim, events[pairs[i]], n, w)
        elif i not in repeats:
            n["false"] += 1


def count_fields(
    claim: Record, event: Record, n: Counter[str], w: dict[str, float]
) -> None:
    """Count the fields of a claim that fits an event."""
    if event["importance"] == "arguable":
        return
    right = {field: CHECKS[field](claim, event) for field in FIELDS}
    whole = right["actor"] and right["recipient"]
    n["matched"] += 1
    n["core found"] += event["importance"] == "core"
    n["whole"] += whole
    w["found"] += WEIGHT[event["importance"]]
    w["whole"] += WEIGHT[event["importance"]] * whole
    for field in FIELDS:
        n[field] += right[field]
        if TOLD[field](event):
            n[f"told {field}"] += 1
            n[f"right {field}"] += right[field]


def align(
    claims: Sequence[Record], events: Sequence[Record]
) -> tuple[dict[int, int], set[int]]:
    """Return claim -> event, one to one and best first, and the claims that repeat one.

    A told event may be repeated as often as the report itself repeats it.
    """
    scored = [
        (-fits, i, j)
        for i, claim in enumerate(claims)
        for j, event in enumerate(events)
        if (fits := fit_event(claim, event)) is not None
    ]
    pairs: dict[int, int] = {}
    for _, i, j in sorted(scored):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    spare = {j: max(len(event["mentions"]) - 1, 0) for j, event in enumerate(events)}
    repeats: set[int] = set()
    for _, i, j in sorted(scored):
        if i not in pairs and i not in repeats and spare[j]:
            spare[j] -= 1
            repeats.add(i)
    return pairs, repeats


def fit_event(claim: Record, event: Record) -> float | None:
    """Return how well a claim fits an event; None where it cannot be the same."""
    read = {claim["type"], claim.get("deed") or claim["type"]}
    if read.isdisjoint((event["type"], *event["accept_types"])):
        return None
    touch = max(span_overlap(claim["trigger"], m)[0] for m in event["mentions"])
    same = span_overlap(claim["evidence"], event["evidence"])[1]
    if touch < TOUCH and same < SAME:
        return None
    text = same + (2 + touch if touch >= TOUCH else 0)
    alike = sum(
        CHECKS[f](claim, event) for f in ("actor", "recipient", "status", "when")
    )
    return float(text + 0.5 * (claim["type"] == event["type"]) + 0.2 * alike)
