"""Retrains links, and who somebody is with links learnt without the report in question.

    python training/who.py KEEP_FOLDER FOLDER|marks|invented ... [--check]

FOLDER holds gold/*.json and texts/*.txt; `marks` are our own, over the shared pool;
`invented` are examples of what is near and yet not theirs. With --check nothing is
written.
Parsed reports are kept in KEEP_FOLDER and not parsed again. Needs torch, scikit-learn
and lightgbm beside the program.
"""

from __future__ import annotations

import pickle
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "identity"))
sys.path.append(str(Path(__file__).resolve().parent / "cast"))
from invented import ORIGIN
from kept import load
from kept import rows as annotated
from pairs import taught
from rows import hints, told
from train import fit

from dateline.nlp.coref.context import cast_by

BEGAN = time.process_time()


def linked(every, nets) -> None:
    """Give each report the links of a net that has not learnt from it."""
    for kept in every:
        links = cast_by(kept.parsed, nets[kept.fold]).links
        kept.parsed = replace(kept.parsed, links=links)


def spent(what: str) -> None:
    print(f"[{time.process_time() - BEGAN:.0f} s] {what}", flush=True)


def main(keep: Path, names: list[str], check: bool) -> None:
    every = load(names, keep / "parsed")
    spent("parsed")
    linked(every, taught(every, write=not check))
    spent("linked")
    known = hints(annotated(name for name in names if name != ORIGIN))
    rows = list(told(every, known))
    (keep / "rows.pkl").write_bytes(pickle.dumps((rows, known)))
    spent(f"{len(rows)} parties, {len(known)} hints")
    fit(rows, known, check)
    spent("fitted")


if __name__ == "__main__":
    words = [word for word in sys.argv[1:] if word != "--check"]
    main(Path(words[0]), words[1:], "--check" in sys.argv)
