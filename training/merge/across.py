"""Learns what joins tellings of two reports: src/dateline/merge/across.tsv.

    .venv/bin/python training/merge/across.py docs MERGE DOCS.jsonl
    .venv/bin/dateline code DOCS.jsonl --format jsonl --no-store > CLAIMS.jsonl
    PYTHONPATH=src PYTHON_WITH_SKLEARN training/merge/across.py \\
        fit MERGE DOCS.jsonl CLAIMS.jsonl OUT.tsv

MERGE is the folder with ecb_dev_*.jsonl and gvc_val_*.jsonl. The program's own claims
are laid over the gold mentions; what one report tells of one happening is a unit. Pairs
of units of two reports are learned from, where both have a chain or their topics are
others. In GVC a chain is the whole incident, as in our events. A logistic regression
over a few pieces of evidence, nothing random; run it after claims.py, whose score is
one of them. Prints figures with topics held out in turn.
"""

import json
import re
import sys
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from dateline.merge.across import unit
from dateline.merge.blocks import nearby
from dateline.merge.columns import Numbering
from dateline.merge.same import judge
from dateline.merge.scored import EVIDENCE, Pins, Scored, others
from dateline.merge.stories import Stories, story
from dateline.merge.telling import BEFORE, of_record

SETS = ("ecb_dev", "gvc_val")
DAY = re.compile(r"(\d{4}-\d\d-\d\d) ")
FOLDS = 8
C = 0.3
THRESHOLD = 0.7
HEAD = """\
# what joins tellings of two reports, made by training/merge/across.py: log-odds a unit
# claims and story: log-odds of the claims as within a report, less where stories differ
figure\tweight
"""


def rows(path):
    return [json.loads(line) for line in Path(path).open(encoding="utf-8")]


def docs(folder, out):
    with Path(out).open("w", encoding="utf-8") as file:
        for name in SETS:
            for row in rows(Path(folder) / f"{name}_docs.jsonl"):
                made = {"id": f"{name}/{row['doc']}", "text": row["text"]}
                if day := DAY.match(row["text"]):
                    made["published"] = day[1]
                file.write(json.dumps(made) + "\n")


def ordinal(day):
    return date.fromisoformat(day).toordinal() if day else None


def units(name, folder, reports, claims):
    """Units of one set, each with its chain (or None) and its topic."""
    gold, topic = defaultdict(list), {}
    for g in rows(Path(folder) / f"{name}_gold.jsonl"):
        doc = f"{name}/{g['doc']}"
        gold[doc].append(g)
        topic[doc] = g["topic"].replace("plus", "")
    for doc in sorted(topic):
        report, parts = reports[doc], defaultdict(list)
        for claim in claims[doc]:
            parts[claim["event"]].append(claim)
        for part, told in sorted(parts.items()):
            chain = topic[doc] if name == "gvc_val" else chain_of(told, gold[doc])
            yield made(told, report, part), chain, topic[doc]


def made(told, report, part):
    text, day = report["text"], ordinal(report.get("published"))
    starts = [claim["trigger"]["start"] for claim in told]
    seen = [
        of_record(claim, text[max(0, start - BEFORE) : start], day)
        for claim, start in zip(told, starts, strict=True)
    ]
    return unit(seen, part)


def chain_of(told, gold):
    met = Counter(
        g["chain"]
        for claim in told
        for g in gold
        if g["trigger"][0] < claim["trigger"]["end"]
        and claim["trigger"]["start"] < g["trigger"][1]
    )
    return min(met, key=lambda chain: (-met[chain], chain)) if met else None


def pairs(name, folder, reports, claims):
    """Evidence of pairs, whether they are one, and their two topics."""
    found = list(units(name, folder, reports, claims))
    told = [u for u, *_ in found]
    columns = Numbering(judge().deeds).columns(told)
    names = [u.report for u in told]
    stories = Stories({n: story(reports[n]["text"]) for n in set(names)}, names)
    one, two = nearby(columns)
    known = np.array([chain is not None for _, chain, _ in found])
    chain = np.array([c or f"alone {i}" for i, (_, c, _) in enumerate(found)])
    topic, report = np.array([t for *_, t in found]), np.array(names)
    sure = known[one] & known[two] | (topic[one] != topic[two])
    kept = sure & (report[one] != report[two])
    one, two = one[kept], two[kept]
    scored = Scored(columns, stories, Pins(), [u.id for u in told])
    one, two = (side[~others(columns, one, two)] for side in (one, two))
    x, anchored, _ = scored.evidence(one, two)
    y = chain[one] == chain[two]
    print(f"{name}: {len(told)} units, {len(y)} pairs, {y.sum()} of one happening")
    return x, y, anchored, topic[one], topic[two]


def model():
    return make_pipeline(StandardScaler(), LogisticRegression(C=C, max_iter=1000))


def held_out(data):
    topics = sorted({t for *_, a, b in data for t in (*a, *b)})
    fold = {topic: k % FOLDS for k, topic in enumerate(topics)}
    odds = [np.zeros(len(d[1])) for d in data]
    for k in range(FOLDS):
        folds = [[np.array([fold[t] for t in d[i]]) for i in (3, 4)] for d in data]
        kept = [(a != k) & (b != k) for a, b in folds]
        x = np.concatenate([d[0][r] for d, r in zip(data, kept, strict=True)])
        y = np.concatenate([d[1][r] for d, r in zip(data, kept, strict=True)])
        fitted = model().fit(x, y)
        for d, p, (a, _) in zip(data, odds, folds, strict=True):
            if (a == k).any():
                p[a == k] = fitted.predict_proba(d[0][a == k])[:, 1]
    for name, d, p in zip(SETS, data, odds, strict=True):
        for bar in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9):
            joined = (p >= bar) & d[2]
            right = (joined & d[1]).sum()
            print(
                f"held out {name} from {bar}: precision {right / joined.sum():.3f}",
                f"recall {right / d[1].sum():.3f} of {d[1].sum()}",
            )


def fit(folder, reports, claims, out):
    reports = {row["id"]: row for row in rows(reports)}
    mine = defaultdict(list)
    for claim in rows(claims):
        mine[claim["report"]].append(claim)
    data = [pairs(name, folder, reports, mine) for name in SETS]
    held_out(data)
    whole = model().fit(
        np.concatenate([d[0] for d in data]), np.concatenate([d[1] for d in data])
    )
    scale, regression = whole[0], whole[1]
    weights = regression.coef_[0] / scale.scale_
    base = regression.intercept_[0] - (weights * scale.mean_).sum()
    cells = [*zip(EVIDENCE, weights, strict=True), ("base", base)]
    told = "".join(f"{name}\t{number:.3f}\n" for name, number in cells)
    Path(out).write_text(HEAD + told + f"threshold\t{THRESHOLD}\n", encoding="utf-8")


if __name__ == "__main__":
    {"docs": docs, "fit": fit}[sys.argv[1]](*sys.argv[2:])
