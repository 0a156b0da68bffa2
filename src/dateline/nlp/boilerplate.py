"""What stands around a story on a page and is no part of it: links, buttons, boxes.

A linear model says of each line by itself how much it looks like furniture: where it
stands, how it is shaped, its words. Lines of a kind stand together, so the likeliest
row of story and furniture is taken, with a price for each change between them. What it
weighs was learned from invented furniture under visible reports
(`training/furniture.py`).
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate, groupby
from math import log1p
from zlib import crc32

from dateline.model import Span
from dateline.model.layout import paragraphs

BUCKETS = 1 << 12  # of words
STORY = 10  # words of a paragraph that tells something
FEWEST = 40  # words of a story: of less nobody can tell what stands around it
NEAR, ROW = 5, 8  # paragraphs on either side, and of a row, that are counted
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
ADDRESS = re.compile(r"https?:|www\.|\w\.(?:com|org|net|example)\b|[@#]\w")
SIGNS = re.compile(r"[|»›>•·→<]|\s{2,}")
COUNT = re.compile(r"\(\d+\)|^\d+\b|\b\d+$")
STOPS = ".!?…"
CLOSING = "\"'”’)"


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned: of numbers by their names, of words by their buckets."""

    bias: float
    numbers: dict[str, float]
    words: dict[int, float]
    change: float


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, its words, and whether it is a sentence of a story."""

    text: str
    words: list[str]
    tells: bool


@cache
def learned_weights() -> Weights:
    """Return the weights that ship, read once a process."""
    told = json.loads((files("dateline.nlp") / "furniture.json").read_text("utf-8"))
    words = {int(bucket): value for bucket, value in told["words"].items()}
    return Weights(told["bias"], told["numbers"], words, told["change"])


def find_furniture(text: str, taken: Sequence[Span] = ()) -> Iterator[Span]:
    """Yield the stretches of a text that are no part of its story.

    Paragraphs of which something is taken for another mark are left alone.
    """
    blocks = paragraphs(text)
    if len(blocks) < 2:  # noqa: PLR2004
        return
    weights = learned_weights()
    read = [read_block(block.of(text)) for block in blocks]
    chosen = choose_blocks(weigh_blocks(read, weights), weights.change)
    rest = (block for block, no in zip(read, chosen, strict=True) if not no)
    if sum(len(block.words) for block in rest if block.tells) < FEWEST:
        return
    free = (not any(block.overlaps(span) for span in taken) for block in blocks)
    every = zip(blocks, chosen, free, strict=True)
    for furniture, row in groupby(every, key=lambda row: row[1] and row[2]):
        if furniture:
            spans = [block for block, *_ in row]
            yield spans[0].join(spans[-1])


def read_block(text: str) -> Block:
    """Return a paragraph with its words."""
    words = WORD.findall(text)
    return Block(text, words, ends_in_stop(text) and len(words) >= STORY)


def weigh_blocks(blocks: Sequence[Block], weights: Weights) -> list[float]:
    """Return the log-odds that each paragraph is furniture, by itself."""
    out = []
    for block, numbers in zip(blocks, describe_blocks(blocks), strict=True):
        own = sum(weights.numbers.get(n, 0.0) * v for n, v in numbers.items())
        said = sum(weights.words.get(b, 0.0) for b in word_buckets(block))
        out.append(weights.bias + own + said)
    return out


def choose_blocks(odds: Sequence[float], change: float) -> list[bool]:
    """Return which paragraphs are furniture: the likeliest row, changes paid for.

    >>> choose_blocks([-3, 1, -3, 2, 2], 2.0)
    [False, False, False, True, True]
    """
    best = [0.0, -change]
    back: list[tuple[int, int]] = []
    for each in odds:
        came = (0 if best[0] >= best[1] - change else 1, 1 if best[1] >= best[0] - change else 0)
        paid = [best[k] - change * (k != state) for state, k in enumerate(came)]
        best = [paid[0], paid[1] + each]
        back.append(came)
    state = int(best[1] > best[0])
    out = []
    for came in reversed(back):
        out.append(bool(state))
        state = came[state]
    return out[::-1]


def describe_blocks(blocks: Sequence[Block]) -> list[dict[str, float]]:
    """Return the numbers by which each paragraph is judged: place, shape, company."""
    told = [block.tells for block in blocks]
    # How many paragraphs before each, and after it, tell something.
    ahead = list(accumulate(told, initial=0))[:-1]
    behind = [sum(told) - before - own for before, own in zip(ahead, told, strict=True)]
    rows: list[int] = []
    for tell, same in groupby(told):
        size = len(list(same))
        rows += [0 if tell else size] * size
    sizes = [len(block.text) for block in blocks]
    whole = sum(sizes) or 1
    done, out = 0, []
    for n, block in enumerate(blocks):
        count = len(block.words) or 1
        numbers = {
            "tells": float(told[n]),
            "before": min(ahead[n], NEAR) / NEAR,
            "none before": float(ahead[n] == 0),
            "after": min(behind[n], NEAR) / NEAR,
            "none after": float(behind[n] == 0),
            "first": float(n == 0),
            "last": float(n == len(blocks) - 1),
            "share": done / whole,
            "row": log1p(min(rows[n], ROW)),
            "last row": log1p(min(rows[n], ROW)) * (behind[n] == 0),
            # how the letters of it look
            "stopped": float(ends_in_stop(block.text)),
            "colon": float(block.text.endswith(":")),
            "length": log1p(len(block.words)),
            "short": float(len(block.words) <= NEAR),
            "capitals": sum(word[0].isupper() for word in block.words[1:]) / count,
            "shouted": float(block.text.isupper() and count > 1),
            "address": float(bool(ADDRESS.search(block.text))),
            "signs": float(bool(SIGNS.search(block.text))),
            "count": float(bool(COUNT.search(block.text))),
            "quoted": float(block.text[:1] in "\"“'‘"),
        }
        done += sizes[n]
        out.append(numbers)
    return out


def ends_in_stop(words: str) -> bool:
    """Whether a paragraph ends in a stop."""
    return words.rstrip(CLOSING)[-1:] in STOPS if words else False


def word_buckets(block: Block) -> set[int]:
    """Return the buckets of a paragraph's words, its first two, and pairs of words."""
    found = [word.lower().encode() for word in block.words[:30]]
    sums = [crc32(word) for word in found]
    # The sum of a pair goes on from that of its first word.
    sums += [crc32(b" " + word, before) for before, word in zip(sums, found[1:], strict=False)]
    sums += [crc32(b"^" + word) for word in found[:1]]
    return {each % BUCKETS for each in sums}
