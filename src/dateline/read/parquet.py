"""Parquet: a report a row, by the names of its columns, where pyarrow is installed."""

import json
from collections.abc import Iterator
from typing import Any

from dateline.model import Problem, Report, Source
from dateline.read import fields
from dateline.read.table import missing_text_column

BATCH = 64  # rows held at once


def read(source: Source) -> Iterator[Report | Problem]:
    """Yield the reports of a Parquet file, row by row."""
    try:
        import pyarrow as arrow
        from pyarrow.parquet import ParquetFile
    except ImportError:
        yield source.problem(
            "needs_extra", "Parquet: pip install '.[parquet]' in the clone"
        )
        return
    try:
        with source.open() as file:
            opened = ParquetFile(file, page_checksum_verification=True)
            yield from read_parquet_rows(source, opened)
    except (arrow.ArrowException, OSError) as error:
        yield source.problem("damaged", f"no sound Parquet file: {error}"[:200])


def read_parquet_rows(source: Source, file: Any) -> Iterator[Report | Problem]:
    """Yield a report or a problem for each row."""
    names = file.schema_arrow.names
    if problem := missing_text_column(source, names):
        yield problem
        return
    wanted = {
        *fields.match_columns(tuple(names)).values(),
        *dict(source.columns).values(),
    }
    days = fields.Days(source.columns, lambda: stamps_of_parquet(file, source))
    number = 0
    for batch in file.iter_batches(BATCH, columns=[n for n in names if n in wanted]):
        for found in batch_rows(batch):
            number += 1
            if found is None:
                why = "a string that is not UTF-8"
                yield source.problem("bad_line", why, f":{number}")
            else:
                yield report_of_parquet_row(source, found, f":{number}", days)
    yield from days.settled(source)


def stamps_of_parquet(file: Any, source: Source) -> Iterator[Any]:
    """Yield what each row tells of its day."""
    names = dict.fromkeys(file.schema_arrow.names)
    name = fields.match_columns(tuple(names)).get("published")
    name = dict(source.columns).get("published", name)
    if name is None:
        return
    for batch in file.iter_batches(columns=[name]):
        for found in batch_rows(batch):
            yield (found or {}).get(name)


def batch_rows(batch: Any) -> list[dict[str, Any] | None]:
    """Return the rows of a batch; None for one with a string that cannot be read."""
    try:
        found: list[dict[str, Any] | None] = batch.to_pylist()
        return found
    except UnicodeDecodeError:
        if batch.num_rows == 1:
            return [None]
        alone = (batch.slice(at, 1) for at in range(batch.num_rows))
        return [one for row in alone for one in batch_rows(row)]


def report_of_parquet_row(
    source: Source, found: dict[str, Any], at: str, days: fields.Days
) -> Report | Problem:
    """Return the report of one row."""
    raw = json.dumps(found, sort_keys=True, default=str, ensure_ascii=False)
    where = f"{source.capture.found_at or source.found_at}{at}"
    kept = raw.encode("utf-8", "surrogatepass")
    try:
        capture = source.captured(kept, found_at=where)
        return fields.report_of_row(found, source.columns, capture, days)
    except ValueError as error:
        return source.problem("bad_line", str(error), at)
