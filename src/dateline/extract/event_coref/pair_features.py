"""Two tellings compared: a row of figures for the learned score, a pair at a time.

How far answers, words and positions go together tells much of tellings of one report.
What stands around an act, and who is in it, tells like acts of several reports apart:
two calls of one day by the same party are one call where they ask the same; a plea of a
husband is not his wife's. So the words around acts are compared, the people on either
side by who they are, days to the day, places by how far they lie apart.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.extract.event_coref.lexicon import load_merge_lexicon
from dateline.extract.event_coref.mention_table import AT, PARTS, PEOPLE, Columns, Real, Whole

FIGURES = (
    "deed",
    "type",
    "kinds",
    "status",
    "stage",
    "actors",
    "recipients",
    "crossed",
    "mutual",
    "days",
    "gap",
    "place",
    "mode",
    "root",
    "meaning",
    "surface",
    "clause",
    "rare",
    "distance",
    "one clause",
    "counts",
    "speaker",
    "article",
    "rivals",
    "alone",
    "one sentence",
    "plural",
)
"""Of two tellings of one report, or of two."""
CONTENTS = (
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
"""What stands around two acts, who is in them, when and where."""
SIDES = {"actors": (0, 0), "recipients": (1, 1), "over": (0, 1), "back": (1, 0)}
"""Which side of one telling is held against which of the other."""
DEGREE = 111.2  # kilometres
UNTOLD = np.float32(np.nan)
Index = NDArray[np.integer[Any]]
Truth = NDArray[np.bool_]


def compare_rows(
    rows: Columns, kinds: Real, one: Index, two: Index, met: Mapping[str, Real] | None = None
) -> Real:
    """Return a row of FIGURES for each pair; nan is not told.

    `kinds` is how far two deeds go together, by number, as learned; `met` how far
    sides agree, where that is known already.
    """
    a, b = rows.plain[one], rows.plain[two]
    met = met or sides_met(rows, one, two)
    # a deed never seen in training goes by 0
    deeds = [x[:, AT["deed"]] for x in (a, b)]
    known = [np.where(deed < len(kinds), deed, 0) for deed in deeds]
    stage = np.sort(np.stack([a[:, AT["stage"]], b[:, AT["stage"]]]), axis=0)
    rivals = np.sort(np.stack([a[:, AT["rivals"]], b[:, AT["rivals"]]]), axis=0)
    heavy = load_merge_lexicon().rarities(rows.rare)
    weight = heavy[one]
    both = (weight * mark_shared_names(rows.rare[one], rows.rare[two])).sum(1)
    least = np.minimum(weight.sum(1), heavy[two].sum(1))
    told = {
        "deed": agree_on_column(a, b, "deed"),
        "type": agree_on_column(a, b, "type") | agree_on_column(a, b, "deed"),
        "kinds": kinds[known[0], known[1]],
        "status": agree_on_column(a, b, "status"),
        "stage": stage[0] * 5 + stage[1],
        "actors": met["actors"],
        "recipients": met["recipients"],
        "crossed": np.fmax(met["over"], met["back"]),
        "mutual": a[:, AT["mutual"]] + b[:, AT["mutual"]],
        "mode": agree_where_told(a, b, "mode"),
        "place": place_agreement(a, b),
        "root": share_a_name(rows.roots[one], rows.roots[two]),
        "meaning": vector_likeness(rows.trigger, one, two),
        "surface": agree_on_column(a, b, "surface"),
        "clause": vector_likeness(rows.clause, one, two),
        "rare": both / (least + 1e-3),
        "plural": a[:, AT["plural"]] + b[:, AT["plural"]],
        "counts": count_agreement(rows.counts[one], rows.counts[two]),
        "speaker": agree_where_told(a, b, "speaker"),
        "rivals": np.log1p(rivals[1]),
        "alone": np.log1p(rivals[0]),
        **interval_agreement(a, b),
        **positions(a, b),
    }
    return np.stack([told[name].astype(np.float32) for name in FIGURES], 1)


def sides_met(
    rows: Columns, one: Index, two: Index, names: Sequence[str] = (*SIDES,)
) -> dict[str, Real]:
    """Return how far sides agree: actors, recipients, and each with the other.

    It is 0 apart … 4 one and the same, nan untold.
    """
    told = np.ascontiguousarray(rows.parties.transpose(1, 3, 2, 0))
    a, b = told[..., one], told[..., two]
    found = {}
    for name in names:
        side, other = SIDES[name]
        # [(entity, name, country, sectors), party, party of the other, pair]
        p, q = a[side][:, :, None], b[other][:, None]
        on = (p[0] | p[1] | p[2] | p[3] != 0) & (q[0] | q[1] | q[2] | q[3] != 0)
        same = ((p[0] == q[0]) & (p[0] > 0)) | ((p[1] == q[1]) & (p[1] > 0))
        land = (p[2] == q[2]) & (p[2] > 0)
        trade = ((p[3] & q[3]) > 0) | (p[3] == 0) | (q[3] == 0)
        vague = (p[2] == 0) | (q[2] == 0)
        level = np.maximum(land * (trade + np.int8(2)), vague)
        level = np.where(on, np.maximum(level, same * np.int8(4)), np.int8(-1))
        best = level.max((0, 1))
        found[name] = np.where(best < 0, np.nan, best).astype(np.float32)
    return found


def vector_likeness(vectors: NDArray[np.int8], one: Index, two: Index) -> Real:
    """Return the likeness of two directions of meaning, a pair at a time."""
    told = vectors.astype(np.float32)
    size = np.maximum(np.sqrt(np.einsum("ij,ij->i", told, told)), 1)
    met = np.einsum("ij,ij->i", told[one], told[two])  # of whole numbers: exact
    return np.asarray(met / (size[one] * size[two]), np.float32)


def sense_likeness(kept: NDArray[np.int8], one: Index, two: Index) -> Real:
    """Return how alike the senses of pairs of rows are: pair x part; nan unknown."""
    every = kept.reshape(len(kept), PARTS, -1).astype(np.float32)
    length = np.sqrt(np.einsum("ipj,ipj->ip", every, every))
    length[length == 0] = np.nan
    met = np.einsum("ipj,ipj->ip", every[one], every[two])  # of whole numbers: exact
    return np.asarray(met / (length[one] * length[two]), np.float32)


def agree_on_column(a: Whole, b: Whole, name: str) -> Truth:
    """Whether both have one answer, told or not."""
    return np.asarray(a[:, AT[name]] == b[:, AT[name]])


def agree_where_told(a: Whole, b: Whole, name: str) -> Real:
    """Return 1 where both tell the same, 0 where not, nan where one tells nothing."""
    x, y = a[:, AT[name]], b[:, AT[name]]
    return np.where((x > 0) & (y > 0), x == y, UNTOLD).astype(np.float32)


def place_agreement(a: Whole, b: Whole) -> Real:
    """Return 0 elsewhere, 1 another place there, 2 maybe within, 3 the same, or nan."""
    land, name = (agree_where_told(a, b, told) for told in ("country", "place"))
    both = (a[:, AT["exact"]] & b[:, AT["exact"]]) > 0
    level = np.where(both, 1, 2)
    level = np.where(land == 0, 0, level)
    level = np.where(name == 1, 3, level).astype(np.float32)
    return np.where(np.isnan(name), UNTOLD, level).astype(np.float32)


def mark_shared_names(x: Whole, y: Whole) -> Truth:
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


def share_a_name(x: Whole, y: Whole) -> Truth:
    """Whether two rows of names have one in common."""
    return np.asarray(mark_shared_names(x, y).any(1))


def count_agreement(x: Real, y: Real) -> Real:
    """Return 1 where a count of both is the same, 0 where they differ, nan untold."""
    kind = x[:, :, None, 0] == y[:, None, :, 0]
    equal = kind & (x[:, :, None, 1] == y[:, None, :, 1])
    found = np.where(equal.any((1, 2)), 1.0, 0.0)
    return np.where(kind.any((1, 2)), found, np.nan).astype(np.float32)


def interval_agreement(a: Whole, b: Whole) -> dict[str, Real]:
    """Return how two intervals lie: 2 the same, 1 overlapping, 0 apart; and the gap."""
    first, last = a[:, AT["first"]], a[:, AT["last"]]
    start, end = b[:, AT["first"]], b[:, AT["last"]]
    told = ((first > 0) | (last > 0)) & ((start > 0) | (end > 0))
    end_a, end_b = np.where(last > 0, last, 10**7), np.where(end > 0, end, 10**7)
    gap = np.maximum(np.maximum(start - end_a, first - end_b), 0)
    lie = np.where((first == start) & (last == end), 2, np.where(gap > 0, 0, 1))
    return {"days": np.where(told, lie, UNTOLD), "gap": np.where(told, np.log1p(gap), UNTOLD)}


def positions(a: Whole, b: Whole) -> dict[str, Real]:
    """Return how far apart two triggers of one report stand, how the later begins."""
    x, y = a[:, AT["start"]], b[:, AT["start"]]
    here = agree_on_column(a, b, "report")
    over = np.minimum(a[:, AT["to"]], b[:, AT["to"]]) - np.maximum(
        a[:, AT["from"]], b[:, AT["from"]]
    )
    later = np.where(x > y, a[:, AT["article"]], b[:, AT["article"]])
    far = np.log1p(np.abs(x - y))
    return {
        "distance": np.where(here, far, UNTOLD),
        "one clause": np.where(here, over > 0, UNTOLD),
        "one sentence": np.where(here, np.clip(over, -300, 300), UNTOLD),
        "article": np.where(here, later, UNTOLD),
    }


def compare_contents(rows: Columns, one: Index, two: Index) -> Real:
    """Return a row of CONTENTS for each pair; nan is not told."""
    a, b = rows.plain[one], rows.plain[two]
    x, y = rows.people[one], rows.people[two]
    every = (people.reshape(-1, 2 * PEOPLE) for people in (x, y))
    ends = [(a[:, AT[name]], b[:, AT[name]]) for name in ("first", "last")]
    starts = np.sort(np.stack([a[:, AT["start"]], b[:, AT["start"]]]), axis=0)
    up, over = (rows.spot[one] - rows.spot[two]).T
    over = over * np.cos(np.radians(rows.spot[one][:, 0]))
    told = (
        *compare_around(rows, one, two),
        shared_people(x[:, 0], y[:, 0]),
        shared_people(x[:, 1], y[:, 1]),
        shared_people(*every),
        *days_between(*ends),
        DEGREE * np.hypot(up, over),
        *np.log1p(starts),
    )
    return np.stack([figure.astype(np.float32) for figure in told], 1)


def compare_around(rows: Columns, one: Index, two: Index) -> tuple[Real, Real]:
    """Return how alike the words around acts are, and how much of the fewer is met."""
    heavy = load_merge_lexicon().rarities(rows.around)
    near, there = ((rows.around[r], heavy[r]) for r in (one, two))
    return bags_alike(near, there)


def bags_alike(one: tuple[Whole, Real], two: tuple[Whole, Real]) -> tuple[Real, Real]:
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


def name_overlap(rows: Columns, one: Index, two: Index) -> Real:
    """Return how much of the names of all parties both share; nan of no names."""
    met = mark_shared_names(rows.names[one], rows.names[two])
    heavy = load_merge_lexicon().rarities(rows.names)
    a, b = heavy[one], heavy[two]
    least, most = np.sort(np.stack([a.sum(1), b.sum(1)]), 0)
    share = (a * met).sum(1) / np.maximum(most, 1)
    return np.where(least > 0, share, np.float32(np.nan)).astype(np.float32)


def shared_people(x: Whole, y: Whole) -> Real:
    """Return whether two rows of people share one; nan where either holds nobody."""
    met = mark_shared_names(x, y).any(1)
    told = (x > 0).any(1) & (y > 0).any(1)
    return np.where(told, met, UNTOLD).astype(np.float32)


def days_between(first: tuple[Index, Index], last: tuple[Index, Index]) -> tuple[Real, Real, Real]:
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
