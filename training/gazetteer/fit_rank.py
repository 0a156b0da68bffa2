"""Fits the weights by which one of several namesakes is chosen.

    python fit_rank.py ../../../shared/data/places weights.json

Listwise: the share of belief on places within 161 km of the gold one (or with its
geonameid) is raised; weights are drawn to those in weights.prior.json, so that what the
sets never show (wire reports from everywhere) stays as reasoned. Prints accuracy in
five-fold cross-validation by document, at the hand-made and at the fitted weights.
"""

import json
import sys
from pathlib import Path

import numpy as np
from corpus import FOLDS, fold, lines

from dateline.extract.place.candidates import Atlas
from dateline.extract.place.report import group_mentions, home_of
from dateline.extract.place.resolve import (
    NAMES,
    VOTES,
    joint_features,
    lone_features,
    shares_of_scores,
)
from dateline.model import Span
from dateline.nlp.en import pack
from dateline.resources.gazetteer import gazetteer
from dateline.resources.gazetteer.entry import km

HERE = Path(__file__).parent
RIDGE = 0.02
ROUNDS = 3


def documents(data):
    atlas = Atlas(gazetteer(), pack.lexicon)
    for name in ("lgl", "gwn"):
        gold = {g["doc"]: g["toponyms"] for g in lines(data / f"{name}_gold.jsonl")}
        for doc in lines(data / f"{name}_docs.jsonl"):
            tops = gold[doc["doc"]]
            spans = sorted({Span(t["start"], t["end"]) for t in tops})
            home = home_of(doc["url"] or "")
            named = [g for g in group_mentions(atlas, doc["text"], spans) if g.entries]
            right = [answers(g, tops) for g in named]
            yield doc["doc"], named, [lone_features(g, home) for g in named], right


def answers(group, tops):
    """Return for each entry how many of the group's mentions it is right for."""
    spans = {(s.start, s.end) for s in group.spans}
    mine = [t for t in tops if (t["start"], t["end"]) in spans and t["lat"] is not None]
    return np.array([sum(close(e, t) for t in mine) for e in group.entries], float), len(mine)


def close(e, t):
    same = e.geonameid is not None and e.geonameid == t.get("geonameid")
    return same or km(e.lat, e.lon, t["lat"], t["lon"]) <= 161


def fitted(items, prior, free):
    """Adam on -log of the right share, with a pull to the prior."""
    w, m, v = prior.copy(), np.zeros_like(prior), np.zeros_like(prior)
    for step in range(1, 401):
        slope = RIDGE * len(items) * (w - prior) / 4
        for x, good, weight in items:
            p = shares_of_scores(x @ w)
            share = max(p[good].sum(), 1e-9)
            q = np.where(good, p / share, 0.0)
            slope -= weight * ((q - p) @ x)
        slope *= free
        m, v = 0.9 * m + 0.1 * slope, 0.999 * v + 0.001 * slope**2
        w = w - 0.03 * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return w


def examples(docs, full):
    found = []
    for (name, _, _, right), xs in zip(docs, full, strict=True):
        weight = 1.0 if name.startswith("lgl") else 1.4
        for x, (good, n) in zip(xs, right, strict=True):
            if n and 0 < (good > 0).sum() < len(good):
                found.append((x, good > 0, weight * n**0.5))
    return found


def train(docs, prior):
    first, second = prior
    free1 = np.array([float(i < VOTES) for i in range(len(NAMES))])
    static = [xs for _, _, xs, _ in docs]
    first = fitted(examples(docs, static), first, free1)
    for _ in range(ROUNDS):
        second = fitted(examples(docs, views(docs, first, second)), second, np.ones(len(NAMES)))
    return first, second


def views(docs, first, second, passes=2):
    found = []
    for _, named, xs, _ in docs:
        beliefs = [shares_of_scores(x[:, :VOTES] @ first[:VOTES]) for x in xs]
        full = joint_features(named, xs, beliefs)
        for _ in range(passes):
            beliefs = [shares_of_scores(x @ second) for x in full]
            full = joint_features(named, xs, beliefs)
        found.append(full)
    return found


def accuracy(docs, weights):
    first, second = weights
    right, total = {"lgl": 0, "gwn": 0}, {"lgl": 0, "gwn": 0}
    for (name, _, _, answers_), full in zip(docs, views(docs, first, second), strict=True):
        for x, (good, n) in zip(full, answers_, strict=True):
            right[name[:3]] += good[int((x @ second).argmax())]
            total[name[:3]] += n
    return {k: (right[k], total[k]) for k in right}


def main():
    data, out = map(Path, sys.argv[1:3])
    told = json.loads((HERE / "weights.prior.json").read_text())
    prior = tuple(np.array([told[k].get(f, 0.0) for f in NAMES]) for k in ("first", "second"))
    docs = list(documents(data))
    print("by hand", accuracy(docs, prior))
    sums = {"lgl": [0, 0], "gwn": [0, 0]}
    for f in range(FOLDS):
        weights = train([d for d in docs if fold(d[0]) != f], prior)
        for k, (a, b) in accuracy([d for d in docs if fold(d[0]) == f], weights).items():
            sums[k][0] += a
            sums[k][1] += b
    print("cross-validated", {k: (a, b, a / b) for k, (a, b) in sums.items()})
    first, second = train(docs, prior)
    print("on all", accuracy(docs, (first, second)))
    named = {
        "first": dict(zip(NAMES[:VOTES], first[:VOTES].round(3).tolist(), strict=True)),
        "second": dict(zip(NAMES, second.round(3).tolist(), strict=True)),
    }
    for part in named.values():  # both sets are mostly of one home: not to be trusted more
        part["home_country"], part["outside"] = min(part["home_country"], 2.0), 0.0
    out.write_text(json.dumps(named, indent=1) + "\n")


if __name__ == "__main__":
    main()
