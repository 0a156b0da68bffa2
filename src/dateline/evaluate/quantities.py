"""`ask quantities`: every count in the sentence of a trigger."""

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.evaluate.parsing import parsed
from dateline.model import Span
from dateline.model.record import quantity
from dateline.quantities import counts

Record = dict[str, Any]


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer lines of {"id", "text", "trigger"} with the counts told beside the act."""
    for row in rows:
        read = parsed(row["text"])
        found = counts(read, Span(*row["trigger"]))
        yield {"id": row["id"], "quantities": [quantity(q, row["text"]) for q in found]}
