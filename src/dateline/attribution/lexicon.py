"""The words that tell a saying, a belief, a wish or a stance, with their frames."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast

from dateline.attribution.saying import Sense

Class = Literal["verb", "noun", "adverb", "adjective", "attitude"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of saying and the frames in which what is said may stand.

    `clause` a finite clause · `quote` a quotation · `obj` its object · `to` an
    infinitive · `hears` its object is the hearer · `passive` "is believed to" ·
    `raise` "seems to" · `felt` "was convinced" · `event`: naming an event as its object
    says that it happened ("reported a raid", not "condemned a raid") · otherwise the
    preposition before what is said.
    """

    word: str
    sense: Sense
    frames: frozenset[str]


@cache
def cues(kind: Class) -> dict[str, Cue]:
    """Return the cues of one class by lemma.

    >>> "hears" in cues("verb")["tell"].frames
    True
    """
    return table()[kind]


@cache
def table() -> dict[Class, dict[str, Cue]]:
    """Read the cue table once a process."""
    found: dict[Class, dict[str, Cue]] = {}
    source = files("dateline.attribution") / "cues.tsv"
    with source.open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            kind, sense = cast(Class, row["class"]), cast(Sense, row["sense"])
            cue = Cue(row["word"], sense, frozenset(row["frames"].split()))
            found.setdefault(kind, {})[cue.word] = cue
    return found
