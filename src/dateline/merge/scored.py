"""How likely tellings of two reports are of one happening, with what a person decided.

Within a report, words and positions tell much; across reports days, numbers, names and
what the reports are about. What each weighs was learned across topics
(training/merge/across.py) and stands in a table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.merge.cluster import ALWAYS, NEVER
from dateline.merge.columns import AT, MET, ONGOING, Columns
from dateline.merge.compare import FIGURES, figures, names, parties, shares
from dateline.merge.same import WIDE, apart, chunks, everybody, judge, several, vague
from dateline.merge.stories import Stories
from dateline.trees import Real

TABLE = Path(__file__).with_name("across.tsv")
EVIDENCE = ("claims and story", "names", "days", "rare words")
AROUND = 10  # days
HALF = 0.5  # of the weight of days that overlap
NEAR = 0.6  # meanings of two acts' words
SAID = ("AGREE", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT")
EXACT = 3  # the same place by name
WITHIN = 2  # one place may lie in the other
ONE = 4  # one and the same party
NAMED = 0.5  # share of rare names from which parties are known by them
ALLIED = 3  # parties of one country and sector
UNLIKE = 0.1  # stories less alike are other stories
LIKE = 0.18  # stories so alike are most often one
WHOLE = 0.3  # more likeness of stories tells no more
FAR = -3.0  # log-odds where stories share nothing
UNTOLD = 0.1  # taken of stories that are not known
UNNAMED = 0.2  # taken of parties without names
Index = NDArray[np.integer[Any]]
Truth = NDArray[np.bool_]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pins:
    """What a person has decided: pairs of units that are one, and that are not."""

    must: frozenset[Pair] = field(default_factory=frozenset)
    never: frozenset[Pair] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each piece of evidence weighs, and from which score units join."""

    of: Real
    base: float
    threshold: float


@cache
def weights() -> Weights:
    """Return the table of weights, read once."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t")[:2] for line in lines if line and line[0] != "#"][1:]
    cell = {name: float(number) for name, number in rows}
    of = np.array([cell[name] for name in EVIDENCE], np.float32)
    return Weights(of, cell["base"], cell["threshold"])


class Scored:
    """Scores of pairs of units: the claims', their stories', and the pins'."""

    def __init__(
        self, rows: Columns, stories: Stories, pins: Pins, ids: Sequence[str]
    ) -> None:
        """Lay out what scores are made of."""
        self.rows, self.stories = rows, stories
        at = {name: i for i, name in enumerate(ids)}
        self.must = numbered(pins.must, at)
        self.never = numbered(pins.never, at)

    def pinned(self, one: Index, two: Index) -> tuple[Index, Index]:
        """Return the pairs with those that a pin wants compared."""
        extra = [p for p in self.must if p[0] != p[1]]
        if not extra:
            return one, two
        pairs = np.concatenate([np.stack([one, two], 1), np.array(extra, np.intp)])
        found = np.unique(pairs, axis=0)
        return found[:, 0], found[:, 1]

    def scores(self, one: Index, two: Index, must: bool = True) -> Real:
        """Return the score of each pair, the lower row first; without `must` unpinned.

        What must never be one is so in any case.
        """
        parts = [self.possible(one[i:j], two[i:j]) for i, j in chunks(len(one))]
        found = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        for pins, score in ((self.must if must else (), ALWAYS), (self.never, NEVER)):
            if pins:
                pairs = zip(one.tolist(), two.tolist(), strict=True)
                found[[k for k, p in enumerate(pairs) if p in pins]] = score
        return found

    def grids(self, groups: Sequence[Sequence[int]]) -> Iterator[Real]:
        """Yield the scores of the rows of each group, all against all, unpinned."""
        scores, at = self.scores(*all_pairs(groups), must=False), 0
        for group in groups:
            grid = np.zeros((len(group), len(group)), np.float32)
            a, b = np.triu_indices(len(group), 1)
            grid[a, b] = grid[b, a] = scores[at : at + len(a)]
            at += len(a)
            yield grid

    def possible(self, one: Index, two: Index) -> Real:
        """Return the scores of pairs, 0 without a closer look where a side is other.

        What one report tells as two is weighed as within a report: it does not tell
        one story with itself.
        """
        report = self.rows.plain[:, AT["report"]]
        here = report[one] == report[two]
        kept = ~(apart(self.rows, one, two) | others(self.rows, one, two)) & ~here
        found = np.zeros(len(one), np.float32)
        found[kept] = self.judged(one[kept], two[kept])
        found[here] = judge().scores(self.rows, one[here], two[here])
        return found

    def judged(self, one: Index, two: Index) -> Real:
        """Return the scores of pairs of two reports: words alone join nothing there.

        A war has a hundred fights of the same two on the same day: between stories that
        are unlike, days and names add nothing to what the claims say.
        """
        told, anchored, unlike = self.evidence(one, two)
        odds = told @ weights().of + np.float32(weights().base)
        odds = np.where(unlike, np.minimum(odds, told[:, 0]), odds)
        found = np.zeros(len(one), np.float32)
        found[anchored] = 1 / (1 + np.exp(-odds[anchored]))
        return found

    def evidence(self, one: Index, two: Index) -> tuple[Real, Truth, Truth]:
        """Return rows of EVIDENCE, whether it has any hold, whether stories are unlike.

        Several acts and one of them, with other counts, are a whole and its part. Who
        invites and promises on one day does two things: an act of words that does not
        say to whom has a hold only by its own words.
        """
        told = figures(self.rows, judge().kinds, one, two)
        cell = {name: told[:, i] for i, name in enumerate(FIGURES)}
        alike = self.stories.likeness(one, two)
        anchored = (cell["days"] > 0) | (cell["place"] == EXACT) | (alike >= LIKE)
        anchored |= near(self.rows, one, two)
        anchored &= ~((cell["plural"] == 1) & (cell["counts"] == 0))
        anchored &= ~(saying(self.rows, one) & apart_in_words(cell))
        wide = vague(self.rows, one) | vague(self.rows, two)
        year, past = long_past(self.rows, one, two, cell)
        days = ((cell["days"] > 0) & ~wide) | year
        made = {
            "claims and story": judge().trees.logits(told) + far(alike),
            "names": np.nan_to_num(names(self.rows, one, two), nan=UNNAMED),
            "days": np.where(going_on(self.rows, one, two, cell), HALF, days),
            "rare words": cell["rare"],
        }
        rows = np.stack([made[name].astype(np.float32) for name in EVIDENCE], 1)
        past |= recalled(self.rows, one) & recalled(self.rows, two) & ~wide
        return rows, anchored, (alike < UNLIKE) & ~past


def saying(rows: Columns, some: Index) -> Truth:
    """Whether acts are done in words."""
    numbers = [judge().deeds.index(deed) + 1 for deed in SAID]
    return np.isin(rows.plain[some, AT["deed"]], numbers)


def apart_in_words(cell: Mapping[str, Real]) -> Truth:
    """Whether a side is not told and the acts' own words have nothing in common."""
    open_side = np.isnan(cell["actors"]) | np.isnan(cell["recipients"])
    alike = (cell["root"] == 1) | (cell["mode"] == 1) | (cell["meaning"] >= NEAR)
    return np.asarray(open_side & ~alike)


def recalled(rows: Columns, some: Index) -> Truth:
    """Whether a report recalls an act of long ago: of a day it recalls the one act."""
    day, last = (rows.plain[some, AT[name]] for name in ("day", "last"))
    return np.asarray((last > 0) & (day - last > WIDE))


def long_past(
    rows: Columns, one: Index, two: Index, cell: Mapping[str, Real]
) -> tuple[Truth, Truth]:
    """Whether an act is recalled as of one year, and whether it is known for one act.

    "Russia annexed Crimea in 2014" tells one act in any report: by its word, parties
    and year. So does the bombing of an airliner, by its word, place and rare names,
    where one report alone tells when it was.
    """
    before = recalled(rows, one), recalled(rows, two)
    both, either = before[0] & before[1], before[0] | before[1]
    sides = cell["actors"], cell["recipients"]
    most, least = np.fmax(*sides), np.fmin(*sides)
    word = (cell["root"] == 1) & (cell["stage"] % 6 == 0)
    here = word & (cell["place"] == EXACT) & (most == ONE)
    known = (least == ONE) | ((least >= ALLIED) & (cell["place"] >= WITHIN))
    year = word & both & (cell["days"] == 2) & known
    named = np.isnan(cell["days"]) & (names(rows, one, two) >= NAMED)
    past = here & ((both & (cell["days"] > 0)) | (either & named))
    return np.asarray(year), np.asarray(past | year)


def going_on(rows: Columns, one: Index, two: Index, cell: Mapping[str, Real]) -> Truth:
    """Whether an act of one word goes on in reports of days that lie near.

    None tells when, yet it went on in between: half as good as a day.
    """
    on = [rows.plain[r, AT["status"]] == ONGOING for r in (one, two)]
    untold = np.isnan(cell["days"]) & (cell["root"] == 1)
    return np.asarray(on[0] & on[1] & untold & near(rows, one, two))


def near(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two reports were told within days of each other."""
    a, b = rows.plain[one, AT["day"]], rows.plain[two, AT["day"]]
    return np.asarray((a > 0) & (b > 0) & (np.abs(a - b) <= AROUND))


def others(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether a side of one act is of other countries, and not merely turned round.

    Turned round is what one takes for done together, or what both tell by the same
    words, one of them with one side alone. Who accuses and is condemned in turn, who
    expels envoys and has envoys expelled, are two happenings.
    """
    a, b = (rows.parties[r] for r in (one, two))
    other = (parties(a[:, 0], b[:, 0]) == 0) | (parties(a[:, 1], b[:, 1]) == 0)
    other[other] = ~same_circle(rows, one[other], two[other])
    over, back = parties(a[:, 0], b[:, 1]), parties(a[:, 1], b[:, 0])
    close = np.fmax(over, back) >= ALLIED
    together = (rows.plain[one, AT["mutual"]] + rows.plain[two, AT["mutual"]]) > 0
    alike = shares(rows.roots[one], rows.roots[two]) > 0
    half = np.isnan(over) | np.isnan(back)
    turned = (together | (alike & half)) & close & ~(over <= 1) & ~(back <= 1)
    return np.asarray(other & ~turned)


def same_circle(rows: Columns, one: Index, two: Index) -> Truth:
    """Whether two countries of a circle met in both tellings, whichever begins.

    Who promises and who is promised something is two; both sign what they sign.
    """
    a, b = (everybody(rows, r) for r in (one, two))
    met = ((a[:, :, None] == b[:, None, :]) & (a[:, :, None] > 0)).any(2)
    lands = several(np.where(met, a, 0))
    a, b = (rows.plain[r, AT["joint"]] for r in (one, two))
    alike = (a == MET) | shares(rows.roots[one], rows.roots[two])
    return np.asarray((a > 0) & (a == b) & alike & (lands > 1))


def far(alike: Real) -> Real:
    """Return the log-odds that two stories take away where they are not alike."""
    known = np.minimum(np.nan_to_num(alike, nan=UNTOLD), WHOLE)
    return np.asarray(FAR * (1 - known / WHOLE), np.float32)


def numbered(pins: frozenset[Pair], at: Mapping[str, int]) -> set[tuple[int, int]]:
    """Return pinned pairs as rows, the lower first."""
    rows = ((at[a], at[b]) for a, b in pins if a in at and b in at)
    return {(min(a, b), max(a, b)) for a, b in rows}


def all_pairs(groups: Sequence[Sequence[int]]) -> tuple[Index, Index]:
    """Return every pair inside each group, in the order of `triu_indices`."""
    ones, twos = [np.zeros(0, np.intp)], [np.zeros(0, np.intp)]
    for group in groups:
        rows = np.array(group, np.intp)
        a, b = np.triu_indices(len(rows), 1)
        ones.append(rows[a])
        twos.append(rows[b])
    return np.concatenate(ones), np.concatenate(twos)
