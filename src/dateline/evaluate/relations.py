"""The type of act between two marked parties: always one of PLOVER's sixteen."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.codebook.taught import older, taught
from dateline.encoder import Encoded, Encoder
from dateline.evaluate.figures import accuracy, macro
from dateline.model import Span

Record = dict[str, Any]
TOGETHER = 64  # texts read in one go
QUADS = (
    "verbal cooperation",
    "material cooperation",
    "verbal conflict",
    "material conflict",
)


def ask(rows: Iterable[Record], encoder: Encoder | None = None) -> Iterator[Record]:
    """Answer each row with a type and the probability that it is right."""
    reader = encoder or Encoder.load()
    todo = list(rows)
    for n in range(0, len(todo), TOGETHER):
        some = todo[n : n + TOGETHER]
        read = reader.read_text([row["text"] for row in some])
        for row, seen in zip(some, read, strict=True):
            kind, sure = likeliest_relation(seen, row)
            yield {"id": row["id"], "type": kind, "confidence": round(sure, 4)}


def likeliest_relation(seen: Encoded, row: Record) -> tuple[str, float]:
    """Return the likeliest type between the marked parties, and how likely it is."""
    found = seen.pair(marked_party(row, "actor"), marked_party(row, "recipient"), None)
    return choose(found)


def choose(found: Mapping[str, float]) -> tuple[str, float]:
    """Return the likeliest type; those of one older root stand as one.

    >>> choose({"CONCEDE": 0.3, "RETREAT": 0.25, "AGREE": 0.35, "NONE": 0.1})[0]
    'CONCEDE'
    """
    acts = {kind: p for kind, p in found.items() if kind != "NONE"}
    total = sum(acts.values()) or 1.0
    roots: dict[str, float] = {}
    for kind, p in acts.items():
        root = root_of(kind)
        roots[root] = roots.get(root, 0.0) + p
    best = max(roots, key=lambda root: roots[root])
    among = [kind for kind in acts if root_of(kind) == best]
    return max(among, key=lambda kind: acts[kind]), roots[best] / total


def root_of(kind: str) -> str:
    """Return the root of a type in PLV, which has PLOVER's older ones."""
    return older().get(kind, kind)


def marked_party(row: Record, side: str) -> Span | None:
    """Return the words of a party, None where the row marks none."""
    at = row.get(side)
    return Span(*at) if at and None not in at else None


def score(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Score types as PLV's fifteen roots, four quads and two classes."""
    said = {a["id"]: root_of(a.get("type", "")) for a in answers}
    rows = [
        g for g in gold if marked_party(g, "actor") and marked_party(g, "recipient")
    ]
    want = [g["root"] for g in rows]
    got = [said.get(g["id"]) for g in rows]
    quads = [g["quad"] for g in rows]
    numbers = {
        root_of(t.read_as): QUADS.index(t.quad) + 1 for t in taught().types.values()
    }
    quad = [numbers.get(root or "") for root in got]
    two = [q > 2 if q else None for q in quad]
    return {
        "rows": len(rows),
        "root_macro_f1": macro(want, got),
        "root_accuracy": accuracy(want, got),
        "quad_macro_f1": macro(quads, quad),
        "binary_macro_f1": macro([q > 2 for q in quads], two),
    }
