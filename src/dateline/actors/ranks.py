"""The candidates for one mention's sector, each as a row of numbers."""

from collections.abc import Iterable, Sequence
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
    """The sectors that a mention may be of, a row of numbers each (see COLUMNS)."""

    codes: tuple[str, ...]
    rows: list[list[float]]


def sorts(
    shared: Sequence[Sequence[float]],
    told: Sequence[Iterable[str]],
    names: Sequence[str],
    words: Floats,
    read: Floats,
) -> list[Sorts]:
    """Return the sectors worth weighing: those the tables tell, and the likeliest.

    Each argument but `names` has one part a mention. `words` and `read` are logarithms
    of how likely each of `names` is: by the strings of the mention, and by the
    encoder's states.
    """
    by_words, by_state = (
        zip(each.tolist(), np.argsort(-each, kind="stable").tolist(), strict=True)
        for each in (words, read)
    )
    every = zip(shared, told, by_words, by_state, strict=True)
    return [mention_sorts(names, *each) for each in every]


def mention_sorts(
    names: Sequence[str],
    shared: Sequence[float],
    told: Iterable[str],
    by_words: tuple[list[float], list[int]],
    by_state: tuple[list[float], list[int]],
) -> Sorts:
    """Return the sectors worth weighing of one mention.

    By words and by state are logarithms, and the order of `names` by them.
    """
    (words, best), (read, seen) = by_words, by_state
    every: dict[str, list[int]] = {names[i]: [] for i in (*best[:TOP], *seen[:READ])}
    for each in sorted(set(told)):
        field, _, sector = each.rpartition(":")
        if field in TELLING:
            every.setdefault(sector, []).append(TELLING[field])
    top, most = words[best[0]], read[seen[0]]
    rows = []
    for name, marks in every.items():
        log, other, rank = -12.0, -12.0, 30
        if name in names:
            i = names.index(name)
            log, other, rank = words[i], read[i], best.index(i)
        row = [0.0] * len(TELLING)
        for mark in marks:
            row[mark] = 1.0
        told_ = (log, exp(log), rank, log - top)
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
