"""Fits the weights of `dateline.certainty.learned` to the two factuality sets.

    python training/certainty.py ../shared/data/certainty

Logistic regression on the rules' features, once as news (UW train) and once as talk
(UDS dev), and on the encoder's states as talk; the graded value is shared among the
classes as its raters' noise makes likely. The encoder has seen UW train, so nothing is
fitted to its states there. Every figure printed is out of fold: folds are blocks of
neighbouring sentences, and thresholds are chosen inside the training folds.
"""

import json
import sys
from math import erf
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from dateline.certainty.features import features, manner
from dateline.certainty.states import pooled
from dateline.encoder import Encoder
from dateline.evaluate.parsing import parsed
from dateline.model import Span

OUT = Path(__file__).parents[1] / "src/dateline/certainty/weights.npz"
LEAST, FOLDS, BLOCKS = 3, 5, 20
CLASSES = ("happened", "uncertain", "not")
EDGE = 1.1  # of the graded value, between the classes
RARE = (1, 3, 4)  # how much each class of news counts
NOISE = {"news": 0.5, "talk": 1.0}  # five raters an item; two
HARD = {"rules news": 0.1, "rules talk": 0.03, "states": 0.0005, "which": 0.3}


class Set:
    """The rows of one set, described."""

    def __init__(self, path, kind):
        encoder = Encoder.load()
        with path.open(encoding="utf-8") as lines:
            self.rows = [json.loads(line) for line in lines]
        self.kind, self.names, self.manner, states = kind, [], [], []
        for row in self.rows:
            text = parsed(row["text"])
            token, read = text.head_of(Span(*row["trigger"])), encoder.read(text)
            self.names.append(features(text, token))
            self.manner.append(manner(text, token))
            states.append(pooled(text, token, read))
        self.states = np.array(states)
        self.gold = np.array([CLASSES.index(row["class"]) for row in self.rows])
        self.shares = shares([row["value"] for row in self.rows], NOISE[kind])
        self.fold = folds([row["text"] for row in self.rows])


def shares(values, noise):
    """Return how likely each class is, the value's raters being as noisy as that."""
    below = [
        [0.5 + erf((e - v) / noise / 2**0.5) / 2 for e in (-EDGE, EDGE)] for v in values
    ]
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


def table(every, known):
    pairs = [(r, known[n]) for r, ns in enumerate(every) for n in ns if n in known]
    rows, columns = zip(*pairs, strict=True)
    shape = (len(every), len(known))
    return sparse.csr_matrix((np.ones(len(pairs), np.float32), (rows, columns)), shape)


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


def leaning(scores, gold):
    """Return what to add to the classes' scores for the best macro-F1."""
    grid = np.linspace(-1.2, 1.2, 17)
    pairs = [(0.0, a, b) for a in grid for b in grid]
    return np.array(max(pairs, key=lambda p: macro(gold, (scores + p).argmax(1))))


def leant(scores, gold, fold):
    """Return the scores with what the other folds would add."""
    out = scores.copy()
    for n in range(FOLDS):
        out[fold == n] += leaning(scores[fold != n], gold[fold != n])
    return out


def say(what, gold, scores):
    print(f"{what}: {macro(gold, scores.argmax(1)):.4f}", flush=True)


def which(news, talk):
    """Return the table of news against talk, its names, and its out-of-fold shares."""
    every = news.manner + talk.manner
    known = vocabulary(every)
    x = table(every, known)
    of = np.zeros((len(every), 2))
    of[: len(news.rows), 1] = of[len(news.rows) :, 0] = 1
    fold = np.concatenate([news.fold, talk.fold])
    even = (len(news.rows) / len(talk.rows), 1)
    score = out_of_fold(x, of, even, HARD["which"], fold)[:, 0]
    right = ((score > 0) == of[:, 1]).mean()
    print(f"news or talk, out of fold: {right:.4f}")
    share = 1 / (1 + np.exp(-score))
    return known, fitted(x, of, even, HARD["which"]), np.split(share, [len(news.rows)])


def by_rules(own, other, weights):
    """Fit one set; return its weights and the scores of both sets, own out of fold."""
    known = vocabulary(own.names)
    x, hard = table(own.names, known), HARD[f"rules {own.kind}"]
    found = out_of_fold(x, own.shares, weights, hard, own.fold)
    model = fitted(x, own.shares, weights, hard)
    return known, model, found, scored(table(other.names, known), model)


def by_states(talk, weights):
    """Fit the encoder's states; return the model, and its scores out of fold."""
    scale = StandardScaler().fit(talk.states)
    x = scale.transform(talk.states)
    found = out_of_fold(x, talk.shares, weights, HARD["states"], talk.fold)
    rows, intercepts = fitted(x, talk.shares, weights, HARD["states"])
    rows = rows / scale.scale_
    return (rows, intercepts - rows @ scale.mean_), found


def main(folder):
    news = Set(folder / "uw_train.jsonl", "news")
    talk = Set(folder / "uds_dev.jsonl", "talk")
    weights = len(talk.rows) / 3 / talk.shares.sum(0)
    known_n, news_model, news_own, news_talk = by_rules(news, talk, RARE)
    known_t, talk_model, talk_own, talk_news = by_rules(talk, news, weights)
    states_model, seen = by_states(talk, weights)
    known_w, which_model, (share_n, share_t) = which(news, talk)
    lean = leaning(news_own, news.gold)
    own = leant(news_own, news.gold, news.fold)
    both = (logs(talk_own) + logs(seen)) / 2
    other = (logs(talk_news) + logs(scored(news.states, states_model))) / 2
    say("news, known to be", news.gold, own)
    say("talk, known to be, rules alone", talk.gold, talk_own)
    say("talk, known to be", talk.gold, both)
    say("news, not known to be", news.gold, mixed(share_n, own, other))
    say("talk, not known to be", talk.gold, mixed(share_t, news_talk + lean, both))
    kept = {"states": packed(states_model)}
    for name, known, model in (
        ("news", known_n, (news_model[0], news_model[1] + lean)),
        ("talk", known_t, talk_model),
        ("which", known_w, which_model),
    ):
        kept |= {name: packed(model), f"{name}-names": np.array(list(known))}
    np.savez_compressed(OUT, **kept)


def mixed(share, news, talk):
    one, other = np.exp(logs(news)), np.exp(logs(talk))
    return share[:, None] * one + (1 - share[:, None]) * other


def packed(model):
    weights, intercepts = model
    return np.vstack([weights.T, intercepts]).astype(np.float16)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
