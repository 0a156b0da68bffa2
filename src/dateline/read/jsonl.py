"""JSON Lines: one report a line; a bad line is told and the next is read."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dateline.model import Problem, Report

FIELDS = ("title", "outlet", "url", "language")


def read(path: Path, name: str) -> Iterator[Report | Problem]:
    """Yield the reports of a JSONL file, line by line."""
    with path.open("rb") as lines:
        yield from rows(lines, name)


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
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
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
    text = found["text"].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    title, outlet, url, language = (str(found.get(key) or "") for key in FIELDS)
    return Report(
        id=str(found.get("id") or at),
        text=text,
        title=title,
        outlet=outlet,
        url=url,
        language=language,
        published=published,
    )


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
