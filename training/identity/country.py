"""Fits which candidate is a mention's country: strings, then trees and a net.

Both read the same numbers and what the strings say; the net reads meanings too.
How likely a candidate is, is the mean of what both say.
"""

from __future__ import annotations

import numpy as np
from forest import forest, grown
from nets import arrays, country, squeezed, weighed
from sklearn.linear_model import LogisticRegression
from table import FOLDS, Table, by_folds

TREES = {"num_leaves": 24, "learning_rate": 0.08}
ROUNDS = 300


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


def net_of(every: Table, rows, scales, chosen):
    mine, starts = every.part(chosen)
    told = scales(rows[mine]), every.about[chosen], every.meaning[chosen]
    return country(*told, every.right[mine], starts)


def asked_of(net, every: Table, rows, scales, chosen):
    mine, starts = every.part(chosen)
    told = scales(rows[mine]), every.about[chosen], every.meaning[chosen]
    return weighed(net, *told, starts)


class Countries:
    """What the parts say of every candidate, each learnt without its report."""

    def __init__(self, every: Table, parts: int = FOLDS):
        self.every = every
        self.said = strings(every)
        self.rows = np.column_stack([every.rows, self.said]).astype(np.float32)
        self.scales = Scales(self.rows)
        self.net = np.full(len(self.said), -12.0)
        self.trees = np.zeros(len(self.said))
        for ask in range(parts):
            self.ask_net(ask)
            self.ask_trees(ask)

    def ask_net(self, fold):
        """Ask a net of one part of the reports, learnt from the others."""
        some, these = self.every.party_fold != fold, self.every.party_fold == fold
        net = net_of(self.every, self.rows, self.scales, some)
        told = asked_of(net, self.every, self.rows, self.scales, these)
        self.net[self.every.fold == fold] = told

    def ask_trees(self, fold):
        """Ask trees of one part of the reports, grown on the others."""
        some, these = self.every.fold != fold, self.every.fold == fold
        self.trees[these] = self.grown(some).predict(self.rows[these])

    def grown(self, some):
        """Return trees grown on some candidates."""
        return forest(self.rows[some], self.every.right[some], ROUNDS, **TREES)

    @property
    def likely(self):
        """How likely each candidate is right: the mean of both opinions."""
        return (np.exp(self.net) + self.trees) / 2

    def write(self):
        """Return the weights, fitted on all reports."""
        every = self.every
        whole = linear(every.words, every.right)
        net = net_of(every, self.rows, self.scales, np.ones(len(every.parties), bool))
        weights, step = small(whole.coef_[0])
        return {
            "linear": weights,
            "step": step,
            "bias": whole.intercept_[0],
            **grown(self.grown(np.ones(len(self.rows), bool)), "country"),
            **arrays(net, "net"),
            "net_mean": self.scales.mean.astype(np.float16),
            "net_scale": self.scales.step.astype(np.float16),
        }


def small(weights, axis=None):
    """Return weights as whole numbers up to 127 and the step between two of them."""
    step = np.abs(weights).max(axis=axis) / 127
    step = np.where(step > 0, step, 1.0)
    return np.round(weights / step).astype(np.int8), step.astype(np.float32)
