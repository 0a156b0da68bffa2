"""`ask copies`: which reports share wire copy, and how much of the shorter."""

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.merge.copies import copies

Record = dict[str, Any]


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer with a line for each pair of reports that share copy."""
    for found in copies((row["id"], row["text"]) for row in rows):
        yield {"a": found.a, "b": found.b, "shared": found.shared}
