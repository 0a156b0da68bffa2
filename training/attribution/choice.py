"""Learns who says that an act was done: src/dateline/attribution/choice.npz.

    PYTHONPATH=src PYTHON training/attribution/choice.py KEEP FOLDER [READER]

FOLDER holds annotated reports (gold/, texts/) that the reader has not learned from, or
it is too sure of its speakers there: READER is a folder with the weights of an earlier
one, the installed ones without it. The program codes them, and keeps what it told in
the folder KEEP; each claim that the marks tell too asks who says so, nobody among them.
Boosted trees, seed 0. Prints, out of fold and by lean to somebody, how often the answer
is right where the marks name a speaker, and of all, each with its standard error over
reports.
"""

import json
import pickle
import sys
from dataclasses import dataclass, replace
from hashlib import sha1
from pathlib import Path

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path.insert(0, str(Path(__file__).parents[1] / "merge"))
from claims import exported

from dateline.attribution import Speakers
from dateline.attribution.choice import FIGURES, INNER, Figures
from dateline.encoder import Reader
from dateline.evaluate.fields import own_voice, said_by, same_speaker
from dateline.evaluate.reports import align
from dateline.merge import completed, within
from dateline.model import Report, States
from dateline.model.record import record
from dateline.parts import Options, coder, resolver
from dateline.read.inputs import known
from dateline.read.jsonl import moment

OUT = Path(__file__).parents[2] / "src/dateline/attribution/choice.npz"
FOLDS = 5
LEANS = (0.0, 1.0, 2.0, 3.0, 4.0, 4.5, 5.0)
SETTINGS = {
    "max_iter": 150,
    "learning_rate": 0.06,
    "max_leaf_nodes": 14,
    "min_samples_leaf": 25,
    "l2_regularization": 5.0,
    "max_features": 0.5,
    "early_stopping": False,
}


@dataclass
class Asked:
    """A claim that asks who says so: figures, what each answer says, what is right."""

    report: str
    rows: np.ndarray
    places: list
    words: list
    right: list
    event: dict
    actors: list

    def says(self, odds, lean):
        """Return the words of the speakers that are chosen."""
        logits = np.log(odds / (1 - odds))
        if len(odds) == 1 or logits[0] - logits[1:].max() >= lean:
            return []
        best = 1 + int(logits[1:].argmax())
        if self.places[best] < 0:
            return [self.words[best]]
        said = [n for n in range(1, len(odds)) if odds[n] >= INNER or n == best]
        said = sorted((self.places[n], n) for n in said if self.places[n] >= 0)
        return [self.words[n] for _, n in said]

    def answered(self, said):
        chain = [{"text": words} for words in said]
        return said_by({"said_by": chain, "actors": self.actors}, self.event)


def coded(keep, folder, reader):
    """Yield each report's marks, its parse, its setting and its claims."""
    program = coder(Options())
    if reader:
        own = Reader.load(Path(reader))
        program = replace(program, encode=own.encode, read_acts=own)
    keep.mkdir(parents=True, exist_ok=True)
    for path in sorted((folder / "gold").glob("*.json")):
        gold, kept = json.loads(path.read_text("utf-8")), keep / f"{path.stem}.pkl"
        if not kept.exists():
            text = (folder / "texts" / f"{path.stem}.txt").read_bytes().decode("utf-8")
            day = moment(gold["published"])
            report = Report(path.stem, text, outlet=gold["outlet"] or "", published=day)
            kept.write_bytes(pickle.dumps(claims(program, known(report))))
        yield gold, *pickle.loads(kept.read_bytes())


def claims(program, report):
    parsed, _ = program.read(report)
    parsed = replace(parsed, states=program.encode(parsed))
    cast = program.cast(parsed)
    parsed = replace(parsed, links=cast.links)
    setting = program.setting(parsed)
    reading = program.read_acts(parsed, program.find_actions.asked(parsed))
    actions = program.find_actions(parsed, reading)
    asked = program.open(parsed, cast, setting, actions)
    found = completed(within(list(program.likely(asked, actions)), parsed.text))
    return replace(parsed, states=States()), setting, found


def questions(gold, parsed, setting, told, who):
    """Yield what the claims of one report ask that the marks can answer."""
    records = [record(claim, parsed.text) for claim in told]
    pairs, _ = align(records, gold["events"])
    sayings = who(parsed, setting)
    for n, claim in enumerate(told):
        event = gold["events"][pairs[n]] if n in pairs else None
        mark = telling(gold, claim) or marked(event)
        if mark is None:
            continue
        some = sayings.candidates(claim.action)
        words = ["", *(sayings.speaks(one).text for one in some[1:])]
        yield Asked(
            gold["report"],
            Figures(sayings.rivals, claim.action).rows(some),
            [one.place for one in some],
            words,
            right(mark, some, words),
            marked(event) and event,
            records[n]["actors"],
        )


def marked(event):
    return {**event, "chains": event["said_by"]} if counts(event) else None


def counts(mark):
    return mark is not None and mark["importance"] != "arguable"


def telling(gold, claim):
    """Return the telling that a claim is: its speakers, its actors."""
    at, deeds = claim.action.trigger, {claim.action.deed, claim.type}
    for mark in gold["tellings"]:
        span = mark["trigger"]
        apart = span["end"] <= at.start or at.end <= span["start"]
        if apart or not deeds & {mark["type"], *mark["accept_types"]}:
            continue
        chains = [mark["said_by"], *(mark.get("accept_said_by") or [])]
        return {**mark, "chains": chains} if counts(mark) else None
    return None


def right(mark, some, words):
    """Return which answers the marks bear out.

    A pronoun that nobody resolves is right where the marks name somebody and no other
    words are his.
    """
    chains = mark["chains"]
    good = [any(own_voice(chain, mark["actors"]) for chain in chains)]
    ends = [name for chain in chains if chain for name in (chain[0], chain[-1])]
    good += [any(same_speaker(text, name) for name in ends) for text in words[1:]]
    if not any(good):
        for n, one in enumerate(some):
            if one.kind in ("grammar", "reader") and words[n].lower() in PRONOUNS:
                good[n] = True
                break
    return good


PRONOUNS = frozenset("he she they it i we you him her them who".split())


def fold(report):
    return int(sha1(report.encode()).hexdigest()[:8], 16) % FOLDS


def learn(rows, good):
    model = HistGradientBoostingClassifier(random_state=0, **SETTINGS)
    return model.fit(rows, good)


def show(asked, odds):
    """Print what each lean brings."""
    for lean in LEANS:
        counts = {}
        for one, some in zip(asked, odds, strict=True):
            if one.event is None:
                continue
            row = counts.setdefault(one.report, np.zeros(4))
            good, named = (
                one.answered(one.says(some, lean)),
                [] not in one.event["said_by"],
            )
            row += (named and good, named, good, 1)
        table = np.array(list(counts.values()))
        draws = np.random.default_rng(0).integers(0, len(table), (200, len(table)))
        sums = table[draws].sum(1)
        of, se = table.sum(0), (sums[:, ::2] / sums[:, 1::2]).std(0)
        print(
            f"{lean}: right {of[0] / of[1]:.4f} (se {se[0]:.4f}) of {of[1]:.0f} told by"
            f" somebody, {of[2] / of[3]:.4f} (se {se[1]:.4f}) of all {of[3]:.0f}"
        )


def main(keep, folder, reader=""):
    who = Speakers(resolver(Options()))
    asked = [
        one
        for report in coded(Path(keep), Path(folder), reader)
        for one in questions(*report, who)
    ]
    rows = np.concatenate([one.rows for one in asked])
    good = np.concatenate([one.right for one in asked])
    of = np.repeat(range(len(asked)), [len(one.right) for one in asked])
    folds = np.array([fold(asked[n].report) for n in of])
    odds = np.zeros(len(good))
    for n in range(FOLDS):
        model = learn(rows[folds != n], good[folds != n])
        odds[folds == n] = model.predict_proba(rows[folds == n])[:, 1]
    starts = np.flatnonzero(np.diff(of)) + 1
    print(len(asked), "claims,", len(rows), "answers")
    show(asked, np.split(odds, starts))
    np.savez_compressed(OUT, **exported(learn(rows, good), FIGURES))
    print(OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
