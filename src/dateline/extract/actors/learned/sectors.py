"""What tells the sector of a mention, and the candidates for it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import exp

import numpy as np
from numpy.typing import NDArray

from dateline.extract.actors.evidence import KINDS, Mention
from dateline.extract.actors.lexicon import AGENTS, pronoun_kind
from dateline.extract.actors.related_mentions import Kin
from dateline.extract.actors.resolution import build_known, setting_days

LONG = 14  # words of a mention that are read
NEAR = 4  # related mentions that are read
PHRASES = ("own", "beside", "intro", "link", "speaker")
FIELDS = ("r0", "r1", "a0", "a1", "ruled0", "ruled1", "base0", "base1", "once")
TELLING = {name: i for i, name in enumerate(f"{p}:{f}" for p in PHRASES for f in FIELDS)}
ABOUT = (
    *("pronoun", "agent", "known", "words", "capital", "nation", "people", "former"),
    "unknown",
)
BY_WORDS = ("log", "likely", "rank", "gap")
BY_STATE = ("read_log", "read", "read_gap")
COLUMNS = (*TELLING, *BY_WORDS, *BY_STATE, *ABOUT, "tables")
TOP, READ = 5, 3  # sectors that the words alone, and the encoder, make likeliest
Floats = NDArray[np.float32]


def sector_strings(mention: Mention, kin: Kin) -> tuple[list[str], list[str]]:
    """Return the strings that the sector is told by: those of the words, of the tables.

    What the tables tell is `own:r0:COP`: of which words, in which place, which sector.
    """
    keys = [word.key for word in mention.words[:LONG]]
    head = mention.head_noun
    capital = bool(mention.words) and mention.words[-1].capital
    said = [f"w:{key}" for key in keys]
    said += [f"b:{one} {two}" for one, two in zip(keys, keys[1:], strict=False)]
    said += [f"h:{head}", f"e:{head[-3:]}", f"first:{keys[0] if keys else ''}"]
    said += [f"n:{min(len(keys), 4)}{capital}", f"role:{mention.placed[0]}{capital}"]
    if len(keys) == 1:
        said.append(f"alone:{pronoun_kind(head, mention.lexicon)}")
    told = [f"own:{each}" for each in sector_from_tables(mention)]
    related = [("beside", kin.beside), ("intro", kin.intro), ("link", kin.earlier)]
    alone = mention.words[0].key if len(keys) == 1 else ""
    if pronoun_kind(alone, mention.lexicon) in (1, 2):
        related.append(("speaker", kin.speaker))
    for name, those in related:
        for there in those[:NEAR]:
            told += [f"{name}:{each}" for each in sector_from_tables(there)]
            said.append(f"{name}h:{there.head_noun}")
            said += [f"{name}w:{word.key}" for word in there.words[:LONG]]
    return said, told


def sector_from_tables(mention: Mention) -> Sequence[str]:
    """Return what the tables tell of a mention's sector, worked out once a mention."""
    made = mention.case.seen.sectors
    if mention not in made:
        made[mention] = list(tell_sectors(mention))
    return made[mention]


def tell_sectors(mention: Mention) -> Iterator[str]:
    """Yield what the tables, and the base, tell of a mention's sector."""
    reading, base = mention.reading, mention.case.base
    for n, code in enumerate(reading.sectors[:2]):
        yield f"r{n}:{code}"
    if reading.agent:
        yield f"kind:{reading.agent.kind}"
        yield from (f"a{n}:{c}" for n, c in enumerate(reading.agent.sectors[:2]))
    if reading.nation:
        plain = not (reading.agent or reading.unknown or reading.names)
        yield f"nation:{reading.nation.sense.kind}{reading.how}{plain}{reading.people}"
    if reading.former:
        yield "former"
    if reading.unknown:
        yield "unknown"
    if answer := mention.direct:
        yield from (f"ruled{n}:{c}" for n, c in enumerate(answer.sectors[:2]))
        yield f"rule:{answer.rule}"
    day = setting_days(mention.case.seen.setting)
    for name in reading.names[0][:3] if reading.names else ():
        who = build_known(base, name, day)
        yield f"known:{who.entity.kind}{who.named.loose}"
        yield from (f"base{n}:{c}" for n, c in enumerate(who.sectors[:2]))
        once = {c for role in base.roles(name.entity) for c in role.sectors[:1]}
        yield from (f"once:{c}" for c in sorted(once))


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
