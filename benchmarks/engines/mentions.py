"""Words that tell events in many documents: which of them are of one event.

Nothing but a document's text and the words of the event is known here: what they
mean, what stands around them, how alike the documents are, and which of those tell one
story.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.events.merging import stored_telling
from dateline.extract.event_coref.clustering import NEVER, components, link_on_average
from dateline.extract.event_coref.constraints import conflicts
from dateline.extract.event_coref.lexicon import (
    COMMON,
    known_and_further_words,
    load_merge_lexicon,
    lower_case_words,
)
from dateline.extract.event_coref.mention_table import AT, Numbering
from dateline.extract.event_coref.mentions import Telling
from dateline.extract.event_coref.pair_scorer import claims_judge
from dateline.ml import trees
from dateline.ml.trees import Real, Trees
from dateline.model import Report
from dateline.model.record import claim_record
from dateline.pipeline.factory import Options, make_coder

MODEL = Path(__file__).with_name("mentions.npz")
SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z\"“‘'(])|\s//n\s|\n+")
SMALL = re.compile(r"\b[a-z]+\b")
NAME = re.compile(r"(?<=\s)[A-Z][a-z’']+(?:\s[A-Z][a-z’']+)*")
CAPITAL = re.compile(r"\b[A-Z][a-z’']+")
BESIDE = 4  # words on either side
CLOSE = 12  # words around in which a number belongs to the act
ALIKE = 0.16  # documents less alike than this tell other stories
PARTED = 0.2  # the same, once like stories of other people are told apart
NEAR = 0.5  # of how alike documents are to their nearest: less is another story
NEAREST = 3
TOPIC = 0.7  # rarity of a word that tells what a document is about
Bag = dict[str, float]
Truth = NDArray[np.bool_]
Index = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Document:
    """A text as words: what it is about, who is named, where its sentences lie.

    `names` are all words told as names, with how rare each is; `named` are those that
    never stand in small letters, by how often they do.
    """

    text: str
    about: Bag
    names: Bag
    named: Bag
    sentences: tuple[tuple[int, int], ...]


def read_document(text: str) -> Document:
    """Return a text as merging of mentions sees it."""
    words = load_merge_lexicon()
    told = Counter(words.lemmas(lower_case_words(text)))
    about = {
        word: (1 + log(n)) * words.rarity(word)
        for word, n in told.items()
        if len(word) > 1 and words.rarity(word) > TOPIC
    }
    breaks = [hit.span() for hit in SENTENCE.finditer(text)]
    begins = [0, *(end for _, end in breaks)]
    spans = tuple(zip(begins, [*(a for a, _ in breaks), len(text)], strict=True))
    named = Counter(
        part.lower()
        for start, end in spans
        for found in NAME.findall(text[start:end])
        for part in found.split()
    )
    rare = {name: words.rarity(words.lemmas([name])[0]) for name in sorted(named)}
    small = set(SMALL.findall(text))
    own = {n: (1 + log(named[n])) * rare[n] for n in rare if n not in small}
    return Document(text, scale_to_unit(about), rare, scale_to_unit(own), spans)


def scale_to_unit(bag: Bag) -> Bag:
    """Return words with weights whose squares add up to 1."""
    size = sqrt(sum(weight * weight for weight in bag.values())) or 1.0
    return {word: weight / size for word, weight in bag.items()}


def stories(documents: Sequence[Document]) -> Real:
    """Return how alike documents are, as cells of a square."""
    return square([told.about for told in documents])


def square(bags: Sequence[Bag]) -> Real:
    """Return how alike bags of words are, as cells of a square."""
    n = len(bags)
    found = np.eye(n, dtype=np.float32)
    for i in range(n):
        for j in range(i):
            few, many = sorted((bags[i], bags[j]), key=len)
            alike = sum(weight * many.get(word, 0.0) for word, weight in few.items())
            found[i, j] = found[j, i] = alike
    return found


def damp_like_stories(documents: Sequence[Document], alike: Real, story: Real) -> Real:
    """Return how alike documents are once like stories of others are told apart.

    Two players arrested for the same thing in one town are two stories. Among documents
    that are alike a word that all of them have tells nothing, and names tell much.
    """
    one, two = np.nonzero(np.triu(story >= ALIKE, 1))
    groups: dict[int, list[int]] = {}
    for i, root in enumerate(components(len(documents), one.tolist(), two.tolist())):
        groups.setdefault(root, []).append(i)
    local = np.zeros_like(alike)
    for rows in groups.values():
        bags = [documents[i].about for i in rows]
        met = Counter(word for bag in bags for word in bag)
        rarer = [
            {w: x * log((len(bags) + 1) / met[w]) for w, x in bag.items() if met[w] > 1}
            for bag in bags
        ]
        local[np.ix_(rows, rows)] = square([scale_to_unit(bag) for bag in rarer])
    mean = (local + alike + square([told.named for told in documents])) / 3
    return damp_like_documents(told_together(np.where(story >= ALIKE, mean, np.float32(0))))


def damp_like_documents(alike: Real) -> Real:
    """Return how alike documents are, 0 where each is much more alike to others.

    How alike documents of one story are differs by story: all reports of arrests in
    one town share many words, and those of one arrest share twice as many.
    """
    others = alike * (1 - np.eye(len(alike), dtype=np.float32))
    own = np.sort(others, axis=1)[:, -NEAREST:].mean(1)
    return np.where(alike >= NEAR * np.sqrt(np.outer(own, own)), alike, np.float32(0))


def told_together(alike: Real) -> Real:
    """Return how alike documents are once those that tell one story stand together.

    Two documents are as alike as the clusters that join them (average linkage).
    """
    n = len(alike)
    found, total = np.eye(n, dtype=np.float32), alike.astype(np.float64)
    np.fill_diagonal(total, -np.inf)
    members, size = [[i] for i in range(n)], np.ones(n)
    for _ in range(n - 1):
        mean = total / (size[:, None] * size[None, :])
        one, two = divmod(int(mean.argmax()), n)
        if mean[one, two] <= ALIKE:
            break
        found[np.ix_(members[one], members[two])] = mean[one, two]
        found[np.ix_(members[two], members[one])] = mean[one, two]
        members[one] += members[two]
        total[one] += total[two]
        total[:, one] = total[one]
        total[one, one] = total[two] = total[:, two] = -np.inf
        size[one] += size[two]
    return found


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that tell an event, and the words around them."""

    document: int
    sentence: int
    words: tuple[str, ...]
    roots: frozenset[str]
    lemmas: frozenset[str]
    left: frozenset[str]
    right: frozenset[str]
    around: Bag
    numbers: frozenset[str]
    names: frozenset[str]
    article: int
    meaning: tuple[Real, Real, Real, Real]


def event_mention(number: int, told: Document, start: int, end: int) -> Mention:
    """Return the words from `start` to `end` of a document, and what is around them."""
    words = load_merge_lexicon()
    inside = ((i, s) for i, s in enumerate(told.sentences) if s[0] <= start < s[1])
    at, (begin, stop) = next(inside, (0, (0, len(told.text))))
    pieces = (told.text[begin:start], told.text[start:end], told.text[end:stop])
    before, own, after = map(lower_case_words, pieces)
    roots, lemmas = words.roots(own), words.lemmas(own)
    kept = [i for i, root in enumerate(roots) if words.rarity(root) > COMMON]
    kept = kept or list(range(len(own)))  # particles tell no act, if others do
    roots, lemmas = ([named[i] for i in kept] for named in (roots, lemmas))

    def content(some: Sequence[str]) -> list[str]:
        """Return the lemmas of words that are not among the commonest."""
        return [w for w in words.lemmas([*some]) if words.rarity(w) > TOPIC / 2]

    left, right = content(before[::-1]), content(after)
    sides = frozenset(left[:BESIDE]), frozenset(right[:BESIDE])
    around = {w: words.rarity(w) for w in sorted({*left, *right})}
    marks = known_and_further_words()
    kinds = ({"known": 1, "further": 2}.get(marks.get(w, ""), 0) for w in before[:-3:-1])
    capitals = (w.lower() for w in CAPITAL.findall(told.text[begin:stop]))
    return Mention(
        document=number,
        sentence=at,
        words=tuple(own),
        roots=frozenset(roots),
        lemmas=frozenset(lemmas),
        left=sides[0],
        right=sides[1],
        around=around,
        numbers=frozenset(w for w in before[-CLOSE:] + after[:CLOSE] if w[0].isdigit()),
        names=frozenset(w for w in capitals if w in told.names),
        article=next((kind for kind in kinds if kind), 0),
        meaning=(
            words.mean(roots),
            words.mean(lemmas),
            words.mean(list(around)),
            words.mean(sorted(sides[0] | sides[1])),
        ),
    )


def overlap_of_sets(one: Iterable[str], two: Iterable[str], weight: Bag | None = None) -> float:
    """Return how much of the lesser of two sets of words both have; nan of none."""
    a, b = set(one), set(two)
    if not a or not b:
        return float("nan")
    rare = weight.__getitem__ if weight is not None else load_merge_lexicon().rarity
    least = min(sum(map(rare, a)), sum(map(rare, b)))
    return sum(map(rare, sorted(a & b))) / max(0.1, least)


FIGURES = (
    "documents",
    "one document",
    "root",
    "lemma",
    "words",
    "meaning",
    "word meaning",
    "rarity",
    "left",
    "right",
    "crossed",
    "around",
    "beside",
    "sense around",
    "sense beside",
    "numbers",
    "names",
    "sentences",
    "article",
    "rivals",
    "story",
    "pair of roots",
)


class Mentions:
    """Mentions of many documents, and how any two of them compare."""

    def __init__(
        self,
        documents: Sequence[Document],
        told: Sequence[Mention],
        pairs: Mapping[tuple[str, str], float],
    ) -> None:
        """Take documents, their mentions, and how often two roots told one event."""
        self.documents, self.told, self.known = documents, told, pairs
        words = load_merge_lexicon()
        self.rare = [max(map(words.rarity, m.roots), default=0.0) for m in told]
        self.heads = [  # the rarest root, which says most of what was done
            min(m.roots, key=lambda root: (-words.rarity(root), root), default="") for m in told
        ]
        self.alike = stories(documents)
        self.story = told_together(self.alike)
        self.parted = damp_like_stories(documents, self.alike, self.story)
        count = Counter((m.document, root) for m in told for root in m.roots)
        self.rivals = [max((count[m.document, root] for root in m.roots), default=0) for m in told]

    def pairs(self, least: float = PARTED) -> tuple[Index, Index]:
        """Return the pairs of mentions whose documents tell one story.

        `least` is how alike they must be once like stories are told apart.
        """
        home = np.array([m.document for m in self.told], np.intp)
        one, two = np.triu_indices(len(home), 1)
        a, b = home[one], home[two]
        kept = (self.story[a, b] >= ALIKE) & (self.parted[a, b] >= least)
        return one[kept], two[kept]

    def figures(self, one: Index, two: Index) -> Real:
        """Return a row of FIGURES for each pair."""
        pairs = zip(one.tolist(), two.tolist(), strict=True)
        rows = [self.compared(i, j) for i, j in pairs]
        return np.array(rows, np.float32).reshape(-1, len(FIGURES))

    def compared(self, i: int, j: int) -> tuple[float, ...]:
        """Return the FIGURES of one pair."""
        a, b = self.told[i], self.told[j]
        here = a.document == b.document
        means = [float(x @ y) for x, y in zip(a.meaning, b.meaning, strict=True)]
        both = sum(w for word, w in a.around.items() if word in b.around)
        least = max(1.0, min(sum(a.around.values()), sum(b.around.values())))
        crossed = np.fmax(overlap_of_sets(a.left, b.right), overlap_of_sets(a.right, b.left))
        return (
            float(self.alike[a.document, b.document]),
            here,
            bool(a.roots & b.roots),
            bool(a.lemmas & b.lemmas),
            a.words == b.words,
            means[0],
            means[1],
            min(self.rare[i], self.rare[j]),
            overlap_of_sets(a.left, b.left),
            overlap_of_sets(a.right, b.right),
            float(crossed),
            both / least,
            overlap_of_sets(a.left | a.right, b.left | b.right),
            means[2],
            means[3],
            overlap_of_sets(a.numbers, b.numbers, dict.fromkeys(a.numbers | b.numbers, 1.0)),
            overlap_of_sets(a.names, b.names),
            abs(a.sentence - b.sentence) if here else float("nan"),
            min(a.article, b.article),
            min(self.rivals[i], self.rivals[j]),
            float(self.story[a.document, b.document]),
            self.known.get(root_pair(self.heads[i], self.heads[j]), float("nan")),
        )


def root_pair(one: str, other: str) -> tuple[str, str]:
    """Return two roots in one order."""
    return (one, other) if one <= other else (other, one)


@cache
def mention_model() -> tuple[Trees, float, dict[tuple[str, str], float]]:
    """Return the score of two mentions, from which they join, and what roots tell."""
    with np.load(MODEL) as kept:
        threshold = float(kept["threshold"])
        names = (line.split("\t") for line in str(kept["roots"]).split("\n"))
        roots = {(a, b): float(v) for (a, b), v in zip(names, kept["odds"], strict=True)}
    return trees.read_trees(MODEL, "pairs."), threshold, roots


def join_event_mentions(rows: Sequence[tuple[str, int, int]]) -> list[int]:
    """Return the cluster of each mention: a text, and where the words stand in it.

    Only mentions of one story are compared.
    """
    order = sorted(range(len(rows)), key=lambda i: rows[i])
    number = {text: n for n, text in enumerate(dict.fromkeys(rows[i][0] for i in order))}
    documents = [read_document(text) for text in number]
    told = [
        event_mention(number[text], documents[number[text]], start, end)
        for text, start, end in (rows[i] for i in order)
    ]
    score, threshold, roots = mention_model()
    mentions = Mentions(documents, told, roots)
    one, two = mentions.pairs()
    clusters = list(range(len(told)))
    if len(one):
        found = score.odds(mentions.figures(one, two))
        found[forbidden_pairs([rows[i] for i in order], one, two)] = NEVER
        clusters = cluster_each_story(len(told), (one, two, found), threshold)
    home = [0] * len(rows)
    for i, cluster in zip(order, clusters, strict=True):
        home[i] = cluster
    return home


def forbidden_pairs(rows: Sequence[tuple[str, int, int]], one: Index, two: Index) -> Truth:
    """Return which pairs of mentions a constraint of the store's joining forbids.

    Each text is coded; a mention is compared by the claim that its words overlap.
    """
    program = make_coder(Options())
    kept: dict[str, list[Telling]] = {}
    for text in dict.fromkeys(row[0] for row in rows):
        item = {"text": text, "title": "", "published": None}
        claims = program.code(Report(f"d{len(kept)}", text)).claims
        records = [claim_record(claim, text) for claim in claims]
        kept[text] = [stored_telling({"record": record}, item) for record in records]
    mine = [
        next((t for t in kept[text] if t.start < end and start < t.start + len(t.trigger)), None)
        for text, start, end in rows
    ]
    coded = [t for t in mine if t is not None]
    place = np.cumsum([t is not None for t in mine]) - 1
    read = np.array([t is not None for t in mine])
    forbidden = np.zeros(len(one), np.bool_)
    both = read[one] & read[two]
    if both.any():
        columns = Numbering(claims_judge().deeds).columns(coded)
        report = columns.plain[:, AT["report"]]
        a, b = place[one[both]], place[two[both]]
        apart = conflicts(columns, claims_judge().kinds, a, b)
        forbidden[both] = apart & (report[a] != report[b])
    return forbidden


def cluster_each_story(n: int, links: tuple[Index, Index, Real], threshold: float) -> list[int]:
    """Return clusters of n mentions, each story by itself."""
    one, two, found = links
    groups: dict[int, list[int]] = {}
    root = components(n, one.tolist(), two.tolist())
    for i in range(n):
        groups.setdefault(root[i], []).append(i)
    story = np.array(root)[one]
    home = list(range(n))
    for name, rows in groups.items():
        at = {row: k for k, row in enumerate(rows)}
        grid = np.zeros((len(rows), len(rows)), np.float32)
        mine = story == name
        for a, b, s in zip(one[mine], two[mine], found[mine], strict=True):
            grid[at[int(a)], at[int(b)]] = grid[at[int(b)], at[int(a)]] = s
        for row, cluster in zip(rows, link_on_average(grid, threshold), strict=True):
            home[row] = rows[cluster]
    return home
