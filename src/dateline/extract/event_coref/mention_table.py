"""Tellings as columns of numbers, so that pairs of them are compared all at once.

Every number is made of the name it stands for, or of a table of the ontology, so that
a row is the same on any machine and in any company. Rows are kept packed in a store:
what a pair is scored by is in its two rows.

What the encoder read of a telling, its sense, is small enough to be kept beside its
claim: the directions of a trigger's and a clause's state are laid along the few axes on
which tellings of the news differ most (training/merge/across.py), a byte each. So
tellings of reports years apart are compared without reading either again.
"""

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.extract.event_coref.identity import (
    MOST_FACTS,
    MOST_WORDS,
    NAME_WORDS,
    party_flags,
    party_numbers,
)
from dateline.extract.event_coref.lexicon import (
    COMMON,
    WORD,
    beyond,
    few_words,
    known_and_further_words,
    load_merge_lexicon,
    lower_case_words,
    rarest_words,
)
from dateline.extract.event_coref.mentions import STAGES, Party, Telling
from dateline.resources import plugins
from dateline.resources.codebook.plover import deeds_with_traits, load, modes_with_trait

SENSES = Path(__file__).with_name("sense.npz")
PARTS = 2  # of a sense: the trigger's state and the clause's
BYTE = 127  # the most that a signed byte holds
SIDE = 3  # parties of a side that are looked at
ROOTS = 3  # words of a trigger
RARE = 8  # words of a clause
COUNTS = 3
NAMES = 8  # words of the names of all parties
NAMING = 2.5  # rarity from which a word of a name tells who somebody is
WORDS = 4  # of a clause, that it shares blocks by
AROUND = 32  # words that stand around an act
PEOPLE = 4  # people on a side
STATUSES = {name: i for i, name in enumerate(STAGES, 1)}
NEGATED = STATUSES["negated"]
MET = 1
BITS = 30  # of sectors
EXACT = 2**24  # whole numbers below are kept exactly in a count's column
MAKING = 4  # to be raised where rows are made otherwise from the same claims
FIRST = 2048  # numbers below are those of deeds and statuses, in their tables' order
APART: dict[str, Any] = {
    "report": "",
    "id": "",
    "part": "",
    "day": None,
    "start": 0,
    "clause": (0, 0),
}
APART |= {"speakers": (), "sense": b"", "around": "", "identity": None}
"""What tells the report of a telling from others, and what stands there for none."""
SAID = [f.name for f in fields(Telling) if f.name not in APART]
SAYING = attrgetter(*SAID)
WHOLE = ", ".join(
    f"{f.name}={APART[f.name]!r}" if f.name in APART else f"{f.name}=%r" for f in fields(Telling)
)
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
    return hash_stably(name) if name else 0


def hash_stably(text: str) -> int:
    """Return a number of 56 bits for a text, the same on any machine."""
    told = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return int.from_bytes(told, "big")


@lru_cache(maxsize=65536)
def name_number(name: str) -> int:
    """Return a number for a name, the same on any machine; 0 for none."""
    return FIRST + stable(name) % (2**31 - FIRST) if name else 0


def happening_number(report: str, part: str) -> int:
    """Return a number for what a report tells as one; 0 where it tells nothing so."""
    return name_number(f"{report} {part}") if part else 0


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
    who: Whole
    words: NDArray[np.uint16]
    facts: Whole


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
    "admin1",
    "placed",
    "stated first",
    "stated last",
    "sure",
    "actor sure",
    "recipient sure",
)
AT = {name: i for i, name in enumerate(PLAIN)}


class Numbering:
    """Turns tellings into columns."""

    def __init__(self, deeds: Sequence[str]) -> None:
        """Number the deeds known in training as they were there."""
        self.words, self.marks = load_merge_lexicon(), known_and_further_words()
        self.deeds = {name: i for i, name in enumerate(deeds, 1)}
        self.force = deeds_with_traits("force")
        self.visits = frozenset(modes_with_trait("visit"))
        self.apart = {mode: i for i, mode in enumerate(modes_with_trait("apart"), 1)}
        self.sectors = {name: 1 << (i % BITS) for i, name in enumerate(load().sectors)}
        self.known: dict[Party, tuple[int, int, int, int]] = {}

    def columns(self, tellings: Sequence[Telling], within: bool = False) -> Columns:
        """Return the columns of tellings, all those of their reports together.

        How many acts of one deed its report tells is a figure of each. What is compared
        across reports alone is left out of those `within` one.
        """
        made = empty_columns(len(tellings))
        every = range(len(tellings))
        self.fill_answers(made, every, tellings)
        self.fill_words(made, every, tellings)
        if not within:
            for i, told in enumerate(tellings):
                self.fill_beyond_report(made, i, told)
        acts = [(told.report, told.deed) for told in tellings]
        rivals = Counter(acts)
        made.plain[:, AT["rivals"]] = [rivals[act] for act in acts]
        return made

    def fill_answers(self, made: Columns, some: Sequence[int], tellings: Sequence[Telling]) -> None:
        """Fill of some rows who, when, where and how many; as one is told stays."""
        if not some:
            return
        rivals = made.plain[some, AT["rivals"]]
        made.plain[some] = [self.plain(told) for told in tellings]
        made.plain[some, AT["rivals"]] = rivals
        made.parties[some], made.counts[some] = 0, np.nan
        for i, told in zip(some, tellings, strict=True):
            for side, found in enumerate((told.actors, told.recipients)):
                if found:
                    few = [self.party(who) for who in found[:SIDE]]
                    made.parties[i, side, : len(few)] = few
            for k, (what, number) in enumerate(told.counts[:COUNTS]):
                made.counts[i, k] = name_number(what) % EXACT, number

    def fill_words(self, made: Columns, some: Sequence[int], tellings: Sequence[Telling]) -> None:
        """Fill what some rows hold of the words of an act and of its clause."""
        if not some:
            return
        words, number = self.words, self.words.number
        rare, unknown = words.rare.get, words.unknown
        triggers, clauses = [], []
        for i, told in zip(some, tellings, strict=True):
            acts = words.roots(few_words(told.trigger))
            named = [a for a in acts if words.rarity(a) > COMMON] or acts
            triggers.append(words.mean(named))
            around = sorted(set(words.lemmas(few_words(told.evidence))) - set(acts))
            clauses.append(words.mean(around))
            ranked = sorted((-rare(w, unknown), w) for w in around)[:RARE]
            roots = [number(a) for a in named[:ROOTS]]
            made.roots[i] = roots + [0] * (ROOTS - len(roots))
            told_by = [number(name) for _, name in ranked]
            made.rare[i] = told_by + [0] * (RARE - len(told_by))
        made.trigger[some] = byte_directions(np.stack(triggers))
        made.clause[some] = byte_directions(np.stack(clauses))

    def fill_beyond_report(self, made: Columns, i: int, told: Telling) -> None:
        """Fill what a row is compared by with those of other reports alone."""
        words = self.words
        sides = told.actors, told.recipients
        # the first party of either side, whichever acts, both together and each alone;
        # of two, each has a number of its own, for "the launch" names but one
        first = [side[0] for side in sides if side]
        if told.mutual and len(told.actors) > 1:
            first = list(told.actors[:2])
        names = sorted(who.country or who.entity or who.name for who in first)
        some = [" and ".join(names), *names] if len(names) > 1 else names
        numbers = [stable(f"between {name}") for name in some]
        made.sides[i] = [*numbers, 0, 0, 0][:3]
        if told.sense:
            made.senses[i] = bytes_of(told.sense)
        made.same[i] = hash_stably(f"Telling({WHOLE % SAYING(told)})")
        if told.site and told.site.spot:
            made.spot[i] = told.site.spot
        # the rarest words by which the parties of both sides are named
        said = (who.name for side in sides for who in side)
        found = set(words.lemmas([w for name in said for w in few_words(name)]))
        ranked = sorted((-words.rarity(w), w) for w in found)[:NAMES]
        named = [words.number(name) for rare, name in ranked if -rare > NAMING]
        made.names[i, : len(named)] = named
        near = rarest_words(told.around, AROUND)
        made.around[i, : len(near)] = [*map(words.number, near)]
        for side, every in enumerate(sides):
            people = dict.fromkeys(who.entity for who in every if is_known_person(who))
            for k, entity in enumerate([*people][:PEOPLE]):
                made.people[i, side, k] = beyond(str(entity))
            for k, who in enumerate(every[:SIDE]):
                flags = party_flags(who.entity, who.label, who.country, who.sectors, who.known)
                made.who[i, side, k] = party_numbers(flags, who.label)
        identity = told.identity
        made.words[i, : len(identity.words)] = identity.words
        if identity.facts:
            made.facts[i, : len(identity.facts)] = identity.facts[:MOST_FACTS]

    def plain(self, told: Telling) -> list[int]:
        """Return the numbers that stand for a telling's own answers."""
        where, attack = told.site, told.deed in self.force
        own, lead = few_words(told.trigger), lower_case_words(told.lead)
        acting = 0 < len(told.actors) <= SIDE
        return [
            name_number(told.report),
            self.deed(told.deed),
            self.deed(told.type),
            STAGES[told.status],
            STATUSES[told.status],
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
            self.article(lead),
            told.day or 0,
            int(self.words.many(own)),
            int(self.memory(own, lead)),
            int(self.another(told, own, lead)),
            0 if not self.visits.isdisjoint(told.modes) else joint().get(told.deed, 0),
            sum(map(is_known_person, (*told.actors, *told.recipients))),
            int(acting and all(map(is_known_person, told.actors))),
            min((self.apart[mode] for mode in told.modes if mode in self.apart), default=0),
            told.hand if attack else 0,
            1,
            happening_number(told.report, told.part),
            name_number((where and where.admin1) or ""),
            int(told.identity.placed),
            *told.identity.stated,
            round(100 * told.identity.confidence),
            *(round(100 * side) for side in told.identity.sides),
        ]

    def deed(self, name: str) -> int:
        """Return the number of a deed: as learned, or one beyond all of those."""
        return self.deeds.get(name) or name_number(name)

    def article(self, lead: Sequence[str]) -> int:
        """Return 1 after a word for the known, 2 for a further one, else 0."""
        for word in reversed(lead[-3:]):
            if mark := self.marks.get(word):
                return {"known": 1, "further": 2}.get(mark, 0)
        return 0

    def another(self, told: Telling, own: Sequence[str], lead: Sequence[str]) -> bool:
        """Whether the act is told as one more: "another raid", "wrote a second letter".

        Of an attack what is behind its word is who was hit: "killed another man".
        """
        attack = told.deed in self.force
        behind = "" if attack else told.evidence.partition(told.trigger)[2]
        next_two = (hit[0].lower() for hit in islice(WORD.finditer(behind), 2))
        said = [*lead[-3:], *own, *next_two]
        further = [self.marks.get(word) == "further" for word in said]
        pairs = zip(said, said[1:], further[1:], strict=False)
        words = plugins.shared_lexicon().words
        other, article = words["merge.another"], words["merge.article"]
        return not other.isdisjoint(said) or any(a in article and f for a, _, f in pairs)

    def memory(self, own: Sequence[str], lead: Sequence[str]) -> bool:
        """Whether the act recalls another: an anniversary march, a commemoration.

        In "the anniversary of the bombing" the bombing is the act itself.
        """
        spoken = [self.marks.get(word, "") for word in (*lead, *own)]
        if "memory" not in spoken:
            return False
        last = len(spoken) - 1 - spoken[::-1].index("memory")
        return last >= len(lead) or "about" not in spoken[last : len(lead)]

    def party(self, who: Party) -> tuple[int, int, int, int]:
        """Return the numbers of a party; its sectors are bits of one."""
        if found := self.known.get(who):
            return found
        # a sector that a codebook made up shares the bit of another
        several = {self.sectors.get(name) or 1 << (stable(name) % BITS) for name in who.sectors}
        names = (who.entity, who.name, who.country)
        entity, name, country = (name_number(told or "") for told in names)
        self.known[who] = entity, name, country, sum(several)
        return self.known[who]


def is_known_person(who: Party) -> bool:
    """Whether a party is one human being, and it is known who."""
    return bool(who.entity) and str(who.entity).startswith("person:")


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
        who=np.zeros((n, 2, SIDE, 1 + NAME_WORDS), np.int32),
        words=np.zeros((n, MOST_WORDS), np.uint16),
        facts=np.zeros((n, MOST_FACTS, 2), np.int32),
    )


def byte_directions(told: Real) -> NDArray[np.int8]:
    """Return directions as bytes, the largest part of each as 127."""
    most = np.abs(told).max(1, initial=0, keepdims=True)
    return np.round(told / np.where(most > 0, most, 1) * 127).astype(np.int8)


def packed_rows(rows: Columns) -> list[bytes]:
    """Return each row as bytes, small enough to be kept.

    Of the numbers of a column the lowest bytes come first, the highest last.
    """
    n = len(rows.plain)
    if not n:
        return []
    flat = []
    for column in fields(Columns):
        told = np.ascontiguousarray(getattr(rows, column.name))
        whole = told.reshape(n, -1).view(np.uint8)
        planes = whole.reshape(n, -1, told.dtype.itemsize).swapaxes(1, 2)
        flat.append(planes.reshape(n, -1))
    return [zlib.compress(row.tobytes(), 4) for row in np.hstack(flat)]


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


@cache
def axes() -> Real:
    """Return the axes, read once: part x width of a state x axis."""
    with np.load(SENSES) as kept:
        return np.asarray(kept["axes"], np.float32)


def sense_size() -> int:
    """Return how many bytes the sense of one telling takes."""
    return PARTS * int(axes().shape[2])


def pack_senses(triggers: Real, clauses: Real) -> list[bytes]:
    """Return the sense of each telling, of directions telling x width; nan is b""."""
    every = (triggers, clauses)
    laid = [told @ axis for told, axis in zip(every, axes(), strict=True)]
    found = np.stack(laid, 1)
    read = np.isfinite(found).all((1, 2))
    most = np.abs(found).max(2, keepdims=True)
    whole = np.round(found / np.where(most > 0, most, 1) * BYTE)
    rows = np.where(read[:, None, None], whole, 0).astype(np.int8)
    return [r.tobytes() if told else b"" for r, told in zip(rows, read, strict=True)]


def bytes_of(sense: bytes) -> NDArray[np.int8]:
    """Return a sense as numbers; all 0 where none is kept, or one of another size."""
    if len(sense) != sense_size():
        return np.zeros(sense_size(), np.int8)
    return np.frombuffer(sense, np.int8)
