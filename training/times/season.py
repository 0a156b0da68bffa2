"""Fit how likely a report is so many months after a month that it names.

    python training/times/season.py ../shared/data     writes times/season.tsv

A softmax regression over the twelve months, without chance: same sets, same file.
"""

import sys
from pathlib import Path

import numpy as np
from dated import dated

from dateline.extract.time.dating.window import named_months
from dateline.extract.time.tagging import tag
from dateline.extract.time.tagging.words import cut_into_words
from dateline.resources import plugins

OUT = Path(__file__).parents[2] / "src/dateline/extract/time/season.tsv"
HEAD = "# kind\tlog-likelihood of a report 0 to 11 months after the month that is named so"
# of a report by its set: hundreds of one autumn shall not outweigh the few of a decade
WEIGHTS = {"timebank": 1.5, "polnear": 0.3, "lgl": 0.5, "muc": 1.0, "gvc": 1.0}
YEAR, STEPS, RATE = 12, 3000, 0.02


def main() -> None:
    found, english = [], plugins.load_plugin("languages", "en").lexicon
    for name, day, text in dated(Path(sys.argv[1])):
        if months := [
            *dict.fromkeys(named_months(cut_into_words(text, english), tag(text, english)))
        ]:
            found.append((WEIGHTS[name], int(day[5:7]) - 1, months))
    kinds = sorted({kind for _, _, months in found for kind, _ in months})
    x = np.zeros((len(found), YEAR, len(kinds) * YEAR))
    for n, (_, _, months) in enumerate(found):
        for kind, named_month in months:
            for month in range(1, YEAR + 1):
                after = (month - named_month) % YEAR
                x[n, month - 1, kinds.index(kind) * YEAR + after] += len(months) ** -0.5
    weight = np.array([w for w, _, _ in found])
    truth = np.eye(YEAR)[[month for _, month, _ in found]]
    fitted = np.zeros(x.shape[2])
    for _ in range(STEPS):
        wrong = (softmax(x @ fitted) - truth) * weight[:, None]
        fitted -= RATE * (np.einsum("nm,nmk->k", wrong, x) + fitted)
    lines = [
        f"{kind}\t{' '.join(f'{v:.2f}' for v in fitted[n * YEAR : (n + 1) * YEAR])}"
        for n, kind in enumerate(kinds)
    ]
    OUT.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    right = (softmax(x @ fitted) * truth).sum(1) > 1 / YEAR
    print(f"{len(found)} reports; {right.mean():.2f} told better than by chance")


def softmax(scores: np.ndarray) -> np.ndarray:
    """Return scores as shares of each row."""
    raised = np.exp(scores - scores.max(1, keepdims=True))
    shares: np.ndarray = raised / raised.sum(1, keepdims=True)
    return shares


if __name__ == "__main__":
    main()
