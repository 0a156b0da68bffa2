"""What merging knows of words: lemma, root, rarity and a vector of meaning each.

The table is made by training/merge/words.py. A word that it lacks is its own lemma and
as rare as can be.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dateline import plugins

TABLE = Path(__file__).with_name("words.npz")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d[\d.,:]*")
COMMON = 1.0  # rarity below which a word names no act ("the", "said")
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by what they look like; meanings by number."""

    at: dict[str, int]
    names: tuple[str, ...]
    by_name: dict[str, int]
    lemma: NDArray[np.int32]
    root: NDArray[np.int32]
    idf: Array
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
        at = self.at
        return [self.names[self.lemma[at[w]]] if w in at else w for w in words]

    def rarity(self, name: str) -> float:
        """Return how rare a lemma is in the news, as a logarithm."""
        found = self.by_name.get(name)
        return self.unknown if found is None else float(self.idf[found])

    def mean(self, names: list[str]) -> Array:
        """Return where lemmas point together, zeros where none is known."""
        rows = [self.by_name[n] for n in names if n in self.by_name]
        if not rows:
            return np.zeros(self.vectors.shape[1], np.float32)
        total = (self.vectors[rows] * self.idf[rows, None]).sum(0)
        return np.asarray(total / (float(np.linalg.norm(total)) + 1e-9), np.float32)


@cache
def lexicon() -> Lexicon:
    """Return the table of words, read once."""
    with np.load(TABLE) as kept:
        words, names = (str(kept[k]).split("\n") for k in ("words", "names"))
        vectors = kept["vectors"].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
        return Lexicon(
            {w: i for i, w in enumerate(words)},
            tuple(names),
            {n: i for i, n in enumerate(names)},
            kept["lemma"],
            kept["root"],
            kept["idf"].astype(np.float32),
            vectors,
            float(kept["unknown"]),
            frozenset(w for w, p in zip(words, kept["plural"], strict=True) if p),
        )


def marks() -> Mapping[str, str]:
    """Return the words that tell the known from the further, and what recalls."""
    return plugins.lexicon().senses["merge.mark"]


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text in small letters.

    >>> words_of("Shot 23 men")
    ['shot', '23', 'men']
    """
    return [w.lower().rstrip(".,:") for w in WORD.findall(text)]
