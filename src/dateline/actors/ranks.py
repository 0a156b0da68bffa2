"""The candidates for one mention's sector, each as a row of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from dateline.actors.country_evidence import KINDS
from dateline.actors.evidence import Mention
from dateline.actors.wording import AGENTS, pronoun_kind

PHRASES = ("own", "beside", "intro", "link", "speaker")
FIELDS = ("r0", "r1", "a0", "a1", "ruled0", "ruled1", "base0", "base1", "once")
TELLING = {
    name: i for i, name in enumerate(f"{p}:{f}" for p in PHRASES for f in FIELDS)
}
ABOUT = (
    *("pronoun", "agent", "known", "words", "capital", "nation", "people", "former"),
    "unknown",
)
BY_WORDS = ("log", "likely", "rank", "gap")
BY_STATE = ("read_log", "read", "read_gap")
COLUMNS = (*TELLING, *BY_WORDS, *BY_STATE, *ABOUT, "tables")
TOP, READ = 5, 3  # sectors that the words alone, and the encoder, make likeliest
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sorts:
    """The sectors that a mention may be of, a row of numbers each."""

    codes: tuple[str, ...]
    rows: list[list[float]]


def sorts(
    shared: Sequence[float],
    told: Sequence[str],
    names: Sequence[str],
    words: Floats,
    read: Floats,
) -> Sorts:
    """Return the sectors worth weighing: those the tables tell, and the likeliest.

    `words` and `read` are logarithms of how likely each of `names` is: by the strings
    of the mention, and by the encoder's states.
    """
    best = np.argsort(-words, kind="stable").tolist()
    seen = np.argsort(-read, kind="stable")[:READ].tolist()
    every: dict[str, set[int]] = {names[i]: set() for i in (*best[:TOP], *seen)}
    for each in told:
        field, _, sector = each.rpartition(":")
        if field in TELLING:
            every.setdefault(sector, set()).add(TELLING[field])
    rank = {names[i]: n for n, i in enumerate(best)}
    top, most = float(words[best[0]]), float(read[seen[0]])
    logs = zip(names, words.tolist(), read.tolist(), strict=True)
    by_name = {name: both for name, *both in logs}
    rows = []
    for name, marks in every.items():
        log, other = by_name.get(name, (-12.0, -12.0))
        row = [0.0] * len(TELLING)
        for mark in marks:
            row[mark] = 1.0
        told_ = (log, exp(log), rank.get(name, 30), log - top)
        read_ = (other, exp(other), other - most)
        rows.append([*row, *told_, *read_, *shared, len(every) - TOP])
    return Sorts(tuple(every), rows)


def sector_figures(mention: Mention) -> list[float]:
    """Return what holds of a mention whatever its sector."""
    reading, words = mention.reading, mention.words
    lexicon = mention.lexicon
    known = reading.names[0][0].entity if reading.names else ""
    kind = mention.case.base.entity(known).kind if known else ""
    agent = reading.agent.kind if reading.agent else ""
    return [
        pronoun_kind(words[0].key, lexicon) if len(words) == 1 else 0,
        AGENTS.index(agent) + 1 if agent in AGENTS else 0,
        KINDS.index(kind) + 1 if kind in KINDS else 0,
        len(words),
        sum(word.capital for word in words) / max(1, len(words)),
        reading.nation is not None,
        reading.people,
        reading.former,
        reading.unknown,
    ]
