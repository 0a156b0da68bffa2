"""What merging knows of words: lemma, root, rarity and a vector of meaning each.

The table is made by training/merge/words.py. A word that it lacks is its own lemma and
as rare as can be.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline import plugins

TABLE = Path(__file__).with_name("words.npz")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,:]*")
TABLED = 2**16  # numbers below are those of lemmas of the table
COMMON = 1.0  # rarity below which a word names no act ("the", "said")
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they look like; meanings by number.

    `weights` are rarities by a lemma's number.
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
        total = (self.vectors[rows] * self.idf[rows, None]).sum(0)
        return np.asarray(total / (float(np.linalg.norm(total)) + 1e-9), np.float32)


@cache
def load_merge_lexicon() -> Lexicon:
    """Return the table of words, read once."""
    with np.load(TABLE) as kept:
        words, names = (str(kept[k]).split("\n") for k in ("words", "names"))
        vectors = kept["vectors"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
        idf = kept["idf"].astype(np.float32)
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
    return [w.lower().rstrip(".,:") for w in WORD.findall(text)]
