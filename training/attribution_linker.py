"""Fit the linker of attributions on PolNeAR train: cue, source and keep models.

    python training/attribution_linker.py POLNEAR/train --out FILE [--cache DRAWER]

The tags are the shipped encoder's. It has seen the articles under two times and tags
them hardly better than unseen ones (F1 of words, source / cue / content: .829 / .722 /
.913 on train, .824 / .705 / .891 on dev), so the linker learns how far to trust them.
After new weights of the encoder, run it again: seven minutes on one core; `--share 3`
reads every third article.
"""

import argparse
import json
import pickle
import re
import sys
from pathlib import Path

import numpy as np

from benchmarks.engines.encoder import Encoder
from benchmarks.engines.linker import (
    Linear,
    content_cue,
    cue_source,
    cues_near,
    describe_drafts,
    drafts,
    sources_near,
)
from benchmarks.engines.tags import EncoderTags, gather_field
from dateline.extract.attribution.find import find_by_rules
from dateline.extract.attribution.parse_index import Ground
from dateline.model import Report
from dateline.nlp.en import pack

WIDE = re.compile(r"(T\d+)\t\S+ ([\d; ]+)(?:\t|$)")
ROLES = ("source", "cue", "content")
RIDGE = 2.0
RARE = 5
KEEP = 0.16  # chosen on halves of train: the best sum of the five figures


def gold(path):
    """Return {document: [{role: [(start, end), ...]}, ...]}, the first annotator's."""
    found = {}
    for file in sorted((path / "attributions").glob("*.ann")):
        name = file.stem.rsplit("_", 1)[0]
        if name not in found:
            found[name] = events(file.read_text("utf-8"))
    return found


def events(raw):
    spans, out = {}, []
    for line in raw.split("\n"):
        if hit := WIDE.match(line):
            spans[hit[1]] = [tuple(map(int, p.split())) for p in hit[2].split(";")]
        elif line.startswith("E"):
            one = {role: [] for role in ROLES}
            for part in line.split("\t")[1].split():
                role, _, ref = part.partition(":")
                role = role.rstrip("0123456789").lower()
                if role in one:
                    one[role] += spans.get(ref, [])
            out.append(one)
    return out


def overlap(spans, start, end):
    return sum(max(0, min(e, end) - max(s, start)) for s, e in spans)


def owner(said, events):
    """Return which event's content covers most of the spans, if half of them."""
    size = sum(p.end - p.start for p in said)
    best = max(
        (sum(overlap(e["content"], p.start, p.end) for p in said), -i)
        for i, e in enumerate([*events, {"content": []}])
    )
    return -best[1] if best[0] >= 0.5 * size else None


class Rows:
    """Feature dictionaries with their answers, turned into a table."""

    def __init__(self):
        self.features, self.answers = [], []

    def add(self, features, answer):
        self.features.append(features)
        self.answers.append(float(answer))

    def fit(self):
        counts = {}
        for one in self.features:
            for key in one:
                counts[key] = counts.get(key, 0) + 1
        names = ["bias", *sorted(k for k, n in counts.items() if n >= RARE)]
        at = {name: i for i, name in enumerate(names)}
        table = np.zeros((len(self.features), len(names)), np.float32)
        table[:, 0] = 1
        for row, one in enumerate(self.features):
            for key, value in one.items():
                if key in at:
                    table[row, at[key]] = value
        weights = newton(table, np.array(self.answers))
        return {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}


def newton(table, answers, rounds=12):
    """Return the weights of a ridge logistic regression."""
    weights = np.zeros(table.shape[1])
    ridge = np.full(table.shape[1], RIDGE)
    ridge[0] = 0.01
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (answers - p) - ridge * weights
        curve = (table * (p * (1 - p))[:, None]).T @ table + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights += step
        if np.abs(step).max() < 1e-4:
            break
    return weights


def fields(folder, names):
    """Yield what may be linked in each article, as the shipped encoder tags it."""
    tag = EncoderTags(Encoder.load())
    for name in names:
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        report = Report(name, text)
        parsed = pack.parse(report, pack.sentences(report))
        g = Ground.of(parsed)
        yield name, gather_field(g, find_by_rules(g), tag(parsed))


def fit(data, gold_of):
    """Return the three models, each fitted on what the ones before it choose."""
    by = {"cue": Linear(cue_rows(data, gold_of).fit(), 0.02), "source": Linear({}, 2.0)}
    by["source"] = Linear(source_rows(data, gold_of, by).fit(), 0.3)
    rows = Rows()
    for name, f in data:
        found = drafts(f, by)
        for draft, features in zip(found, describe_drafts(f, found), strict=True):
            rows.add(features, right(draft, gold_of[name]))
    by["keep"] = Linear(rows.fit(), KEEP)
    return by


def cue_rows(data, gold_of):
    rows = Rows()
    for name, f in data:
        events = gold_of[name]
        told = [tellers(c, events) for c in f.cues]
        for run in f.contents:
            mine = owner((run.span,), events)
            for i in cues_near(f, run):
                features = content_cue(f, run, f.cues[i])
                rows.add(features, mine is not None and mine in told[i])
    return rows


def source_rows(data, gold_of, by):
    rows = Rows()
    for name, f in data:
        events = gold_of[name]
        for draft in drafts(f, by):
            mine = owner(draft.said, events)
            if mine is None:
                continue
            for span in sources_near(f, draft.cue):
                features = cue_source(f, draft.cue, span, draft.said)
                hit = overlap(events[mine]["source"], span.start, span.end) > 0
                rows.add(features, hit)
    return rows


def tellers(cue, events):
    hit = {i for i, e in enumerate(events) if overlap(e["cue"], cue.head.start, cue.head.end)}
    return hit or {
        i for i, e in enumerate(events) if overlap(e["cue"], cue.span.start, cue.span.end)
    }


def right(draft, events):
    """Whether a draft is one of gold's: contents alike, sources and cues touching."""
    size = sum(p.end - p.start for p in draft.said)
    for e in events:
        shared = sum(overlap(e["content"], p.start, p.end) for p in draft.said)
        other = sum(b - a for a, b in e["content"])
        alike = shared and 2 * shared >= 0.5 * (size + other)
        told = touch(draft.cue.words, e["cue"], False)
        if alike and told and touch(draft.source, e["source"], True):
            return True
    return False


def touch(pieces, spans, neither):
    """Whether pieces and gold's spans share a character, or (`neither`) lack both."""
    if not spans:
        return not neither or not pieces
    return any(overlap(spans, p.start, p.end) for p in pieces)


def save(by, out, note):
    models = {k: {"at": m.at, "weights": m.weights} for k, m in by.items()}
    table = {"note": note, "models": models}
    out.write_text(json.dumps(table, indent=0, sort_keys=True) + "\n", "utf-8")


def drawn(folder, names, cache):
    """Return the fields of the articles, kept in a file where one is named."""
    if cache and cache.exists():
        return pickle.loads(cache.read_bytes())
    data = list(fields(folder, names))
    if cache:
        cache.write_bytes(pickle.dumps(data))
    return data


def main():
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("polnear", type=Path)
    ask.add_argument("--out", type=Path, required=True)
    ask.add_argument("--share", type=int, default=1, help="every n-th article")
    ask.add_argument("--cache", type=Path)
    given = ask.parse_args()
    gold_of = gold(given.polnear)
    names = sorted(gold_of)[:: given.share]
    data = drawn(given.polnear, names, given.cache)
    print(len(data), "documents", file=sys.stderr)
    note = f"fitted on {len(data)} PolNeAR train documents"
    save(fit(data, gold_of), given.out, note)


if __name__ == "__main__":
    main()
