"""Fits the weights by which a capitalised stretch is taken for a place's name.

    python fit_seek.py ../../../shared/data/places CACHE seeking.json

Prints precision and recall in five-fold cross-validation by document.
"""

import json
import sys
from pathlib import Path

import numpy as np
from corpus import FOLDS, fold, read
from logistic import fit

from dateline.extract.place.recognition import NAMES, seek
from dateline.resources.gazetteer import gazetteer


def rows(data, cache):
    table = gazetteer()
    for doc, parsed, gold in read(data, cache):
        for find in seek(table, parsed):
            if find.named.how == "adjective":
                continue
            hits = [t for t in gold if find.span.start < t["end"] and t["start"] < find.span.end]
            if any(t["lat"] is None for t in hits):
                continue
            yield doc["doc"], find.evidence, bool(hits)


def main():
    data, cache, out = map(Path, sys.argv[1:4])
    docs, x, y = zip(*rows(data, cache), strict=True)
    x, y = np.array(x), np.array(y)
    folds = np.array([fold(d) for d in docs])
    lgl = np.array([d.startswith("lgl") for d in docs])
    belief = np.zeros(len(y))
    for f in range(FOLDS):
        w = fit(x[folds != f], y[folds != f])
        belief[folds == f] = 1 / (1 + np.exp(-x[folds == f] @ w))
    for at in (0.3, 0.35, 0.4, 0.5):
        for name, part in (("lgl", lgl), ("gwn", ~lgl)):
            said, right = part & (belief > at), part & (belief > at) & y
            print(at, name, right.sum() / said.sum(), right.sum() / (part & y).sum())
    weights = dict(zip(NAMES, fit(x, y).round(3).tolist(), strict=True))
    out.write_text(json.dumps(weights, indent=1) + "\n")


if __name__ == "__main__":
    main()
