"""Learns when two tellings of one report are one: src/dateline/extract/event_coref/report.npz.

    PYTHONPATH=src:. PYTHON training/merge/report.py TRAIN MARKS KEPT OUT.npz

TRAIN is annotated/train, MARKS our own marks as `training/coder/marks.py unpack` writes
them. All of TRAIN and CODED reports of MARKS are coded by the program (some 15 minutes
on a core; kept in the folder KEPT): pairs of tellings are learned from as coded and as
annotated, with what the encoder read at trigger and clause. Of all other reports of
MARKS pairs are learned from as annotated, without states. Reports of coder/unseen.txt
are left out, and measured on at the end. Boosted trees, seed 0; a third of the unlike
pairs is drawn, and weighs three times.
"""

from __future__ import annotations

import json
import pickle
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from claims import DEEDS, coded, exported, pairs_of, together
from sklearn.ensemble import HistGradientBoostingClassifier

from benchmarks.figures import b_cubed
from benchmarks.merge import annotated_tellings
from dateline.extract.event_coref.clustering import cluster_scored_rows
from dateline.extract.event_coref.mention_table import Numbering
from dateline.extract.event_coref.pair_features import FIGURES, compare_rows
from dateline.extract.event_coref.pair_scorer import cannot_be_one
from dateline.extract.event_coref.within_report import (
    LIKENESS,
    Seen,
    state_likeness,
    unit_direction,
)
from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report, Span
from dateline.model.record import claim_record
from dateline.nlp.date_formats import parse_moment
from dateline.pipeline.factory import Options, make_coder

UNSEEN = Path(__file__).parents[1] / "coder" / "unseen.txt"
CODED = 500
THRESHOLD = 0.45
Record = dict[str, Any]


def texts(folder: Path, names: set[str] | None = None) -> Iterator[tuple[Record, str]]:
    """Yield annotated reports, each with its text."""
    for path in sorted((folder / "gold").glob("*.json")):
        if names is None or path.stem in names:
            row = json.loads(path.read_text("utf-8"))
            text = (folder / "texts" / f"{path.stem}.txt").read_bytes().decode("utf-8")
            yield row, text


def code(folder: Path, names: set[str] | None, kept: Path) -> list[tuple[Any, ...]]:
    """Code reports; return of each its id, its claims, and states of these and gold."""
    if not kept.exists():
        program, last = make_coder(Options()), []
        encode = program.encode
        program = replace(
            program, encode=lambda p: last.append(encode(p)) or last[-1], seconds=600.0
        )
        found = []
        for row, text in texts(folder, names):
            told = parse_moment(row["published"]) if row.get("published") else None
            report = Report(row["report"], text, outlet=row.get("outlet") or "", published=told)
            claims = [claim_record(c, text) for c in program.code(complete_report(report)).claims]
            found.append((row["report"], claims, states(last[-1], claims)))
            found[-1] += (states(last[-1], row["tellings"]),)
            last.clear()
        kept.write_bytes(pickle.dumps(found))
    return pickle.loads(kept.read_bytes())


def states(read: Any, told: list[Record]) -> list[np.ndarray]:
    """Return the states of triggers and of clauses."""
    width = read.stretches[0].rows.shape[1] if read.stretches else 384
    spans = [
        [Span(x[name]["start"] or 0, x[name]["end"] or 1) for x in told]
        for name in ("trigger", "evidence")
    ]
    return [read.of(some, width).astype(np.float16) for some in spans]


def own(folder: Path, found: list[tuple[Any, ...]], both: bool = True) -> Iterator[tuple[Any, ...]]:
    """Yield of coded reports their tellings, coded and, of `both`, as annotated."""
    every = dict((row["report"], (row, text)) for row, text in texts(folder))
    for name, claims, mine, theirs in found:
        row, text = every[name]
        yield *coded(row, claims, text), mine, name
        if both:
            yield *gold(row, text), theirs, name


def gold(row: Record, text: str) -> tuple[Any, ...]:
    """Return the tellings of a report as annotated, their events, which count."""
    told = row["tellings"]
    counts = [t["importance"] != "arguable" for t in told]
    return annotated_tellings(row, text), [t["event"] for t in told], counts


def columns(found: Iterator[tuple[Any, ...]], centre: np.ndarray) -> list[Any]:
    """Return tellings as `together` and `learn` take them."""
    made = []
    for told, labels, counts, read, name in found:
        if told:
            rows = Numbering(DEEDS).columns(told)
            made.append((name, rows, labels, counts, seen(read, centre)))
    return made


def seen(read: list[np.ndarray] | None, centre: np.ndarray) -> Seen | None:
    """Return states as the program compares them; None where nothing was coded."""
    if read is None:
        return None
    both = zip(read, centre, strict=True)
    return Seen(*(unit_direction(some.astype(np.float32), c) for some, c in both))


def cells(rows: Any, kinds: Any, read: Seen | None, one: Any, two: Any) -> np.ndarray:
    """Return the figures of pairs, and how alike their states are."""
    return np.hstack([compare_rows(rows, kinds, one, two), state_likeness(read, one, two)])


def learn(data: list[Any], kinds: np.ndarray) -> HistGradientBoostingClassifier:
    """Return trees fitted to the pairs of reports."""
    drawn = np.random.RandomState(0)
    x, y = [], []
    for _, rows, labels, _, read in data:
        pairs = [p for p in pairs_of(labels) if p[2] or drawn.rand() < 1 / 3]
        if pairs:
            one, two, same = (np.array(c) for c in zip(*pairs, strict=True))
            x.append(cells(rows, kinds, read, one, two))
            y.append(same)
    right = np.concatenate(y)
    model = HistGradientBoostingClassifier(
        max_iter=250,
        learning_rate=0.1,
        max_leaf_nodes=16,
        min_samples_leaf=40,
        l2_regularization=2.0,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(np.concatenate(x), right, np.where(right, 1, 3))


def measured(model: Any, data: list[Any], kinds: np.ndarray) -> None:
    """Print B-cubed of the program's own claims on reports not learnt from."""
    for bar in (0.4, THRESHOLD, 0.5):
        items = []
        for name, rows, labels, counts, read in data:
            one, two = np.triu_indices(len(labels), 1)
            odds = np.zeros(len(one), np.float32)
            if len(one):
                odds = model.predict_proba(cells(rows, kinds, read, one, two))[:, 1]
                odds = np.where(cannot_be_one(rows, one, two), 0, odds).astype(np.float32)
            home = cluster_scored_rows(len(labels), one, two, odds, bar)
            items += [
                ((name, home[i]), (name, label)) for i, label in enumerate(labels) if counts[i]
            ]
        p, r = b_cubed(items)
        print(f"{bar} B3 precision {p:.3f} recall {r:.3f} F1 {2 * p * r / (p + r):.3f}")


def main(train: Path, marks: Path, kept: Path, out: Path) -> None:
    """Code, fit, print, write."""
    unseen = set(UNSEEN.read_text("utf-8").split())
    names = [p.stem for p in sorted((marks / "gold").glob("*.json"))]
    random.Random(3).shuffle(names)
    some = set([n for n in names if n not in unseen][:CODED])
    whole = code(train, None, kept / "train.pkl")
    more = code(marks, some, kept / "marks.pkl")
    apart_ = code(marks, unseen, kept / "left.pkl")
    centre = np.stack(
        [
            np.concatenate([s[k] for *_, a, b in whole for s in (a, b)]).astype(np.float32).mean(0)
            for k in (0, 1)
        ]
    )
    rest = {name for name in names if name not in unseen | some}
    plain = ((*gold(r, t), None, r["report"]) for r, t in texts(marks, rest))
    data = columns(own(train, whole), centre) + columns(own(marks, more), centre)
    data += columns(plain, centre)
    kinds = together([(n, r, labels) for n, r, labels, *_ in data])
    model = learn(data, kinds)
    measured(model, columns(own(marks, apart_, both=False), centre), kinds)
    told = exported(model, (*FIGURES, *LIKENESS))
    np.savez_compressed(
        out,
        deeds="\n".join(DEEDS),
        kinds=kinds,
        centre=centre.astype(np.float16),
        threshold=THRESHOLD,
        **{f"pairs.{k}": v for k, v in told.items()},
    )


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
