"""Documents as words: what each is about, and which of them tell one story."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log, sqrt

import numpy as np

from dateline.merge.lexicon import lexicon, words_of
from dateline.merge.trees import Real

SENTENCE = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z\"“‘'(])|\s//n\s|\n+")
NAME = re.compile(r"(?<=\s)[A-Z][a-z’']+(?:\s[A-Z][a-z’']+)*")
ALIKE = 0.16  # documents less alike than this tell other stories
TOPIC = 0.7  # rarity of a word that tells what a document is about
Bag = dict[str, float]


@dataclass(frozen=True, slots=True)
class Document:
    """A text as words: what it is about, who is named, where its sentences lie."""

    text: str
    about: Bag
    names: Bag
    sentences: tuple[tuple[int, int], ...]


def document(text: str) -> Document:
    """Return a text as merging of mentions sees it."""
    words = lexicon()
    told = Counter(words.lemmas(words_of(text)))
    about = {
        word: (1 + log(n)) * words.rarity(word)
        for word, n in told.items()
        if len(word) > 1 and words.rarity(word) > TOPIC
    }
    size = sqrt(sum(weight * weight for weight in about.values())) or 1.0
    spans = tuple(sentences(text))
    named = {
        part.lower()
        for start, end in spans
        for found in NAME.findall(text[start:end])
        for part in found.split()
    }
    rare = {name: words.rarity(words.lemmas([name])[0]) for name in sorted(named)}
    return Document(text, {w: x / size for w, x in about.items()}, rare, spans)


def sentences(text: str) -> Iterable[tuple[int, int]]:
    """Yield where sentences begin and end."""
    start = 0
    for found in SENTENCE.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def likeness(one: Bag, two: Bag) -> float:
    """Return how alike two documents are, from 0 to 1."""
    few, many = sorted((one, two), key=len)
    return sum(weight * many.get(word, 0.0) for word, weight in few.items())


def stories(documents: Sequence[Document]) -> Real:
    """Return how alike documents are, as cells of a square."""
    n = len(documents)
    found = np.eye(n, dtype=np.float32)
    for i in range(n):
        for j in range(i):
            alike = likeness(documents[i].about, documents[j].about)
            found[i, j] = found[j, i] = alike
    return found


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
