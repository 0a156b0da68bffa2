"""Learns when two tellings are of one happening: src/dateline/extract/event_coref/claims.npz.

    .venv/bin/dateline code TRAIN.jsonl --format jsonl --no-store > OWN.jsonl
    PYTHONPATH=src:. PYTHON_WITH_SKLEARN training/merge/claims.py TRAIN OWN.jsonl \\
        OUT.npz [--cv]

TRAIN is a folder of annotated reports (gold/, texts/). Pairs of tellings of one report
are learned from twice: as annotated, and as this program codes them; and each once more
without what only two tellings of one report have (how far apart they stand), so that
the same score serves across reports. Boosted trees, seed 0; a third of the unlike pairs
is drawn, and weighs three times. `--cv` prints B-cubed on reports held out in turn.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.figures import b_cubed
from benchmarks.merge import annotated_tellings
from benchmarks.reports import align, fit_event
from dateline.extract.event_coref.clustering import link_on_average
from dateline.extract.event_coref.mention_table import AT, Numbering
from dateline.extract.event_coref.mentions import BEFORE, of_record
from dateline.extract.event_coref.pair_features import FIGURES, compare_rows

DEEDS = (
    "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT "
    "THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT"
).split()
HERE = ("distance", "one clause", "one sentence", "article", "rivals", "alone")
THRESHOLD = 0.5
FOLDS = 5


def reports(folder, own):
    mine = defaultdict(list)
    for line in Path(own).read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        mine[claim["report"]].append(claim)
    for path in sorted((Path(folder) / "gold").glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        text = Path(folder) / "texts" / f"{row['report']}.txt"
        text = text.read_bytes().decode("utf-8")
        told = row["tellings"]
        counts = [t["importance"] != "arguable" for t in told]
        yield "gold", annotated_tellings(row, text), [t["event"] for t in told], counts
        yield "own", *coded(row, mine[row["report"]], text)


def coded(row, claims, text):
    events = row["events"]
    pairs, again = align(claims, events)
    for i in again:
        fits = [(fit_event(claims[i], e) or 0, -j) for j, e in enumerate(events)]
        pairs[i] = -max(fits)[1]
    labels = [events[pairs[i]]["event_id"] if i in pairs else None for i in range(len(claims))]
    counts = [
        i in pairs and events[pairs[i]]["importance"] != "arguable" for i in range(len(claims))
    ]
    leads = [c["trigger"]["start"] for c in claims]
    rows = [of_record(c, text[max(0, s - BEFORE) : s]) for c, s in zip(claims, leads, strict=True)]
    return rows, labels, counts


def together(data):
    """How far two deeds go together: smoothed log-odds over pairs of one report."""
    size = len(DEEDS) + 1
    yes, no = np.zeros((size, size)), np.zeros((size, size))
    for _, rows, labels, *_ in data:
        deed = rows.plain[:, AT["deed"]]
        for i, j, same in pairs_of(labels):
            for a, b in ((i, j), (j, i)):
                (yes if same else no)[deed[a], deed[b]] += 1
    return np.log((yes + 0.2) / (no + 8)).astype(np.float32)


def pairs_of(labels):
    known = [i for i, label in enumerate(labels) if label is not None]
    return [(i, j, labels[i] == labels[j]) for n, j in enumerate(known) for i in known[:n]]


def learn(data, kinds, seed=0):
    random = np.random.RandomState(seed)
    x, y, w = [], [], []
    far = [FIGURES.index(name) for name in HERE]
    for _, rows, labels, *_ in data:
        pairs = [p for p in pairs_of(labels) if p[2] or random.rand() < 1 / 3]
        if not pairs:
            continue
        one, two, same = (np.array(c) for c in zip(*pairs, strict=True))
        found = compare_rows(rows, kinds, one, two)
        hidden = found.copy()
        hidden[:, far] = np.nan
        for cells in (found, hidden):
            x.append(cells)
            y.append(same)
            w.append(np.where(same, 1, 3))
    model = HistGradientBoostingClassifier(
        max_iter=110,
        learning_rate=0.1,
        max_leaf_nodes=12,
        min_samples_leaf=40,
        l2_regularization=2.0,
        early_stopping=False,
        random_state=seed,
    )
    return model.fit(np.concatenate(x), np.concatenate(y), sample_weight=np.concatenate(w))


def exported(model, names):
    """The trees as arrays [tree, node]."""
    nodes = [p[0].nodes for p in model._predictors]
    most, n = max(map(len, nodes)), len(nodes)
    cell = {
        "feature": np.zeros((n, most), np.int16),
        "threshold": np.zeros((n, most), np.float32),
        "left": np.tile(np.arange(most, dtype=np.int16), (n, 1)),
        "right": np.tile(np.arange(most, dtype=np.int16), (n, 1)),
        "untold": np.zeros((n, most), np.bool_),
        "value": np.zeros((n, most), np.float32),
    }
    for t, tree in enumerate(nodes):
        inner = np.flatnonzero(tree["is_leaf"] == 0)
        cell["feature"][t, inner] = tree["feature_idx"][inner]
        cell["threshold"][t, inner] = tree["num_threshold"][inner]
        cell["left"][t, inner] = tree["left"][inner]
        cell["right"][t, inner] = tree["right"][inner]
        cell["untold"][t, inner] = tree["missing_go_to_left"][inner]
        cell["value"][t, : len(tree)] = tree["value"]
    depth = max(int(tree["depth"].max()) for tree in nodes)
    base = float(np.ravel(model._baseline_prediction)[0])
    return cell | {"names": "\n".join(names), "base": base, "depth": depth}


def held_out(data):
    names = sorted({id_of(d) for d in data})
    part = {name: k % FOLDS for k, name in enumerate(np.random.RandomState(0).permutation(names))}
    items = defaultdict(list)
    for k in range(FOLDS):
        train = [d for d in data if part[id_of(d)] != k]
        kinds = together(train)
        model = learn(train, kinds)
        for d in (d for d in data if part[id_of(d)] == k):
            kind, rows, labels, counts, _ = d
            n = len(labels)
            grid = np.zeros((n, n), np.float32)
            one, two = np.triu_indices(n, 1)
            if n > 1:
                odds = model.predict_proba(compare_rows(rows, kinds, one, two))[:, 1]
                grid[one, two] = grid[two, one] = odds
            for bar in (0.4, 0.5, 0.55, 0.6):
                for i, home in enumerate(link_on_average(grid, bar)):
                    if counts[i]:
                        items[kind, bar].append(((id_of(d), home), (id_of(d), labels[i])))
            items[kind, "alone"] += [
                ((id_of(d), i), (id_of(d), labels[i])) for i in range(n) if counts[i]
            ]
    for name, found in items.items():
        p, r = b_cubed(found)
        print(
            *name,
            f"B3 precision {p:.3f} recall {r:.3f} F1 {2 * p * r / (p + r):.3f}",
            f"of {len(found)}",
            flush=True,
        )


def id_of(d):
    return d[4]


def main(folder, own, out, cv=""):
    data = []
    for kind, told, labels, counts in reports(folder, own):
        if told:
            rows = Numbering(DEEDS).columns(told)
            data.append((kind, rows, labels, counts, told[0].report))
    if cv:
        held_out(data)
    kinds = together(data)
    made = {f"pairs.{k}": v for k, v in exported(learn(data, kinds), FIGURES).items()}
    np.savez_compressed(out, deeds="\n".join(DEEDS), kinds=kinds, threshold=THRESHOLD, **made)


if __name__ == "__main__":
    main(*sys.argv[1:])
