"""Scores placed names against gold: found, near enough, the very same entry."""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from dateline.gazetteer.entry import km

Record = dict[str, Any]
NEAR = 161.0  # kilometres (100 miles): the usual bound of "right"


def score(
    gold: Sequence[Record], answers: Sequence[Record], demonyms: bool = True
) -> dict[str, float]:
    """Return accuracy within 161 km over all gold, and how well names are found.

    Gold without coordinates is neither asked for nor wrong to name; a name missed or
    not placed is wrong; `demonyms` false leaves words for peoples out likewise.
    """
    said = {a["doc"]: a["toponyms"] for a in answers}
    rows = [
        tally_document(g["toponyms"], said.get(g["doc"], []), demonyms) for g in gold
    ]
    sums = [sum(column) for column in zip(*rows, strict=True)] or [0] * 6
    asked, named, found, right, same, known = sums
    return {
        "acc161": ratio(right, asked),
        "precision": ratio(found, named),
        "recall": ratio(found, asked),
        "placed_right": ratio(right, found),
        "geonameid": ratio(same, known),
        "toponyms": float(asked),
    }


def ratio(part: float, whole: float) -> float:
    """Return a share, nought where there is nothing to share."""
    return part / whole if whole else 0.0


def tally_document(
    gold: Sequence[Record], said: Sequence[Record], demonyms: bool
) -> tuple[int, int, int, int, int, int]:
    """Return what one document adds: asked, named, found, right, same id, ids told."""
    scored = [is_asked_for(g, demonyms) for g in gold]
    pairs = list(match_toponyms(gold, said))
    free = {j for i, j in pairs if not scored[i]}
    hits = [(gold[i], said[j]) for i, j in pairs if scored[i]]
    return (
        sum(scored),
        len(said) - len(free),
        len(hits),
        sum(is_near_enough(g, s) for g, s in hits),
        sum(equal(g, s) for g, s in hits),
        sum(bool(g.get("geonameid")) for g, k in zip(gold, scored, strict=True) if k),
    )


def is_asked_for(gold: Record, demonyms: bool) -> bool:
    """Whether a gold name is asked for."""
    if gold["lat"] is None or gold["lon"] is None:
        return False
    if demonyms:
        return True
    word = gold.get("text", "")
    people = word in demonym_words() or word.removesuffix("s") in demonym_words()
    return not people and gold.get("kind") != "Non_Literal_Modifier"


@cache
def demonym_words() -> frozenset[str]:
    """Return the words for peoples that such a score leaves out."""
    table = files("dateline.evaluate") / "demonyms.txt"
    return frozenset(table.read_text("utf-8").splitlines())


def match_toponyms(
    gold: Sequence[Record], said: Sequence[Record]
) -> Iterator[tuple[int, int]]:
    """Yield pairs of overlapping names, one to one, equal spans and long ones first."""
    pairs = []
    for i, g in enumerate(gold):
        for j, s in enumerate(said):
            shared = min(g["end"], s["end"]) - max(g["start"], s["start"])
            if shared > 0:
                unequal = (g["start"], g["end"]) != (s["start"], s["end"])
                pairs.append((unequal, -shared, i, j))
    left: set[int] = set()
    right: set[int] = set()
    for _, _, i, j in sorted(pairs):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            yield i, j


def equal(gold: Record, said: Record) -> bool:
    """Whether both name the same entry of GeoNames."""
    return bool(gold.get("geonameid")) and gold["geonameid"] == said.get("geonameid")


def is_near_enough(gold: Record, said: Record) -> bool:
    """Whether an answer lies within 161 km of gold, or is the same entry."""
    if said.get("lat") is None or said.get("lon") is None:
        return False
    away = km(gold["lat"], gold["lon"], said["lat"], said["lon"])
    return equal(gold, said) or away <= NEAR
