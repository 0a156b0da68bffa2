"""Learns when two mentions are of one event: benchmarks/engines/mentions.npz.

    PYTHONPATH=src:. PYTHON_WITH_SKLEARN training/merge/mentions.py MERGE OUT.npz [--cv]

MERGE is the folder with ecb_dev_*.jsonl and gvc_val_*.jsonl. Pairs of mentions of one
story are learned from, each set weighing the same. Boosted trees, seed 0; figures that
tell of likeness may only speak for one event (monotone). What two roots tell (shoot and
kill) is counted in the other topics alone while learning. `--cv` prints the figures of
topics held out in turn, at several thresholds; one setting serves both sets.
"""

import json
import sys
import zlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from claims import exported
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.engines.mentions import (
    FIGURES,
    PARTED,
    Mentions,
    cluster_each_story,
    event_mention,
    read_document,
    root_pair,
)
from benchmarks.figures import cluster_figures

SETS = ("ecb_dev", "gvc_val")
THRESHOLD = 0.55
FOLDS = 5
FREE = ("one document", "rarity", "sentences", "article", "rivals")
FALLING = ("rivals",)
ITERATIONS = 120
MET = 3  # pairs of two roots that tell something
WEIGHT, RATE = 6, 0.12  # of the prior
NONE = np.zeros(2)


def rows(path):
    return [json.loads(line) for line in path.open(encoding="utf-8") if line.strip()]


@dataclass
class Set:
    """Pairs of mentions of one set: figures, whether they are one, and their topics."""

    x: np.ndarray
    y: np.ndarray
    one: np.ndarray
    two: np.ndarray
    parted: np.ndarray
    chain: np.ndarray
    topic: np.ndarray
    keys: list

    @property
    def part(self):
        return np.array([zlib.crc32(t.encode()) % FOLDS for t in self.topic])


def loaded(folder, name):
    texts = {r["doc"]: r["text"] for r in rows(folder / f"{name}_docs.jsonl")}
    gold = rows(folder / f"{name}_gold.jsonl")
    names = sorted({g["doc"] for g in gold})
    documents = [read_document(texts[n]) for n in names]
    at = {n: i for i, n in enumerate(names)}
    told = [event_mention(at[g["doc"]], documents[at[g["doc"]]], *g["trigger"]) for g in gold]
    mentions = Mentions(documents, told, {})
    one, two = mentions.pairs(0.0)
    home = np.array([m.document for m in told])
    parted = mentions.parted[home[one], home[two]]
    chain = np.array([g["chain"] for g in gold])
    topic = np.array([g["topic"].replace("plus", "") for g in gold])
    heads = mentions.heads
    keys = [root_pair(heads[i], heads[j]) for i, j in zip(one, two, strict=True)]
    x = mentions.figures(one, two)
    return Set(x, chain[one] == chain[two], one, two, parted, chain, topic, keys)


def counted(sets, kept):
    """How often two roots were one event, and not, by topic and in all."""
    found = defaultdict(lambda: np.zeros(2))
    for s, k in zip(sets, kept, strict=True):
        for n in np.flatnonzero(k):
            for topic in (s.topic[s.one[n]], ""):
                found[topic, s.keys[n]][int(s.y[n])] += 1
    return found


def odds_of(no, yes):
    """Smoothed log-odds; nothing where a pair was hardly met."""
    if no + yes < MET:
        return np.nan
    return np.log((yes + WEIGHT * RATE) / (no + WEIGHT * (1 - RATE)))


def with_roots(s, found, own):
    """Figures with what roots tell; `own` leaves out what the pair's own topic told."""
    x = s.x.copy()
    for n, key in enumerate(s.keys):
        cell = found.get(("", key), NONE)
        if own:
            cell = cell - found.get((s.topic[s.one[n]], key), NONE)
        x[n, FIGURES.index("pair of roots")] = odds_of(*cell)
    return x


def model():
    signs = [0 if name in FREE else 1 for name in FIGURES]
    signs = [-1 if name in FALLING else s for s, name in zip(signs, FIGURES, strict=True)]
    return HistGradientBoostingClassifier(
        max_iter=ITERATIONS,
        learning_rate=0.1,
        max_leaf_nodes=12,
        min_samples_leaf=60,
        l2_regularization=5.0,
        early_stopping=False,
        monotonic_cst=signs,
        random_state=0,
    )


def learn(sets, kept):
    found = counted(sets, kept)
    x = [with_roots(s, found, True)[k] for s, k in zip(sets, kept, strict=True)]
    y = [s.y[k] for s, k in zip(sets, kept, strict=True)]
    w = [np.full(k.sum(), 20_000 / k.sum()) for k in kept]
    made = model().fit(np.concatenate(x), np.concatenate(y), np.concatenate(w))
    return made, found


def held_out(sets):
    odds = [np.zeros(len(s.y), np.float32) for s in sets]
    for fold in range(FOLDS):
        kept = [(s.part[s.one] != fold) & (s.part[s.two] != fold) for s in sets]
        made, found = learn(sets, kept)
        for s, p in zip(sets, odds, strict=True):
            mine = s.part[s.one] == fold
            p[mine] = made.predict_proba(with_roots(s, found, False)[mine])[:, 1]
    for name, s, p in zip(SETS, sets, odds, strict=True):
        told_figures(f"held out {name}", s, p)


def told_figures(name, s, p):
    p = np.where(s.parted >= PARTED, p, 0)
    for bar in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        told = cluster_figures(
            list(s.chain), cluster_each_story(len(s.chain), (s.one, s.two, p), bar)
        )
        print(name, bar, *(f"{k} {v:.3f}" for k, v in told.items()), flush=True)


def main(folder, out, cv=""):
    sets = [loaded(Path(folder), name) for name in SETS]
    found, counts = learn(sets, [np.ones(len(s.y), np.bool_) for s in sets])
    known = {key: odds_of(*cell) for (topic, key), cell in counts.items() if not topic}
    known = {key: odds for key, odds in sorted(known.items()) if not np.isnan(odds)}
    made = {f"pairs.{k}": v for k, v in exported(found, FIGURES).items()}
    np.savez_compressed(
        out,
        threshold=THRESHOLD,
        roots="\n".join("\t".join(key) for key in known),
        odds=np.array(list(known.values()), np.float32),
        **made,
    )
    for name, s in zip(SETS, sets, strict=True):
        p = found.predict_proba(with_roots(s, counts, False))[:, 1]
        told_figures(f"fitted {name}", s, p.astype(np.float32))
    if cv:
        held_out(sets)


if __name__ == "__main__":
    main(*sys.argv[1:])
