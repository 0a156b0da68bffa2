"""Words that tell events in many documents: which of them are of one event.

Nothing but a document's text and the words of the event is known here: what they
mean, what stands around them, how alike the documents are.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.infer import trees
from dateline.infer.trees import Real, Trees
from dateline.merge.cluster import components, link_on_average
from dateline.merge.documents import (
    ALIKE,
    PARTED,
    TOPIC,
    Bag,
    Document,
    damp_like_stories,
    read_document,
    stories,
    told_together,
)
from dateline.merge.lexicon import (
    COMMON,
    Lexicon,
    known_and_further_words,
    load_merge_lexicon,
    lower_case_words,
)

MODEL = Path(__file__).with_name("mentions.npz")
CAPITAL = re.compile(r"\b[A-Z][a-z’']+")
BESIDE = 4  # words on either side
CLOSE = 12  # words around in which a number belongs to the act
Index = NDArray[np.integer[Any]]


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
    own = lower_case_words(told.text[start:end])
    before, after = (
        lower_case_words(told.text[begin:start]),
        lower_case_words(told.text[end:stop]),
    )
    roots, lemmas = telling_words(words, own)
    left = side_words(words, before[::-1])
    right = side_words(words, after)
    around = {
        w: words.rarity(w) for w in sorted(set(content_lemmas(words, before + after)))
    }
    window = sorted(left | right)
    return Mention(
        number,
        at,
        tuple(own),
        frozenset(roots),
        frozenset(lemmas),
        left,
        right,
        around,
        frozenset(w for w in before[-CLOSE:] + after[:CLOSE] if w[0].isdigit()),
        frozenset(
            w.lower()
            for w in CAPITAL.findall(told.text[begin:stop])
            if w.lower() in told.names
        ),
        article_kind(before[-2:]),
        (
            words.mean(roots),
            words.mean(lemmas),
            words.mean(list(around)),
            words.mean(window),
        ),
    )


def telling_words(words: Lexicon, own: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return the roots and lemmas of the words that tell the act, particles apart."""
    roots, lemmas = words.roots(list(own)), words.lemmas(list(own))
    kept = [i for i, root in enumerate(roots) if words.rarity(root) > COMMON]
    kept = kept or list(range(len(own)))
    return [roots[i] for i in kept], [lemmas[i] for i in kept]


def content_lemmas(words: Lexicon, told: Sequence[str]) -> list[str]:
    """Return the lemmas of words that are not among the commonest."""
    return [w for w in words.lemmas(list(told)) if words.rarity(w) > TOPIC / 2]


def side_words(words: Lexicon, told: Sequence[str]) -> frozenset[str]:
    """Return the first words of a side that tell something."""
    return frozenset(content_lemmas(words, told)[:BESIDE])


def article_kind(before: Sequence[str]) -> int:
    """Return 1 after a word for the known, 2 for a further one, else 0."""
    kinds = {"known": 1, "further": 2}
    found = (
        kinds.get(known_and_further_words().get(word, ""), 0)
        for word in reversed(before)
    )
    return next((kind for kind in found if kind), 0)


def overlap_of_sets(
    one: Iterable[str], two: Iterable[str], weight: Bag | None = None
) -> float:
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
        self.heads = [head_root(m) for m in told]
        self.alike = stories(documents)
        self.story = told_together(self.alike)
        self.parted = damp_like_stories(documents, self.alike, self.story)
        words = load_merge_lexicon()
        self.rare = [max(map(words.rarity, m.roots), default=0.0) for m in told]
        count = Counter((m.document, root) for m in told for root in m.roots)
        self.rivals = [
            max((count[m.document, root] for root in m.roots), default=0) for m in told
        ]

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
        crossed = np.fmax(
            overlap_of_sets(a.left, b.right), overlap_of_sets(a.right, b.left)
        )
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
            overlap_of_sets(
                a.numbers, b.numbers, dict.fromkeys(a.numbers | b.numbers, 1.0)
            ),
            overlap_of_sets(a.names, b.names),
            abs(a.sentence - b.sentence) if here else float("nan"),
            min(a.article, b.article),
            min(self.rivals[i], self.rivals[j]),
            float(self.story[a.document, b.document]),
            self.known.get(root_pair(self.heads[i], self.heads[j]), float("nan")),
        )


def head_root(told: Mention) -> str:
    """Return the rarest root of a mention, which says most of what was done."""
    words = load_merge_lexicon()
    return min(told.roots, key=lambda root: (-words.rarity(root), root), default="")


def root_pair(one: str, other: str) -> tuple[str, str]:
    """Return two roots in one order."""
    return (one, other) if one <= other else (other, one)


@cache
def mention_model() -> tuple[Trees, float, dict[tuple[str, str], float]]:
    """Return the score of two mentions, from which they join, and what roots tell."""
    with np.load(MODEL) as kept:
        threshold = float(kept["threshold"])
        names = (line.split("\t") for line in str(kept["roots"]).split("\n"))
        roots = {
            (a, b): float(v) for (a, b), v in zip(names, kept["odds"], strict=True)
        }
    return trees.read_trees(MODEL, "pairs."), threshold, roots


def join_event_mentions(rows: Sequence[tuple[str, int, int]]) -> list[int]:
    """Return the cluster of each mention: a text, and where the words stand in it."""
    order = sorted(range(len(rows)), key=lambda i: rows[i])
    texts = {rows[i][0]: 0 for i in order}
    number = {text: n for n, text in enumerate(texts)}
    documents = [read_document(text) for text in texts]
    told = [
        event_mention(number[text], documents[number[text]], start, end)
        for text, start, end in (rows[i] for i in order)
    ]
    home = [0] * len(rows)
    mentions = Mentions(documents, told, mention_model()[2])
    for i, cluster in zip(order, cluster_mentions(mentions), strict=True):
        home[i] = cluster
    return home


def cluster_mentions(mentions: Mentions) -> list[int]:
    """Return the cluster of each mention: only mentions of one story are compared."""
    score, threshold, _ = mention_model()
    one, two = mentions.pairs()
    n = len(mentions.told)
    home = list(range(n))
    if not len(one):
        return home
    found = score.odds(mentions.figures(one, two))
    return cluster_each_story(n, (one, two, found), threshold)


def cluster_each_story(
    n: int, links: tuple[Index, Index, Real], threshold: float
) -> list[int]:
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
