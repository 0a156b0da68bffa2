"""Learns which place an act without one has: src/dateline/places/elsewhere.npz.

    PYTHONPATH=src python training/places/elsewhere.py FOLDER|marks ... [--check]

FOLDER holds annotated reports (gold/, texts/); `marks` are our own, over the shared
pool. The program codes them; each claim that its own sentence gives no place asks the
places of its report, and right are those in a country that the marks accept for its
happening. Prints, out of fold and by threshold, how many such claims get a country, how
many of those the marks place, and how often it is theirs. With --check nothing is
written. Needs torch beside the program.
"""

import sys
from collections import Counter
from pathlib import Path

import numpy as np

sys.path.append(str(Path(__file__).parents[1]))
from pointing import Asked, coded, happening, out_of_fold, written

from dateline.places.elsewhere import FIGURES, Story, land_of

OUT = Path(__file__).parents[2] / "src/dateline/places/elsewhere.npz"
LEVELS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7)


def accepted(event):
    """Return the countries that the marks accept for a happening."""
    where = event["where"]
    own = [where["country"], *where.get("accept_countries", [])] if where else []
    return {*own, *event.get("accept_where", [])} - {None}


def questions(names):
    """Code the reports, and keep what is asked, with the country of each place."""
    asked, lands = Asked(), []
    for gold, story in coded(names, "where_elsewhere", Story):
        for each in story.open():
            event = happening(gold, story.claims[each.claim])
            if event is not None and event["importance"] != "arguable":
                right = accepted(event)
                mine = [land_of(place) for place in each.places]
                told = bool(event["where"])
                asked.add(gold["report"], each, [m in right for m in mine], told)
                lands.append(mine)
    return asked.whole(), lands


def show(asked, likely, lands):
    """Print what each threshold brings."""
    best = []
    for n, mine in enumerate(lands):
        shares, fine = Counter(), {}
        for k, land in enumerate(mine, asked.starts[n]):
            shares[land] += likely[k]
            fine[land] = asked.right[k]
        land, share = shares.most_common(1)[0]
        best.append((share, fine[land]))
    sure, right = map(np.array, zip(*best, strict=True))
    print(len(sure), "claims without a place;", asked.told.sum(), "placed by the marks")
    for level in LEVELS:
        said = sure >= level
        placed, good = (said & asked.told).sum(), (said & right).sum()
        print(f"{level}: {said.sum()} get one; by the marks {placed}, right {good}")


def main(names, check):
    asked, lands = questions(names)
    show(asked, out_of_fold(asked), lands)
    if not check:
        np.savez_compressed(OUT, **written(asked, FIGURES))
        print(OUT.stat().st_size, "bytes")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--check"]
    main(words, "--check" in sys.argv)
