"""What a report is about, as its rarest words, and how far two reports are alike."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.merge.lexicon import lexicon, words_of

MOST = 32  # words that stand for a report
CHUNK = 2_000  # pairs compared at once: they stay in a processor's cache
COMMON = 0.7  # rarity below which a word tells nothing of a story
Real = NDArray[np.float32]
Index = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Story:
    """The words that tell a report from others, with their weight; length 1 in all."""

    words: tuple[tuple[str, float], ...]


def story(text: str) -> Story:
    """Return the story of a report."""
    words = lexicon()
    told = Counter(words.lemmas(words_of(text)))
    weighed = (
        (word, (1 + log(n)) * words.rarity(word))
        for word, n in told.items()
        if len(word) > 1 and words.rarity(word) > COMMON
    )
    kept = sorted(weighed, key=lambda w: (-w[1], w[0]))[:MOST]
    size = sqrt(sum(weight * weight for _, weight in kept)) or 1.0
    return Story(tuple((word, weight / size) for word, weight in sorted(kept)))


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
        numbers: dict[str, int] = {}
        row_of = {name: i for i, name in enumerate(dict.fromkeys(reports))}
        most = max((len(told.words) for told in stories.values()), default=1)
        self.word = np.zeros((len(row_of), most or 1), np.int32)
        self.weight = np.zeros((len(row_of), most or 1), np.float32)
        for name, row in row_of.items():
            for k, (word, weight) in enumerate(stories.get(name, Story(())).words):
                self.word[row, k] = numbers.setdefault(word, len(numbers) + 1)
                self.weight[row, k] = weight
        self.row = np.array([row_of[name] for name in reports], np.int32)

    def likeness(self, one: Index, two: Index) -> Real:
        """Return how alike the stories of each pair are; nan where one is not known."""
        a, b = self.row[one], self.row[two]
        met = np.zeros(len(a), np.float32)
        for i in range(0, len(a), CHUNK):
            x, y = a[i : i + CHUNK], b[i : i + CHUNK]
            same = self.word[x][:, :, None] == self.word[y][:, None, :]
            product = self.weight[x][:, :, None] * self.weight[y][:, None, :]
            met[i : i + CHUNK] = (product * same).sum((1, 2))
        told = (self.word[a, 0] > 0) & (self.word[b, 0] > 0)
        return np.where(told, met, np.float32(np.nan))
