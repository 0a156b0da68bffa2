"""Which sentences may hold a political act? Asked of all, before any parse."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from dateline.model import Lexicon

WEIGHTS = Path(__file__).parent / "gate.npz"
LIKELIEST = 2  # sentences of a report that decide
BY_ITSELF = 0.5  # by how much one sentence must be over the bar to decide alone
REPORT = 4  # sentences: of a shorter text each sentence is judged alone
VIOLENT = 0.43  # by how much one with a word of plain violence may be below it
BITS = 18  # two to this many buckets
CHUNK = 4096  # sentences hashed together
PRIME = np.uint64(0x9E3779B97F4A7C15)
SECOND = np.uint64(0xC2B2AE3D27D4EB4F)
BREAK, DIGIT = 10, 48
Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Gate:
    """Keeps what may tell a political act, in a language: `ports.KeepSentences`."""

    lexicon: Lexicon

    def __call__(self, sentences: Sequence[str]) -> list[bool]:
        """Keep a text that may tell an act, whole.

        A linear model over hashed words and word pairs decides: by the likeliest two
        sentences of a report, for its silent sentences tell who "he" is and may tell
        acts in words that the gate does not know; or by one sentence that is likely by
        itself, the sooner with a word of plain violence. Of a text of few sentences one
        of both is enough. It was learned from what the reader itself takes for acts
        (`training/gate.py`). What falls is about sport, business or the village fair.
        """
        found, plain = scores(sentences), guarded(self.lexicon, sentences)
        bar = model().likely
        if len(found) < REPORT:
            told = bool(((found >= model().lone) | plain).any())
        else:
            told = report_likelihood(found) >= bar or bool((found[plain] >= bar - VIOLENT).any())
        return [told] * len(found)


@dataclass(frozen=True, slots=True)
class Model:
    """The weights of buckets, and the bars of a sentence alone and of a report."""

    weights: npt.NDArray[np.float32]
    lone: float
    likely: float


def report_likelihood(found: npt.NDArray[np.floating[Any]]) -> float:
    """Return how likely a report tells an act.

    It is as likely as its likeliest sentences are on average, or as the likeliest by
    itself is where that one is likelier by far.
    """
    best = np.sort(found)[-LIKELIEST:]
    return float(max(best.mean(), best[-1] - BY_ITSELF))


def scores(sentences: Sequence[str]) -> npt.NDArray[np.float32]:
    """Return how much each sentence looks like one that holds an act."""
    weights = model().weights
    parts = [
        score_sentences(sentences[n : n + CHUNK], weights) for n in range(0, len(sentences), CHUNK)
    ]
    return np.concatenate([np.zeros(0, np.float32), *parts])


def guarded(lexicon: Lexicon, sentences: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Return which sentences hold a word of plain violence: a snippet's always pass."""
    out, known = np.zeros(len(sentences), np.bool_), violent_word_hashes(lexicon)
    if not len(known):
        return out
    for n in range(0, len(sentences), CHUNK):
        hashes, owners = hash_sentence_words(sentences[n : n + CHUNK])
        place = np.minimum(np.searchsorted(known, hashes), len(known) - 1)
        out[n + owners[known[place] == hashes]] = True
    return out


@cache
def violent_word_hashes(lexicon: Lexicon) -> Hashes:
    """Return the hashes of the words of plain violence, in order."""
    return np.sort(hash_sentence_words([" ".join(lexicon.words["actions.violence"])])[0])


def score_sentences(
    sentences: Sequence[str], weights: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    """Score sentences that fit into memory together."""
    buckets, owners = bucket_sentences(sentences)
    count = np.bincount(owners, minlength=len(sentences))
    total = np.bincount(owners, weights[buckets], minlength=len(sentences))
    mean: npt.NDArray[np.float64] = total / np.sqrt(np.maximum(count, 1))
    return mean.astype(np.float32)


def bucket_sentences(sentences: Sequence[str]) -> tuple[Ints, Ints]:
    """Return the bucket of every word and word pair, and whose sentence it is of."""
    hashes, owners = hash_sentence_words(sentences)
    pairs = hashes[:-1] * SECOND + hashes[1:]
    same = owners[:-1] == owners[1:]
    every = np.concatenate([hashes, pairs[same]])
    shift = np.uint64(64 - BITS)
    buckets = ((every * PRIME) >> shift).astype(np.int64)
    return buckets, np.concatenate([owners, owners[:-1][same]])


def hash_sentence_words(sentences: Sequence[str]) -> tuple[Hashes, Ints]:
    """Return a hash of every word, case and digits folded, and its sentence.

    The hash of a stretch is the difference of two running sums of byte times power,
    divided by the power that the stretch starts at: one pass for all words.
    """
    joined = "\n".join(s.lower().replace("\n", " ") for s in sentences)
    raw = np.frombuffer(f"\n{joined}\n".encode("utf-8", "replace"), np.uint8)
    kinds = byte_table()[raw]
    inside = kinds > BREAK
    edges = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    begin, end = edges[::2], edges[1::2]
    up, down = powers(1 << int(len(raw)).bit_length())
    letters = np.where(inside, kinds, 0).astype(np.uint64)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(letters * up[: len(raw)])])
    hashes = (sums[end] - sums[begin]) * down[begin]
    owners = np.cumsum(kinds == BREAK)[begin] - 1
    return hashes, owners.astype(np.int64)


@cache
def byte_table() -> npt.NDArray[np.uint8]:
    """Return for each byte itself, a digit's stand-in, a break, or nothing."""
    out = np.zeros(256, np.uint8)
    for byte in range(256):
        if byte == BREAK or chr(byte).isascii() and chr(byte).isalpha() or byte > 127:
            out[byte] = byte
        elif chr(byte).isdigit():
            out[byte] = DIGIT
    return out


@cache
def powers(length: int) -> tuple[Hashes, Hashes]:
    """Return the powers of the hash's base up to a length, and of its inverse."""
    base = 0x100000001B3
    inverse = pow(base, -1, 1 << 64)
    grown = [np.full(length, np.uint64(n), np.uint64) for n in (base, inverse)]
    for row in grown:
        row[0] = 1
        np.cumprod(row, out=row)
    return grown[0], grown[1]


@cache
def model() -> Model:
    """Load the weights and the bars once a process."""
    with np.load(WEIGHTS, allow_pickle=False) as file:
        weights = file["weights"].astype(np.float32) * float(file["scale"])
        return Model(weights, float(file["threshold"]), float(file["likely"]))
