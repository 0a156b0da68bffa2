"""Documents as words: what each is about, and which of them tell one story."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from dateline.infer.trees import Real
from dateline.merge.cluster import components
from dateline.merge.lexicon import load_merge_lexicon, lower_case_words

SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z\"“‘'(])|\s//n\s|\n+")
SMALL = re.compile(r"\b[a-z]+\b")
NAME = re.compile(r"(?<=\s)[A-Z][a-z’']+(?:\s[A-Z][a-z’']+)*")
ALIKE = 0.16  # documents less alike than this tell other stories
PARTED = 0.2  # the same, once like stories of other people are told apart
NEAR = 0.5  # of how alike documents are to their nearest: less is another story
NEAREST = 3
TOPIC = 0.7  # rarity of a word that tells what a document is about
Bag = dict[str, float]


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
    spans = tuple(sentence_bounds(text))
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


def sentence_bounds(text: str) -> Iterable[tuple[int, int]]:
    """Yield where sentences begin and end."""
    start = 0
    for found in SENTENCE.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def document_likeness(one: Bag, two: Bag) -> float:
    """Return how alike two documents are, from 0 to 1."""
    few, many = sorted((one, two), key=len)
    return sum(weight * many.get(word, 0.0) for word, weight in few.items())


def stories(documents: Sequence[Document]) -> Real:
    """Return how alike documents are, as cells of a square."""
    return square([told.about for told in documents])


def square(bags: Sequence[Bag]) -> Real:
    """Return how alike bags of words are, as cells of a square."""
    n = len(bags)
    found = np.eye(n, dtype=np.float32)
    for i in range(n):
        for j in range(i):
            found[i, j] = found[j, i] = document_likeness(bags[i], bags[j])
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
        local[np.ix_(rows, rows)] = square(rarer([documents[i].about for i in rows]))
    mean = (local + alike + square([told.named for told in documents])) / 3
    return damp_like_documents(
        told_together(np.where(story >= ALIKE, mean, np.float32(0)))
    )


def damp_like_documents(alike: Real) -> Real:
    """Return how alike documents are, 0 where each is much more alike to others.

    How alike documents of one story are differs by story: all reports of arrests in
    one town share many words, and those of one arrest share twice as many.
    """
    others = alike * (1 - np.eye(len(alike), dtype=np.float32))
    own = np.sort(others, axis=1)[:, -NEAREST:].mean(1)
    return np.where(alike >= NEAR * np.sqrt(np.outer(own, own)), alike, np.float32(0))


def rarer(bags: Sequence[Bag]) -> list[Bag]:
    """Return bags of words in which those count less that many of the bags have."""
    met = Counter(word for bag in bags for word in bag)
    many = len(bags) + 1
    return [
        scale_to_unit({w: x * log(many / met[w]) for w, x in bag.items() if met[w] > 1})
        for bag in bags
    ]


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
