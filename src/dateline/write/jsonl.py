"""JSON Lines: our full model, one claim, event or report a line."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dateline.model.aside import write_aside
from dateline.write.given import Given, Record, Told


def write(given: Given, out: Path) -> None:
    """Write one JSON object a line, in UTF-8."""
    with (
        write_aside(out) as path,
        path.open("w", encoding="utf-8", newline="\n") as file,
    ):
        for found in jsonl_records(given):
            file.write(json.dumps(found, ensure_ascii=False) + "\n")


def jsonl_records(given: Given) -> Iterator[Mapping[str, Any]]:
    """Yield the records to be written."""
    if given.of == "events":
        yield from (event for event, _ in given.events())
    elif given.of == "reports":
        yield from given.reports()
    else:
        yield from map(claim_with_head, given.claims())


def claim_with_head(told: Told) -> Record:
    """Return a claim in contract form with the head of its report beside it."""
    claim, head = told
    return {**claim, **head}
