"""Tellings as columns of numbers, so that pairs of them are compared all at once.

Every number is made of the name it stands for, or of a table of the ontology, so that
a row is the same on any machine and in any company. Rows are kept packed in a store:
what a pair is scored by is in its two rows.
"""

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline import plugins
from dateline.codebook.plover import deeds_with_traits, load, modes_with_trait
from dateline.merge.about import AROUND, PEOPLE, rarest_words
from dateline.merge.lexicon import (
    COMMON,
    beyond,
    few_words,
    known_and_further_words,
    load_merge_lexicon,
)
from dateline.merge.sense import bytes_of, sense_size
from dateline.merge.tellings import Party, Telling

SIDE = 3  # parties of a side that are looked at
ROOTS = 3  # words of a trigger
RARE = 8  # words of a clause
COUNTS = 3
NAMES = 8  # words of the names of all parties
NAMING = 2.5  # rarity from which a word of a name tells who somebody is
WORDS = 4  # of a clause, that it shares blocks by
STAGES = {
    "happened": 0,
    "ongoing": 0,
    "recurring": 1,
    "planned": 2,
    "expected": 2,
    "possible": 3,
    "hypothetical": 3,
    "denied": 4,
    "negated": 4,
}
NEGATED = list(STAGES).index("negated") + 1
MET = 1
BITS = 30  # of sectors
EXACT = 2**24  # whole numbers below are kept exactly in a count's column
MAKING = 3  # to be raised where rows are made otherwise from the same claims
FIRST = 2048  # numbers below are those of deeds and statuses, in their tables' order
Whole = NDArray[np.int32]
Real = NDArray[np.float32]
Keys = NDArray[np.int64]


@cache
def joint() -> dict[str, int]:
    """Return numbers for what two do together; to meet is `MET`."""
    met = deeds_with_traits("mutual", "hosted")
    others = (deed for deed in deeds_with_traits("mutual") if deed not in met)
    return dict.fromkeys(met, MET) | {deed: n for n, deed in enumerate(others, MET + 1)}


@lru_cache(maxsize=65536)
def stable(name: str) -> int:
    """Return a number for a name, the same on any machine; 0 for none."""
    told = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return int.from_bytes(told, "big") if name else 0


def first_parties(told: Telling) -> tuple[int, int, int]:
    """Return numbers for the first party of either side, whichever acts.

    The first is of both together; of two, each has one more: "the launch" names one.
    """
    first = [side[0] for side in (told.actors, told.recipients) if side]
    if told.mutual and len(told.actors) > 1:
        first = list(told.actors[:2])
    names = sorted(who.country or who.entity or who.name for who in first)
    some = [" and ".join(names), *names] if len(names) > 1 else names
    found = [stable(f"between {name}") for name in some]
    return tuple([*found, 0, 0, 0][:3])  # type: ignore[return-value]


def is_known_person(who: Party) -> bool:
    """Whether a party is one human being, and it is known who."""
    return bool(who.entity) and str(who.entity).startswith("person:")


@lru_cache(maxsize=65536)
def name_number(name: str) -> int:
    """Return a number for a name, the same on any machine; 0 for none."""
    return FIRST + stable(name) % (2**31 - FIRST) if name else 0


def happening_number(report: str, part: str) -> int:
    """Return a number for what a report tells as one; 0 where it tells nothing so."""
    return name_number(f"{report} {part}") if part else 0


@cache
def sector_bits() -> dict[str, int]:
    """Return the bit of each sector of the ontology."""
    return {name: 1 << (i % BITS) for i, name in enumerate(load().sectors)}


def sector_bit(name: str) -> int:
    """Return the bit of a sector; one that a codebook made up shares another's."""
    return sector_bits().get(name) or 1 << (stable(name) % BITS)


@dataclass(frozen=True, slots=True)
class Columns:
    """What tellings are compared by, one row a telling.

    `parties` is [row, side, party, (entity, name, country, sectors)]. `sides` are the
    two sides' first parties together, and each alone. Words (`roots`, `rare`, `names`,
    `around`) are numbered by the lexicon, which tells how rare each is. `trigger` and
    `clause` are directions, a byte an axis. `spot` is latitude and longitude, of a
    known place. `same` is one number for all that a telling says, whoever tells it
    when. All is the same on any machine.
    """

    plain: Whole
    parties: Whole
    roots: Whole
    rare: Whole
    counts: Real
    names: Whole
    trigger: NDArray[np.int8]
    clause: NDArray[np.int8]
    sides: Keys
    spot: Real
    senses: NDArray[np.int8]
    same: Keys
    around: Whole
    people: Whole


PLAIN = (
    "report",
    "deed",
    "type",
    "stage",
    "status",
    "mode",
    "mutual",
    "first",
    "last",
    "country",
    "place",
    "exact",
    "surface",
    "start",
    "from",
    "to",
    "speaker",
    "article",
    "day",
    "plural",
    "memory",
    "another",
    "joint",
    "people",
    "acting",
    "own",
    "hand",
    "rivals",
    "told",
)
AT = {name: i for i, name in enumerate(PLAIN)}


class Numbering:
    """Turns tellings into columns."""

    def __init__(self, deeds: Sequence[str]) -> None:
        """Number the deeds known in training as they were there."""
        self.words, self.marks = load_merge_lexicon(), known_and_further_words()
        self.deeds = {name: i for i, name in enumerate(deeds, 1)}
        self.statuses = {name: i for i, name in enumerate(STAGES, 1)}

    def columns(self, tellings: Sequence[Telling]) -> Columns:
        """Return the columns of tellings, all those of their reports together.

        How many acts of one deed its report tells is a figure of each.
        """
        made = empty_columns(len(tellings))
        for i, told in enumerate(tellings):
            self.fill(made, i, told)
        acts = [(told.report, told.deed) for told in tellings]
        rivals = Counter(acts)
        made.plain[:, AT["rivals"]] = [rivals[act] for act in acts]
        return made

    def fill(self, made: Columns, i: int, told: Telling) -> None:
        """Fill one row."""
        made.plain[i] = self.plain(told)
        made.sides[i] = first_parties(told)
        made.senses[i] = bytes_of(told.sense)
        made.same[i] = stable(repr(strip_report(told)))
        if told.site and told.site.spot:
            made.spot[i] = told.site.spot
        for side, found in enumerate((told.actors, told.recipients)):
            for k, who in enumerate(found[:SIDE]):
                made.parties[i, side, k] = self.party(who)
        self.fill_words(made, i, told)
        self.fill_names(made, i, told)
        near = rarest_words(told.around, AROUND)
        made.around[i, : len(near)] = [*map(self.words.number, near)]
        for side, found in enumerate((told.actors, told.recipients)):
            known = dict.fromkeys(who.entity for who in found if is_known_person(who))
            for k, entity in enumerate([*known][:PEOPLE]):
                made.people[i, side, k] = beyond(str(entity))
        for k, (what, number) in enumerate(told.counts[:COUNTS]):
            made.counts[i, k] = name_number(what) % EXACT, number

    def refill(self, made: Columns, i: int, told: Telling) -> None:
        """Fill one row anew; how many acts of its deed are told stays."""
        rivals, blank = made.plain[i, AT["rivals"]], empty_columns(1)
        for column in fields(Columns):
            getattr(made, column.name)[i] = getattr(blank, column.name)[0]
        self.fill(made, i, told)
        made.plain[i, AT["rivals"]] = rivals

    def fill_words(self, made: Columns, i: int, told: Telling) -> None:
        """Fill what a row holds of words."""
        acts = self.words.roots(few_words(told.trigger))
        named = [a for a in acts if self.words.rarity(a) > COMMON] or acts
        made.trigger[i] = byte_direction(self.words.mean(named))
        number = self.words.number
        made.roots[i, : len(named[:ROOTS])] = [number(a) for a in named[:ROOTS]]
        around = sorted(set(self.words.lemmas(few_words(told.evidence))) - set(acts))
        made.clause[i] = byte_direction(self.words.mean(around))
        ranked = sorted((-self.words.rarity(w), w) for w in around)[:RARE]
        made.rare[i, : len(ranked)] = [number(name) for _, name in ranked]

    def fill_names(self, made: Columns, i: int, told: Telling) -> None:
        """Fill the rarest words by which the parties of both sides are named."""
        said = (who.name for who in (*told.actors, *told.recipients))
        found = set(self.words.lemmas([w for name in said for w in few_words(name)]))
        ranked = sorted((-self.words.rarity(w), w) for w in found)[:NAMES]
        named = [self.words.number(name) for rare, name in ranked if -rare > NAMING]
        made.names[i, : len(named)] = named

    def plain(self, told: Telling) -> list[int]:
        """Return the numbers that stand for a telling's own answers."""
        where, visits = (
            told.site,
            not set(modes_with_trait("visit")).isdisjoint(told.modes),
        )
        return [
            name_number(told.report),
            self.deed(told.deed),
            self.deed(told.type),
            STAGES[told.status],
            self.statuses[told.status],
            name_number(" ".join(told.modes)),
            int(told.mutual),
            told.first or 0,
            told.last or 0,
            name_number((where and where.country) or ""),
            name_number((where and where.name) or ""),
            int(bool(where and where.exact)),
            name_number(told.trigger.lower()),
            told.start,
            *told.clause,
            name_number(told.speakers[-1] if told.speakers else ""),
            self.article(told.lead),
            told.day or 0,
            int(self.words.many(few_words(told.trigger))),
            int(self.memory(told)),
            int(self.another(told)),
            0 if visits else joint().get(told.deed, 0),
            sum(map(is_known_person, (*told.actors, *told.recipients))),
            int(
                0 < len(told.actors) <= SIDE and all(map(is_known_person, told.actors))
            ),
            next(
                (
                    i
                    for i, mode in enumerate(modes_with_trait("apart"), 1)
                    if mode in told.modes
                ),
                0,
            ),
            told.hand if told.deed in deeds_with_traits("force") else 0,
            1,
            happening_number(told.report, told.part),
        ]

    def deed(self, name: str) -> int:
        """Return the number of a deed: as learned, or one beyond all of those."""
        return self.deeds.get(name) or name_number(name)

    def article(self, lead: str) -> int:
        """Return 1 after a word for the known, 2 for a further one, else 0."""
        for word in reversed(few_words(lead)[-3:]):
            if mark := self.marks.get(word):
                return {"known": 1, "further": 2}.get(mark, 0)
        return 0

    def another(self, told: Telling) -> bool:
        """Whether the act is told as one more: "another raid", "wrote a second letter".

        Of an attack what is behind its word is who was hit: "killed another man".
        """
        attack = told.deed in deeds_with_traits("force")
        behind = "" if attack else told.evidence.partition(told.trigger)[2]
        said = (
            few_words(told.lead)[-3:] + few_words(told.trigger) + few_words(behind)[:2]
        )
        further = [self.marks.get(word) == "further" for word in said]
        pairs = zip(said, said[1:], further[1:], strict=False)
        words = plugins.shared_lexicon().words
        other, article = words["merge.another"], words["merge.article"]
        return not other.isdisjoint(said) or any(
            a in article and f for a, _, f in pairs
        )

    def memory(self, told: Telling) -> bool:
        """Whether the act recalls another: an anniversary march, a commemoration.

        In "the anniversary of the bombing" the bombing is the act itself.
        """
        own, before = few_words(told.trigger), few_words(told.lead)
        spoken = [self.marks.get(word, "") for word in (*before, *own)]
        if "memory" not in spoken:
            return False
        last = len(spoken) - 1 - spoken[::-1].index("memory")
        return last >= len(before) or "about" not in spoken[last : len(before)]

    def party(self, who: Party) -> tuple[int, int, int, int]:
        """Return the numbers of a party; its sectors are bits of one."""
        bits = sum({sector_bit(name) for name in who.sectors})
        names = (who.entity, who.name, who.country)
        entity, name, country = (name_number(told or "") for told in names)
        return entity, name, country, bits


def empty_columns(n: int) -> Columns:
    """Return the columns of n rows, to be filled."""
    width = load_merge_lexicon().vectors.shape[1]
    return Columns(
        plain=np.zeros((n, len(PLAIN)), np.int32),
        parties=np.zeros((n, 2, SIDE, 4), np.int32),
        roots=np.zeros((n, ROOTS), np.int32),
        rare=np.zeros((n, RARE), np.int32),
        counts=np.full((n, COUNTS, 2), np.nan, np.float32),
        names=np.zeros((n, NAMES), np.int32),
        trigger=np.zeros((n, width), np.int8),
        clause=np.zeros((n, width), np.int8),
        sides=np.zeros((n, 3), np.int64),
        spot=np.full((n, 2), np.nan, np.float32),
        senses=np.zeros((n, sense_size()), np.int8),
        same=np.zeros(n, np.int64),
        around=np.zeros((n, AROUND), np.int32),
        people=np.zeros((n, 2, PEOPLE), np.int32),
    )


def byte_direction(told: Real) -> NDArray[np.int8]:
    """Return a direction as bytes, its largest part as 127."""
    most = float(np.abs(told).max(initial=0)) or 1.0
    return np.round(told / most * 127).astype(np.int8)


def strip_report(told: Telling) -> Telling:
    """Return a telling without what tells its report from others."""
    nowhere: dict[str, Any] = {"report": "", "id": "", "part": "", "day": None}
    nowhere |= {
        "start": 0,
        "clause": (0, 0),
        "speakers": (),
        "sense": b"",
        "around": "",
    }
    return replace(told, **nowhere)


def packed_rows(rows: Columns) -> list[bytes]:
    """Return each row as bytes, small enough to be kept."""
    n = len(rows.plain)
    if not n:
        return []
    every = [getattr(rows, column.name) for column in fields(Columns)]
    flat = [in_planes(np.ascontiguousarray(told)) for told in every]
    whole = np.hstack(flat)
    return [zlib.compress(row.tobytes(), 4) for row in whole]


def in_planes(told: NDArray[Any]) -> NDArray[np.uint8]:
    """Return rows of numbers as bytes: first the lowest of each, the highest last."""
    n, size = len(told), told.dtype.itemsize
    planes = told.reshape(n, -1).view(np.uint8).reshape(n, -1, size).swapaxes(1, 2)
    return planes.reshape(n, -1)


def unpacked_rows(kept: Sequence[bytes]) -> Columns:
    """Return the columns of packed rows."""
    n, plan = len(kept), empty_columns(1)
    raw = b"".join(map(zlib.decompress, kept))
    whole = np.frombuffer(raw, np.uint8).reshape(n, -1)
    made, at = {}, 0
    for column in fields(Columns):
        shape = getattr(plan, column.name)
        planes = whole[:, at : at + shape.nbytes]
        planes = planes.reshape(n, shape.dtype.itemsize, -1).swapaxes(1, 2)
        part = np.ascontiguousarray(planes).view(shape.dtype)
        made[column.name] = part.reshape((n, *shape.shape[1:]))
        at += shape.nbytes
    return Columns(**made)


def chosen_rows(rows: Columns, some: Sequence[int]) -> Columns:
    """Return some rows."""
    at = np.array(some, np.intp)
    return Columns(**{c.name: getattr(rows, c.name)[at] for c in fields(Columns)})


@cache
def layout_mark() -> bytes:
    """Return what is another wherever kept rows or scores would be made otherwise."""
    shapes = [
        f"{c.name} {told.dtype} {told.shape}"
        for c in fields(Columns)
        for told in [getattr(empty_columns(1), c.name)]
    ]
    found = blake2b(f"{MAKING} {PLAIN} {shapes}".encode(), digest_size=8)
    for file in sorted(Path(__file__).parent.glob("*.npz")):
        found.update(file.read_bytes())
    return found.digest()
