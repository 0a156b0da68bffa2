"""Fits the weights of `dateline.certainty.learned` to the two factuality sets.

    python training/certainty.py ../shared/data/certainty

Ridge regression of the graded value on the rules' features, in the dual; the thresholds
are those with the best macro-F1 on predictions made out of fold (folds by sentence).
News: UW train. Talk: UDS dev, so that its figure is the one out of fold, printed here.
"""

import json
import sys
from pathlib import Path

import numpy as np

from dateline.certainty.features import features, manner
from dateline.evaluate.parsing import parsed
from dateline.model import Span

OUT = Path(__file__).parents[1] / "src/dateline/certainty/weights.json"
LEAST, ALPHA, FOLDS = 3, 60.0, 5
CLASSES = ("happened", "uncertain", "not")


def load(path):
    return [json.loads(line) for line in path.open(encoding="utf-8")]


def described(rows):
    every = []
    for row in rows:
        read = parsed(row["text"])
        every.append(features(read, read.head_of(Span(*row["trigger"]))))
    return every


def matrix(every):
    counts = {}
    for names in every:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    kept = {n: i for i, n in enumerate(sorted(n for n in counts if counts[n] >= LEAST))}
    out = np.zeros((len(every), len(kept)), np.float32)
    for row, names in enumerate(every):
        out[row, [kept[n] for n in names if n in kept]] = 1
    return out, list(kept)


def ridge(kernel, value, alpha=ALPHA):
    mean = value.mean()
    ready = kernel + alpha * np.eye(len(kernel), dtype=np.float32)
    return np.linalg.solve(ready, value - mean), mean


def folds(rows):
    texts = sorted({row["text"] for row in rows})
    order = np.random.default_rng(0).permutation(len(texts))
    which = {text: int(n) % FOLDS for text, n in zip(texts, order, strict=True)}
    return np.array([which[row["text"]] for row in rows])


def out_of_fold(kernel, value, fold):
    found = np.zeros(len(value))
    for n in range(FOLDS):
        a, b = fold != n, fold == n
        dual, mean = ridge(kernel[np.ix_(a, a)], value[a])
        found[b] = kernel[np.ix_(b, a)] @ dual + mean
    return found


def macro(gold, said):
    both = [2 * ((gold == c) & (said == c)).sum() for c in range(3)]
    sizes = [max(1, (gold == c).sum() + (said == c).sum()) for c in range(3)]
    return float(np.mean([b / s for b, s in zip(both, sizes, strict=True)]))


def cut(score, low, high):
    return np.where(score >= high, 0, np.where(score >= low, 1, 2))


def thresholds(gold, score):
    grid = np.unique(np.quantile(score, np.linspace(0.005, 0.99, 100)))
    pairs = [(low, high) for low in grid for high in grid if low < high]
    return max(pairs, key=lambda pair: macro(gold, cut(score, *pair)))


def fit(name, rows):
    every = described(rows)
    table, names = matrix(every)
    kernel = table @ table.T
    value = np.array([row["value"] for row in rows], np.float32)
    gold = np.array([CLASSES.index(row["class"]) for row in rows])
    score = out_of_fold(kernel, value, folds(rows))
    low, high = thresholds(gold, score)
    said = cut(score, low, high)
    print(name, "out of fold", round(macro(gold, said), 4), len(names), "features")
    dual, mean = ridge(kernel, value)
    return packed(names, table.T @ dual, mean, (low, high)), said


def packed(names, weights, mean, bounds):
    kept = {
        n: round(float(w), 3)
        for n, w in zip(names, weights, strict=True)
        if abs(w) >= 0.004
    }
    low, high = (round(float(b), 3) for b in bounds)
    return {"low": low, "high": high, "weights": {"": round(float(mean), 3), **kept}}


def which(news, talk):
    texts = sorted({r["text"] for r in news}) + sorted({r["text"] for r in talk})
    size = len({r["text"] for r in news})
    every = [manner(parsed(text)) for text in texts]
    table, names = matrix(every)
    kernel = table @ table.T
    value = np.ones(len(texts), np.float32)
    value[size:] = -1
    fold = np.random.default_rng(1).permutation(len(texts)) % FOLDS
    score = out_of_fold(kernel, value, fold)
    right = ((score >= 0) == (value > 0)).mean()
    print("news or talk, out of fold", round(float(right), 4))
    dual, mean = ridge(kernel, value)
    return packed(names, table.T @ dual, mean, (0, 0)), dict(
        zip(texts, score >= 0, strict=True)
    )


def main(folder):
    news, talk = load(folder / "uw_train.jsonl"), load(folder / "uds_dev.jsonl")
    first, _ = fit("news", news)
    second, said = fit("talk", talk)
    third, is_news = which(news, talk)
    judge = first["weights"]
    every = described(talk)
    for n, row in enumerate(talk):  # talk taken for news
        if is_news[row["text"]]:
            score = judge[""] + sum(judge.get(name, 0) for name in every[n])
            said[n] = cut(np.array(score), first["low"], first["high"])
    gold = np.array([CLASSES.index(row["class"]) for row in talk])
    print("talk, the choice included", round(macro(gold, said), 4))
    told = {"news": first, "talk": second, "which": third}
    OUT.write_text(json.dumps(told, indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
