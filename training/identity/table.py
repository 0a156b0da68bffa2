"""Parties and their candidates as tables, with how each is split into folds."""

from __future__ import annotations

import hashlib

import numpy as np
from nets import squeezed
from scipy.sparse import csr_matrix

from dateline.extract.actors.learned.features import BUCKETS, COLUMNS

FOLDS = 5  # parts of the reports: what is asked of one has learnt from the others
ABOUT = [i for i, name in enumerate(COLUMNS) if name.startswith("m_")]


class Table:
    """Every candidate of every party as one row; `starts` are where parties begin."""

    def __init__(self, parties):
        self.parties = parties
        sizes = [len(p["codes"]) for p in parties]
        self.starts = np.cumsum([0, *sizes])
        self.of = np.repeat(np.arange(len(parties)), sizes)
        self.codes = np.array([c for p in parties for c in p["codes"]], object)
        self.rows = np.concatenate([p["rows"] for p in parties])
        marks = [m for p in parties for m in p["marks"]]
        ends = np.cumsum([0, *(len(m) for m in marks)])
        ones = np.ones(ends[-1], np.float32)
        shape = (len(marks), BUCKETS)
        self.words = csr_matrix((ones, np.concatenate(marks), ends), shape)
        self.words.data[:] = 1
        both = zip(self.of, self.codes, strict=True)
        self.right = np.array([c in parties[i]["countries"] for i, c in both])
        self.party_fold = np.array([fold_of(p["report"]) for p in parties])
        self.fold = self.party_fold[self.of]
        self.asked = np.array([not p["short"] for p in parties])
        first = np.zeros((len(parties), len(ABOUT)), np.float32)
        some = np.array(sizes) > 0
        first[some] = self.rows[self.starts[:-1][some]][:, ABOUT]
        self.about = squeezed(first)
        self.meaning = np.stack([p["meaning"] for p in parties])
        self.own = np.stack([p["context"].own for p in parties])
        self.pointed(parties)

    def pointed(self, parties):
        """Gather the sites that speak for each candidate, one after the other."""
        reports, every, first = {}, [], 0
        for party in parties:
            if id(party["sites"]) not in reports:
                reports[id(party["sites"])] = first
                every.append(party["sites"])
                first += len(party["sites"])
        self.states = np.concatenate(every)
        told = [p["context"] for p in parties]
        firsts = [reports[id(p["sites"])] for p in parties]
        both = zip(told, firsts, self.starts[:-1], strict=True)
        moved = [(c.sites + at, c.which + low) for c, at, low in both]
        self.sites = np.concatenate([sites for sites, _ in moved])
        which = np.concatenate([which for _, which in moved])
        self.site_rows = np.concatenate([c.rows for c in told])
        self.site_starts = np.searchsorted(which, np.arange(len(self.codes) + 1))

    def part(self, chosen):
        """Return which candidates are of the chosen parties, and where they begin."""
        every = chosen[self.of]
        sizes = np.diff(self.starts)[chosen]
        return every, np.cumsum([0, *sizes])


def fold_of(report: str) -> int:
    """Return the part in which a report is asked and not learnt from."""
    return int(hashlib.sha1(report.encode()).hexdigest()[:8], 16) % FOLDS


def by_folds(folds):
    """Yield for each fold whom to learn from, and whom to ask."""
    for k in range(FOLDS):
        if (folds == k).any():
            yield folds != k, folds == k
