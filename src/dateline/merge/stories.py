"""What a report is about, as its rarest words, and how far two reports are alike."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.merge.about import word_number
from dateline.merge.lexicon import lexicon, words_of

MOST = 32  # words that stand for a report
HEAD = 12  # words that stand for its headline
FIRST = 120  # characters that are a headline where none is told
CHUNK = 2_000  # pairs compared at once: they stay in a processor's cache
COMMON = 0.7  # rarity below which a word tells nothing of a story
Real = NDArray[np.float32]
Index = NDArray[np.integer[Any]]
Bags = tuple[NDArray[np.int32], Real]


@dataclass(frozen=True, slots=True)
class Story:
    """The words that tell a report from others, with their weight; length 1 in all.

    `head` are those of its headline.
    """

    words: tuple[tuple[str, float], ...]
    head: tuple[tuple[str, float], ...] = ()


def story(text: str, title: str = "") -> Story:
    """Return the story of a report."""
    return Story(weigh_words(text), weigh_words(title or text[:FIRST], HEAD))


def weigh_words(text: str, most: int = MOST) -> tuple[tuple[str, float], ...]:
    """Return the words that tell a text from others, with their weight."""
    words = lexicon()
    told = Counter(words.lemmas(words_of(text)))
    weighed = (
        (word, (1 + log(n)) * words.rarity(word))
        for word, n in told.items()
        if len(word) > 1 and words.rarity(word) > COMMON
    )
    kept = sorted(weighed, key=lambda w: (-w[1], w[0]))[:most]
    size = sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return tuple((word, weight / size) for word, weight in sorted(kept))


def likeness(one: Story, two: Story) -> float:
    """Return how alike two stories are, from 0 to 1.

    >>> round(likeness(story("Pirates seized a tanker"), story("A tanker seized")), 1)
    0.8
    """
    other = dict(two.words)
    return sum(weight * other.get(word, 0.0) for word, weight in one.words)


class Stories:
    """Stories by report as columns, so that pairs are compared all at once."""

    def __init__(self, stories: Mapping[str, Story], reports: Sequence[str]) -> None:
        """Lay out the stories of `reports`, one row for each."""
        row_of = {name: i for i, name in enumerate(dict.fromkeys(reports))}
        known = [stories.get(name, Story(())) for name in row_of]
        self.words = laid_out([told.words for told in known])
        self.head = laid_out([told.head for told in known])
        self.row = np.array([row_of[name] for name in reports], np.int32)

    def likeness(self, one: Index, two: Index) -> Real:
        """Return how alike the stories of each pair are; nan where one is not known."""
        return self.compared(self.words, one, two)

    def headlines(self, one: Index, two: Index) -> Real:
        """Return how alike the headlines of each pair are; nan where one is untold."""
        return self.compared(self.head, one, two)

    def compared(self, bags: Bags, one: Index, two: Index) -> Real:
        """Return how alike bags of the reports of each pair are; nan of empty ones."""
        word, weight = bags
        a, b = self.row[one], self.row[two]
        met = np.zeros(len(a), np.float32)
        for i in range(0, len(a), CHUNK):
            x, y = a[i : i + CHUNK], b[i : i + CHUNK]
            same = word[x][:, :, None] == word[y][:, None, :]
            product = weight[x][:, :, None] * weight[y][:, None, :]
            met[i : i + CHUNK] = (product * same).sum((1, 2))
        told = (word[a, 0] > 0) & (word[b, 0] > 0)
        return np.where(told, met, np.float32(np.nan))


def laid_out(every: Sequence[tuple[tuple[str, float], ...]]) -> Bags:
    """Return bags of words as numbers that are the same anywhere, and their weights."""
    most = max((len(bag) for bag in every), default=1) or 1
    word = np.zeros((len(every), most), np.int32)
    weight = np.zeros((len(every), most), np.float32)
    for row, bag in enumerate(every):
        for k, (name, heavy) in enumerate(bag):
            word[row, k], weight[row, k] = word_number(name), heavy
    return word, weight
