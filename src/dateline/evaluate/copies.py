"""`ask copies`: which reports share wire copy, and how much of the shorter."""

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.merge.copies import copies

Record = dict[str, Any]


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer with a line for each pair of reports that share copy."""
    given = list(rows)
    names = {str(row["id"]): row["id"] for row in given}  # numbers here, words there
    for found in copies((str(row["id"]), row["text"]) for row in given):
        yield {"a": names[found.a], "b": names[found.b], "shared": found.shared}
