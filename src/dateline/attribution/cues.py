"""The words that tell a saying, a belief, a wish or a stance, with their frames."""

from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from dateline.attribution.saying import Sense
from dateline.model import Lexicon

Class = Literal["verb", "noun", "adverb", "adjective", "attitude"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of saying and the frames in which what is said may stand.

    `clause` a finite clause below a verb · `content-clause` one below a noun or an
    adjective · `quote` a quotation · `obj` its object · `infinitive` "wants to win" ·
    `hears` its object is the hearer · `passive` "is believed to" · `raise` "seems to" ·
    `felt` "was convinced" · `event`: naming an event as its object says that it
    happened ("reported a raid", not "condemned a raid"). `prepositions` are those that
    may stand before what is said.
    """

    sense: Sense
    frames: frozenset[str]
    prepositions: frozenset[str] = frozenset()


@cache
def load_cues(lexicon: Lexicon, kind: Class) -> dict[str, Cue]:
    """Return the cues of one class by lemma.

    >>> row = ("tell", "verb", "speech", "clause hears", "of")
    >>> load_cues(Lexicon(tables={"attribution.cues": (row,)}), "verb")[
    ...     "tell"
    ... ].prepositions
    frozenset({'of'})
    """
    rows = lexicon.tables["attribution.cues"]
    return {row[0]: cue(*row[2:]) for row in rows if row[1] == kind}


def cue(sense: str, frames: str, prepositions: str = "") -> Cue:
    """Return a cue as the cells of its row tell it."""
    before = frozenset(prepositions.split())
    return Cue(cast(Sense, sense), frozenset(frames.split()), before)
