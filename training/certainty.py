"""Fits the weights of `benchmarks.engines.commitment` to the two factuality sets.

    python training/certainty.py ../shared/data/certainty

Logistic regression on the rules' features and the numbers of the encoder's second top,
once as news (UW train) and once as talk (UDS dev); the graded value is shared among the
classes as its raters' noise makes likely. Figures of talk are out of fold: folds are
blocks of neighbouring sentences. News is measured on UW dev, which nothing is fitted
on; only the share of news, `learned.NEWS`, was chosen with an eye on it.
"""

import json
import sys
from math import erf
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from benchmarks.engines.commitment import NEWS, judge_features, manner
from benchmarks.engines.encoder import Encoder
from benchmarks.texts import parse_question
from dateline.model import Span

OUT = Path(__file__).parents[1] / "benchmarks/engines/commitment.npz"
LEAST, FOLDS, BLOCKS = 3, 5, 20
CLASSES = ("happened", "uncertain", "not")
EDGE = 1.1  # of the graded value, between the classes
RARE = (1, 3, 4)  # how much each class of news counts
NOISE = {"news": 0.5, "talk": 1.0}  # five raters an item; two
HARD = {"news": 0.01, "talk": 0.01, "which": 0.1}
PART = 0.1  # of the scale of the words, how far the states tell news from talk


class Set:
    """The rows of one set, described."""

    def __init__(self, path, kind):
        encoder = Encoder.load()
        with path.open(encoding="utf-8") as lines:
            self.rows = [json.loads(line) for line in lines]
        self.kind, self.names, self.manner, seen = kind, [], [], []
        for row in self.rows:
            text = parse_question(row["text"])
            token, read = text.head_of(Span(*row["trigger"])), encoder.read_report(text)
            self.names.append(judge_features(text, token))
            self.manner.append(manner(text, token))
            seen.append(read.commitment(token.span))
        self.numbers = np.array([one.numbers for one in seen])
        self.states = np.array([one.manner for one in seen])
        self.gold = np.array([CLASSES.index(row["class"]) for row in self.rows])
        self.shares = shares([row["value"] for row in self.rows], NOISE[kind])
        self.fold = folds([row["text"] for row in self.rows])


def shares(values, noise):
    """Return how likely each class is, the value's raters being as noisy as that."""
    below = [[0.5 + erf((e - v) / noise / 2**0.5) / 2 for e in (-EDGE, EDGE)] for v in values]
    low, high = np.array(below).T
    return np.stack([1 - high, high - low, low], 1)


def folds(texts):
    """Return a fold for each text; neighbours, likely of one article, share theirs."""
    every = list(dict.fromkeys(texts))
    which = {text: n * BLOCKS // len(every) % FOLDS for n, text in enumerate(every)}
    return np.array([which[text] for text in texts])


def vocabulary(every):
    counts = {}
    for names in every:
        for name in names:
            counts[name] = counts.get(name, 0) + 1
    return {n: i for i, n in enumerate(sorted(n for n in counts if counts[n] >= LEAST))}


def table(every, known, numbers):
    """Return a column for each known name, then the numbers."""
    pairs = [(r, known[n]) for r, ns in enumerate(every) for n in ns if n in known]
    rows, columns = zip(*pairs, strict=True)
    ones = np.ones(len(pairs), np.float32)
    names = sparse.csr_matrix((ones, (rows, columns)), (len(every), len(known)))
    return sparse.hstack([names, sparse.csr_matrix(numbers)]).tocsr()


def fitted(x, share, weights, hard):
    """Return weights and intercepts of the classes; each row counts by its shares."""
    kept = [np.flatnonzero(column > 0.03) for column in share.T]
    rows = np.concatenate(kept)
    gold = np.repeat(np.arange(len(kept)), [len(k) for k in kept])
    weight = share[rows, gold] * np.asarray(weights)[gold]
    model = LogisticRegression(C=hard, max_iter=100, tol=1e-3)
    model.fit(x[rows], gold, sample_weight=weight)
    return model.coef_, model.intercept_


def scored(x, model):
    return x @ model[0].T + model[1]


def logs(scores):
    grown = scores - scores.max(1, keepdims=True)
    return grown - np.log(np.exp(grown).sum(1, keepdims=True))


def out_of_fold(x, of, weights, hard, fold):
    found = np.zeros((len(fold), of.shape[1] if of.shape[1] > 2 else 1))
    for n in range(FOLDS):
        model = fitted(x[fold != n], of[fold != n], weights, hard)
        found[fold == n] = scored(x[fold == n], model)
    return found


def macro(gold, said):
    both = [2 * ((gold == c) & (said == c)).sum() for c in range(3)]
    sizes = [max(1, (gold == c).sum() + (said == c).sum()) for c in range(3)]
    return float(np.mean([b / s for b, s in zip(both, sizes, strict=True)]))


def say(what, gold, scores):
    print(f"{what}: {macro(gold, scores.argmax(1)):.4f}", flush=True)


def which(news, talk):
    """Return the names and weights that tell news from talk; scores of talk, unseen."""
    every = news.manner + talk.manner
    known = vocabulary(every)
    states = np.concatenate([news.states, talk.states])
    mean, scale = states.mean(0), PART / (states.std(0) + 1e-6)
    x = table(every, known, (states - mean) * scale)
    of = np.zeros((len(every), 2))
    of[: len(news.rows), 1] = of[len(news.rows) :, 0] = 1
    fold = np.concatenate([news.fold, talk.fold])
    even = (len(news.rows) / len(talk.rows), 1)
    found = out_of_fold(x, of, even, HARD["which"], fold)[len(news.rows) :, 0]
    rows, base = fitted(x, of, even, HARD["which"])
    rows[:, len(known) :] *= scale
    return known, (rows, base - rows[:, len(known) :] @ mean), found


def judge(own, weights, *others):
    """Fit one set; return names, weights, own scores out of fold, and the others'."""
    known = vocabulary(own.names)
    x, hard = table(own.names, known, own.numbers), HARD[own.kind]
    found = out_of_fold(x, own.shares, weights, hard, own.fold)
    model = fitted(x, own.shares, weights, hard)
    rest = [scored(table(o.names, known, o.numbers), model) for o in others]
    return known, model, found, *rest


def main(folder):
    news = Set(folder / "uw_train.jsonl", "news")
    test = Set(folder / "uw_dev.jsonl", "news")
    talk = Set(folder / "uds_dev.jsonl", "talk")
    weights = len(talk.rows) / 3 / talk.shares.sum(0)
    known_n, model_n, _, test_n, talk_n = judge(news, RARE, test, talk)
    known_t, model_t, talk_t, test_t = judge(talk, weights, test)
    known_w, model_w, talk_w = which(news, talk)
    test_w = scored(table(test.manner, known_w, test.states), model_w)[:, 0]
    print(f"told right: news {(test_w > 0).mean():.3f}, talk {(talk_w < 0).mean():.3f}")
    say("UW dev, known to be news", test.gold, test_n)
    say("UDS dev, known to be talk, out of fold", talk.gold, talk_t)
    say("UW dev", test.gold, mixed(test_w, test_n, test_t))
    say("UDS dev, out of fold", talk.gold, mixed(talk_w, talk_n, talk_t))
    kept = {}
    for name, known, model in (
        ("news", known_n, model_n),
        ("talk", known_t, model_t),
        ("which", known_w, model_w),
    ):
        kept |= {name: packed(model), f"{name}-names": np.array(list(known))}
    np.savez_compressed(OUT, **kept)


def mixed(score, news, talk):
    share = 1 / (1 + np.exp(-score - NEWS))[:, None]
    return share * np.exp(logs(news)) + (1 - share) * np.exp(logs(talk))


def packed(model):
    weights, intercepts = model
    return np.vstack([weights.T, intercepts]).astype(np.float16)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
