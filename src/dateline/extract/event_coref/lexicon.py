"""What merging knows of words, and of a report by its words: its story.

Of a word lemma, root, rarity and a vector of meaning are known. The table is made by
training/merge/words.py. A word that it lacks is its own lemma and as rare as can be.
A story is the rarest words of a report: by them reports are compared.
"""

import re
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.resources import plugins

TABLE = Path(__file__).with_name("words.npz")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d(?:[\d.,:]*\d)?")
TABLED = 2**16  # numbers below are those of lemmas of the table
TELLING = 0.7  # rarity from which on a word tells a text from others
COMMON = 1.0  # rarity below which a word names no act ("the", "said")
MOST = 32  # words that stand for a report
HEAD = 12  # words that stand for its headline
FIRST = 120  # characters that are a headline where none is told
AT_ONCE = 32  # reports laid out at once, so that what they need fits a core's cache
Array = NDArray[np.float32]
Index = NDArray[np.integer[Any]]
Bag = tuple[NDArray[np.int32], NDArray[np.float16]]
Bags = tuple[NDArray[np.int32], Array, NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they look like; meanings by number.

    `weights` are rarities by a lemma's number; `vectors` point where a lemma's meaning
    lies, the rarer it is the further.
    """

    at: dict[str, int]
    names: tuple[str, ...]
    by_name: dict[str, int]
    lemma: dict[str, str]
    root: NDArray[np.int32]
    idf: Array
    rare: dict[str, float]
    weights: Array
    vectors: Array
    unknown: float
    plural: frozenset[str]

    def many(self, words: list[str]) -> bool:
        """Whether words speak of several things of a kind: "bombings"."""
        return bool(words) and words[-1] in self.plural

    def roots(self, words: list[str]) -> list[str]:
        """Return the root of each word: the verb behind a noun, the stem of a verb."""
        return [self.names[self.root[self.at[w]]] if w in self.at else w for w in words]

    def lemmas(self, words: list[str]) -> list[str]:
        """Return the lemma of each word."""
        lemma = self.lemma.get
        return [lemma(w, w) for w in words]

    def rarity(self, name: str) -> float:
        """Return how rare a lemma is in the news, as a logarithm."""
        return self.rare.get(name, self.unknown)

    def number(self, name: str) -> int:
        """Return a number for a lemma: one of the table, or beyond all of those.

        It is the same on any machine.
        """
        found = self.by_name.get(name)
        return beyond(name) if found is None else 1 + found

    def rarities(self, numbers: NDArray[np.int32]) -> Array:
        """Return how rare the lemmas of some numbers are; 0 stands for none."""
        known = numbers < TABLED
        found = self.weights[np.where(known, numbers, 0)]
        return np.where(known, found, np.float32(self.unknown))

    def mean(self, names: list[str]) -> Array:
        """Return where lemmas point together, zeros where none is known."""
        rows = [self.by_name[n] for n in names if n in self.by_name]
        if not rows:
            return np.zeros(self.vectors.shape[1], np.float32)
        total = self.vectors[rows].sum(0)
        return np.asarray(total / (float(np.sqrt(total.dot(total))) + 1e-9), np.float32)


@cache
def load_merge_lexicon() -> Lexicon:
    """Return the table of words, read once."""
    with np.load(TABLE) as kept:
        words, names = (str(kept[k]).split("\n") for k in ("words", "names"))
        vectors = kept["vectors"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
        idf = kept["idf"].astype(np.float32)
        vectors *= idf[:, None]
        lemmas = (names[i] for i in kept["lemma"].tolist())
        return Lexicon(
            {w: i for i, w in enumerate(words)},
            tuple(names),
            {n: i for i, n in enumerate(names)},
            dict(zip(words, lemmas, strict=True)),
            kept["root"],
            idf,
            dict(zip(names, idf.tolist(), strict=True)),
            np.concatenate([np.zeros(1, np.float32), idf]),
            vectors,
            float(kept["unknown"]),
            frozenset(w for w, p in zip(words, kept["plural"], strict=True) if p),
        )


@lru_cache(maxsize=65536)
def beyond(name: str) -> int:
    """Return a number for a name that no table holds, the same on any machine."""
    told = blake2b(name.encode("utf-8", "surrogatepass"), digest_size=7).digest()
    return TABLED + int.from_bytes(told, "big") % (2**31 - TABLED)


def known_and_further_words() -> Mapping[str, str]:
    """Return the words that tell the known from the further, and what recalls."""
    return plugins.shared_lexicon().senses["merge.mark"]


@lru_cache(maxsize=8192)
def few_words(text: str) -> list[str]:
    """Return the words of a short text, remembered: nobody may change them."""
    return lower_case_words(text)


def lower_case_words(text: str) -> list[str]:
    """Return the words and numbers of a text in small letters.

    >>> lower_case_words("Shot 23 men")
    ['shot', '23', 'men']
    """
    if "İ" in text or "Σ" in text:  # whose small letters depend on those about them
        return [word.lower() for word in WORD.findall(text)]
    return WORD.findall(text.lower())


def rarest_words(text: str, most: int) -> list[str]:
    """Return the words of a text that tell most, the rarest first."""
    words = load_merge_lexicon()
    lemma, rare, unknown = words.lemma.get, words.rare.get, words.unknown
    told = {lemma(w, w) for w in set(lower_case_words(text))}
    weighed = [(-heavy, w) for w in told if (heavy := rare(w, unknown)) > TELLING and len(w) > 1]
    return [word for _, word in sorted(weighed)[:most]]


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
    lemma, rare, unknown = words.lemma.get, words.rare.get, words.unknown
    told: dict[str, int] = {}
    for word, n in Counter(lower_case_words(text)).items():
        name = lemma(word, word)
        told[name] = told.get(name, 0) + n
    weighed = [
        (-(1 + log(n)) * heavy, word)
        for word, n in told.items()
        if (heavy := rare(word, unknown)) > TELLING and len(word) > 1
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

    def likeness(self, one: Index, two: Index) -> Array:
        """Return how alike the stories of each pair are; nan where one is not known."""
        return self.compared(self.words, one, two)

    def headlines(self, one: Index, two: Index) -> Array:
        """Return how alike the headlines of each pair are; nan where one is untold."""
        return self.compared(self.head, one, two)

    def compared(self, bags: Bags, one: Index, two: Index) -> Array:
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
