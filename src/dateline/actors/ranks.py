"""The candidates for one mention's sector, each as a row of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.actors.evidence import KINDS, Mention
from dateline.actors.wording import AGENTS, PRONOUNS

PHRASES = ("own", "beside", "intro", "link", "speaker")
FIELDS = ("r0", "r1", "a0", "a1", "ruled0", "ruled1", "base0", "base1", "once")
TELLING = {
    name: i for i, name in enumerate(f"{p}:{f}" for p in PHRASES for f in FIELDS)
}
ABOUT = (
    *("pronoun", "agent", "known", "words", "capital", "nation", "people", "former"),
    "unknown",
)
COLUMNS = (*TELLING, "log", "likely", "rank", "gap", *ABOUT, "tables")
TOP = 5  # sectors that the words alone make likeliest
Ranked = Sequence[tuple[str, float, float]]  # sector, probability, logarithm of it


@dataclass(frozen=True, slots=True)
class Sorts:
    """The sectors that a mention may be of, a row of numbers each."""

    codes: tuple[str, ...]
    rows: list[list[float]]


def sorts(shared: Sequence[float], told: Sequence[str], ranked: Ranked) -> Sorts:
    """Return the sectors worth weighing: those the tables tell, and the likeliest."""
    every: dict[str, set[int]] = {name: set() for name, _, _ in ranked[:TOP]}
    for each in told:
        field, _, sector = each.rpartition(":")
        if field in TELLING:
            every.setdefault(sector, set()).add(TELLING[field])
    words = {name: (n, likely, log) for n, (name, likely, log) in enumerate(ranked)}
    best = max((log for _, _, log in ranked), default=0.0)
    rows = []
    for name, marks in every.items():
        n, likely, log = words.get(name, (30, 0.0, -12.0))
        row = [0.0] * len(TELLING)
        for mark in marks:
            row[mark] = 1.0
        rows.append([*row, log, likely, n, log - best, *shared, len(every) - TOP])
    return Sorts(tuple(every), rows)


def about(mention: Mention) -> list[float]:
    """Return what holds of a mention whatever its sector."""
    reading, words = mention.reading, mention.words
    known = reading.names[0][0].entity if reading.names else ""
    kind = mention.case.base.entity(known).kind if known else ""
    agent = reading.agent.kind if reading.agent else ""
    return [
        PRONOUNS.get(words[0].key, 0) if len(words) == 1 else 0,
        AGENTS.index(agent) + 1 if agent in AGENTS else 0,
        KINDS.index(kind) + 1 if kind in KINDS else 0,
        len(words),
        sum(word.capital for word in words) / max(1, len(words)),
        reading.nation is not None,
        reading.people,
        reading.former,
        reading.unknown,
    ]
