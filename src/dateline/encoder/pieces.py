"""Text cut into word pieces, and sentences packed into the windows of one pass."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.encoder.sessions import read_inflated
from dateline.model import Span

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
            held = Window(
                held.ids + found.ids, held.starts + found.starts, held.ends + found.ends
            )
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
    return Window(
        window.ids[first:last], window.starts[first:last], window.ends[first:last]
    )
