"""A shard as bytes: the codings of some reports in one Parquet file, loss-free."""

import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from dateline.model import Dating, Problem, Report, record
from dateline.model.coding import Coding
from dateline.model.record import (
    Record,
    claim_record,
    iso_day_or_none,
    left_out_record,
    why_record,
)

JSONS = ("report", "dating", "claims", "problems", "left_out")
COLUMNS = (*JSONS, "sentences", "skipped")
Item = tuple[Report, Coding | Problem] | Problem
"""A report with what became of it, or what never became a report."""


def packed(items: Sequence[Item]) -> bytes:
    """Return a Parquet file: a row an item, values as JSON in columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = [pack_item(item) for item in items]
    lists = {name: [found[name] for found in rows] for name in COLUMNS}
    kinds = {"sentences": pa.int64(), "skipped": pa.int64()}
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in COLUMNS])
    out = io.BytesIO()
    pq.write_table(pa.table(lists, schema=schema), out, compression="zstd")
    return out.getvalue()


def pack_item(item: Item) -> dict[str, Any]:
    """Return the row of one item."""
    found: dict[str, Any] = dict.fromkeys(COLUMNS)
    if isinstance(item, Problem):
        return found | {"problems": json_text([problem_record(item)])}
    report, coding = item
    found["report"] = json_text(report_record(report))
    if isinstance(coding, Problem):
        return found | {"problems": json_text([problem_record(coding)])}
    claims = [
        {**claim_record(claim, report.text), "sense": claim.sense.hex()}
        for claim in coding.claims
    ]
    found |= {
        "dating": json_text(day_record(coding.dating)),
        "claims": json_text(claims),
    }
    found["problems"] = json_text([problem_record(p) for p in coding.problems])
    found["left_out"] = json_text([left_out_record(each) for each in coding.left_out])
    return found | {"sentences": coding.sentences, "skipped": coding.skipped}


def json_text(value: Any) -> str:
    """Return a value as JSON."""
    return json.dumps(value, ensure_ascii=False)


def report_record(report: Report) -> Record:
    """Return a report as a record."""
    marks = [[m.kind, m.span.start, m.span.end] for m in report.marks]
    published = report.published.isoformat() if report.published else None
    capture = asdict(report.capture) if report.capture else None
    told = {**asdict(report), "marks": marks, "published": published}
    return {**told, "capture": capture}


def problem_record(found: Problem) -> Record:
    """Return a problem as a record, without raw bytes."""
    capture = asdict(found.capture) if found.capture else None
    names = ("report_id", "stage", "code", "message")
    return {**{n: getattr(found, n) for n in names}, "capture": capture}


def day_record(found: Dating) -> Record:
    """Return the day of a report as a record."""
    reasons = [why_record(reason) for reason in found.why]
    days = {
        "earliest": iso_day_or_none(found.earliest),
        "latest": iso_day_or_none(found.latest),
    }
    return {**days, "told": found.told, "why": reasons}


def unpack_shard(raw: bytes) -> Iterator[Item]:
    """Yield what a shard holds, as it was."""
    import pyarrow.parquet as pq

    for found in pq.read_table(io.BytesIO(raw)).to_pylist():
        problems = [record.revive_problem(p) for p in json.loads(found["problems"])]
        if found["report"] is None:
            yield problems[0]
            continue
        report = record.revive_report(json.loads(found["report"]))
        if found["claims"] is None:
            yield report, problems[0]
            continue
        claims = tuple(map(record.revive_claim, json.loads(found["claims"])))
        of = record.revive_dating(json.loads(found["dating"]))
        # A shard of an older version has no such column.
        rest = tuple(
            map(record.revive_left_out, json.loads(found.get("left_out") or "[]"))
        )
        counted = (found["sentences"], found["skipped"])
        yield report, Coding(report, of, claims, tuple(problems), *counted, rest)
