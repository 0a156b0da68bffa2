"""Plain text: the whole file is one report, and nobody tells us its date."""

from collections.abc import Iterator
from pathlib import Path

from dateline.model import Problem, Report
from dateline.read.bytes import decode


def read(path: Path, name: str) -> Iterator[Report | Problem]:
    """Yield the one report in a text file."""
    yield whole(path.read_bytes(), name)


def whole(raw: bytes, name: str) -> Report | Problem:
    """Return the report that these bytes are, or what is wrong with them."""
    text = decode(raw)
    if text is None:
        why = "binary data, not text: give plain text or JSONL"
        return Problem(name, "read", "unreadable", why)
    return Report(name, text, language="")
