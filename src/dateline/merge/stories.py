"""What a report is about, as its rarest words, and how far two reports are alike."""

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.merge.lexicon import load_merge_lexicon, lower_case_words

MOST = 32  # words that stand for a report
HEAD = 12  # words that stand for its headline
FIRST = 120  # characters that are a headline where none is told
AT_ONCE = 32  # reports laid out at once, so that what they need fits a core's cache
COMMON = 0.7  # rarity below which a word tells nothing of a story
Real = NDArray[np.float32]
Index = NDArray[np.integer[Any]]
Bag = tuple[NDArray[np.int32], NDArray[np.float16]]
Bags = tuple[NDArray[np.int32], Real, NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Story:
    """The words that tell a report from others, with their weight; length 1 in all.

    `head` are those of its headline. Words are numbers (`Lexicon.number`).
    """

    words: Bag
    head: Bag


UNTOLD = Story(*((np.zeros(0, np.int32), np.zeros(0, np.float16)) for _ in range(2)))


def story(text: str, title: str = "") -> Story:
    """Return the story of a report."""
    return Story(weigh_words(text), weigh_words(title or text[:FIRST], HEAD))


def weigh_words(text: str, most: int = MOST) -> Bag:
    """Return the words that tell a text from others, with their weight."""
    words = load_merge_lexicon()
    told: dict[str, int] = {}
    for word, n in Counter(lower_case_words(text)).items():
        name = words.lemma.get(word, word)
        told[name] = told.get(name, 0) + n
    rare, unknown = words.rare.get, words.unknown
    weighed = [
        (-(1 + log(n)) * heavy, word)
        for word, n in told.items()
        if (heavy := rare(word, unknown)) > COMMON and len(word) > 1
    ]
    kept = sorted(weighed)[:most]
    size = sqrt(sum(weight * weight for weight, _ in kept)) or 1.0
    numbers = [words.number(word) for _, word in kept]
    weights = [-weight / size for weight, _ in kept]
    return np.array(numbers, np.int32), np.array(weights, np.float16)


def packed_story(told: Story) -> bytes:
    """Return what a report is about as bytes."""
    bags = (told.words, told.head)
    parts = [bytes(len(numbers) for numbers, _ in bags)]
    for numbers, weights in bags:
        parts += [numbers.view(np.uint8).reshape(-1, 4).T.tobytes(), weights.tobytes()]
    return zlib.compress(b"".join(parts), 6)


def unpacked_story(kept: bytes) -> Story:
    """Return what a report is about from its bytes; nothing is known of none."""
    if not kept:
        return UNTOLD
    raw = zlib.decompress(kept)
    at, bags = 2, []
    for n in raw[:2]:
        planes = np.frombuffer(raw, np.uint8, 4 * n, at).reshape(4, n)
        numbers = np.ascontiguousarray(planes.T).view(np.int32).reshape(n)
        bags.append((numbers, np.frombuffer(raw, np.float16, n, at + 4 * n)))
        at += 6 * n
    return Story(*bags)


class Stories:
    """Stories by report as columns, so that pairs are compared all at once."""

    def __init__(self, stories: Mapping[str, Story], reports: Sequence[str]) -> None:
        """Lay out the stories of `reports`, one row for each."""
        row_of = {name: i for i, name in enumerate(dict.fromkeys(reports))}
        known = [stories.get(name, UNTOLD) for name in row_of]
        self.words = laid_out([told.words for told in known], MOST)
        self.head = laid_out([told.head for told in known], HEAD)
        self.row = np.array([row_of[name] for name in reports], np.int32)

    def likeness(self, one: Index, two: Index) -> Real:
        """Return how alike the stories of each pair are; nan where one is not known."""
        return self.compared(self.words, one, two)

    def headlines(self, one: Index, two: Index) -> Real:
        """Return how alike the headlines of each pair are; nan where one is untold."""
        return self.compared(self.head, one, two)

    def compared(self, bags: Bags, one: Index, two: Index) -> Real:
        """Return how alike bags of the reports of each pair are; nan of empty ones."""
        word, weight, empty = bags
        a, b = (self.row[some].astype(np.int64) for some in (one, two))
        pairs, back = np.unique(a * len(word) + b, return_inverse=True)
        low, high = np.divmod(pairs, len(word))
        met = np.zeros(len(pairs), np.float32)
        whole = np.zeros((AT_ONCE, int(word.max(initial=0)) + 1), np.float32)
        rows, start = np.unique(low, return_index=True)
        ends = [*start[::AT_ONCE].tolist(), len(low)]
        for n, (i, j) in enumerate(pairwise(ends)):
            some, others = rows[n * AT_ONCE : (n + 1) * AT_ONCE], high[i:j]
            line = np.arange(len(some))[:, None]
            whole[line, word[some]] = weight[some]
            at = np.searchsorted(some, low[i:j])[:, None]
            met[i:j] = (whole[at, word[others]] * weight[others]).sum(1)
            whole[line, word[some]] = 0
        met[empty[low] | empty[high]] = np.nan
        return met[back]


def laid_out(every: Sequence[Bag], most: int) -> Bags:
    """Return bags of words as columns: words, weights, and which bags are empty.

    Words are numbered as they come, from 1 on; 0 stands for none.
    """
    number = np.zeros((len(every), most), np.int32)
    weight = np.zeros((len(every), most), np.float32)
    for row, (words, weights) in enumerate(every):
        number[row, : len(words)], weight[row, : len(words)] = words, weights
    known, place = np.unique(number, return_inverse=True)
    first = 0 if known.size and known[0] == 0 else 1
    word = (place.reshape(number.shape) + first).astype(np.int32)
    return word, weight, np.asarray(~number.any(1))
