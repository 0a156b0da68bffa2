"""Fits who a mention is (country, sector) and writes src/dateline/actors/weights.

usage: python training/identity/train.py ROWS.pkl [MORE.pkl ...] [--check]

Needs scikit-learn and lightgbm beside the program.

Prints figures by four-fold cross-validation over the reports of ROWS, learning from
MORE as well; with --check writes nothing.
"""

from __future__ import annotations

import hashlib
import pickle
import sys
from pathlib import Path
from zlib import crc32

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from dateline.actors.ranks import sorts

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "src" / "dateline" / "actors" / "weights" / "identity.npz"
BUCKETS = 1 << 17
FOLDS = 4
NOBODY = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
FOREST = {
    "objective": "binary",
    "num_leaves": 24,
    "learning_rate": 0.08,
    "min_data_in_leaf": 40,
    "lambda_l2": 5.0,
    "max_bin": 63,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "seed": 12,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
ROUNDS = 200
SORTS = 120
RARE = 4  # parties: a string of fewer tells no sector
ALSO = 0.3  # weight of an accepted sector beside the primary one


def fold(report: str) -> int:
    return int(hashlib.sha1(report.encode()).hexdigest()[:8], 16) % FOLDS


class Candidates:
    """Every candidate of every party as one row."""

    def __init__(self, parties):
        self.parties = parties
        self.of = np.repeat(np.arange(len(parties)), [len(p["codes"]) for p in parties])
        self.codes = np.array([c for p in parties for c in p["codes"]], object)
        self.rows = np.concatenate([p["rows"] for p in parties if len(p["codes"])])
        marks = [m for p in parties for m in p["marks"]]
        ends = np.cumsum([0, *(len(m) for m in marks)])
        ones = np.ones(ends[-1], np.float32)
        shape = (len(marks), BUCKETS)
        self.words = csr_matrix((ones, np.concatenate(marks), ends), shape)
        self.words.data[:] = 1
        right = (
            c in parties[i]["countries"]
            for i, c in zip(self.of, self.codes, strict=True)
        )
        self.right = np.fromiter(right, int, len(self.codes))
        self.fold = np.array([fold(parties[i]["report"]) for i in self.of])
        self.asked = np.array([p["asked"] for p in parties])


def linear(words, right):
    fit = LogisticRegression(C=0.3, solver="liblinear", tol=1e-2, random_state=12)
    return fit.fit(words, right)


def out_of_fold(every: Candidates) -> np.ndarray:
    """What the linear part says of each candidate, trained without its report."""
    said = np.zeros(len(every.right))
    for k in range(FOLDS):
        train, test = every.fold != k, every.fold == k
        fit = linear(every.words[train], every.right[train])
        said[test] = fit.decision_function(every.words[test])
    return said


def forest(rows, right):
    data = lightgbm.Dataset(rows, right)
    return lightgbm.train(FOREST, data, num_boost_round=ROUNDS)


def curve(every: Candidates, likely: np.ndarray) -> None:
    """Print which share is answered at a given share of wrong countries."""
    best = np.zeros(len(every.parties))
    code = [None] * len(best)
    for i, c, p in zip(every.of, every.codes, likely, strict=True):
        if p > best[i]:
            best[i], code[i] = p, c
    right = np.array(
        [c in p["countries"] for c, p in zip(code, every.parties, strict=True)]
    )
    silent = np.array([None in p["countries"] for p in every.parties])
    best, right, silent = (x[every.asked] for x in (best, right, silent))
    order = np.argsort(-best)
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    for most in (0.01, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05, 0.06):
        n = (wrong <= most).nonzero()[0].max() + 1
        told = np.zeros(len(order), bool)
        told[order[:n]] = True
        fine = ((told & right) | (~told & silent)).mean()
        print(
            f"wrong <= {most:.3f}: answered {n / len(order):.3f}, country right or "
            f"rightly unknown {fine:.3f}, threshold {best[order[n - 1]]:.3f}"
        )


def grown(model) -> dict[str, np.ndarray]:
    """Return the trees of a model as flat arrays; a leaf points to itself."""
    roots, column, cut, left, right, value, deepest = [], [], [], [], [], [], 0

    def add(node, depth):
        nonlocal deepest
        at = len(column)
        deepest = max(deepest, depth)
        for each in (column, cut, left, right, value):
            each.append(0)
        if "leaf_value" in node and "split_feature" not in node:
            column[at], left[at], right[at] = 0, at, at
            value[at] = node["leaf_value"]
            return at
        column[at], cut[at] = node["split_feature"], node["threshold"]
        left[at] = add(node["left_child"], depth + 1)
        right[at] = add(node["right_child"], depth + 1)
        return at

    for tree in model.dump_model()["tree_info"]:
        roots.append(add(tree["tree_structure"], 0))
    whole = {"roots": roots, "column": column, "left": left, "right": right}
    made = {name: np.array(v, np.int32) for name, v in whole.items()}
    made |= {"cut": np.array(cut, np.float32), "value": np.array(value, np.float32)}
    return made | {"depth": np.array(deepest)}


def strings(parties) -> list[np.ndarray]:
    return [
        np.unique(np.array([crc32(t.encode()) for t in p["traits"]], np.uint32))
        for p in parties
    ]


class Sectors:
    """What the sector of each party is told by, as a sparse table."""

    def __init__(self, parties):
        told = strings(parties)
        keys, counts = np.unique(np.concatenate(told), return_counts=True)
        self.keys = keys[counts >= RARE]
        known = [t[np.isin(t, self.keys)] for t in told]
        ends = np.cumsum([0, *map(len, known)])
        at = np.searchsorted(self.keys, np.concatenate(known))
        shape = (len(parties), len(self.keys))
        self.table = csr_matrix((np.ones(ends[-1], np.float32), at, ends), shape)
        self.parties = parties
        self.fold = np.array([fold(p["report"]) for p in parties])
        rows, names, weight = [], [], []
        for i, party in enumerate(parties):
            every = [party["sector"], *party["sectors"]]
            for n, name in enumerate(every):
                rows.append(i)
                names.append(name or "-")
                weight.append(ALSO / (len(every) - 1) if n else 1.0)
        self.at, self.weight = np.array(rows), np.array(weight)
        self.names = np.array(names)

    def fit(self, chosen):
        rows = chosen[self.at]
        model = LogisticRegression(C=0.3, max_iter=30, tol=1e-2)
        return model.fit(self.table[self.at[rows]], self.names[rows], self.weight[rows])

    def worded(self, model, chosen) -> list[list[tuple[str, float, float]]]:
        """Return each party's sectors, their probabilities and logarithms."""
        log = model.predict_log_proba(self.table[chosen])
        names = list(map(str, model.classes_))
        best = np.argsort(-log, axis=1)
        return [
            [(names[i], float(np.exp(row[i])), float(row[i])) for i in order]
            for row, order in zip(log, best, strict=True)
        ]


class Sorts:
    """Every candidate sector of every party as one row."""

    def __init__(self, sectors: Sectors):
        self.sectors = sectors
        parties = sectors.parties
        every = [None] * len(parties)
        for k in range(2):
            test = (sectors.fold % 2 == k).nonzero()[0]
            said = sectors.worded(sectors.fit(sectors.fold % 2 != k), test)
            for i, ranked in zip(test, said, strict=True):
                every[i] = sorts(parties[i]["about"], parties[i]["traits"], ranked)
        self.of = np.repeat(np.arange(len(parties)), [len(s.codes) for s in every])
        self.codes = [c for s in every for c in s.codes]
        self.rows = np.array([r for s in every for r in s.rows], np.float32)
        right = (
            (1 if c == (parties[i]["sector"] or "-") else 0.7 * (c in also(parties[i])))
            for i, c in zip(self.of, self.codes, strict=True)
        )
        self.right = np.fromiter(right, float, len(self.codes))
        self.fold = sectors.fold[self.of]

    def check(self) -> None:
        likely = np.zeros(len(self.of))
        for k in range(2):
            model = ranker(
                self.rows[self.fold % 2 != k], self.right[self.fold % 2 != k]
            )
            likely[self.fold % 2 == k] = model.predict(self.rows[self.fold % 2 == k])
        best = {}
        for i, c, p in zip(self.of, self.codes, likely, strict=True):
            best.setdefault(i, []).append((p, c))
        for second in (0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 2.0):
            told = [
                (i, [c for n, (p, c) in enumerate(two) if n == 0 or p >= second])
                for i, every in best.items()
                if self.sectors.parties[i]["asked"]
                for two in (sorted(every, reverse=True)[:2],)
            ]
            fine = np.mean([fits(self.sectors.parties[i], codes) for i, codes in told])
            two = np.mean([len(codes) > 1 for _, codes in told])
            print(f"sector, second from {second}: {fine:.3f}, two told {two:.3f}")


def also(party) -> set[str]:
    return {c or "-" for c in party["sectors"]}


def fits(party, codes: list[str]) -> bool:
    if party["countries"] & NOBODY:
        return True
    wanted = {party["sector"] or "-", *party["sectors"]}
    return bool(wanted & (set(codes) - {"-"} or {"-"}))


def ranker(rows, right):
    data = lightgbm.Dataset(rows, right)
    settings = {**FOREST, "objective": "cross_entropy", "num_leaves": 16}
    return lightgbm.train(settings, data, num_boost_round=SORTS)


def small(weights: np.ndarray, axis=None) -> tuple[np.ndarray, np.ndarray]:
    """Return weights as whole numbers up to 127 and the step between two of them."""
    step = np.abs(weights).max(axis=axis) / 127
    step = np.where(step > 0, step, 1.0)
    return np.round(weights / step).astype(np.int8), step.astype(np.float32)


def write(every: Candidates, said: np.ndarray, sorted_: Sorts) -> None:
    sectors = sorted_.sectors
    whole = linear(every.words, every.right)
    weights, step = small(whole.coef_[0])
    country = grown(forest(np.column_stack([every.rows, said]), every.right))
    sector = grown(ranker(sorted_.rows, sorted_.right))
    model = sectors.fit(np.ones(len(sectors.parties), bool))
    kinds, steps = small(model.coef_.T, axis=0)
    np.savez_compressed(
        OUT,
        linear=weights,
        step=step,
        bias=whole.intercept_[0],
        strings=sectors.keys,
        kinds=kinds,
        steps=steps,
        offset=model.intercept_.astype(np.float32),
        sectors=model.classes_.astype("U3"),
        **{f"country_{name}": value for name, value in country.items()},
        **{f"sector_{name}": value for name, value in sector.items()},
    )
    print(OUT, OUT.stat().st_size)


def main() -> None:
    files = [Path(arg) for arg in sys.argv[1:] if not arg.startswith("--")]
    parties = [
        {**party, "asked": not n and not party["short"]}
        for n, file in enumerate(files)
        for party in pickle.loads(file.read_bytes())
    ]
    every = Candidates(parties)
    print(every.rows.shape, "rows; right", every.right.mean())
    said = out_of_fold(every)
    likely = np.zeros(len(said))
    rows = np.column_stack([every.rows, said])
    for k in range(FOLDS):
        train, test = every.fold != k, every.fold == k
        likely[test] = forest(rows[train], every.right[train]).predict(rows[test])
    curve(every, likely)
    if "--country" in sys.argv:
        return
    sorted_ = Sorts(Sectors(parties))
    sorted_.check()
    if "--check" not in sys.argv:
        write(every, said, sorted_)


if __name__ == "__main__":
    main()
