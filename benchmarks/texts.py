"""Texts of questions and of gold, read as the program reads reports."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Dating, Parsed, Report, Setting, Why
from dateline.model.record import claim_record
from dateline.nlp.date_formats import parse_moment
from dateline.nlp.en import pack
from dateline.nlp.wire import locate_report, mark_wire
from dateline.pipeline.factory import Options, make_coder

Record = dict[str, Any]
TOLD = Why("times.dating-told.v1")


@lru_cache(maxsize=8)
def parse_question(text: str) -> Parsed:
    """Return the parse of a text, every sentence of it; the last few are remembered."""
    report = Report("question", text)
    return pack.parse(report, pack.sentences(report))


def parse_iso_day(told: str | None) -> date | None:
    """Return the day of an ISO date or date-time, None where it is neither."""
    try:
        return datetime.fromisoformat(told).date() if told else None
    except ValueError:
        return None


def open_without_gate(row: Record) -> tuple[Parsed, Setting]:
    """Return a line's text parsed, no sentence skipped, and its setting."""
    told = parse_iso_day(row.get("published"))
    report = Report(str(row["id"]), row["text"], outlet=row.get("outlet") or "")
    report = mark_wire(replace(report, published=told))
    parsed = pack.parse(report, pack.sentences(report))
    dating = Dating(told, told, told is not None, (TOLD,))
    return parsed, Setting(dating, *locate_report(report))


def report_of_gold(name: str, row: Record) -> Report:
    """Return the report of a row of text and perhaps published and outlet."""
    return complete_report(
        Report(
            id=name,
            text=row["text"],
            outlet=row.get("outlet") or "",
            published=parse_moment(row.get("published")),
        )
    )


def open_text(name: str, row: Record) -> Parsed:
    """Return a text parsed and linked by the whole program, no sentence skipped."""
    program = make_coder(Options(gate=False))
    parsed = program.parse(report_of_gold(name, row))
    return replace(parsed, links=program.cast(parsed).links)


def code_rows(rows: Iterable[Record]) -> list[Record]:
    """Return the claims about rows of id, text and perhaps published and outlet."""
    program = make_coder(Options())
    found: list[Record] = []
    for row in rows:
        claims = program.code(report_of_gold(str(row["id"]), row)).claims
        found += [claim_record(claim, row["text"]) for claim in claims]
    return found
