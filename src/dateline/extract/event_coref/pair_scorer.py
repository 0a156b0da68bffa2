"""How likely two tellings are of one happening: as learned, never against a veto.

Within a report, words and positions tell much; across reports what the encoder read,
days, names and what the reports are about. How all that goes together was learned from
pairs that were read and judged (training/merge/claims.py, training/merge/across.py).
What a person has decided stands above all of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.extract.event_coref.clustering import ALWAYS, NEVER
from dateline.extract.event_coref.constraints import (
    ATTRIBUTES,
    compare_attributes,
    conflicts,
    shared_words,
)
from dateline.extract.event_coref.lexicon import Stories
from dateline.extract.event_coref.mention_table import AT, MET, NEGATED, SIDE, Columns, Whole
from dateline.extract.event_coref.pair_features import (
    CONTENTS,
    FIGURES,
    compare_around,
    compare_contents,
    compare_rows,
    mark_shared_names,
    name_overlap,
    sense_likeness,
    share_a_name,
    sides_met,
)
from dateline.ml import trees
from dateline.ml.trees import Real, Trees
from dateline.resources.codebook.plover import deeds_with_traits

CLAIMS = Path(__file__).with_name("claims.npz")
MODEL = Path(__file__).with_name("across.npz")
CHUNK = 16_384  # pairs compared at once: no more than a cache holds
LONG = 7  # days that may lie between two tellings of one happening
WIDE = 31  # days
ACTING = np.array([[True], [False]])  # of the two sides, the first
MONTH = 31
EXACT = 3  # the same place by name
LIKE = 0.18  # stories so alike are most often one
TOLD = 0.75  # of two claims that their report tells as one: they are weighed together
HALF = 0.5  # of them among claims of other reports, which tell better
OTHER = 0.05  # stories so little alike are others
NEAR = 0.2  # what stands around acts that other reports code otherwise
UNLIKE = 0.4  # what the encoder read of clauses that most often tell two acts
ALLIED = 3  # parties of one country and sector
WITHIN = frozenset(("distance", "one clause", "article", "rivals", "alone", "one sentence"))
"""Figures that tell something of two tellings of one report alone."""
SHARED = tuple(name for name in FIGURES if name not in WITHIN)
OWN = ("within", "stories", "names", "reports apart", "sense of triggers", "sense of clauses")
LEVELS = tuple(f"{name} level" for name in ATTRIBUTES)
BETWEEN = (*SHARED, *OWN, *CONTENTS, "headlines", "other side", *LEVELS, "shared words")
KEPT = [FIGURES.index(name) for name in SHARED]
Index = NDArray[np.integer[Any]]
Truth = NDArray[np.bool_]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judge:
    """How likely two tellings are of one happening, as learned, and when they join.

    `kinds` says how far two deeds go together, by the numbers of `deeds`.
    """

    trees: Trees
    deeds: tuple[str, ...]
    kinds: Real
    threshold: float

    def scores(self, rows: Columns, one: Index, two: Index) -> Real:
        """Return the probability that the rows of each pair tell one happening."""
        parts = [
            self.trees.odds(compare_rows(rows, self.kinds, one[i:j], two[i:j]))
            for i, j in chunk_bounds(len(one))
        ]
        found = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return np.where(cannot_be_one(rows, one, two), np.float32(0), found)


def chunk_bounds(n: int, most: int = CHUNK) -> list[tuple[int, int]]:
    """Return where pieces of n pairs begin and end, of so many at the most."""
    return [(i, min(i + most, n)) for i in range(0, n, most)]


@cache
def claims_judge() -> Judge:
    """Return what training/merge/claims.py learned, read once."""
    with np.load(CLAIMS) as kept:
        deeds = tuple(str(kept["deeds"]).split("\n"))
        kinds, least = kept["kinds"].astype(np.float32), float(kept["threshold"])
    return Judge(trees.read_trees(CLAIMS, "pairs."), deeds, kinds, least)


def cannot_be_one(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two tellings cannot be one: days apart, or one only recalls the other.

    A day may be read wrong by some days; "last year" is over when this one begins.
    """
    a, b = rows.plain[one], rows.plain[two]
    memory = a[:, AT["memory"]] != b[:, AT["memory"]]
    other = thirds(rows, one, two) | hands(rows, one, two)
    other |= differ_in_kind(a, b) | contradict_as_undone(a, b) | returned(a, b)
    return np.asarray(memory | long_apart(rows, one, two) | tells_another_act(a, b) | other)


def long_apart(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether days are told for two tellings that no one happening can have.

    Days told so widely that to overlap means little, "this year", may not lie apart.
    """
    first, last = rows.plain[:, AT["first"]], rows.plain[:, AT["last"]]
    vague = (first == 0) | (last == 0) | (last - first > WIDE)
    days = np.where(vague[one] | vague[two], 0, LONG)
    return np.asarray(days_of_gap(rows.plain[one], rows.plain[two]) > days)


def tells_another_act(a: Whole, b: Whole) -> Truth:
    """Whether a report that has told of one act tells of "another", "a second" one."""
    here = a[:, AT["report"]] == b[:, AT["report"]]
    first = a[:, AT["start"]] < b[:, AT["start"]]
    second = a[:, AT["start"]] > b[:, AT["start"]]
    new, old = (x[:, AT["another"]] for x in (a, b))
    return np.asarray(here & ((first & (old > new)) | (second & (new > old))))


def differ_in_kind(a: Whole, b: Whole) -> Truth:
    """Whether one is an abduction or a rape and the other is not.

    Of one day reports tell that gunmen attacked, and that they took hostages.
    """
    return np.asarray(a[:, AT["own"]] != b[:, AT["own"]])


def returned(a: Whole, b: Whole) -> Truth:
    """Whether of two attacks one is a state's and one not: police shot the gunman."""
    one, two = a[:, AT["hand"]], b[:, AT["hand"]]
    return np.asarray((one != two) & (one > 0) & (two > 0))


def contradict_as_undone(a: Whole, b: Whole) -> Truth:
    """Whether one report tells as done what another says was not done.

    Within a report "no talks were held" may be of the talks that it tells.
    """
    told = ((a, b), (b, a))
    cut = [(x[:, AT["status"]] == NEGATED) & (y[:, AT["stage"]] <= 1) for x, y in told]
    return np.asarray((a[:, AT["report"]] != b[:, AT["report"]]) & (cut[0] | cut[1]))


def thirds(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two meetings or agreements each have a country that the other has not."""
    of_one_rank = deeds_with_traits("mutual", "talk")
    numbers = [claims_judge().deeds.index(deed) + 1 for deed in of_one_rank]
    joint = np.isin(rows.plain[:, AT["deed"]], numbers)
    found = joint[one] & joint[two]
    a, b = (everybody(rows, r[found]) for r in (one, two))
    met = (a[:, :, None] == b[:, None, :]) & (a[:, :, None] > 0)
    alone = [((x > 0) & ~met.any(k)).any(1) for x, k in ((a, 2), (b, 1))]
    found[found] = alone[0] & alone[1] & (count_row_names(a) > 1) & (count_row_names(b) > 1)
    return np.asarray(found)


def hands(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two acts are other people's: who acts is known, and none does both.

    Of what is done together a telling may name one alone: there each must name two.
    """
    a, b = rows.plain[one], rows.plain[two]
    joint = (a[:, AT["joint"]] | b[:, AT["joint"]]) > 0
    pairs = (a[:, AT["people"]] > 1) & (b[:, AT["people"]] > 1)
    found = np.where(joint, pairs, a[:, AT["acting"]] & b[:, AT["acting"]]) > 0
    sides = np.where(joint[found, None, None], True, ACTING)
    x, y = (np.where(sides, rows.parties[r[found], :, :, 0], 0) for r in (one, two))
    found[found] = ~share_a_name(x.reshape(-1, 2 * SIDE), y.reshape(-1, 2 * SIDE))
    return np.asarray(found)


def everybody(rows: Columns, some: Index) -> Whole:
    """Return the countries of both sides together."""
    return rows.parties[some, :, :, 2].reshape(-1, 2 * SIDE)


def count_row_names(names: Whole) -> Whole:
    """Return how many names each row holds, repeats and gaps apart."""
    told = np.sort(names, 1)
    return np.asarray((np.diff(told, axis=1) > 0).sum(1) + (told[:, 0] > 0))


def days_of_gap(a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return how many days lie between two intervals, 0 where either is untold."""
    ends = [np.where(x > 0, x, 10**7) for x in (a[:, AT["last"]], b[:, AT["last"]])]
    after = np.maximum(b[:, AT["first"]] - ends[0], a[:, AT["first"]] - ends[1])
    return np.maximum(after, 0)


def compare_reports(
    rows: Columns,
    stories: Stories,
    one: Index,
    two: Index,
    chosen: Callable[[Real], Truth] | None = None,
) -> Real:
    """Return a row of BETWEEN for each pair; nan is not told.

    `stories` are those of the reports of `rows`; "within" is how likely the claims
    would be one in one report, as log-odds: told of rows that are `chosen` alone.
    """
    met = sides_met(rows, one, two)
    every = compare_rows(rows, claims_judge().kinds, one, two, met)
    a, b = (rows.plain[some, AT["day"]] for some in (one, two))
    own = (
        np.full(len(every), np.nan, np.float32),
        stories.likeness(one, two),
        name_overlap(rows, one, two),
        np.where((a > 0) & (b > 0), np.abs(a - b), np.nan).astype(np.float32),
    )
    levels = compare_attributes(rows, claims_judge().kinds, one, two)
    more = (
        stories.headlines(one, two),
        names_other_countries(rows, one, two, met).astype(np.float32),
        *(levels[name].astype(np.float32) for name in ATTRIBUTES),
        shared_words(rows, one, two),
    )
    cells = np.hstack(
        [
            every[:, KEPT],
            np.stack(own, 1),
            sense_likeness(rows.senses, one, two),
            compare_contents(rows, one, two),
            np.stack(more, 1),
        ]
    )
    some = chosen(cells) if chosen else np.ones(len(cells), np.bool_)
    cells[some, BETWEEN.index("within")] = claims_judge().trees.logits(every[some])
    return cells


def names_other_countries(
    rows: Columns, one: Index, two: Index, met: Mapping[str, Real] | None = None
) -> Truth:
    """Whether a side of one act is of other countries, and not merely turned round.

    `met` is how far sides agree, where that is known already. Two countries of a circle
    that met in both tellings are no others, whichever begins: who promises and who is
    promised something is two; both sign what they sign.

    Turned round is what one takes for done together, or what both tell by the same
    words, one of them with one side alone. Who accuses and is condemned in turn, who
    expels envoys and has envoys expelled, are two happenings.
    """
    straight = met or sides_met(rows, one, two, ("actors", "recipients"))
    other = (straight["actors"] == 0) | (straight["recipients"] == 0)
    a, b = one[other], two[other]
    x, y = (everybody(rows, r) for r in (a, b))
    lands = count_row_names(np.where(mark_shared_names(x, y), x, 0))
    x, y = (rows.plain[r, AT["joint"]] for r in (a, b))
    alike = (x == MET) | share_a_name(rows.roots[a], rows.roots[b])
    other[other] = ~((x > 0) & (x == y) & alike & (lands > 1))
    one, two, ways = one[other], two[other], ("over", "back")
    turned = {name: met[name][other] for name in ways} if met else {}
    turned = turned or sides_met(rows, one, two, ways)
    over, back = turned["over"], turned["back"]
    close = np.fmax(over, back) >= ALLIED
    together = (rows.plain[one, AT["mutual"]] + rows.plain[two, AT["mutual"]]) > 0
    alike = share_a_name(rows.roots[one], rows.roots[two])
    half = np.isnan(over) | np.isnan(back)
    other[other] = ~((together | (alike & half)) & close & ~(over <= 1) & ~(back <= 1))
    return np.asarray(other)


@dataclass(frozen=True, slots=True)
class Pins:
    """What a person has decided: pairs of units that are one, and that are not."""

    must: frozenset[Pair] = field(default_factory=frozenset)
    never: frozenset[Pair] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Learned:
    """How likely pairs are one by their figures, and from which odds on they join."""

    trees: Trees
    threshold: float


@cache
def across_model() -> Learned:
    """Return what training/merge/across.py learned, read once."""
    with np.load(MODEL) as kept:
        least = float(kept["threshold"])
    return Learned(trees.read_trees(MODEL, "pairs."), least)


class Scored:
    """Scores of pairs of units: the claims', their stories', and the pins'."""

    def __init__(self, rows: Columns, stories: Stories, pins: Pins, ids: Sequence[str]) -> None:
        """Lay out what scores are made of."""
        self.rows, self.stories = rows, stories
        at = {name: i for i, name in enumerate(ids)}
        self.must, self.never = (
            {(min(at[a], at[b]), max(at[a], at[b])) for a, b in some if a in at and b in at}
            for some in (pins.must, pins.never)
        )
        self.weighed = np.zeros(0, np.int64), np.zeros(0, np.float32)

    def pinned(self, one: Index, two: Index) -> tuple[Index, Index]:
        """Return the pairs with those that a pin wants compared."""
        extra = [p for p in self.must if p[0] != p[1]]
        if not extra:
            return one, two
        pairs = np.concatenate([np.stack([one, two], 1), np.array(extra, np.intp)])
        found = np.unique(pairs, axis=0)
        return found[:, 0], found[:, 1]

    def scores(self, one: Index, two: Index, must: bool = True) -> Real:
        """Return the score of each pair, the lower row first.

        Without `must` it is unpinned, and what its own report tells as one weighs half.
        What must never be one is so in any case.
        """
        told = TOLD if must else HALF
        parts = [self.possible(one[i:j], two[i:j], told) for i, j in chunk_bounds(len(one))]
        found = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        for pins, score in ((self.must if must else (), ALWAYS), (self.never, NEVER)):
            if pins:
                pairs = zip(one.tolist(), two.tolist(), strict=True)
                found[[k for k, p in enumerate(pairs) if p in pins]] = score
        return found

    def grids(self, groups: Sequence[Sequence[int]]) -> Iterator[Real]:
        """Yield the scores of the rows of each group, all against all, unpinned.

        Pairs asked before are not weighed again.
        """
        every = [np.zeros((2, 0), np.intp)]
        inside = [np.triu_indices(len(group), 1) for group in groups]
        for group, (a, b) in zip(groups, inside, strict=True):
            rows = np.array(group, np.intp)
            every.append(np.stack([rows[a], rows[b]]))
        one, two = np.hstack(every).astype(np.int64)
        size = np.int64(len(self.rows.plain))
        asked, back = np.unique(one * size + two, return_inverse=True)
        known, weighed = self.weighed
        at = np.asarray(np.searchsorted(known, asked), np.intp)
        fresh = np.append(known, -1)[at] != asked
        found = np.zeros(len(asked), np.float32)
        low, high = np.divmod(asked[fresh], size)
        found[fresh] = self.scores(low, high, must=False)
        found[~fresh] = weighed[at[~fresh]]
        place = at[fresh]
        self.weighed = (
            np.insert(known, place, asked[fresh]),
            np.insert(weighed, place, found[fresh]),
        )
        scores, start = found[back], 0
        for group, (a, b) in zip(groups, inside, strict=True):
            grid = np.zeros((len(group), len(group)), np.float32)
            grid[a, b] = grid[b, a] = scores[start : start + len(a)]
            start += len(a)
            yield grid

    def possible(self, one: Index, two: Index, told: float) -> Real:
        """Return the scores of pairs, 0 without a closer look where a side is other.

        What one report tells as two is weighed as within a report: it does not tell
        one story with itself. What it tells as one is likely one, till others tell
        better.
        """
        report = self.rows.plain[:, AT["report"]]
        here = report[one] == report[two]
        kept = ~cannot_be_one(self.rows, one, two) & ~here
        found = np.zeros(len(one), np.float32)
        kept[kept] = ~conflicts(self.rows, claims_judge().kinds, one[kept], two[kept])
        found[~kept & ~here] = NEVER
        found[kept] = self.judged(one[kept], two[kept])
        scores = claims_judge().scores(self.rows, one[here], two[here])
        same = self.told_as_one(one[here], two[here])
        found[here] = np.where(same, np.float32(told), scores)
        return found

    def told_as_one(self, one: Index, two: Index) -> Truth:
        """Whether the claims of each pair are told as one by their report."""
        as_one = self.rows.plain[:, AT["told"]]
        return np.asarray((as_one[one] == as_one[two]) & (as_one[one] > 0))

    def judged(self, one: Index, two: Index) -> Real:
        """Return the scores of pairs of two reports: words alone join nothing there."""
        found = np.zeros(len(one), np.float32)
        worth = np.flatnonzero(self.worth(one, two))
        cells = compare_reports(
            self.rows, self.stories, one[worth], two[worth], held_by_more_than_words
        )
        some = held_by_more_than_words(cells)
        found[worth[some]] = across_model().trees.odds(cells[some])
        return found

    def worth(self, one: Index, two: Index) -> Truth:
        """Whether pairs may be held together, by what is soonest told of them.

        Most pairs near each other in blocks are not: they need no closer look.
        """
        rows = self.rows
        read = sense_likeness(rows.senses, one, two)[:, 1]
        kept = ~((self.stories.likeness(one, two) < OTHER) & (read < UNLIKE))
        one, two = one[kept], two[kept]
        near = compare_around(rows, one, two)[0] >= NEAR
        told = [rows.plain[:, AT[name]] for name in ("type", "deed")]
        like = ~near & ((told[0][one] == told[0][two]) | (told[1][one] == told[1][two]))
        near[like] = ~names_other_countries(rows, one[like], two[like])
        kept[kept] = near
        return np.asarray(kept)


def held_by_more_than_words(cells: Real) -> Truth:
    """Whether more than words holds two tellings of two reports together.

    Days that overlap, one place, one story, or reports of one month; a war has many
    fights a day, which reports of other stories tell by clauses that read otherwise.
    Several acts and one of them, with other counts, are a whole and its part. What is
    another deed, or of another country on one side, must stand among like words.
    """
    cell = {name: cells[:, i] for i, name in enumerate(BETWEEN)}
    hold = (cell["days"] > 0) | (cell["place"] == EXACT) | (cell["stories"] >= LIKE)
    hold |= cell["reports apart"] <= MONTH
    hold &= ~((cell["stories"] < OTHER) & (cell["sense of clauses"] < UNLIKE))
    hold &= ((cell["type"] > 0) & (cell["other side"] == 0)) | (cell["around"] >= NEAR)
    return np.asarray(hold & ~((cell["plural"] == 1) & (cell["counts"] == 0)))
