"""JSON Lines: one report a line; a bad line is told and the next is read."""

import json
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import replace
from io import TextIOWrapper
from typing import Any, BinaryIO

from dateline.model import Problem, Report, Source
from dateline.model.text import LONGEST
from dateline.read import fields, ninjs
from dateline.read.charset import decode, wide
from dateline.read.identity import identify_report
from dateline.read.members import read_ahead

MOST_BYTES = 12 * LONGEST  # a line has no more where every character is escaped
Line = tuple[int, int | None, bytes]  # number, offset, bytes
__all__ = ["bounded_lines", "identify_report", "read", "report_of_line"]


def read(source: Source) -> Iterator[Report | Problem]:
    """Yield the reports of a JSONL file, line by line."""
    source = read_ahead(source)
    days = fields.Days(source.columns, lambda: stamps_of_lines(source))
    for number, offset, raw in lines_of(source):
        yield report_of_line(source, (number, offset, raw), days)
    yield from days.settled(source)


def lines_of(source: Source) -> Iterator[Line]:
    """Yield the lines of a file that hold something."""
    charset = utf16_order(source.head())
    with source.open() as file:
        for number, offset, raw in bounded_lines(
            Wide(file, charset) if charset else file
        ):
            if raw.strip(b" \t\r\n\xef\xbb\xbf"):
                yield number, None if charset else offset, raw


def stamps_of_lines(source: Source) -> Iterator[Any]:
    """Yield what each line of a file tells of its day; nothing of a pipe's."""
    for _, _, raw in lines_of(source) if source.stream is None else ():
        try:
            found = json.loads(decode_line(raw)[0])
        except (ValueError, RecursionError):
            continue
        yield fields.stamp_of(found, source.columns)


def utf16_order(head: bytes) -> str:
    """Return the UTF-16 that JSON of this head is in, "" for UTF-8."""
    marked = head.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    braced = b"{\0" in head or b"\0{" in head
    return "utf-16" if marked and braced else wide(head)


class Wide:
    """The lines of a file in UTF-16, each in UTF-8."""

    def __init__(self, file: BinaryIO, charset: str) -> None:
        """Read a file in this charset."""
        self.text = TextIOWrapper(file, charset, "replace", newline="\n")

    def readline(self, most: int) -> bytes:
        """Return the next line, or its beginning."""
        return self.text.readline(most).encode("utf-8", "surrogatepass")


def bounded_lines(file: BinaryIO | Wide) -> Iterator[tuple[int, int, bytes]]:
    """Yield the lines of a file; of one that is too long, its beginning alone."""
    number, offset = 0, 0
    while line := file.readline(MOST_BYTES):
        rest, length, number = line, len(line), number + 1
        while not rest.endswith(b"\n") and (rest := file.readline(MOST_BYTES)):
            length += len(rest)
        yield number, offset, line
        offset += length


def report_of_line(
    source: Source, line: Line, days: fields.Days = fields.UNKNOWN
) -> Report | Problem:
    """Return the report that one line holds.

    >>> report_of_line(Source("x"), (1, 0, b'{"id": "a", "text": "Hi."}')).id
    'a'
    """
    number, offset, raw = line
    at = f":{number}"
    if len(raw) >= MOST_BYTES:
        told = f"line of over {MOST_BYTES:,} bytes: give shorter reports"
        return source.problem("too_large", told, at)
    try:
        words, charset = decode_line(raw)
        found = json.loads(words, object_pairs_hook=once_each)
    except (ValueError, RecursionError) as error:
        return source.problem("bad_line", f"line is not JSON: {error}", at)
    if charset:
        source = replace(source, capture=replace(source.capture, charset=charset))
    return of_json(source, found, (at, offset, raw), days)


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object. Raises ValueError where it tells two things under one name."""
    found = dict(pairs)
    if len(found) < len(pairs):
        for name, value in pairs:
            if found[name] != value:
                raise ValueError(f"it tells {name!r} twice")
    return found


def decode_line(raw: bytes) -> tuple[str, str]:
    """Return a line's words, and their charset where it had to be guessed."""
    try:
        return raw.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        found = decode(raw)
        if found is None:
            raise
        return found.text, found.charset


def of_json(
    source: Source,
    found: Any,
    where: tuple[str, int | None, bytes],
    days: fields.Days = fields.UNKNOWN,
) -> Report | Problem:
    """Make a report of one JSON object: an agency's item, or by its columns' names.

    `where` is how its place is told, its offset and its bytes.
    """
    at, offset, raw = where
    if not fields.names_column(source.columns) and ninjs.is_item(found):
        return ninjs.read_ninjs_item(source, found, at)
    capture = source.captured(
        raw.rstrip(b"\r\n"),
        offset=offset,
        length=len(raw),
        found_at=f"{source.found_at}{at}",
    )
    if not isinstance(found, dict):
        return source.problem("bad_line", "it is no object in braces", at)
    try:
        return fields.report_of_row(found, source.columns, capture, days)
    except ValueError as error:
        return source.problem("bad_line", str(error), at)
