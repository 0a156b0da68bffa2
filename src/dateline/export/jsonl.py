"""JSON Lines: our full model, one claim, event or report a line."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.export.source import Given
from dateline.model.atomic_write import write_aside


def write(given: Given, out: Path) -> None:
    """Write one JSON object a line, in UTF-8."""
    with write_aside(out) as path, path.open("w", encoding="utf-8", newline="\n") as file:
        for found in jsonl_records(given):
            file.write(json.dumps(found, ensure_ascii=False) + "\n")


def jsonl_records(given: Given) -> Iterator[Mapping[str, Any]]:
    """Yield the records to be written."""
    if given.of == "events":
        yield from (event for event, _ in given.events())
    elif given.of == "reports":
        yield from given.reports()
    else:
        # A claim in contract form, with the head of its report beside it.
        yield from ({**claim, **head} for claim, head in given.claims())
