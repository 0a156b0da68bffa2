"""What stands around an act, and who is in it: what tells like acts apart.

Two calls of one day by the same party are one call where they ask the same; a plea of
a husband is not his wife's. So the words around acts are compared, the people on either
side by who they are, days to the day, places by how far they lie apart.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.merge.lexicon import load_merge_lexicon, lower_case_words

AROUND = 32  # words that stand around an act
PEOPLE = 4  # people on a side
LEAST = 0.7  # rarity below which a word tells nothing
DEGREE = 111.2  # kilometres
FIGURES = (
    "around",
    "around covered",
    "same people acting",
    "same people acted on",
    "same people",
    "one day",
    "days between",
    "days wide",
    "kilometres",
    "first told",
    "last told",
)
Index = NDArray[np.integer[Any]]
Real = NDArray[np.float32]
Whole = NDArray[np.int32]
Bags = tuple[Whole, Real]
UNTOLD = np.float32(np.nan)


def mark_shared_names(x: Whole, y: Whole) -> NDArray[np.bool_]:
    """Return which names of each row stand in the same row of the other; 0 is none.

    Names are [row, place]. A place at a time is compared over all rows.

    >>> mark_shared_names(np.array([[7, 3, 0]]), np.array([[0, 7]])).tolist()
    [[True, False, False]]
    """
    own, others = (np.ascontiguousarray(told.T) for told in (x, y))
    met = np.zeros(own.shape, np.bool_)
    for other in others:
        met |= own == other
    met &= own > 0
    return np.ascontiguousarray(met.T)


def rarest_words(text: str, most: int) -> list[str]:
    """Return the words of a text that tell most, the rarest first."""
    words = load_merge_lexicon()
    told = {w for w in words.lemmas(lower_case_words(text)) if len(w) > 1}
    weighed = [(-rare, w) for w in told if (rare := words.rarity(w)) > LEAST]
    return [word for _, word in sorted(weighed)[:most]]


def bags_alike(one: Bags, two: Bags) -> tuple[Real, Real]:
    """Return how alike bags are, and how much of the lighter stands in the other.

    Bags are words and weights, [row, word], 0 for none; a word weighs the same in any.
    Figures are nan of empty ones.
    """
    (x, a), (y, b) = one, two
    common = a * mark_shared_names(x, y)
    product, shared = (common * common).sum(1), common.sum(1)
    size = np.sqrt((a * a).sum(1) * (b * b).sum(1))
    least = np.minimum(a.sum(1), b.sum(1))
    told = least > 0
    cosine = np.where(told, product / np.where(told, size, 1), UNTOLD)
    share = np.where(told, shared / np.where(told, least, 1), UNTOLD)
    return cosine.astype(np.float32), share.astype(np.float32)


def shared_people(x: Whole, y: Whole) -> Real:
    """Return whether two rows of people share one; nan where either holds nobody."""
    met = mark_shared_names(x, y).any(1)
    told = (x > 0).any(1) & (y > 0).any(1)
    return np.where(told, met, UNTOLD).astype(np.float32)


def people_alike(x: Whole, y: Whole) -> tuple[Real, Real, Real]:
    """Return whether people are shared among those who act, on whom, and among all."""
    acting, acted = (shared_people(x[:, side], y[:, side]) for side in (0, 1))
    every = shared_people(x.reshape(-1, 2 * PEOPLE), y.reshape(-1, 2 * PEOPLE))
    return acting, acted, every


def days_between(
    first: tuple[Index, Index], last: tuple[Index, Index]
) -> tuple[Real, Real, Real]:
    """Return whether two acts are of one day, days between firsts, the wider's days."""
    (a, b), (c, d) = first, last
    single = (a > 0) & (a == c) & (b > 0) & (b == d)
    told = (a > 0) & (b > 0)
    whole = told & (c > 0) & (d > 0)
    return (
        np.where(single, a == b, UNTOLD).astype(np.float32),
        np.where(told, np.abs(a - b), UNTOLD).astype(np.float32),
        np.where(whole, np.maximum(c - a, d - b), UNTOLD).astype(np.float32),
    )


def kilometres(one: Real, two: Real) -> Real:
    """Return how far points of latitude and longitude lie apart; nan of unknown ones.

    >>> kilometres(np.array([[0.0, 0.0]]), np.array([[0.0, 1.0]])).round(0).tolist()
    [111.0]
    """
    up, over = (one - two).T
    over = over * np.cos(np.radians(one[:, 0]))
    return np.asarray(DEGREE * np.hypot(up, over), np.float32)


def places_in_reports(a: Index, b: Index) -> tuple[Real, Real]:
    """Return where acts are first told in their reports, the earlier and the later."""
    first, last = np.minimum(a, b), np.maximum(a, b)
    return np.log1p(first).astype(np.float32), np.log1p(last).astype(np.float32)
