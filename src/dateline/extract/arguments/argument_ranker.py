"""Which answer of a side is right, and which act is told: what the trees weigh."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from dateline.extract.arguments.features import LISTED, NOBODY, UNLISTED, Real
from dateline.ml.feature_table import Feature, Table
from dateline.model import Action

if TYPE_CHECKING:
    from dateline.extract.arguments.candidates import Known

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
TRAITS = "force talk visit people mutual alone".split()
SIDES = ("actors", "recipients")


@dataclass(frozen=True, slots=True, eq=False)
class Weighing:
    """Answers to sides of acts of a report, in columns: one a row.

    `rows` and `sides` number the act and the side of each answer. `has` tells which
    parties each answer has, `some` whether any, `codes` which countries and sectors;
    `named` whom the act's own words name on its side, `both` how many of its parties
    those are, `own` how surely the reader takes words of each party for the side.
    `sums` is what the parties of each code have together, `read` that by the second
    reading alone; `stated` how many of its parties are of a known country; `meant` what
    the reader says of the side: nobody, told, implied.
    """

    known: "Known"
    rows: Ints
    sides: Ints
    has: Bools
    some: Bools
    codes: Bools
    named: Bools
    both: Ints
    own: Real
    sums: Real
    read: Real
    stated: Ints
    meant: Real

    @classmethod
    def of(
        cls, known: "Known", rows: Ints, sides: Ints, answers: Sequence[tuple[int, ...]]
    ) -> "Weighing":
        """Work out what several features ask of the answers to sides of acts."""
        has = mark_parties(answers, len(known.seen.parties))
        named = known.seen.named[rows, sides][:, LISTED:] > 0
        return cls(
            known,
            rows,
            sides,
            has,
            some=np.asarray(has.any(1)),
            codes=has @ known.code > 0,
            named=named,
            both=(has & named).sum(1),
            own=known.seen.said[rows, sides][:, LISTED:],
            sums=known.sums[rows, sides],
            read=known.read[rows, sides],
            stated=(has & known.state.any(1)).sum(1),
            meant=known.meant[rows, sides],
        )

    def here(self, values: Real) -> Real:
        """Return what stands for each answer's act and side."""
        return np.asarray(values[self.rows, self.sides])

    def opposite(self, values: Real) -> Real:
        """Return what stands for the other side of each answer's act."""
        return np.asarray(values[self.rows, 1 - self.sides])

    def least(self, values: Real) -> Real:
        """Return the smallest value of its codes, 0 without any."""
        return np.asarray(lowest(self.codes, values, 1.0) * self.some)


@dataclass(eq=False)
class Told:
    """An act with the best answers to both its sides.

    `best` has for each side the odds of its answers, the highest first, and the row of
    the likeliest.
    """

    known: "Known"
    row: int
    best: tuple[tuple[NDArray[np.floating[Any]], NDArray[np.float32]], ...]

    @cached_property
    def act(self) -> Action:
        """The act itself."""
        return self.known.seen.acts[self.row]

    @cached_property
    def deeds(self) -> list[float]:
        """How likely its types are, the likeliest first."""
        act = self.act.act
        return sorted((p for _, p in act.deeds), reverse=True) if act else [1.0]

    @cached_property
    def near(self) -> list[tuple[float, str]]:
        """How sure the other acts of its sentence are, and their deeds."""
        act = self.act.act
        beside = self.known.beside.get(act.sentence if act else None, ())
        return [(sure, deed) for n, sure, deed in beside if n != self.row]


def mark_parties(answers: Sequence[tuple[int, ...]], many: int) -> Bools:
    """Return answers x so many parties: which parties each answer has."""
    has = np.zeros((len(answers), many), bool)
    rows = np.repeat(np.arange(len(answers)), [len(answer) for answer in answers])
    has[rows, [n for answer in answers for n in answer]] = True
    return has


def highest(has: Bools, values: Real, least: float = 0.0) -> Real:
    """Return the largest value that each row has, `least` where it has none."""
    return np.asarray(np.where(has, values, least).max(1, initial=least))


def lowest(has: Bools, values: Real, most: float) -> Real:
    """Return the smallest value that each row has, at most `most`."""
    return np.asarray(np.where(has, values, most).min(1, initial=most))


def has_property(n: int, name: str) -> Feature[Weighing]:
    """Return a feature of an answer: a property of its act's deed."""
    words = f"the deed's property '{name}'"
    return Feature(f"trait {name}", words, lambda w: w.known.acts[w.rows, 4 + n])


OPTION_FEATURES: Table[Weighing] = Table.of(
    Feature(
        "share",
        "share of its parties, by country and sectors, together",
        lambda w: (w.codes * w.sums).sum(1),
    ),
    Feature("least share", "the smallest share of its parties", lambda w: w.least(w.sums)),
    Feature(
        "other share",
        "the largest share of a party that is not in it",
        lambda w: highest(~w.codes, w.sums),
    ),
    Feature("nobody", "the share of nobody", lambda w: w.here(w.known.shares)[:, NOBODY]),
    Feature(
        "unlisted",
        "the share of somebody whom the report does not name",
        lambda w: w.here(w.known.shares)[:, UNLISTED],
    ),
    Feature(
        "read share",
        "what the second reading alone gives its parties",
        lambda w: (w.codes * w.read).sum(1),
    ),
    Feature("least read share", "of those, the smallest", lambda w: w.least(w.read)),
    Feature(
        "other read share",
        "what the second reading alone gives the likeliest other",
        lambda w: highest(~w.codes, w.read),
    ),
    Feature(
        "read nobody",
        "what the second reading alone gives nobody",
        lambda w: w.here(w.known.seen.shares)[:, NOBODY],
    ),
    Feature(
        "read unlisted",
        "what the second reading alone gives somebody not named",
        lambda w: w.here(w.known.seen.shares)[:, UNLISTED],
    ),
    Feature("parties", "how many parties it has", lambda w: w.has.sum(1)),
    Feature(
        "named", "how many parties the act's own words name on this side", lambda w: w.named.sum(1)
    ),
    Feature("as named", "it is just whom the own words name", lambda w: (w.has == w.named).all(1)),
    Feature("both", "how many of its parties the own words name", lambda w: w.both),
    Feature(
        "none named",
        "it has parties, and the own words name none of them",
        lambda w: w.some & (w.both == 0),
    ),
    Feature(
        "codes named",
        "how many of its codes the own words name",
        lambda w: (w.codes & (w.named @ w.known.code > 0)).sum(1),
    ),
    Feature("codes", "how many countries and sectors it has", lambda w: w.codes.sum(1)),
    Feature(
        "words",
        "how surely the reader takes words of it for this side, at best",
        lambda w: highest(w.has, w.own),
    ),
    Feature(
        "least words",
        "how surely, at worst",
        lambda w: np.where(w.some, lowest(w.has, w.own, np.inf), 0.0),
    ),
    Feature(
        "best words",
        "how surely the reader takes any party's words for this side",
        lambda w: w.own.max(1, initial=0.0),
    ),
    Feature(
        "other words",
        "how surely the reader takes words of it for the other side",
        lambda w: highest(w.has, w.opposite(w.known.seen.said)[:, LISTED:]),
    ),
    Feature(
        "reader nobody",
        "how surely the reader takes the side for nobody's",
        lambda w: w.meant[:, 0],
    ),
    Feature(
        "reader told",
        "how surely the reader takes the side for told by words",
        lambda w: w.meant[:, 1],
    ),
    Feature(
        "reader implied",
        "how surely the reader takes the side for implied",
        lambda w: w.meant[:, 2],
    ),
    Feature(
        "guessed",
        "how little is known of its least known party",
        lambda w: highest(w.has, w.known.guessed, -1.0),
    ),
    Feature(
        "identity",
        "how sure the least sure identity in it is",
        lambda w: lowest(w.has, w.known.identity, 1.0),
    ),
    Feature(
        "stateless",
        "how many of its parties are of no known country",
        lambda w: w.has.sum(1) - w.stated,
    ),
    Feature("of states", "how many of its parties are of a known country", lambda w: w.stated),
    Feature("countries", "how many countries it has", lambda w: (w.has @ w.known.state > 0).sum(1)),
    Feature(
        "sentences away",
        "how far the words of its farthest party are, in sentences",
        lambda w: highest(w.has, w.known.seen.near[w.rows], -1.0),
    ),
    Feature(
        "named opposite",
        "the own words of the other side name one of its parties",
        lambda w: (w.has & (w.opposite(w.known.seen.named)[:, LISTED:] > 0)).any(1),
    ),
    Feature(
        "share opposite",
        "the largest share of its parties on the other side",
        lambda w: highest(w.codes, w.opposite(w.known.sums)),
    ),
    Feature(
        "other tellings",
        "its share in the report's other acts of the same deed",
        lambda w: highest(w.has, w.here(w.known.again)[:, LISTED:]),
    ),
    Feature("act", "how sure the reader is of the act", lambda w: w.known.acts[w.rows, 0]),
    Feature(
        "told", "how far the second reading would tell the act", lambda w: w.known.told[w.rows]
    ),
    Feature("mutual", "the act is done together", lambda w: w.known.acts[w.rows, 1]),
    Feature("recipients", "the side is that of the recipients", lambda w: w.sides),
    Feature(
        "main", "the act is what the sentence's own verb tells", lambda w: w.known.acts[w.rows, 2]
    ),
    Feature(
        "clear",
        "the act's own words are sure enough by themselves",
        lambda w: w.known.acts[w.rows, 3],
    ),
    Feature(
        "mentions",
        "how often its most mentioned party is mentioned (logarithm)",
        lambda w: highest(w.has, w.known.mentions),
    ),
    [has_property(n, name) for n, name in enumerate(TRAITS)],
)
AT = {name: n for n, name in enumerate(OPTION_FEATURES.names)}
OF_ANSWER = (
    *("parties", "as named", "reader nobody", "reader told", "reader implied"),
    *("guessed", "identity", "stateless", "read nobody", "read unlisted"),
)  # what an act is told by of the best answer of each side


def describe_side(side: int) -> list[Feature[Told]]:
    """Return what the best answer of a side says of an act."""
    name = SIDES[side]

    def of_answer(column: str) -> Feature[Told]:
        words = OPTION_FEATURES.features[AT[column]].words
        told = f"of the {name}: {words}"
        return Feature(f"{name} {column}", told, lambda t: t.best[side][1][AT[column]])

    return [
        Feature(
            f"{name} right",
            f"of the {name}: how likely the answer is right",
            lambda t: t.best[side][0][0],
        ),
        Feature(
            f"{name} lead",
            f"of the {name}: by how much it leads the next",
            lambda t: t.best[side][0][0] - t.best[side][0][1:2].sum(),
        ),
        *(of_answer(column) for column in OF_ANSWER),
    ]


def has_trait(name: str) -> Feature[Told]:
    """Return a feature of an act: a property of its deed."""
    words = f"the deed's property '{name}'"
    return Feature(f"trait {name}", words, lambda t: float(name in t.act.traits))


ACT_FEATURES: Table[Told] = Table.of(
    Feature("told", "how far the second reading would tell the act", lambda t: t.known.told[t.row]),
    Feature(
        "act", "how sure the reader is of it", lambda t: t.act.act.sure if t.act.act else t.act.sure
    ),
    Feature("deed", "how sure the reader is of its type", lambda t: t.deeds[0]),
    Feature("margin", "by how much that type leads", lambda t: t.deeds[0] - sum(t.deeds[1:2])),
    Feature("clear", "its own words are sure enough by themselves", lambda t: float(t.act.clear)),
    Feature("main", "it is what the sentence's own verb tells", lambda t: float(t.act.main)),
    Feature("mutual", "it is done together", lambda t: float(t.act.mutual)),
    describe_side(0),
    describe_side(1),
    [has_trait(name) for name in TRAITS],
    Feature("near", "how many other acts its sentence may tell", lambda t: len(t.near)),
    Feature(
        "surest near",
        "how sure the surest of them is",
        lambda t: max((sure for sure, _ in t.near), default=0.0),
    ),
    Feature(
        "surest near alike",
        "how sure the surest of the same deed is",
        lambda t: max((p for p, deed in t.near if deed == t.act.deed), default=0.0),
    ),
    Feature("acts", "how many acts the report may tell", lambda t: len(t.known.seen.acts)),
    Feature("sentences", "how many sentences it has", lambda t: t.known.sentences),
)
