"""Learns which time an act without one has: src/dateline/times/elsewhere.npz.

    PYTHONPATH=src python training/times/elsewhere.py FOLDER|marks ... [--check]

FOLDER holds annotated reports (gold/, texts/); `marks` are our own, over the shared
pool. The program codes them; each claim that its own sentence gives no time asks all
times of its report, and right are those that the marks give its happening. Small nets
over figures and states, a share of *none* among the times, seeds 0 to 2. Prints, out of
fold and by threshold, how many such claims get a time, how many of those the marks
date, and how often it is theirs. With --check nothing is written. Needs torch beside
the program.
"""

import sys
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[1]))
from pointing import Asked, coded, happening, out_of_fold, written

from dateline.times.elsewhere import FIGURES, Story

OUT = Path(__file__).parents[2] / "src/dateline/times/elsewhere.npz"
LEVELS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)


def accepted(event):
    """Return the days that the marks accept for a happening."""
    when = event["when"]
    own = [(when["from"], when["to"]), *when["accept"]] if when else []
    return {tuple(days) for days in (*own, *event.get("accept_when", []))}


def iso(day):
    return day.isoformat() if day else None


def questions(names):
    """Code the reports, and keep what is asked."""
    asked = Asked()
    for gold, story in coded(names, "when_elsewhere", Story):
        for each in story.open():
            event = happening(gold, story.claims[each.claim])
            if event is not None and event["importance"] != "arguable":
                days = accepted(event)
                right = [(iso(w.first), iso(w.last)) in days for w in each.times]
                asked.add(gold["report"], each, right, bool(days))
    return asked.whole()


def show(asked, likely):
    """Print what each threshold brings."""
    every = zip(asked.starts, asked.starts[1:], strict=False)
    best = np.array([a + likely[a:b].argmax() for a, b in every])
    print(len(best), "claims without a time;", asked.told.sum(), "dated by the marks")
    for level in LEVELS:
        said = likely[best] >= level
        dated, good = asked.told[said].sum(), asked.right[best[said]].sum()
        print(
            f"{level}: {said.sum()} get one; dated by the marks {dated}, right {good}"
        )


def main(names, check):
    asked = questions(names)
    show(asked, out_of_fold(asked))
    if not check:
        np.savez_compressed(OUT, **written(asked, FIGURES))
        print(OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--check"]
    main(words, "--check" in sys.argv)
