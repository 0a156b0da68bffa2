"""The learned parts: how likely a candidate's country and a mention's sector are."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import chain
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from dateline.extract.actors.cues import KINDS
from dateline.extract.actors.evidence import Mention
from dateline.extract.actors.learned.features import COLUMNS
from dateline.extract.actors.related_mentions import Kin
from dateline.extract.actors.report_features import WIDTH, Sites
from dateline.ml.encoder.pieces import vectors, words_met
from dateline.ml.ranker import Floats, Ints, Net, log_shares, squeezed
from dateline.ml.trees import Forest, Nodes, grow
from dateline.model import Parsed, Span, Token

LONG = 12  # words of a mention that are read
NEAR = 4  # related mentions that are read
MOST_SITES = 8  # places of a report, nearest first, that speak for one candidate
BACK, GAP = 3, 8  # what logarithms of sentences and characters are divided by
SUREST = 15  # how sure a place may speak for a candidate
FAINT, SHRUNK = -12, 4  # the least logarithm that is told; what they are divided by
ABOUT = [i for i, name in enumerate(COLUMNS) if name.startswith("m_")]


def mention_meanings(every: Sequence[tuple[Mention, Kin]]) -> list[Floats]:
    """Return what several mentions mean; words not met before are read at once."""
    read = [meaning_words(*each) for each in every]
    words_met().of([word for some in read for part in some for word in part])
    means = {part: vectors(part) for part in {part for some in read for part in some}}
    return [np.concatenate([means[part] for part in some]) for some in read]


def meaning_words(mention: Mention, kin: Kin) -> tuple[tuple[str, ...], ...]:
    """Return a mention's head, words, verb and related words."""
    _, at = mention.placed
    head = mention.head_noun
    verb = (mention.case.seen.parsed.tokens[at].lemma,) if at >= 0 else ()
    own = tuple([word.key for word in mention.words[:LONG]])
    related = (*kin.earlier, *kin.beside, *kin.intro)[:NEAR]
    other = [word.key for there in related for word in there.words[:LONG]]
    return (head,), own, verb, tuple(other)


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds mentions: their own states, and the sites of their candidates.

    `own` is mentions x states: the mean of a mention's words, and that of its head.
    `sites` are rows of the report's sites, `which` the candidate that each speaks for,
    counted over all mentions, and `party` whose candidate that is; `rows` tell how far
    each is from its mention, and of what kind.
    """

    own: Floats
    sites: Ints
    which: Ints
    party: Ints
    rows: Floats


def context(
    parsed: Parsed,
    spans: Sequence[Span],
    heads: Sequence[Token | None],
    sentences: Sequence[int],
    codes: Sequence[Sequence[str]],
    told: Sites,
) -> Context:
    """Return what surrounds mentions that may be each of one of some countries."""
    both = zip(spans, heads, strict=True)
    pairs = [s for span, head in both for s in (span, head.span if head else span)]
    own = parsed.states.of(pairs, WIDTH).reshape(len(spans), -1)
    found: list[int] = []
    which: list[int] = []
    party: list[int] = []
    every = ((n, code) for n, some in enumerate(codes) for code in some)
    for k, (n, code) in enumerate(every):
        places = told.of.get(code)
        if places is None:
            continue
        if len(places) > MOST_SITES:
            start = spans[n].start
            at = bisect_left(places, (start,))
            around = places[max(0, at - MOST_SITES) : at + MOST_SITES]
            gaps = sorted([(abs(start - place), row) for place, row in around])
            some = [row for _, row in gaps[:MOST_SITES]]
        else:
            some = sorted([row for _, row in places])
        found += some
        which += [k] * len(some)
        party += [n] * len(some)
    chosen, of, whose = (np.array(each, np.int64) for each in (found, which, party))
    near = [(s.start, s.end, n) for s, n in zip(spans, sentences, strict=True)]
    mine = np.array(near, np.float32).reshape(-1, 3)[whose]
    return Context(own, chosen, of, whose, site_positions(told.rows[chosen], mine))


def site_positions(sites: Floats, mine: Floats) -> Floats:
    """Return how far each site is from its mention, and of what kind.

    `mine` are start, end and sentence of the mention of each.
    """
    start, end, at, plain, firm, kind = sites.T
    first, last, sentence = mine.T
    back, gap = sentence - at, first - start
    flags = (back == 0, back == 1, back == 2, back > 2, back < 0)
    near = (np.log1p(np.abs(back)) / BACK, gap > 0, np.log1p(np.abs(gap)) / GAP)
    inside = (start < last) & (end > first)
    kinds = (kind == n for n in range(len(KINDS)))
    columns = (*flags, *near, plain, firm, inside, *kinds)
    return np.stack(columns, 1).astype(np.float32)


class Network(Net):
    """The net that weighs the countries of a mention, and the one for sectors."""

    __slots__ = ()

    def candidates(
        self,
        told: Floats,
        first: Ints,
        about: Floats,
        meaning: Floats,
        around: Context,
        sites: Floats,
    ) -> Floats:
        """Return logarithms of how likely candidates are; *unknown* has a part.

        The candidates of a mention begin at `first`; `told` are their rows as `scaled`
        makes them. `about` (squeezed), `meaning` and `around` are one a mention;
        `sites` are the states of the sites that `around` speaks of.
        """
        low = np.tanh(self.layer("low", meaning))
        read = np.tanh(self.layer("read", around.own))
        own = self.layer("own", np.concatenate([about, low, read], 1))
        size = np.diff([*first, len(told)])
        inner = self.layer("each", told) + own.repeat(size, axis=0)
        inner += self.layer("pool", self.pointed(len(told), around, sites))
        each = self.layer("out", np.maximum(inner, 0))
        unknown = self.layer("none", np.maximum(own, 0))
        return log_shares(each[:, 0], unknown[:, 0], first)

    def scaled(self, rows: Floats) -> Floats:
        """Return the numbers of candidates brought to a like size."""
        out: Floats = (squeezed(rows) - self.at["mean"]) / self.at["scale"]
        return out

    def sectors(self, states: Floats, words: Floats) -> Floats:
        """Return mentions x sectors: logarithms of how likely, by states and words."""
        low = np.maximum(self.layer("low", states), 0)
        told = (np.maximum(words, FAINT) / SHRUNK).astype(np.float32)
        score = self.layer("out", low) + self.layer("words", told)
        score -= score.max(axis=1, keepdims=True)
        log: Floats = score - np.log(np.exp(score).sum(axis=1, keepdims=True))
        return log

    def pointed(self, size: int, around: Context, sites: Floats) -> Floats:
        """Return how far mentions point at each of so many candidates.

        Three numbers a candidate: score, share among the mention's own, has any site.
        """
        out = np.zeros((size, 3), np.float32)
        states, party, which = around.own, around.party, around.which
        if not len(which):
            return out
        asks = np.tanh(self.layer("asks", states[:, : states.shape[1] // 2]))
        tells = np.tanh(self.layer("tells", sites))[around.sites]
        placed = self.layer("placed", around.rows)
        both = np.concatenate([asks[party] * tells, placed], 1)
        inner = np.maximum(self.layer("both", both) + self.layer("alone", tells), 0)
        score = self.layer("point", inner)[:, 0]
        starts = np.flatnonzero(np.diff(which, prepend=-1))
        mine = which[starts]
        sums = np.logaddexp.reduceat(score, starts).clip(-SUREST, SUREST)
        people = party[starts]
        raised = np.exp(sums)
        whole = np.bincount(people, raised, len(states)).astype(np.float32)
        out[mine, 0], out[mine, 1] = sums, raised / whole[people]
        out[mine, 2] = 1
        return out


@dataclass(frozen=True, slots=True)
class Scorer:
    """Weights of both questions: of hashed strings, nets, trees over sectors.

    `hints` are words by which mostly one code is meant.
    """

    linear: NDArray[np.int8]
    step: float
    bias: float
    nets: tuple[Network, ...]
    sort: Network
    strings: NDArray[np.uint32]
    kinds: NDArray[np.int8]
    steps: Floats
    offset: Floats
    sectors: tuple[str, ...]
    ranker: Forest
    hints: dict[str, tuple[str, ...]]

    def likely(
        self,
        rows: Floats,
        marks: Sequence[Sequence[Sequence[int]]],
        meaning: Sequence[Floats],
        around: Context,
        sites: Floats,
    ) -> list[list[float]]:
        """Return how likely each candidate of each mention is its country.

        `rows` are of all candidates, `marks` the buckets of each one's strings by
        mention. No mention is without candidates.
        """
        strings = list(chain.from_iterable(marks))
        every = np.array(list(chain.from_iterable(strings)))
        ends = np.cumsum([0, *map(len, strings[:-1])])
        sums = np.add.reduceat(self.linear[every], ends, dtype=int)
        score = (self.bias + self.step * sums).astype(np.float32)
        first = row_starts(marks)
        about = squeezed(rows[first][:, ABOUT])
        told = self.nets[0].scaled(np.column_stack([rows, score]))  # as all nets do
        given = told, first, about, np.array(meaning), around, sites
        chances_ = [np.exp(net.candidates(*given)) for net in self.nets]
        return split_by_mention(np.mean(chances_, 0), first)

    def ranked(self, rows: Sequence[Sequence[Sequence[float]]]) -> list[list[float]]:
        """Return how likely each sector of each mention is its own."""
        every = np.array(list(chain.from_iterable(rows)), np.float32)
        odds = self.ranker(every)
        chances_ = (1 / (1 + np.exp(-odds))).astype(np.float32)
        return split_by_mention(chances_, row_starts(rows))

    def worded(self, told: Sequence[Iterable[str]]) -> Floats:
        """Return mentions x sectors: logarithms of how likely, by the strings alone."""
        keys = [{crc32(each.encode()) for each in some} for some in told]
        every = np.array(list(chain.from_iterable(keys)), np.uint32)
        whose = np.arange(len(keys)).repeat(list(map(len, keys)))
        at = np.searchsorted(self.strings, every)
        at = np.minimum(at, len(self.strings) - 1)
        known = self.strings[at] == every
        of, first = np.unique(whose[known], return_index=True)
        sums = np.zeros((len(keys), self.kinds.shape[1]), int)
        if len(of):
            sums[of] = np.add.reduceat(self.kinds[at[known]], first, axis=0, dtype=int)
        score = self.offset + self.steps * sums
        score -= score.max(axis=1, keepdims=True)
        log: Floats = score - np.log(np.exp(score).sum(axis=1, keepdims=True))
        return log


@cache
def scorer() -> Scorer:
    """Return the weights that ship with the program, read once."""
    source = files("dateline.extract.actors") / "weights" / "identity.npz"
    with source.open("rb") as file, np.load(file) as held:
        told = {name: held[name] for name in held.files}
    scaled = Network.of(told, "scaled").at  # the nets over countries scale alike
    size = sum(name.endswith("point_bias") for name in told)
    nets = (Network({**Network.of(told, f"net{n}").at, **scaled}) for n in range(size))
    nodes = ("roots", "column", "cut", "left", "right", "value")
    hinted = (tuple(str(codes).split()) for codes in told["hinted"])
    return Scorer(
        linear=told["linear"],
        step=float(told["step"]),
        bias=float(told["bias"]),
        nets=tuple(nets),
        sort=Network.of(told, "sort"),
        strings=told["strings"],
        kinds=told["kinds"],
        steps=told["steps"],
        offset=told["offset"],
        sectors=tuple(map(str, told["sectors"])),
        ranker=grow(Nodes(*(told[f"sector_{each}"] for each in nodes))),
        hints=dict(zip(map(str, told["hints"]), hinted, strict=True)),
    )


def row_starts(rows: Sequence[Sequence[object]]) -> NDArray[np.int64]:
    """Return where each mention's rows start among the rows of all."""
    return np.cumsum([0, *map(len, rows[:-1])])


def split_by_mention(every: Floats, first: NDArray[np.int64]) -> list[list[float]]:
    """Return the numbers of each mention, that begin at `first`."""
    return [some.tolist() for some in np.split(every, first[1:])]
