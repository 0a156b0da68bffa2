"""CSV and its kin, and Parquet: a report a row, by the names of its columns."""

import csv
import io
import json
import re
from collections.abc import Iterator
from textwrap import shorten
from typing import Any, BinaryIO

from dateline.ingest.reading import fields
from dateline.ingest.reading.charset import decode, undo_double_encoding
from dateline.ingest.reading.compression import read_ahead
from dateline.model import Problem, Report, Source
from dateline.model.text import LONGEST

DELIMITERS = ",\t;|"
SAMPLE = 1 << 16
OF_EXCEL = re.compile(r"sep=([,;|\t])", re.I)
ESCAPED = re.compile("[\udc80-\udcff]")  # bytes that are no UTF-8


def read_csv(source: Source) -> Iterator[Report | Problem]:
    """Yield the reports of a CSV file, row by row."""
    csv.field_size_limit(4 * LONGEST)
    source = read_ahead(source)
    with source.open() as file:
        lines = Lines(file)
        header = lines.header()
        if problem := missing_text_column(source, header):
            yield problem
            return
        days = fields.Days(source.columns, lambda: stamps_of_table(source))
        yield from read_table_rows(source, lines, header, days)
        yield from days.settled(source)


def stamps_of_table(source: Source) -> Iterator[Any]:
    """Yield what each row of a table tells of its day; nothing of a pipe's."""
    if source.stream is not None:
        return
    with source.open() as file:
        lines = Lines(file)
        header = lines.header()
        while True:
            try:
                cells = next(lines.reader, None)
            except csv.Error:
                cells = []
            lines.taken()
            if cells is None:
                return
            row = dict(zip(header, cells, strict=False))
            yield fields.stamp_of(row, source.columns)


class Lines:
    """Decoded lines of a file, with those of the row being read kept."""

    def __init__(self, file: BinaryIO) -> None:
        """Find out the charset and the delimiter from the beginning."""
        given: Any = file
        if not isinstance(given, io.BufferedReader):  # it is to be peeked into
            given = io.BufferedReader(given, SAMPLE)
        buffered: io.BufferedReader = given
        head = buffered.peek(SAMPLE)[:SAMPLE]
        whole = head[: head.rfind(b"\n") + 1] or head
        found = decode(whole)
        named = (found.charset if found else "").partition(" ")[0]
        encoding = "utf-8-sig" if not named or named.startswith("utf-8") else named
        if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
            encoding = "utf-16"
        self.twice = bool(found and found.charset.endswith("twice"))
        errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
        self.text = io.TextIOWrapper(buffered, encoding, errors, newline="")
        self.kept: list[str] = []
        first = next(iter(found.text.splitlines()), "") if found else ""
        named_by_excel = OF_EXCEL.fullmatch(first.lstrip("\ufeff"))
        self.delimiter = max(DELIMITERS, key=first.count)
        if named_by_excel:
            self.delimiter = named_by_excel[1]
            self.text.readline()
        self.reader = csv.reader(self, delimiter=self.delimiter, strict=True)

    def __iter__(self) -> Iterator[str]:
        """Yield lines, each kept until it is taken."""
        for line in self.text:
            self.kept.append(line)
            yield (
                (undo_double_encoding(line) or line) if self.twice else mend_charset_of_line(line)
            )

    def taken(self) -> bytes:
        """Return the lines of the row just read, and forget them."""
        raw = "".join(self.kept).encode("utf-8", "surrogateescape")
        self.kept.clear()
        return raw

    def header(self) -> list[str]:
        """Return the names of the columns."""
        try:
            names = next(self.reader, [])
        except csv.Error:
            names = []
        self.taken()
        return [name.strip().lstrip("\ufeff") for name in names]


def mend_charset_of_line(line: str) -> str:
    """Return a line with what was no UTF-8 in it read as the line's own charset.

    >>> mend_charset_of_line("Jos\\udce9, Per\\udcfa")
    'José, Perú'
    """
    if line.isascii() or not ESCAPED.search(line):
        return line
    raw = line.encode("utf-8", "surrogateescape")
    found = decode(raw)
    return found.text if found else raw.decode("utf-8", "replace")


def missing_text_column(source: Source, header: list[str]) -> Problem | None:
    """Return the problem of a table without a column for the text."""
    row = dict.fromkeys(header, "")
    try:
        found = fields.pick_cell(row, "text", source.columns)
    except fields.NoColumn as error:
        return source.problem("no_column", str(error))
    if found is not None:
        return None
    there = shorten(", ".join(header), 200, placeholder=" …")
    why = f"no column 'text' (there are {there}): name it with --columns text=NAME"
    return source.problem("no_column", why)


def make_row_report(
    source: Source, row: dict[str, Any], where: tuple[str, bytes], days: fields.Days
) -> Report | Problem:
    """Return the report of one row, which stands at a place with these bytes."""
    at, raw = where
    place = f"{source.capture.found_at or source.found_at}{at}"
    try:
        capture = source.captured(raw, found_at=place)
        return fields.report_of_row(row, source.columns, capture, days)
    except ValueError as error:
        return source.problem("bad_line", str(error), at)


def read_table_rows(
    source: Source, lines: Lines, header: list[str], days: fields.Days
) -> Iterator[Report | Problem]:
    """Yield a report or a problem for each row."""
    while True:
        at = f":{lines.reader.line_num + 1}"
        try:
            cells = next(lines.reader, None)
        except csv.Error as error:
            cut = "unexpected end" in str(error)
            why = "a quotation mark never closes; file incomplete" if cut else error
            lines.taken()
            yield source.problem("truncated" if cut else "bad_line", str(why), at)
            continue
        raw = lines.taken()
        if cells is None:
            return
        if any(cells[len(header) :]):
            why = f"{len(cells)} cells under {len(header)} columns: quote each cell"
            yield source.problem("bad_line", f"{why} that holds the delimiter", at)
        elif any(cells):
            found = dict(zip(header, cells, strict=False))
            yield make_row_report(source, found, (at, raw), days)
            if len(cells) < len(header):
                told = f"{len(cells)} cells under {len(header)} columns"
                why = f"{told}: read as if the last were empty"
                yield source.problem("bad_line", why, f"{at}#cells")


BATCH = 64  # rows held at once


def read_parquet(source: Source) -> Iterator[Report | Problem]:
    """Yield the reports of a Parquet file, row by row."""
    try:
        import pyarrow as arrow
        from pyarrow.parquet import ParquetFile
    except ImportError:
        why = "Parquet: pip install '.[parquet]' in the clone"
        yield source.problem("needs_extra", why)
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
    wanted = {*fields.match_columns(tuple(names)).values(), *dict(source.columns).values()}
    days = fields.Days(source.columns, lambda: stamps_of_parquet(file, source))
    number = 0
    for batch in file.iter_batches(BATCH, columns=[n for n in names if n in wanted]):
        for found in batch_rows(batch):
            number += 1
            if found is None:
                why = "a string that is not UTF-8"
                yield source.problem("bad_line", why, f":{number}")
            else:
                told = json.dumps(found, sort_keys=True, default=str, ensure_ascii=False)
                kept = told.encode("utf-8", "surrogatepass")
                yield make_row_report(source, found, (f":{number}", kept), days)
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
