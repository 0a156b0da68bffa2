"""Plain text: the whole file is one report, and nobody tells us its date."""

from collections.abc import Iterator
from pathlib import Path

from dateline.model import Problem, Report
from dateline.model.text import LONGEST
from dateline.read.bytes import decode

MOST_BYTES = 4 * LONGEST + 4  # no text of LONGEST characters has more


def read(path: Path, name: str) -> Iterator[Report | Problem]:
    """Yield the one report in a text file."""
    with path.open("rb") as file:
        yield whole(file.read(MOST_BYTES), name)


def whole(raw: bytes, name: str) -> Report | Problem:
    """Return the report that these bytes are, or what is wrong with them."""
    if len(raw) >= MOST_BYTES:
        why = f"over {LONGEST:,} characters: cut it into single reports"
        return Problem(name, "read", "too_large", why)
    text = decode(raw)
    if text is None:
        why = "binary data, not text: give plain text or JSONL"
        return Problem(name, "read", "unreadable", why)
    return Report(name, text, language="")
