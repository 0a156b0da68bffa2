"""Two tellings of two reports compared: a row of figures for the learned score.

Positions within a report tell nothing here. What tells is how far the claims go
together, whether the encoder read like acts in them, how alike the reports are, by
whose names, and how many days apart they were told.
"""

import numpy as np

from dateline.merge.columns import AT, Columns, Real
from dateline.merge.compare import FIGURES, Index, figures, names
from dateline.merge.same import judge
from dateline.merge.sense import likeness

WITHIN = frozenset(
    ("distance", "one clause", "article", "rivals", "alone", "one sentence")
)
SHARED = tuple(name for name in FIGURES if name not in WITHIN)
OWN = (
    "within",
    "stories",
    "names",
    "reports apart",
    "sense of triggers",
    "sense of clauses",
)
BETWEEN = (*SHARED, *OWN)
KEPT = [FIGURES.index(name) for name in SHARED]


def between(rows: Columns, one: Index, two: Index, alike: Real) -> Real:
    """Return a row of BETWEEN for each pair; nan is not told.

    `alike` is how alike the stories of their two reports are; "within" is how likely
    the claims would be one in one report, as log-odds.
    """
    every = figures(rows, judge().kinds, one, two)
    told = every[:, KEPT]
    own = (
        judge().trees.logits(every),
        alike,
        names(rows, one, two),
        days_apart(rows, one, two),
    )
    return np.hstack([told, np.stack(own, 1), likeness(rows.senses, one, two)])


def days_apart(rows: Columns, one: Index, two: Index) -> Real:
    """Return how many days lie between the days of two reports."""
    a, b = (rows.plain[some, AT["day"]] for some in (one, two))
    told = (a > 0) & (b > 0)
    return np.where(told, np.abs(a - b), np.nan).astype(np.float32)
