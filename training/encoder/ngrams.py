"""Train the linear second opinion on pairs: ngrams.py OUT.npz [--held NAME.npy].

Needs scikit-learn. With --held (measure.py's logits of the held-out fifth) it scores
mixtures with the encoder instead of only writing.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import own
import sets
from reliability import ROOTS, roots
from rows import Row
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
sys.path.insert(0, str(sets.DATA.parent / "score"))
import score_spans  # noqa: E402

from benchmarks.engines.ngrams import BITS, hash_features  # noqa: E402
from dateline.model import Span  # noqa: E402
from dateline.resources.codebook.plover import older  # noqa: E402

Labelled = tuple[str, Span, Span, str]


def labelled(rows: list[Row]) -> list[Labelled]:
    """Return the pairs whose root is known."""
    found = []
    for row in rows:
        for deal in row.deals:
            kind = deal.types[0] if deal.types else ""
            root = older().get(kind, kind)
            if root in ROOTS and deal.actors and deal.recipients:
                spans = Span(*deal.actors[0]), Span(*deal.recipients[0])
                found.append((row.text, *spans, root))
    return found


def matrix(pairs: list[Labelled]) -> csr_matrix:
    rows, columns, values = [], [], []
    for n, (text, actor, recipient, _) in enumerate(pairs):
        at, value = hash_features(text, actor, recipient)
        rows += [n] * len(at)
        columns += at.tolist()
        values += value.tolist()
    return csr_matrix((values, (rows, columns)), (len(pairs), 1 << BITS))


def fit(weight: float) -> LogisticRegression:
    """Learn from PLV's unheld pairs, and from our own at a lower weight."""
    public = labelled([sets.relation(r) for r in sets.unseen(set())["relations"]])
    ours = labelled(own.rows(False, 9, 1))
    model = LogisticRegression(C=30, max_iter=300)
    weights = [1.0] * len(public) + [weight] * len(ours)
    every = public + ours
    return model.fit(matrix(every), [p[3] for p in every], sample_weight=weights)


def write(model: LogisticRegression, out: Path, least: float) -> None:
    """Write the rows that weigh something, as 8-bit integers."""
    weights = model.coef_.T
    rows = np.flatnonzero(np.abs(weights).max(1) >= least)
    scale = float(np.abs(weights).max() / 127)
    np.savez_compressed(
        out,
        rows=rows.astype(np.int32),
        weights=np.round(weights[rows] / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=model.intercept_.astype(np.float32),
        roots=np.array(model.classes_),
        deeds=np.array([" ".join(deeds_of(root)) for root in model.classes_]),
    )


def deeds_of(root: str) -> list[str]:
    """Return the deeds that stand under a root of PLV."""
    return [deed for deed, old in older().items() if old == root] or [root]


def mixtures(model: LogisticRegression, held: Path) -> None:
    """Print the held-out figures of mixtures with the encoder."""
    test = [
        r
        for r in sets.load("relations/plv_train.jsonl")
        if sets.fifth(r["text"]) == 0 and r["actor"] and r["recipient"]
    ]
    pairs = [(r["text"], Span(*r["actor"]), Span(*r["recipient"]), "") for r in test]
    mine = model.predict_proba(matrix(pairs))
    mine = mine[:, [list(model.classes_).index(r) for r in ROOTS]]
    other = roots(np.load(held), 1.0)
    for share in (0, 0.2, 0.3, 0.4, 0.5, 1):
        best = ((1 - share) * other + share * mine).argmax(1)
        said = [{"id": r["id"], "type": ROOTS[b]} for r, b in zip(test, best, strict=True)]
        found = score_spans.relations(test, said)
        keys = ("root_macro_f1", "root_accuracy", "quad_macro_f1", "binary_macro_f1")
        print(share, [found[k] for k in keys])


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("out", type=Path)
    ask.add_argument("--held", type=Path)
    ask.add_argument("--own", type=float, default=0.3)
    ask.add_argument("--least", type=float, default=0.25)
    args = ask.parse_args()
    model = fit(args.own)
    write(model, args.out, args.least)
    if args.held:
        mixtures(model, args.held)


if __name__ == "__main__":
    main()
