"""Annotated reports as the network reads them: windows of word pieces with their marks.

A window is a run of neighbouring sentences. Every telling of a window has its trigger's
pieces, the pieces of its sentence, soft targets for deed, status and mode, and the
pieces of its parties, place, time and speaker.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from marks import MARKS, annotated
from tokenizers import Tokenizer

from dateline.ml.encoder.pieces import tokenizer

HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[2] / "shared/data"
WEIGHTS = HERE.parents[1] / "src/dateline/ml/encoder/weights"
BACKBONE = HERE.parents[1] / "benchmarks/engines/weights"  # of the first encoder
BOOK = HERE.parents[1] / "src/dateline/resources/codebook/plover"
ROLES = ("actor", "recipient", "place", "time", "speaker")
STATUSES = (
    "happened ongoing planned expected possible hypothetical denied negated recurring"
).split()
AHEAD = {"planned", "expected", "possible", "hypothetical"}
CLS, SEP = 101, 102
FOLDS = 5
MAIN = 0.75  # what the label itself gets of a soft target, where others are accepted

Record = dict[str, Any]


def first_column(path: Path, column: int = 0) -> list[str]:
    rows = path.read_text("utf-8").splitlines()[1:]
    return [row.split("\t")[column] for row in rows if row.strip()]


DEEDS = first_column(BOOK / "types.tsv")
MODES = ["", *dict.fromkeys(first_column(BOOK / "modes.tsv", 1))]
CONTEXTS = first_column(BOOK / "contexts.tsv")
READS = {
    tuple(row.split("\t")) for row in (BOOK / "readings.tsv").read_text("utf-8").splitlines()[1:]
}


@dataclass
class Telling:
    trigger: tuple[int, int]
    sentence: tuple[int, int]
    deed: np.ndarray
    status: np.ndarray
    mode: np.ndarray
    contexts: np.ndarray | None
    mutual: float
    weight: float
    roles: dict[str, list[tuple[int, int]] | None]
    told: np.ndarray  # [sides, what `party` returns]; no row adds up where unknown
    gold: Record
    soft: np.ndarray | None = None  # [pieces, roles, (O, B, I)]: what a teacher says


@dataclass
class Page:
    id: str
    text: str
    sentences: list[tuple[int, int]]
    tellings: list[Telling] = field(default_factory=list)
    whole: bool = True  # every other word is known to tell no act
    soft: dict[tuple[int, int], np.ndarray] = field(default_factory=dict)


@dataclass
class Window:
    page: Page
    ids: list[int]
    spans: list[tuple[int, int]]
    sentences: list[tuple[int, int]]  # their pieces, half open; CLS is piece 0
    bounds: list[tuple[int, int]]  # their characters


def pages(folder: Path) -> Iterator[Page]:
    """Yield the annotated reports of a folder, or of our own marks, in their order."""
    if folder == MARKS:
        yield from (sparing(page(gold, text)) for gold, text in annotated())
        return
    for path in sorted((folder / "gold").glob("*.json")):
        gold = json.loads(path.read_text("utf-8"))
        text_at = folder / "texts" / f"{path.stem}.txt"
        with text_at.open(encoding="utf-8", newline="") as file:
            text = file.read()
        yield page(gold, text)


def sparing(one: Page) -> Page:
    """Learn no absence of place and time from marks that tell them less often."""
    for telling in one.tellings:
        for name in ("place", "time"):
            telling.roles[name] = telling.roles[name] or None
    return one


def page(gold: Record, text: str) -> Page:
    found = Page(gold["report"], text, [tuple(s) for s in gold["sentences"]])
    found.tellings = [telling(t, text) for t in gold["tellings"]]
    return found


def telling(row: Record, text: str) -> Telling:
    """Return one annotated telling as targets."""
    low, high = row["sentence"]

    def inside(spans: Iterable[Record | None]) -> list[tuple[int, int]]:
        told = [s for s in spans if s and s["start"] is not None]
        return [(s["start"], s["end"]) for s in told if low <= s["start"] < high]

    roles: dict[str, list[tuple[int, int]] | None] = {
        "actor": inside(row["actors"]),
        "recipient": inside(row["recipients"]),
        "place": inside([row["where"]]),
        "time": inside([row["when"]]),
        "speaker": speakers(row, text),
    }
    return Telling(
        trigger=(row["trigger"]["start"], row["trigger"]["end"]),
        sentence=(low, high),
        deed=soft(DEEDS, deed(row), [row["type"], *row["accept_types"]]),
        status=soft(STATUSES, row["status"], row["accept_status"]),
        mode=modes(row),
        contexts=several(CONTEXTS, row["contexts"]) if row["contexts"] else None,
        mutual=float(row["reciprocal"]),
        weight=0.5 if row["importance"] == "arguable" else 1.0,
        roles=roles,
        told=np.eye(3, dtype=np.float32)[[party(row["actors"]), party(row["recipients"])]],
        gold=row,
    )


def deed(row: Record) -> str:
    """Return the act itself, where the annotator chose how PLOVER files it."""
    if row["status"] in AHEAD:
        for other in row["accept_types"]:
            if (other, row["status"], row["type"]) in READS:
                return str(other)
    return str(row["type"])


def party(rows: Sequence[Record]) -> int:
    """0: nobody is meant; 1: words of the sentence tell who; 2: somebody is implied."""
    if any(r["start"] is not None for r in rows):
        return 1
    return 2 if any(r["country"] for r in rows) else 0


def soft(labels: Sequence[str], main: str, others: Iterable[str]) -> np.ndarray:
    out = np.zeros(len(labels), np.float32)
    rest = [o for o in dict.fromkeys(others) if o != main and o in labels]
    for other in rest:
        out[labels.index(other)] = (1 - MAIN) / len(rest)
    out[labels.index(main)] = MAIN if rest else 1.0
    return out


def modes(row: Record) -> np.ndarray:
    first = (row["mode"] or [""])[0]
    rest = [m for one in row["accept_modes"] for m in (one or [""])]
    return soft(MODES, first if first in MODES else "", rest)


def several(labels: Sequence[str], told: Iterable[str]) -> np.ndarray:
    return np.array([float(name in told) for name in labels], np.float32)


def speakers(row: Record, text: str) -> list[tuple[int, int]] | None:
    """Find the speakers' words in the sentence; None where they stand elsewhere."""
    low, high = row["sentence"]
    within = text[low:high].lower()
    found = []
    for name in row["said_by"]:
        at = within.find(name.lower())
        if at < 0:
            return None
        found.append((low + at, low + at + len(name)))
    return found


def cutter() -> Tokenizer:
    return tokenizer(WEIGHTS / "tokenizer.json.gz")


def windows(
    some: Iterable[Page], cut: Tokenizer, most: int, rng: random.Random | None = None
) -> Iterator[Window]:
    """Pack each page's sentences into windows; with `rng` the first one is shorter."""
    for one in some:
        room = most if rng is None else rng.randint(most // 3, most)
        held = Window(one, [CLS], [(-1, -1)], [], [])
        for low, high in one.sentences:
            code = cut.encode(one.text[low:high], add_special_tokens=False)
            ids, spans = code.ids[:most], code.offsets[:most]
            if held.sentences and len(held.ids) + len(ids) > room:
                yield closed(held)
                room = most
                held = Window(one, [CLS], [(-1, -1)], [], [])
            held.sentences.append((len(held.ids), len(held.ids) + len(ids)))
            held.bounds.append((low, high))
            held.ids.extend(ids)
            held.spans.extend((low + a, low + b) for a, b in spans)
        if held.sentences:
            yield closed(held)


def closed(window: Window) -> Window:
    window.ids.append(SEP)
    window.spans.append((-1, -1))
    return window


def at(window: Window, span: tuple[int, int]) -> tuple[int, int]:
    """Return the first and past-last piece that overlap a span of characters."""
    hit = [n for n, (a, b) in enumerate(window.spans) if a < span[1] and b > span[0]]
    return (hit[0], hit[-1] + 1) if hit else (0, 0)


def fold(name: str) -> int:
    """Return which of the parts of the cross-validation a report belongs to."""
    return int(hashlib.sha1(name.encode()).hexdigest()[:8], 16) % FOLDS


def digest(folders: Iterable[Path]) -> str:
    """Return a hash over every annotated report of the folders."""
    whole = hashlib.sha256()
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(folder.glob("gold/*.json"))
        for path in files:
            whole.update(path.read_bytes())
    return whole.hexdigest()[:16]


if __name__ == "__main__":
    told = list(pages(Path(sys.argv[1])))
    print(len(told), sum(len(p.tellings) for p in told), digest([Path(sys.argv[1])]))
