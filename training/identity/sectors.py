"""Fits what a mention's sector is: by its strings, and trees over them and tables."""

from __future__ import annotations

from zlib import crc32

import numpy as np
from country import small
from forest import forest, grown
from nets import arrays, sector, sorted_by
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from table import FOLDS, by_folds

from dateline.extract.actors.learned.sectors import sorts

ROUNDS = 90
RARE = 4  # parties: a string of fewer tells no sector
ALSO = 0.3  # weight of an accepted sector beside the primary one
NOBODY = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
SECONDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 2.0)


class Strings:
    """What the sector of each party is told by, as a sparse table."""

    def __init__(self, parties):
        told = [
            np.unique(np.array([crc32(t.encode()) for t in p["traits"]], np.uint32))
            for p in parties
        ]
        keys, counts = np.unique(np.concatenate(told), return_counts=True)
        self.keys = keys[counts >= RARE]
        known = [t[np.isin(t, self.keys)] for t in told]
        ends = np.cumsum([0, *map(len, known)])
        at = np.searchsorted(self.keys, np.concatenate(known))
        shape = (len(parties), len(self.keys))
        self.table = csr_matrix((np.ones(ends[-1], np.float32), at, ends), shape)
        rows, names, weight = [], [], []
        for i, party in enumerate(parties):
            every = [party["sector"], *party["sectors"]]
            for n, name in enumerate(every):
                rows.append(i)
                names.append(name or "-")
                weight.append(ALSO / (len(every) - 1) if n else 1.0)
        self.at, self.weight = np.array(rows), np.array(weight)
        self.names = np.array(names)
        self.classes = sorted(set(names))

    def fit(self, chosen):
        rows = chosen[self.at]
        model = LogisticRegression(C=0.3, max_iter=20, tol=1e-2)
        return model.fit(self.table[self.at[rows]], self.names[rows], self.weight[rows])

    def said(self, model, chosen):
        """Return the logarithm of each class's probability, -12 for unseen ones."""
        out = np.full((chosen.sum(), len(self.classes)), -12.0)
        at = [self.classes.index(str(name)) for name in model.classes_]
        out[:, at] = model.predict_log_proba(self.table[chosen])
        return out


class Sectors:
    """What the parts say of every party's sector, each learnt without its report."""

    def __init__(self, parties, folds, states, parts=FOLDS):
        self.parties, self.folds, self.states = parties, folds, states
        self.strings = Strings(parties)
        names = self.names = self.strings.classes
        self.first = np.array([names.index(p["sector"] or "-") for p in parties])
        self.fitting = np.zeros((len(parties), len(names)), bool)
        for i, party in enumerate(parties):
            for each in (party["sector"], *party["sectors"]):
                self.fitting[i, names.index(each or "-")] = True
        words = self.said = np.zeros(self.fitting.shape, np.float32)
        for learn, ask in by_folds(folds):
            words[ask] = self.strings.said(self.strings.fit(learn), ask)
        read = np.zeros(self.fitting.shape, np.float32)
        for learn, ask in by_folds(folds):
            net = sector(states, words, self.shares, learn)
            read[ask] = sorted_by(net, states, words, ask)
        self.rank(words, read, parts)

    @property
    def shares(self):
        """What the nets learn: the sectors of each party, what is accepted included."""
        found = np.zeros(self.fitting.shape, np.float32)
        at = [self.names.index(name) for name in self.strings.names]
        np.add.at(found, (self.strings.at, at), self.strings.weight)
        return found / found.sum(1, keepdims=True)

    def rank(self, words, read, parts):
        """Let trees weigh the sectors that strings, states, or a table bring in."""
        about, told = ([p[each] for p in self.parties] for each in ("about", "traits"))
        every = sorts(about, told, self.names, np.asarray(words), np.asarray(read))
        self.of = np.repeat(np.arange(len(every)), [len(s.codes) for s in every])
        self.codes = [c for s in every for c in s.codes]
        self.rows = np.array([r for s in every for r in s.rows], np.float32)
        both = zip(self.of, self.codes, strict=True)
        self.right = np.array([self.worth(i, c) for i, c in both])
        self.likely = np.zeros(len(self.of))
        for fold in range(parts):
            ask = self.folds[self.of] == fold
            self.likely[ask] = self.trees(~ask).predict(self.rows[ask])

    def worth(self, i, code):
        """Return 1 for the primary sector, less for an accepted one."""
        if code == (self.parties[i]["sector"] or "-"):
            return 1.0
        known = code in self.names
        return 0.7 * (known and self.fitting[i, self.names.index(code)])

    def trees(self, chosen):
        told = {"objective": "cross_entropy", "num_leaves": 16}
        return forest(self.rows[chosen], self.right[chosen], ROUNDS, **told)

    def told(self, second):
        """Return for each party the sector that is likeliest, and one nearly so."""
        best = {}
        for i, code, likely in zip(self.of, self.codes, self.likely, strict=True):
            best.setdefault(i, []).append((likely, code))
        found = []
        for i in range(len(self.parties)):
            two = sorted(best[i], reverse=True)[:2]
            found.append([c for n, (p, c) in enumerate(two) if n == 0 or p >= second])
        return found

    def right_by(self, second):
        """Return of which parties a sector told is right."""
        both = zip(self.parties, self.told(second), strict=True)
        return np.array([fits(party, codes) for party, codes in both])

    def write(self):
        """Return the weights, fitted on all reports."""
        whole = np.ones(len(self.parties), bool)
        model = self.strings.fit(whole)
        kinds, steps = small(model.coef_.T, axis=0)
        return {
            "strings": self.strings.keys,
            "kinds": kinds,
            "steps": steps,
            "offset": model.intercept_.astype(np.float32),
            "sectors": np.array(self.names, "U3"),
            **arrays(sector(self.states, self.said, self.shares, whole), "sort"),
            **grown(self.trees(np.ones(len(self.of), bool)), "sector"),
        }


def fits(party, codes) -> bool:
    """Whether a scorer takes one of two sectors for the party's."""
    if party["country"] in NOBODY:
        return True
    wanted = {party["sector"] or "-", *(c or "-" for c in party["sectors"])}
    return bool(wanted & (set(codes) - {"-"} or {"-"}))
