"""Two tellings of two reports compared: a row of figures for the learned score.

Positions within a report tell nothing here. What tells is how far the claims go
together, whether the encoder read like acts in them, how alike the reports are, by
whose names, and how many days apart they were told.
"""

from collections.abc import Callable, Mapping

import numpy as np

from dateline.merge import about
from dateline.merge.columns import AT, MET, Columns, Real
from dateline.merge.compare import (
    FIGURES,
    Index,
    compare_rows,
    name_overlap,
    share_a_name,
    sides_met,
)
from dateline.merge.lexicon import load_merge_lexicon
from dateline.merge.same import Truth, claims_judge, count_row_names, everybody
from dateline.merge.sense import sense_likeness
from dateline.merge.stories import Stories

ALLIED = 3  # parties of one country and sector
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
BETWEEN = (*SHARED, *OWN, *about.FIGURES, "headlines", "other side")
KEPT = [FIGURES.index(name) for name in SHARED]


def compare_reports(
    rows: Columns,
    stories: Stories,
    one: Index,
    two: Index,
    chosen: Callable[[Real], Truth] | None = None,
) -> Real:
    """Return a row of BETWEEN for each pair; nan is not told.

    `stories` are those of the reports of `rows`; "within" is how likely the claims
    would be one in one report, as log-odds: told of rows that are `chosen` alone.
    """
    met = sides_met(rows, one, two)
    every = compare_rows(rows, claims_judge().kinds, one, two, met)
    told = every[:, KEPT]
    own = (
        np.full(len(every), np.nan, np.float32),
        stories.likeness(one, two),
        name_overlap(rows, one, two),
        days_between_reports(rows, one, two),
    )
    more = (
        *contents(rows, one, two),
        stories.headlines(one, two),
        names_other_countries(rows, one, two, met).astype(np.float32),
    )
    read = sense_likeness(rows.senses, one, two)
    cells = np.hstack([told, np.stack(own, 1), read, np.stack(more, 1)])
    some = chosen(cells) if chosen else np.ones(len(cells), np.bool_)
    cells[some, BETWEEN.index("within")] = claims_judge().trees.logits(every[some])
    return cells


def contents(rows: Columns, one: Index, two: Index) -> tuple[Real, ...]:
    """Return what stands around acts, who is in them, when and where: about.FIGURES."""
    a, b = (rows.plain[r] for r in (one, two))
    ends = [(a[:, AT[name]], b[:, AT[name]]) for name in ("first", "last")]
    return (
        *compare_around(rows, one, two),
        *about.people_alike(rows.people[one], rows.people[two]),
        *about.days_between(*ends),
        about.kilometres(rows.spot[one], rows.spot[two]),
        *about.places_in_reports(a[:, AT["start"]], b[:, AT["start"]]),
    )


def compare_around(rows: Columns, one: Index, two: Index) -> tuple[Real, Real]:
    """Return how alike the words around acts are, and how much of the fewer is met."""
    heavy = load_merge_lexicon().rarities(rows.around)
    near, there = ((rows.around[r], heavy[r]) for r in (one, two))
    return about.bags_alike(near, there)


def days_between_reports(rows: Columns, one: Index, two: Index) -> Real:
    """Return how many days lie between the days of two reports."""
    a, b = (rows.plain[some, AT["day"]] for some in (one, two))
    told = (a > 0) & (b > 0)
    return np.where(told, np.abs(a - b), np.nan).astype(np.float32)


def names_other_countries(
    rows: Columns, one: Index, two: Index, met: Mapping[str, Real]
) -> Truth:
    """Whether a side of one act is of other countries, and not merely turned round.

    `met` is how far sides agree.

    Turned round is what one takes for done together, or what both tell by the same
    words, one of them with one side alone. Who accuses and is condemned in turn, who
    expels envoys and has envoys expelled, are two happenings.
    """
    other = (met["actors"] == 0) | (met["recipients"] == 0)
    other[other] = ~same_circle(rows, one[other], two[other])
    over, back = met["over"], met["back"]
    close = np.fmax(over, back) >= ALLIED
    together = (rows.plain[one, AT["mutual"]] + rows.plain[two, AT["mutual"]]) > 0
    alike = share_a_name(rows.roots[one], rows.roots[two]) > 0
    half = np.isnan(over) | np.isnan(back)
    turned = (together | (alike & half)) & close & ~(over <= 1) & ~(back <= 1)
    return np.asarray(other & ~turned)


def same_circle(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two countries of a circle met in both tellings, whichever begins.

    Who promises and who is promised something is two; both sign what they sign.
    """
    a, b = (everybody(rows, r) for r in (one, two))
    met = about.mark_shared_names(a, b)
    lands = count_row_names(np.where(met, a, 0))
    a, b = (rows.plain[r, AT["joint"]] for r in (one, two))
    alike = (a == MET) | share_a_name(rows.roots[one], rows.roots[two])
    return np.asarray((a > 0) & (a == b) & alike & (lands > 1))
