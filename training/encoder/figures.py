"""Figures of the files that ship (int8, NumPy heads): figures.py FOLDER [PNG].

With PNG it draws how often an answer about the held-out pairs is right, by its
confidence.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np
import sets
from reliability import draw

from benchmarks.acts import ask_relations, older_root, score_relations
from benchmarks.engines.encoder import Encoder, fold_statuses
from dateline.model import Span

sys.path.insert(0, str(sets.DATA.parent / "score"))
import score_spans  # noqa: E402

STAND_IN = {"happened": "happened", "uncertain": "planned", "not": "negated"}


def held_out(encoder: Encoder) -> dict[str, float]:
    gold = [
        r
        for r in sets.load("relations/plv_train.jsonl")
        if sets.fifth(r["text"]) == 0 and r["actor"] and r["recipient"]
    ]
    said = list(ask_relations(gold, encoder))
    for r, a in zip(gold, said, strict=True):
        a["right"] = older_root(a["type"]) == r["root"]
    if len(sys.argv) > 2:
        sure, right = (np.array([a[k] for a in said]) for k in ("confidence", "right"))
        draw(sure, right, Path(sys.argv[2]))
    ranked = sorted(said, key=lambda a: -a["confidence"])
    some = {
        f"right in the surest {share}%": round(
            sum(a["right"] for a in ranked[: len(ranked) * share // 100])
            / (len(ranked) * share // 100),
            4,
        )
        for share in (50, 80, 100)
    }
    mean = round(sum(a["confidence"] for a in said) / len(said), 4)
    return {**score_relations(gold, said), **some, "mean confidence": mean}


def certainty(encoder: Encoder, name: str) -> dict:  # type: ignore[type-arg]
    gold = sets.load(f"certainty/{name}.jsonl")
    texts = list(dict.fromkeys(g["text"] for g in gold))
    seen = dict(zip(texts, encoder.read_text(texts), strict=True))
    said = []
    for g in gold:
        found = fold_statuses(seen[g["text"]].certainty(Span(*g["trigger"])))
        said.append({"id": g["id"], "status": STAND_IN[max(found, key=lambda k: found[k])]})
    return score_spans.certainty(gold, said)


def speed(encoder: Encoder) -> float:
    """Return words a CPU second over running text, heads apart."""
    texts = [r["text"] for r in sets.load("relations/plv_train.jsonl")]
    encoder.read_text(texts[:10])
    began = time.process_time()
    encoder.read_text(texts)
    return round(sum(len(t.split()) for t in texts) / (time.process_time() - began))


def main() -> None:
    encoder = Encoder.load(Path(sys.argv[1]))
    print("relations held out", json.dumps(held_out(encoder)))
    for name in ("uw_dev", "uds_dev"):
        print(name, json.dumps(certainty(encoder, name)))
    print("words a CPU second", speed(encoder))


if __name__ == "__main__":
    main()
