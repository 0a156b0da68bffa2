"""Tellings as columns of numbers, so that pairs of them are compared all at once."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from dateline import plugins
from dateline.codebook.taught import deeds, modes
from dateline.merge.lexicon import COMMON, lexicon, marks, words_of
from dateline.merge.sense import bytes_of, size
from dateline.merge.telling import Party, Telling

SIDE = 3  # parties of a side that are looked at
ROOTS = 3  # words of a trigger
RARE = 8  # words of a clause
COUNTS = 3
NAMES = 8  # words of the names of all parties
NAMING = 2.5  # rarity from which a word of a name tells who somebody is
WORDS = 4  # of a clause, that it shares blocks by
SUBJECTS = 2 + WORDS + 2
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
ONGOING, NEGATED = (list(STAGES).index(name) + 1 for name in ("ongoing", "negated"))
MET = 1
Whole = NDArray[np.int32]
Real = NDArray[np.float32]
Keys = NDArray[np.int64]
Half = NDArray[np.float16]


@cache
def joint() -> dict[str, int]:
    """Return numbers for what two do together; to meet is `MET`."""
    met = deeds("mutual", "hosted")
    others = (deed for deed in deeds("mutual") if deed not in met)
    return dict.fromkeys(met, MET) | {deed: n for n, deed in enumerate(others, MET + 1)}


@lru_cache(maxsize=16384)
def stable(name: str) -> int:
    """Return a number for a name, the same on any machine; 0 for none."""
    told = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return int.from_bytes(told, "big") if name else 0


def sides(told: Telling) -> tuple[int, int, int]:
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


def person(who: Party) -> bool:
    """Whether a party is one human being, and it is known who."""
    return bool(who.entity) and str(who.entity).startswith("person:")


@dataclass(slots=True)
class Names:
    """A number for each name, from 1; 0 is no name."""

    known: dict[Hashable, int] = field(default_factory=dict)

    def of(self, name: Hashable | None) -> int:
        """Return the number of a name."""
        return 0 if not name else self.known.setdefault(name, len(self.known) + 1)


@dataclass(frozen=True, slots=True)
class Columns:
    """One row a telling.

    `parties` is [row, side, party, (entity, name, country, sectors)].
    `acts` and `subjects` are the same on any machine: blocks are made of them. Subjects
    are the two sides' first parties, the place, the four rarest words, and each side's
    first party alone. `spot` is latitude and longitude, of a place that is known.
    """

    plain: Whole
    parties: Whole
    roots: Whole
    rare: Whole
    rarity: Real
    counts: Real
    names: Whole
    naming: Half
    trigger: Half
    clause: Half
    acts: Keys
    subjects: Keys
    spot: Real
    senses: NDArray[np.int8]


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
)
AT = {name: i for i, name in enumerate(PLAIN)}


class Numbering:
    """Turns tellings into columns; one numbering gives the same name one number."""

    def __init__(self, deeds: Sequence[str]) -> None:
        """Start with the deeds known in training, so that they keep their numbers."""
        self.words, self.marks = lexicon(), marks()
        self.kinds = {kind: Names() for kind in (*PLAIN, "entity", "name", "word")}
        self.sectors = Names()
        for deed in deeds:
            self.kinds["deed"].of(deed)
        for status in STAGES:
            self.kinds["status"].of(status)

    def columns(self, tellings: Sequence[Telling]) -> Columns:
        """Return the columns of tellings."""
        n, width = len(tellings), self.words.vectors.shape[1]
        made = Columns(
            np.zeros((n, len(PLAIN)), np.int32),
            np.zeros((n, 2, SIDE, 4), np.int32),
            np.zeros((n, ROOTS), np.int32),
            np.zeros((n, RARE), np.int32),
            np.zeros((n, RARE), np.float32),
            np.full((n, COUNTS, 2), np.nan, np.float32),
            np.zeros((n, NAMES), np.int32),
            np.zeros((n, NAMES), np.float16),
            np.zeros((n, width), np.float16),
            np.zeros((n, width), np.float16),
            np.zeros((n, 2), np.int64),
            np.zeros((n, SUBJECTS), np.int64),
            np.full((n, 2), np.nan, np.float32),
            np.zeros((n, size()), np.int8),
        )
        for i, told in enumerate(tellings):
            self.fill(made, i, told)
        return made

    def fill(self, made: Columns, i: int, told: Telling) -> None:
        """Fill one row."""
        made.plain[i] = self.plain(told)
        made.acts[i] = stable(told.deed), stable(told.type)
        made.subjects[i, [0, -2, -1]] = sides(told)
        made.subjects[i, 1] = stable(told.site.name if told.site else "")
        made.senses[i] = bytes_of(told.sense)
        if told.site and told.site.spot:
            made.spot[i] = told.site.spot
        for side, found in enumerate((told.actors, told.recipients)):
            for k, who in enumerate(found[:SIDE]):
                made.parties[i, side, k] = self.party(who)
        self.fill_words(made, i, told)
        self.fill_names(made, i, told)
        for k, (what, number) in enumerate(told.counts[:COUNTS]):
            made.counts[i, k] = self.kinds["word"].of(("count", what)), number

    def fill_words(self, made: Columns, i: int, told: Telling) -> None:
        """Fill what a row holds of words."""
        word = self.kinds["word"]
        acts = self.words.roots(words_of(told.trigger))
        named = [a for a in acts if self.words.rarity(a) > COMMON] or acts
        made.trigger[i] = self.words.mean(named)
        made.roots[i, : len(named[:ROOTS])] = [word.of(a) for a in named[:ROOTS]]
        around = sorted(set(self.words.lemmas(words_of(told.evidence))) - set(acts))
        made.clause[i] = self.words.mean(around)
        ranked = sorted((-self.words.rarity(w), w) for w in around)[:RARE]
        rarest = [stable(f"word {name}") for _, name in ranked[:WORDS]]
        made.subjects[i, 2 : 2 + len(rarest)] = rarest
        for k, (rarity, name) in enumerate(ranked):
            made.rare[i, k], made.rarity[i, k] = word.of(name), -rarity

    def fill_names(self, made: Columns, i: int, told: Telling) -> None:
        """Fill the rarest words by which the parties of both sides are named."""
        said = (who.name for who in (*told.actors, *told.recipients))
        found = set(self.words.lemmas([w for name in said for w in words_of(name)]))
        ranked = sorted((-self.words.rarity(w), w) for w in found)[:NAMES]
        for k, (rarity, name) in enumerate(ranked):
            if -rarity > NAMING:
                made.names[i, k] = self.kinds["word"].of(name)
                made.naming[i, k] = -rarity

    def plain(self, told: Telling) -> list[int]:
        """Return the numbers that stand for a telling's own answers."""
        of = {kind: names.of for kind, names in self.kinds.items()}
        where, visits = told.site, not set(modes("visit")).isdisjoint(told.modes)
        return [
            of["report"](told.report),
            of["deed"](told.deed),
            of["deed"](told.type),
            STAGES[told.status],
            of["status"](told.status),
            of["mode"](told.modes),
            int(told.mutual),
            told.first or 0,
            told.last or 0,
            of["country"](where and where.country),
            of["place"](where and where.name),
            int(bool(where and where.exact)),
            of["surface"](told.trigger.lower()),
            told.start,
            *told.clause,
            of["speaker"](told.speakers[-1] if told.speakers else None),
            self.article(told.lead),
            told.day or 0,
            int(self.words.many(words_of(told.trigger))),
            int(self.memory(told)),
            int(self.another(told)),
            0 if visits else joint().get(told.deed, 0),
            sum(map(person, (*told.actors, *told.recipients))),
            int(0 < len(told.actors) <= SIDE and all(map(person, told.actors))),
            next(
                (i for i, mode in enumerate(modes("apart"), 1) if mode in told.modes), 0
            ),
            told.hand if told.deed in deeds("force") else 0,
        ]

    def article(self, lead: str) -> int:
        """Return 1 after a word for the known, 2 for a further one, else 0."""
        for word in reversed(words_of(lead)[-3:]):
            if mark := self.marks.get(word):
                return {"known": 1, "further": 2}.get(mark, 0)
        return 0

    def another(self, told: Telling) -> bool:
        """Whether the act is told as one more: "another raid", "wrote a second letter".

        Of an attack what is behind its word is who was hit: "killed another man".
        """
        attack = told.deed in deeds("force")
        behind = "" if attack else told.evidence.partition(told.trigger)[2]
        said = words_of(told.lead)[-3:] + words_of(told.trigger) + words_of(behind)[:2]
        further = [self.marks.get(word) == "further" for word in said]
        pairs = zip(said, said[1:], further[1:], strict=False)
        words = plugins.lexicon().words
        other, article = words["merge.another"], words["merge.article"]
        return not other.isdisjoint(said) or any(
            a in article and f for a, _, f in pairs
        )

    def memory(self, told: Telling) -> bool:
        """Whether the act recalls another: an anniversary march, a commemoration.

        In "the anniversary of the bombing" the bombing is the act itself.
        """
        own, before = words_of(told.trigger), words_of(told.lead)
        spoken = [self.marks.get(word, "") for word in (*before, *own)]
        if "memory" not in spoken:
            return False
        last = len(spoken) - 1 - spoken[::-1].index("memory")
        return last >= len(before) or "about" not in spoken[last : len(before)]

    def party(self, who: Party) -> tuple[int, int, int, int]:
        """Return the numbers of a party; its sectors are bits of one."""
        bits = sum(1 << (self.sectors.of(s) % 30) for s in set(who.sectors))
        of = self.kinds
        country = of["country"].of(who.country)
        return of["entity"].of(who.entity), of["name"].of(who.name), country, bits
