"""Claims of the whole program for rows of gold, as records."""

from collections.abc import Iterable
from typing import Any

from dateline.model import Report
from dateline.model.record import record
from dateline.parts import Options, coder
from dateline.read.inputs import known
from dateline.read.moments import moment

Record = dict[str, Any]


def coded(rows: Iterable[Record]) -> list[Record]:
    """Return the claims about rows of id, text and perhaps published and outlet."""
    program = coder(Options())
    found: list[Record] = []
    for row in rows:
        report = Report(
            id=str(row["id"]),
            text=row["text"],
            outlet=row.get("outlet") or "",
            published=moment(row.get("published")),
        )
        claims = program.code(known(report)).claims
        found += [record(claim, report.text) for claim in claims]
    return found
