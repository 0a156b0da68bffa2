"""Train the gate: gate.py [--encoder FOLDER] [--out FILE]; needs scikit-learn.

Positives tell an act; the rest is quiet text, cleaned of sentences in which the encoder
sees an act. Each set of positives is scored by a model trained without that set; the
threshold keeps 99 in 100 of them all together. Prints what it keeps and skips.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "encoder"), str(HERE.parent / "src")]
import own  # noqa: E402
import sets  # noqa: E402

from dateline.actions import gate  # noqa: E402
from dateline.encoder import Encoder  # noqa: E402
from dateline.language.en.lexicon import lexicon  # noqa: E402
from dateline.language.en.split import sentences as split  # noqa: E402
from dateline.model import Report, Span  # noqa: E402

CLEAN = 0.5  # an encoder's probability of an act, below which a sentence is quiet
QUIET = ("times/timebank_docs", "places/lgl_docs", "places/gwn_docs")


def cut(texts: list[str]) -> list[str]:
    """Cut texts into sentences as the program does."""
    return [s.span.of(t) for t in texts for s in split(Report("", t))]


def attacks() -> list[str]:
    """Return sentences of attack reports that name who did it and to whom."""
    found = []
    for doc in sets.load("attacks/muc4_dev.jsonl"):
        flat = [" ".join(s.split()) for s in cut([doc["text"]])]
        for incident in doc["incidents"]:
            for sentence in flat:
                some = [
                    any(name in sentence for name in incident[side])
                    for side in ("perpetrators", "targets")
                ]
                if all(some):
                    found.append(sentence)
    return sorted(set(found))


def positives() -> dict[str, list[str]]:
    """Return sentences that tell an act, by set; held-out sentences left out."""
    some = sets.unseen(set())
    rows = [
        r for r in own.rows(False, 5, 2) if any(d.types != ("NONE",) for d in r.deals)
    ]
    acts = [r["text"] for r in some["sentences"] if r["class"] != "0"]
    return {
        "attacks": attacks(),
        "diplomacy": sorted(
            {r["text"] for r in some["relations"] + some["parties"]} | set(acts)
        ),
        "own": [r.text for r in rows],
    }


def negatives(encoder: Encoder | None) -> dict[str, list[str]]:
    """Return quiet sentences, by set."""
    nothing = [
        r for r in own.rows(False, 6, 2) if all(d.types == ("NONE",) for d in r.deals)
    ]
    quiet = [r["text"] for r in sets.unseen(set())["sentences"] if r["quiet"]]
    found = {"own": [r.text for r in nothing] + quiet}
    web = [r["text"] for r in sets.load("certainty/uds_dev.jsonl")]
    found["web"] = clean(sorted(set(web)), encoder)
    for name in QUIET:
        texts = cut([d["text"] for d in sets.load(f"{name}.jsonl")])
        found[name] = clean([" ".join(t.split()) for t in texts], encoder)
    return found


def clean(texts: list[str], encoder: Encoder | None) -> list[str]:
    """Leave out sentences in which the encoder sees an act."""
    if encoder is None:
        return texts
    kept = []
    for n in range(0, len(texts), 200):
        some = texts[n : n + 200]
        for text, read in zip(some, encoder.read_text(some), strict=True):
            if read.holds(Span(0, len(text))) < CLEAN:
                kept.append(text)
    return kept


def matrix(texts: list[str]) -> csr_matrix:
    """Return the features of texts as the gate weighs them."""
    buckets, owners = gate.features(texts)
    count = np.maximum(np.bincount(owners, minlength=len(texts)), 1)
    values = 1 / np.sqrt(count[owners])
    return csr_matrix((values, (owners, buckets)), (len(texts), 1 << gate.BITS))


def fit(yes: list[str], no: list[str]) -> tuple[np.ndarray, float]:
    """Return weights and intercept."""
    model = LogisticRegression(C=4, max_iter=200, class_weight="balanced")
    model.fit(matrix(yes + no), [1] * len(yes) + [0] * len(no))
    return model.coef_[0], float(model.intercept_[0])


def unfamiliar(
    yes: dict[str, list[str]], no: dict[str, list[str]]
) -> dict[str, np.ndarray]:
    """Score each set of positives by a model that saw nothing of that set."""
    found = {}
    for name, texts in yes.items():
        rest = [t for k, v in yes.items() if k != name for t in v]
        weights, bias = fit(rest, [t for k, v in no.items() if k != name for t in v])
        scores = matrix(texts) @ weights + bias
        found[name] = np.where(gate.guarded(lexicon(), texts), np.inf, scores)
    return found


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--encoder", type=Path)
    ask.add_argument("--loss", type=float, default=0.01)
    ask.add_argument("--out", type=Path, default=gate.WEIGHTS)
    args = ask.parse_args()
    encoder = Encoder.load(args.encoder) if args.encoder else None
    yes, every = positives(), negatives(encoder)
    rng = random.Random(1)
    no, test = {}, {}
    for name, texts in every.items():
        rng.shuffle(texts)
        test[name], no[name] = texts[: len(texts) // 5], texts[len(texts) // 5 :]
    print({k: len(v) for k, v in yes.items()}, {k: len(v) for k, v in every.items()})
    scores = unfamiliar(yes, no)
    pooled = np.sort(np.concatenate(list(scores.values())))
    least = float(pooled[int(args.loss * len(pooled))])
    for name, some in scores.items():
        print(f"keeps {(some >= least).mean():.4f} of a set not trained on: {name}")
    weights, bias = fit(
        [t for v in yes.values() for t in v], [t for v in no.values() for t in v]
    )
    scale = float(np.abs(weights).max() / 127)
    small = np.round(weights / scale).astype(np.int8)
    np.savez_compressed(args.out, weights=small, scale=scale, threshold=least - bias)
    for name, texts in test.items():
        low = matrix(texts) @ weights + bias < least
        skipped = float((low & ~gate.guarded(lexicon(), texts)).mean())
        print(f"skips {skipped:.3f} of unseen quiet text: {name}")


if __name__ == "__main__":
    main()
