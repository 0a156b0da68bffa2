"""Two tellings compared: a row of figures for the learned score, a pair at a time."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.merge.about import mark_shared_names
from dateline.merge.columns import AT, Columns, Real, Whole
from dateline.merge.lexicon import load_merge_lexicon

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
Index = NDArray[np.integer[Any]]


def compare_rows(
    rows: Columns,
    kinds: Real,
    one: Index,
    two: Index,
    met: Mapping[str, Real] | None = None,
) -> Real:
    """Return a row of FIGURES for each pair; nan is not told.

    `kinds` is how far two deeds go together, by number, as learned; `met` how far
    sides agree, where that is known already.
    """
    a, b = rows.plain[one], rows.plain[two]
    met = met or sides_met(rows, one, two)
    told = {
        "deed": agree_on_column(a, b, "deed"),
        "type": agree_on_column(a, b, "type") | agree_on_column(a, b, "deed"),
        "kinds": kinds[deed_numbers(a, kinds), deed_numbers(b, kinds)],
        "status": agree_on_column(a, b, "status"),
        "stage": stages(a, b),
        "actors": met["actors"],
        "recipients": met["recipients"],
        "crossed": np.fmax(met["over"], met["back"]),
        "mutual": a[:, AT["mutual"]] + b[:, AT["mutual"]],
        "mode": either(a[:, AT["mode"]], b[:, AT["mode"]]),
        "place": place_agreement(a, b),
        "root": share_a_name(rows.roots[one], rows.roots[two]),
        "meaning": vector_likeness(rows.trigger, one, two),
        "surface": agree_on_column(a, b, "surface"),
        "clause": vector_likeness(rows.clause, one, two),
        "rare": rare(rows, one, two),
        "plural": a[:, AT["plural"]] + b[:, AT["plural"]],
        "counts": count_agreement(rows.counts[one], rows.counts[two]),
        "speaker": either(a[:, AT["speaker"]], b[:, AT["speaker"]]),
    }
    told |= times(a, b) | positions(a, b) | like_acts_told(a, b)
    return np.stack([told[name].astype(np.float32) for name in FIGURES], 1)


def sides_met(rows: Columns, one: Index, two: Index) -> dict[str, Real]:
    """Return how far sides agree: actors, recipients, and each with the other."""
    told = np.ascontiguousarray(rows.parties.transpose(1, 3, 2, 0))
    a, b = told[..., one], told[..., two]
    return {
        "actors": side_agreement(a[0], b[0]),
        "recipients": side_agreement(a[1], b[1]),
        "over": side_agreement(a[0], b[1]),
        "back": side_agreement(a[1], b[0]),
    }


def vector_likeness(vectors: NDArray[np.int8], one: Index, two: Index) -> Real:
    """Return the likeness of two directions of meaning, a pair at a time."""
    told = vectors.astype(np.float32)
    size = np.maximum(np.sqrt(np.einsum("ij,ij->i", told, told)), 1)
    met = np.einsum("ij,ij->i", told[one], told[two])  # of whole numbers: exact
    return np.asarray(met / (size[one] * size[two]), np.float32)


def agree_on_column(a: Whole, b: Whole, name: str) -> NDArray[np.bool_]:
    """Whether both have one answer, told or not."""
    return np.asarray(a[:, AT[name]] == b[:, AT[name]])


def deed_numbers(a: Whole, kinds: Real) -> Whole:
    """Return the deeds' numbers, 0 for those never seen in training."""
    number = a[:, AT["deed"]]
    return np.where(number < len(kinds), number, 0)


def either(x: Whole, y: Whole) -> Real:
    """Return 1 where both tell the same, 0 where not, nan where one tells nothing."""
    told = (x > 0) & (y > 0)
    return np.where(told, (x == y).astype(np.float32), np.nan).astype(np.float32)


def stages(a: Whole, b: Whole) -> Whole:
    """Return a number for the pair of stages, whichever comes first."""
    x, y = a[:, AT["stage"]], b[:, AT["stage"]]
    return np.minimum(x, y) * 5 + np.maximum(x, y)


def side_agreement(x: Whole, y: Whole) -> Real:
    """Return how far two sides agree: 0 apart … 4 one and the same, nan untold.

    A side is [(entity, name, country, sectors), party, pair].
    """
    p, q = x[:, :, None], y[:, None]
    on = (p[0] | p[1] | p[2] | p[3] != 0) & (q[0] | q[1] | q[2] | q[3] != 0)
    one = ((p[0] == q[0]) & (p[0] > 0)) | ((p[1] == q[1]) & (p[1] > 0))
    land = (p[2] == q[2]) & (p[2] > 0)
    trade = ((p[3] & q[3]) > 0) | (p[3] == 0) | (q[3] == 0)
    vague = (p[2] == 0) | (q[2] == 0)
    level = np.maximum(land * (trade + np.int8(2)), vague)
    level = np.where(on, np.maximum(level, one * np.int8(4)), np.int8(-1))
    best = level.max((0, 1))
    return np.where(best < 0, np.nan, best).astype(np.float32)


def place_agreement(a: Whole, b: Whole) -> Real:
    """Return 0 elsewhere, 1 another place there, 2 maybe within, 3 the same, or nan."""
    land = either(a[:, AT["country"]], b[:, AT["country"]])
    name = either(a[:, AT["place"]], b[:, AT["place"]])
    both = (a[:, AT["exact"]] & b[:, AT["exact"]]) > 0
    level = np.where(both, 1, 2)
    level = np.where(land == 0, 0, level)
    level = np.where(name == 1, 3, level).astype(np.float32)
    return np.where(np.isnan(name), np.nan, level).astype(np.float32)


def share_a_name(x: Whole, y: Whole) -> NDArray[np.bool_]:
    """Whether two rows of names have one in common."""
    return np.asarray(mark_shared_names(x, y).any(1))


def rare(rows: Columns, one: Index, two: Index) -> Real:
    """Return how much of the rarer words of the shorter clause both share."""
    met = mark_shared_names(rows.rare[one], rows.rare[two])
    heavy = load_merge_lexicon().rarities(rows.rare)
    weight = heavy[one]
    least = np.minimum(weight.sum(1), heavy[two].sum(1))
    return np.asarray((weight * met).sum(1) / (least + 1e-3), np.float32)


def name_overlap(rows: Columns, one: Index, two: Index) -> Real:
    """Return how much of the names of all parties both share; nan of no names."""
    met = mark_shared_names(rows.names[one], rows.names[two])
    heavy = load_merge_lexicon().rarities(rows.names)
    a, b = heavy[one], heavy[two]
    least, most = np.sort(np.stack([a.sum(1), b.sum(1)]), 0)
    share = (a * met).sum(1) / np.maximum(most, 1)
    return np.where(least > 0, share, np.float32(np.nan)).astype(np.float32)


def count_agreement(x: Real, y: Real) -> Real:
    """Return 1 where a count of both is the same, 0 where they differ, nan untold."""
    kind = x[:, :, None, 0] == y[:, None, :, 0]
    equal = kind & (x[:, :, None, 1] == y[:, None, :, 1])
    found = np.where(equal.any((1, 2)), 1.0, 0.0)
    return np.where(kind.any((1, 2)), found, np.nan).astype(np.float32)


def times(a: Whole, b: Whole) -> dict[str, Real]:
    """Return how two intervals lie: 2 the same, 1 overlapping, 0 apart; and the gap."""
    first, last = a[:, AT["first"]], a[:, AT["last"]]
    start, end = b[:, AT["first"]], b[:, AT["last"]]
    told = ((first > 0) | (last > 0)) & ((start > 0) | (end > 0))
    end_a, end_b = np.where(last > 0, last, 10**7), np.where(end > 0, end, 10**7)
    gap = np.maximum(np.maximum(start - end_a, first - end_b), 0)
    lie = np.where((first == start) & (last == end), 2, np.where(gap > 0, 0, 1))
    nan = np.float32(np.nan)
    return {"days": np.where(told, lie, nan), "gap": np.where(told, np.log1p(gap), nan)}


def positions(a: Whole, b: Whole) -> dict[str, Real]:
    """Return how far apart two triggers of one report stand, how the later begins."""
    x, y = a[:, AT["start"]], b[:, AT["start"]]
    here = agree_on_column(a, b, "report")
    over = np.minimum(a[:, AT["to"]], b[:, AT["to"]]) - np.maximum(
        a[:, AT["from"]], b[:, AT["from"]]
    )
    later = np.where(x > y, a[:, AT["article"]], b[:, AT["article"]])
    nan = np.float32(np.nan)
    far = np.log1p(np.abs(x - y))
    return {
        "distance": np.where(here, far, nan),
        "one clause": np.where(here, over > 0, nan),
        "one sentence": np.where(here, np.clip(over, -300, 300), nan),
        "article": np.where(here, later, nan),
    }


def like_acts_told(a: Whole, b: Whole) -> dict[str, Real]:
    """Return how many acts like the two each's report tells."""
    x, y = a[:, AT["rivals"]], b[:, AT["rivals"]]
    return {"rivals": np.log1p(np.maximum(x, y)), "alone": np.log1p(np.minimum(x, y))}
