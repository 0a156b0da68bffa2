"""Learns which time an act without one has: src/dateline/times/elsewhere.npz.

    PYTHONPATH=src PYTHON_WITH_SKLEARN training/times/elsewhere.py TRAIN

TRAIN is a folder of annotated reports (gold/, texts/). The program codes them; each
claim that its own sentence gives no time asks all times of its report, and right are
those that the marks give its happening. Boosted trees, seed 0. Prints, out of fold and
by threshold, how many such claims get a time, how many of those the marks date too,
and how often it is theirs.
"""

import json
import sys
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, str(Path(__file__).parents[1] / "merge"))
from claims import exported

from dateline.model import Report
from dateline.parts import Options, coder
from dateline.read.inputs import known
from dateline.read.jsonl import moment
from dateline.times.elsewhere import FIGURES, Story

OUT = Path(__file__).parents[2] / "src/dateline/times/elsewhere.npz"
FOLDS = 5
LEVELS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
SETTINGS = {
    "max_iter": 130,
    "learning_rate": 0.05,
    "max_leaf_nodes": 12,
    "min_samples_leaf": 25,
    "l2_regularization": 5.0,
    "max_features": 0.5,
    "early_stopping": False,
}


@dataclass
class Asked:
    """What the claims of reports ask: figures a time, and which times are right."""

    rows: list = field(default_factory=list)
    right: list = field(default_factory=list)
    claim: list = field(default_factory=list)
    fold: list = field(default_factory=list)
    told: list = field(default_factory=list)  # a claim

    def add(self, gold, fold, story):
        """Take the questions of one report."""
        for n, times, rows in story.open():
            event = happening(gold, story.claims[n])
            if event is None or event["importance"] == "arguable":
                continue
            days = accepted(event)
            self.rows.append(rows)
            self.right += [(iso(when.first), iso(when.last)) in days for when in times]
            self.claim += [len(self.told)] * len(times)
            self.fold += [fold] * len(times)
            self.told.append(bool(days))


def happening(gold, claim):
    """Return the annotated happening that a claim tells."""
    trigger, deed = claim.action.trigger, claim.action.deed
    for telling in gold["tellings"]:
        span = telling["trigger"]
        apart = span["end"] <= trigger.start or trigger.end <= span["start"]
        if not apart and deed in (telling["type"], *telling["accept_types"]):
            ids = (event for event in gold["events"] if event["id"] == telling["event"])
            return next(ids, None)
    return None


def accepted(event):
    """Return the days that the marks accept for a happening."""
    when = event["when"]
    own = [(when["from"], when["to"]), *when["accept"]] if when else []
    return {tuple(days) for days in (*own, *event.get("accept_when", []))}


def iso(day):
    return day.isoformat() if day else None


def questions(folder):
    """Code the reports, and keep what is asked."""
    asked, stories = Asked(), []
    program = coder(Options())

    def record(when, claims):
        stories.append(Story(when, claims))
        return claims

    program = program.__class__(**parts(program) | {"elsewhere": record})
    for n, path in enumerate(sorted((folder / "gold").glob("*.json"))):
        gold = json.loads(path.read_text("utf-8"))
        text = (folder / "texts" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        day = moment(gold["published"])
        report = Report(path.stem, text, outlet=gold["outlet"] or "", published=day)
        program.code(known(report))
        if stories:
            asked.add(gold, n % FOLDS, stories.pop())
    return asked


def parts(program):
    return {name: getattr(program, name) for name in program.__dataclass_fields__}


def learn(rows, right):
    model = HistGradientBoostingClassifier(random_state=0, **SETTINGS)
    return model.fit(rows, right)


def show(asked, odds):
    """Print what each threshold brings."""
    claim, right, told = map(np.array, (asked.claim, asked.right, asked.told))
    order = np.lexsort((-odds, claim))
    best = order[np.unique(claim[order], return_index=True)[1]]
    print(len(told), "claims without a time;", told.sum(), "dated by the marks")
    for level in LEVELS:
        said = best[odds[best] >= level]
        dated, good = told[claim[said]].sum(), right[said].sum()
        print(f"{level}: {len(said)} get one; dated by the marks {dated}, right {good}")


def main(folder):
    asked = questions(Path(folder))
    rows, right, fold = (
        np.concatenate(asked.rows),
        *map(np.array, (asked.right, asked.fold)),
    )
    odds = np.zeros(len(right))
    for n in range(FOLDS):
        model = learn(rows[fold != n], right[fold != n])
        odds[fold == n] = model.predict_proba(rows[fold == n])[:, 1]
    show(asked, odds)
    np.savez_compressed(OUT, **exported(learn(rows, right), FIGURES))
    print(OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main(sys.argv[1])
