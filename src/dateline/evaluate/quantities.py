"""`ask quantities`: every count in the sentence of a trigger."""

from collections.abc import Iterable, Iterator
from typing import Any

from dateline.evaluate.parsing import parse_question
from dateline.model import Span
from dateline.model.record import quantity_record
from dateline.quantities import counts_of_sentence

Record = dict[str, Any]


def ask(rows: Iterable[Record]) -> Iterator[Record]:
    """Answer lines of {"id", "text", "trigger"} with the counts told beside the act."""
    for row in rows:
        read = parse_question(row["text"])
        found = counts_of_sentence(read, Span(*row["trigger"]))
        yield {
            "id": row["id"],
            "quantities": [quantity_record(q, row["text"]) for q in found],
        }
