"""Words by themselves, as the encoder embeds them."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import numpy as np

from dateline.encoder.heads import Floats
from dateline.encoder.pieces import tokenizer
from dateline.encoder.sessions import run

WEIGHTS = Path(__file__).parent / "weights"
CLS = 101
WIDTH = 384
LONGEST = 32  # pieces of one word that are read


@lru_cache(maxsize=16384)
def vector(word: str) -> Floats:
    """Return the mean of what a word's pieces are embedded as.

    >>> vector("winemakers").shape
    (384,)
    """
    code = tokenizer(WEIGHTS / "tokenizer.json").encode(word, add_special_tokens=False)
    if not code.ids:
        return np.zeros(WIDTH, np.float32)
    ids = np.array([[CLS, *code.ids[:LONGEST]]], np.int64)
    out: Floats = run(WEIGHTS / "embed.onnx", "input_ids", ids)[0, 1:].mean(axis=0)
    return out


def vectors(words: Iterable[str]) -> Floats:
    """Return the mean of several words' vectors, nought for none."""
    every = [vector(word) for word in words]
    if not every:
        return np.zeros(WIDTH, np.float32)
    mean: Floats = np.add.reduce(every) / len(every)
    return mean
