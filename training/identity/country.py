"""Fits which candidate is a mention's country: strings, then nets over all evidence.

A net reads what the strings say, numbers, meanings, and the encoder's states of the
mention and of the report's places. How likely a candidate is, is the mean of what nets
of several seeds say.
"""

from __future__ import annotations

from itertools import chain

import numpy as np
from nets import arrays, country, squeezed, weighed
from sklearn.linear_model import LogisticRegression
from table import FOLDS, Table, by_folds


class Scales:
    """Brings columns to a like size, as on the reports learnt from."""

    def __init__(self, rows):
        told = squeezed(rows)
        self.mean, self.step = told.mean(0), told.std(0) + 0.05

    def __call__(self, rows):
        return ((squeezed(rows) - self.mean) / self.step).astype(np.float32)


def linear(words, right):
    fit = LogisticRegression(C=0.3, solver="liblinear", tol=1e-2, random_state=12)
    return fit.fit(words, right)


def strings(every: Table) -> np.ndarray:
    """Return what the strings say of each candidate, learnt without its report."""
    said = np.zeros(len(every.right))
    for learn, ask in by_folds(every.fold):
        fit = linear(every.words[learn], every.right[learn])
        said[ask] = fit.decision_function(every.words[ask])
    return said


SEEDS = (0, 1)


class Countries:
    """What nets say of every candidate, learnt without its report."""

    def __init__(self, every: Table, parts: int = FOLDS):
        self.every = every
        self.said = strings(every)
        self.rows = np.column_stack([every.rows, self.said]).astype(np.float32)
        self.scales = Scales(self.rows)
        self.likely = np.zeros(len(self.said))
        for ask in range(parts):
            self.ask_nets(ask)

    def ask_nets(self, fold):
        """Ask nets of one part of the reports, learnt from the others."""
        some, these = self.every.party_fold != fold, self.every.party_fold == fold
        scaled = self.scales(self.rows)
        nets = [country(self.every, scaled, some, seed) for seed in SEEDS]
        told = [np.exp(weighed(net, self.every, scaled, these)) for net in nets]
        self.likely[self.every.fold == fold] = np.mean(told, 0)

    def write(self):
        """Return the weights, fitted on all reports."""
        every = self.every
        whole = linear(every.words, every.right)
        scaled, all_ = self.scales(self.rows), np.ones(len(every.parties), bool)
        nets = {f"net{n}": country(every, scaled, all_, n) for n in SEEDS}
        told = [arrays(net, name) for name, net in nets.items()]
        weights, step = small(whole.coef_[0])
        return {
            "linear": weights,
            "step": step,
            "bias": whole.intercept_[0],
            **dict(chain.from_iterable(each.items() for each in told)),
            "scaled_mean": self.scales.mean.astype(np.float16),
            "scaled_scale": self.scales.step.astype(np.float16),
        }


def small(weights, axis=None):
    """Return weights as whole numbers up to 127 and the step between two of them."""
    step = np.abs(weights).max(axis=axis) / 127
    step = np.where(step > 0, step, 1.0)
    return np.round(weights / step).astype(np.int8), step.astype(np.float32)
