"""Text cut into word pieces: sentences for one pass, and words by themselves."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dateline.ml.encoder.heads import Floats
from dateline.ml.encoder.sessions import read_inflated, run_network
from dateline.model import Span

WEIGHTS = Path(__file__).parent / "weights"
CLS = 101
WIDTH = 384
LONGEST = 32  # pieces of one word that are read
MOST = 16_384  # words whose vectors are remembered
WINDOW = 190  # word pieces of one pass, as in training
LONE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Window:
    """The word pieces of one pass, with the characters that each was read from."""

    ids: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@cache
def tokenizer(path: Path) -> Any:
    """Load the tokenizer once a process."""
    from tokenizers import Tokenizer

    return Tokenizer.from_str(read_inflated(path).decode("utf-8"))


def windows(cutter: Any, text: str, runs: Iterable[Sequence[Span]]) -> Iterator[Window]:
    """Pack each run of neighbouring sentences into windows; cut what is longer."""
    for run in runs:
        held = Window((), (), ())
        for span in run:
            found = word_pieces(cutter, text, span)
            if held.ids and len(held.ids) + len(found.ids) > WINDOW:
                yield held
                held = Window((), (), ())
            held = Window(held.ids + found.ids, held.starts + found.starts, held.ends + found.ends)
            while len(held.ids) > WINDOW:
                yield part_of_window(held, 0, WINDOW)
                held = part_of_window(held, WINDOW, len(held.ids))
        if held.ids:
            yield held


def word_pieces(cutter: Any, text: str, span: Span) -> Window:
    """Return the word pieces of `span`, placed in the whole text."""
    words = LONE.sub("\ufffd", span.of(text))
    code = cutter.encode(words, add_special_tokens=False)
    at, offsets = span.start, code.offsets
    starts = tuple([at + a for a, _ in offsets])
    return Window(tuple(code.ids), starts, tuple([at + b for _, b in offsets]))


def part_of_window(window: Window, first: int, last: int) -> Window:
    """Return the pieces from `first` up to `last`."""
    return Window(window.ids[first:last], window.starts[first:last], window.ends[first:last])


class Known:
    """The vectors of words met so far; new ones are embedded together."""

    def __init__(self) -> None:
        """Start with none."""
        self.at: dict[str, Floats] = {}

    def of(self, words: Sequence[str]) -> list[Floats]:
        """Return the vector of each word: the mean of its embedded pieces."""
        if len(self.at) > MOST:
            self.at = {}
        at = self.at
        if new := [word for word in dict.fromkeys(words) if word not in at]:
            at.update(zip(new, embedded(new), strict=True))
        return [at[word] for word in words]


@cache
def words_met() -> Known:
    """Return the words that this process has met."""
    return Known()


def embedded(words: Sequence[str]) -> list[Floats]:
    """Embed words side by side; what is beside a word does not change it."""
    cutter = tokenizer(WEIGHTS / "tokenizer.json.gz")
    every = [cut_word(cutter, word) for word in words]
    ids = np.zeros((len(every), 1 + max(map(len, every))), np.int64)
    ids[:, 0] = CLS
    for row, some in zip(ids, every, strict=True):
        row[1 : 1 + len(some)] = some
    out: Floats = run_network(WEIGHTS / "embed.onnx.gz", "input_ids", ids)
    return [
        np.add.reduce(row[1 : 1 + len(some)]) / np.float32(max(1, len(some)))
        for row, some in zip(out, every, strict=True)
    ]


def cut_word(cutter: Any, word: str) -> list[int]:
    """Return the pieces of a word; one that is a piece itself needs no cutting."""
    if word.isascii() and word.isalnum() and word.islower():
        whole = cutter.token_to_id(word)
        if whole is not None:
            return [whole]
    found: list[int] = cutter.encode(word, add_special_tokens=False).ids[:LONGEST]
    return found


def vector(word: str) -> Floats:
    """Return the mean of what a word's pieces are embedded as.

    >>> vector("winemakers").shape
    (384,)
    """
    return words_met().of([word])[0]


def vectors(words: Iterable[str]) -> Floats:
    """Return the mean of several words' vectors, nought for none."""
    every = words_met().of(list(words))
    if not every:
        return np.zeros(WIDTH, np.float32)
    mean: Floats = np.add.reduce(every) / len(every)
    return mean
