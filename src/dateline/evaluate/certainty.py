"""`ask certainty`: how far a text commits its reader to any event word in it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from dateline.certainty import committed
from dateline.encoder import Encoder, available
from dateline.evaluate.parsing import parse_question
from dateline.model import Span

Record = dict[str, Any]
CLASSES = ("happened", "uncertain", "not")
THREE = {
    "happened": "happened",
    "ongoing": "happened",
    "recurring": "happened",
    "denied": "not",
    "negated": "not",
}


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer each line with how far its text commits the reader to the trigger's event.

    A firm announcement in edited news commits its reader ("will pay"): it is answered
    as happened here, while `dateline code` tells the same act as planned.
    """
    encoder = Encoder.load() if available() else None
    for row in rows:
        text = parse_question(row["text"])
        token = text.head_of(Span(*row["trigger"]))
        read = encoder.read_report(text) if encoder else None
        yield {"id": row["id"], "status": committed(text, token, read).status}


def score(gold: Sequence[Record], answers: Sequence[Record]) -> dict[str, float]:
    """Return macro-F1 over happened, uncertain and not; no answer counts as wrong.

    >>> score([{"id": 1, "class": "not"}], [{"id": 1, "status": "denied"}])["not F1"]
    1.0
    """
    said = {row["id"]: fold_status(row.get("status")) for row in answers}
    pairs = [(row["class"], said.get(row["id"])) for row in gold]
    found = {f"{name} F1": class_f1(pairs, name) for name in CLASSES}
    whole = sum(found.values()) / len(CLASSES)
    right = sum(want == got for want, got in pairs) / max(1, len(pairs))
    return {"macro F1": whole, **found, "accuracy": right}


def fold_status(status: str | None) -> str | None:
    """Fold a status into happened, uncertain or not; None stays None."""
    return None if status is None else THREE.get(status, "uncertain")


def class_f1(pairs: Sequence[tuple[str, str | None]], name: str) -> float:
    """Return the F1 of one class."""
    both = sum(want == name == got for want, got in pairs)
    sizes = sum((want == name) + (got == name) for want, got in pairs)
    return 2 * both / max(1, sizes)
