"""Factuality sets and pools of sentences, cut into word pieces and batches."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

CLASSES = ("happened", "uncertain", "not")
FOLDS, BLOCKS, LONGEST = 5, 20, 160


@dataclass
class Item:
    """A sentence's pieces, the pieces of each event asked about, and what is known."""

    ids: list[int]
    events: list[list[int]]
    values: list[float] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    talk: int = 0
    soft: np.ndarray | None = None  # events x (news, talk) x three, and both values


def item(tokenizer: Any, text: str, triggers: Sequence[Sequence[int]]) -> Item:
    code = tokenizer.encode(text)
    at = code.offsets[:LONGEST]
    events = [
        [i for i, (a, b) in enumerate(at) if a < end and b > start and b > a] or [0]
        for start, end in triggers
    ]
    return Item(code.ids[:LONGEST], events)


def rated(path: Path, tokenizer: Any, talk: int) -> list[Item]:
    """Read a factuality set, one item a sentence, in the file's order."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for line in filter(None, path.read_text("utf-8").split("\n")):
        row = json.loads(line)
        groups.setdefault(row["text"], []).append(row)
    found = []
    for text, rows in groups.items():
        made = item(tokenizer, text, [row["trigger"] for row in rows])
        made.values = [row["value"] for row in rows]
        made.classes = [CLASSES.index(row["class"]) for row in rows]
        made.talk = talk
        found.append(made)
    return found


def folded(items: Sequence[Any]) -> tuple[list[Any], list[Any]]:
    """Return four folds of neighbouring sentences, and the fifth to measure."""
    at = [n * BLOCKS // len(items) % FOLDS for n in range(len(items))]
    pairs = list(zip(items, at, strict=True))
    return [i for i, f in pairs if f], [i for i, f in pairs if not f]


def batches(items: Sequence[Item], size: int, rng: random.Random) -> Iterator[list[Item]]:
    """Yield batches of sentences of like length, in random order."""
    mixed = rng.sample(list(items), len(items))
    chunks = [mixed[i : i + size * 20] for i in range(0, len(mixed), size * 20)]
    alike = [sorted(chunk, key=lambda one: len(one.ids)) for chunk in chunks]
    out = [c[j : j + size] for c in alike for j in range(0, len(c), size)]
    rng.shuffle(out)
    yield from out


def macro(gold: np.ndarray, said: np.ndarray) -> float:
    both = [2 * ((gold == c) & (said == c)).sum() for c in range(3)]
    sizes = [max(1, (gold == c).sum() + (said == c).sum()) for c in range(3)]
    return float(np.mean([b / s for b, s in zip(both, sizes, strict=True)]))
