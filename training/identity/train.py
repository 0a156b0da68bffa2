"""Fits who a mention is (country, sector), prints figures, writes identity.npz.

    python training/identity/train.py ROWS.pkl [--check] [--quick]

Figures are by cross-validation, each fifth of the reports asked of what has learnt
from the others; with --quick, of one fifth. With --check nothing is written.
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import numpy as np
from country import Countries
from errors import curve, kinds
from sectors import SECONDS, Sectors
from table import FOLDS, Table

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "src" / "dateline" / "actors" / "weights" / "identity.npz"
LEAST, SECOND = 0.65, 0.15  # as in `dateline.extract.actors.learned.identify`


def fit(parties, hints, check=False, quick=False) -> None:
    """Fit both questions to marked parties, print figures, write the weights."""
    every = Table(parties)
    print(every.rows.shape, "candidates; right", every.right.mean(), flush=True)
    parts = 1 if quick else FOLDS
    countries = Countries(every, parts)
    sectors = Sectors(parties, every.party_fold, every.own, parts)
    every.asked &= every.party_fold < parts
    for second in SECONDS:
        fine = sectors.right_by(second)[every.asked].mean()
        print(f"sector, second from {second}: {fine:.4f}", flush=True)
    kind = sectors.right_by(SECOND)
    curve(every, countries.likely, kind)
    kinds(every, countries.likely, kind, LEAST)
    if not check:
        write(countries, sectors, hints)


def write(countries, sectors, hints) -> None:
    """Write the weights that ship with the program."""
    words = sorted(hints)
    told = {"hints": np.array(words), "hinted": np.array([" ".join(hints[word]) for word in words])}
    np.savez_compressed(OUT, **countries.write(), **sectors.write(), **told)
    print(OUT, OUT.stat().st_size)


if __name__ == "__main__":
    rows, known = pickle.loads(Path(sys.argv[1]).read_bytes())
    fit(rows, known, "--check" in sys.argv, "--quick" in sys.argv)
