"""JSON Lines: one report a line; a bad line is told and the next is read."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from dateline.model import Problem, Report
from dateline.model.text import LONGEST

MOST_BYTES = 12 * LONGEST  # a line has no more where every character is escaped
FIELDS = ("title", "outlet", "url", "language")


def read(path: Path, name: str) -> Iterator[Report | Problem]:
    """Yield the reports of a JSONL file, line by line."""
    with path.open("rb") as file:
        yield from rows(bounded(file), name)


def bounded(file: BinaryIO, first: bytes = b"") -> Iterator[bytes]:
    """Yield the lines of a file; of one that is too long, its beginning alone."""
    line = first or file.readline(MOST_BYTES)
    while line:
        rest = line
        while not rest.endswith(b"\n") and (rest := file.readline(MOST_BYTES)):
            pass
        yield line
        line = file.readline(MOST_BYTES)


def rows(lines: Any, name: str) -> Iterator[Report | Problem]:
    """Yield a report, or a problem with its line number, for each line of bytes."""
    for number, raw in enumerate(lines, 1):
        if raw.strip():
            yield row(raw, f"{name}:{number}")


def row(raw: bytes, at: str) -> Report | Problem:
    """Return the report that one line holds.

    >>> row(b'{"id": "a", "text": "Hi."}', "x:1").id
    'a'
    """
    if len(raw) >= MOST_BYTES:
        told = f"line of over {MOST_BYTES:,} bytes: give shorter reports"
        return Problem(at, "read", "too_large", told)
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Problem(at, "read", "bad_line", f"line is not JSON: {error}")
    if not isinstance(found, dict) or not isinstance(found.get("text"), str):
        return Problem(at, "read", "bad_line", 'a report needs a "text" in quotes')
    return report(found, at)


def report(found: dict[str, Any], at: str) -> Report | Problem:
    """Make a report of one JSON object."""
    try:
        published = moment(found.get("published"))
    except ValueError:
        told = f"published {found['published']!r} is no ISO date"
        return Problem(at, "read", "bad_line", told)
    title, outlet, url, language = (whole(str(found.get(key) or "")) for key in FIELDS)
    return Report(
        id=whole(str(found.get("id") or at)),
        text=whole(found["text"]),
        title=title,
        outlet=outlet,
        url=url,
        language=language,
        published=published,
    )


def whole(words: str) -> str:
    """Return words with half surrogate pairs replaced, which no file can hold.

    >>> whole("a\\ud800b")
    'a�b'
    """
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def moment(told: Any) -> date | datetime | None:
    """Return the day or moment that an ISO string tells.

    Raises ValueError for anything else.

    >>> moment("2019-01-08")
    datetime.date(2019, 1, 8)
    """
    if told is None or told == "":
        return None
    if not isinstance(told, str):
        raise ValueError(told)
    if len(told) == len("2019-01-08"):
        return date.fromisoformat(told)
    return datetime.fromisoformat(told)
