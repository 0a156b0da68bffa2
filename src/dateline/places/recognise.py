"""Names of places in a report: the tagger's spans, and those that it misses."""

import json
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from dateline.gazetteer import Gazetteer
from dateline.model import Parsed, Span
from dateline.places.atlas import Atlas
from dateline.places.candidates import place_candidates
from dateline.places.seek import AT, NAMES, Find, seek

SURE = 0.4  # belief from which a stretch is taken for a place's name


def recognise(
    table: Gazetteer, parsed: Parsed, sure: float = SURE
) -> tuple[tuple[Span, float], ...]:
    """Return the names of places in a report and the belief in each, in text order.

    Persons and organisations named like places are left out, and so are words for
    peoples: whether a name is a place is weighed from its label, its surroundings
    and what the gazetteer knows of it.
    """
    found = [f for f in seek(table, parsed) if f.named.how != "adjective"]
    found = [f for f in found if not is_other_name(f)]
    if not found:
        return ()
    told = [
        (f.span, belief)
        for f, belief in zip(found, believed(found), strict=True)
        if belief >= sure
    ]
    return tuple(sorted(told))


def words_for_peoples(table: Gazetteer, parsed: Parsed) -> list[Span]:
    """Return the words for peoples, which speak for a country but name no place."""
    atlas = Atlas(table, parsed.lexicon)
    spans = (e.span for e in parsed.entities if e.label == "NORP")
    return [
        span
        for span in spans
        if place_candidates(atlas, span.of(parsed.text).title()).how == "adjective"
    ]


def is_other_name(find: Find) -> bool:
    """Whether the words are part of a person's name or of a known outlet's."""
    told = find.evidence
    where = told[AT["after_in"]] or told[AT["contained"]] or told[AT["after_of"]]
    person = told[AT["part_of_person"]] and not where
    return bool(told[AT["part_of_outlet"]] or person)


def believed(found: list[Find]) -> list[float]:
    """Return the belief that each stretch names a place."""
    scores = np.array([f.evidence for f in found]) @ seeking()
    return [float(b) for b in 1 / (1 + np.exp(-scores))]


@cache
def seeking() -> NDArray[np.float64]:
    """Return the weights fitted by training/gazetteer/fit_seek.py."""
    table = files("dateline.places") / "seeking.json"
    told = json.loads(table.read_text("utf-8"))
    return np.array([told.get(name, 0.0) for name in NAMES])
