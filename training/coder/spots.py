"""Where a teacher sees the act in sentences whose parties are marked.

spots.py TEACHER.pt START OUT.jsonl: a line has the set and id of a sentence, the act's
words as offsets, what act it is and whether it is mutual. The teacher is told whose
words both sides are: of the acts that it sees, the one whose parties fit best is meant.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import torch
from check import overlap
from data import DEEDS, ROLES, Page, cutter, windows
from network import Reader, loaded
from others import sentences, sides
from silver import answers, runs

SEEN = 0.15  # a run of pieces less likely to be an act is not asked about
FITS = 0.2  # how well an act must fit to be meant at all
OLD = {"YIELD": ("CONCEDE", "RETREAT")}  # a root of PLV, by PLOVER's names of today


def main() -> None:
    weights, start, out = sys.argv[1:]
    torch.set_num_threads(2)
    model = loaded(Path(weights), start)
    cut = cutter()
    with Path(out).open("w", encoding="utf-8") as file:
        for name in ("relations", "parties"):
            told = [spot for row in sentences(name) if (spot := seen(model, row, cut))]
            print(name, len(told), flush=True)
            for spot in told:
                file.write(json.dumps({"set": name, **spot}) + "\n")


@torch.no_grad()
def seen(model: Reader, row: dict, cut) -> dict | None:
    """Return the act of one sentence, or None where the teacher sees none that fits."""
    page = Page(row["id"], row["text"], [(0, len(row["text"]))])
    window = next(windows([page], cut, 126))
    ids = torch.tensor([window.ids])
    states = model.states(ids, torch.ones_like(ids)).float()[0, 1:-1]
    spots = window.spans[1:-1]
    pieces = torch.sigmoid(model.find(states)).numpy()
    spans = list(runs(pieces[:, 0].tolist(), pieces[:, 1].tolist(), SEEN))
    if not spans:
        return None
    said = answers(model, states, spans)
    wanted = gold(row, spots)
    fit = [fits(said, k, wanted, row, pieces, spans[k]) for k in range(len(spans))]
    best = int(np.argmax(fit))
    if fit[best] < FITS:
        return None
    first, last = spans[best]
    return {
        "id": row["id"],
        "trigger": [spots[first][0], spots[last - 1][1]],
        "deed": [round(float(p), 3) for p in typed(row, said["deed"][best])],
        "mutual": round(float(said["mutual"][best, 0]), 3),
    }


def gold(row: dict, spots: list) -> np.ndarray:
    """Return [pieces, (actor, recipient)]: which words are whose."""
    out = np.zeros((len(spots), 2))
    for n, side in enumerate(("actor", "recipient")):
        for span in sides(row)[side]:
            out[[i for i, at in enumerate(spots) if overlap(at, span)], n] = 1
    return out


def fits(said: dict, k: int, wanted: np.ndarray, row: dict, pieces, span) -> float:
    """Return how well an act fits the marked parties and the told type."""
    tags = said["roles"][k].reshape(len(wanted), len(ROLES), 3)[:, :2]
    told = 1 - tags[..., 0]
    shared = 2 * (told * wanted).sum() / max(1e-6, told.sum() + wanted.sum())
    sure = pieces[span[0] : span[1], 0].max()
    return float(shared * sure**0.3 * typed(row, said["deed"][k]).max() ** 0.3)


def typed(row: dict, deed: np.ndarray) -> np.ndarray:
    """Return the deed's shares, with the type that a row tells as most of it."""
    if "root" not in row:
        return deed
    names = OLD.get(row["root"], (row["root"],))
    own = np.array([name in names for name in DEEDS]) * (deed + 0.01)
    return 0.2 * deed + 0.8 * own / own.sum() * max(float(own.sum()), 0.2)


if __name__ == "__main__":
    main()
