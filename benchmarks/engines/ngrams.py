"""A linear second opinion on what one party does to another: words around the two.

Right where the encoder errs often enough that the mean of both beats either.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from zlib import crc32

import numpy as np
import numpy.typing as npt

from dateline.ml.encoder.heads import Floats, softmax_rows
from dateline.model import Span

WORD = re.compile(r"\w+|[^\w\s]")
STEM = 6  # letters of a word that count
BITS = 18
LONGEST = 2000  # characters read on each side of the parties
ACTOR, RECIPIENT = "<actor>", "<recipient>"


class Ngrams:
    """Weights of hashed features for roots, some of which stand for several deeds."""

    def __init__(self, path: Path) -> None:
        """Load the weights; only rows that weigh something are kept."""
        with np.load(path, allow_pickle=False) as file:
            self.roots = tuple(str(root) for root in file["roots"])
            every = zip(self.roots, file["deeds"], strict=True)
            self.root_of = {d: root for root, of in every for d in str(of).split()}
            self.rows: npt.NDArray[np.int64] = file["rows"].astype(np.int64)
            self.weights: Floats = file["weights"].astype(np.float32) * file["scale"]
            self.bias: Floats = file["bias"]

    def roots_of(self, text: str, actor: Span, recipient: Span) -> dict[str, float]:
        """Return the probability of each root between two parties."""
        at, values = hash_features(text, actor, recipient)
        place = np.minimum(np.searchsorted(self.rows, at), len(self.rows) - 1)
        known = self.rows[place] == at
        logits = values[known] @ self.weights[place[known]] + self.bias
        return dict(zip(self.roots, softmax_rows(logits).tolist(), strict=True))


@cache
def load_ngrams(path: Path) -> Ngrams | None:
    """Read the weights once a process; None where there are none."""
    return Ngrams(path) if path.exists() else None


def hash_features(text: str, actor: Span, recipient: Span) -> tuple[npt.NDArray[np.int64], Floats]:
    """Return the buckets of a pair's features, and their values (of length one)."""
    found = Counter(
        crc32(feature.encode("utf-8", "replace")) >> (32 - BITS)
        for feature in pair_ngrams(text, actor, recipient)
    )
    values = np.sqrt(np.array(list(found.values()), np.float32))
    out = values / max(float(np.linalg.norm(values)), 1e-6)
    return np.array(list(found), np.int64), out.astype(np.float32)


def pair_ngrams(text: str, actor: Span, recipient: Span) -> Iterator[str]:
    """Yield word stems and pairs of the sentence, between and beside the parties."""
    stems = stems_with_marks(text, actor, recipient)
    yield from stems_and_pairs("all", stems)
    places = [n for n, s in enumerate(stems) if s in (ACTOR, RECIPIENT)]
    if len(places) != 2:
        return
    low, high = places
    order = "<" if stems[low] == ACTOR else ">"
    yield from stems_and_pairs(f"{order}between", stems[low + 1 : high])
    yield f"{order}first {' '.join(stems[low + 1 : low + 2])}"
    sides = {"before": stems[max(0, low - 3) : low], "after": stems[high + 1 : high + 4]}
    for side, some in sides.items():
        yield from (f"{side} {stem}" for stem in some)
    after = stems.index(ACTOR)
    yield from (f"actor, then {stem}" for stem in stems[after + 1 : after + 4])
    before = stems.index(RECIPIENT)
    yield from (f"{stem}, then recipient" for stem in stems[max(0, before - 3) : before])


def stems_and_pairs(where: str, stems: list[str]) -> Iterator[str]:
    """Yield the stems of a stretch and its neighbouring pairs."""
    yield from (f"{where} {stem}" for stem in stems)
    yield from (f"{where} {a} {b}" for a, b in zip(stems, stems[1:], strict=False))


def stems_with_marks(text: str, actor: Span, recipient: Span) -> list[str]:
    """Return the stems of a text with its parties' words folded into one mark each.

    >>> stems_with_marks("Chad thanked Mali.", Span(0, 4), Span(13, 17))
    ['<actor>', 'thanke', '<recipient>', '.']
    """
    found: list[str] = []
    at = max(0, min(actor.start, recipient.start) - LONGEST)
    for span, mark in sorted([(actor, ACTOR), (recipient, RECIPIENT)]):
        if span.start < at:  # one party's words lie in the other's
            continue
        found += stemmed(text[at : span.start])
        found.append(mark)
        at = span.end
    return found + stemmed(text[at : at + LONGEST])


def stemmed(text: str) -> list[str]:
    """Return the beginnings of the words of a text, in lower case."""
    return [word.lower()[:STEM] for word in WORD.findall(text)]
