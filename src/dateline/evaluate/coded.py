"""Claims of the whole program for rows of gold, as records."""

from collections.abc import Iterable
from typing import Any

from dateline.model import Report
from dateline.model.record import claim_record
from dateline.parts import Options, make_coder
from dateline.read.inputs import complete_report
from dateline.read.moments import parse_moment

Record = dict[str, Any]


def code_rows(rows: Iterable[Record]) -> list[Record]:
    """Return the claims about rows of id, text and perhaps published and outlet."""
    program = make_coder(Options())
    found: list[Record] = []
    for row in rows:
        report = Report(
            id=str(row["id"]),
            text=row["text"],
            outlet=row.get("outlet") or "",
            published=parse_moment(row.get("published")),
        )
        claims = program.code(complete_report(report)).claims
        found += [claim_record(claim, report.text) for claim in claims]
    return found
