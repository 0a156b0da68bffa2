"""A JSON file that is one value: reports in a list, ninjs items, or JSON Lines."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dateline.model import Problem, Report, Source
from dateline.model.source import HEAD, TooLarge
from dateline.read import fields, jsonl, ninjs
from dateline.read.charset import decode
from dateline.read.formats import BLANK

MOST_BYTES = 64 << 20
WORD = re.compile(r"\S")
DECODER = json.JSONDecoder(object_pairs_hook=jsonl.once_each)
LISTS = ("articles", "items", "reports", "results", "data", "documents", "hits", "docs")


def read(source: Source) -> Iterator[Report | Problem]:
    """Yield the reports of a JSON file."""
    if looks_like_jsonl(beginning(source).lstrip(BLANK)):
        yield from jsonl.read(source)
        return
    try:
        raw = source.read(MOST_BYTES)
        if looks_like_jsonl(raw.lstrip(BLANK)):
            yield from jsonl.read(replace(source, raw=raw, stream=None))
            return
        found, wrong = values(raw)
    except TooLarge as error:
        why = f"a JSON file of {error}: give JSON Lines, one report a line"
        yield source.problem("too_large", why)
        return
    if wrong and not found:
        yield source.problem("damaged", f"no JSON: {wrong}")
        return
    items = list_json_items(found[0] if len(found) == 1 else found)
    if not items:
        yield source.problem("not_a_report", "JSON without a list of reports")
    stamps = [fields.stamp_of(item, source.columns) for item in items]
    days = fields.Days(source.columns, lambda: stamps)
    for number, item in enumerate(items, 1):
        yield read_json_item(source, item, f"#{number}", days)
    yield from days.settled(source)
    if wrong:
        yield source.problem("truncated", f"{wrong}; file incomplete", "#end")


def values(raw: bytes) -> tuple[list[Any], str]:
    """Return the values that stand one after the other, and why it ends early.

    >>> values(b'{"id": "a"} {"id": "b"} {"id')[0]
    [{'id': 'a'}, {'id': 'b'}]
    """
    words = decode_json(raw)
    found: list[Any] = []
    at = len(words) - len(words.lstrip())
    while at < len(words):
        try:
            value, end = DECODER.raw_decode(words, at)
        except (ValueError, RecursionError) as error:
            return found, str(error)
        found.append(value)
        following = WORD.search(words, end)
        at = following.start() if following else len(words)
    return found, ""


def decode_json(raw: bytes) -> str:
    """Return the words of a JSON file, of another charset than Unicode too."""
    try:
        words = raw.decode(json.detect_encoding(raw), "surrogatepass")
    except UnicodeDecodeError:
        found = decode(raw)
        words = found.text if found else ""
    return words.removeprefix("\ufeff")


def beginning(source: Source) -> bytes:
    """Return the first line and some of the next; of a pipe what can be seen of it."""
    if source.stream is not None:
        return source.head()
    with source.open() as file:
        return file.readline(jsonl.MOST_BYTES) + file.read(HEAD)


def looks_like_jsonl(head: bytes) -> bool:
    """Whether a file's head is a whole object on its first line: JSON Lines."""
    first, newline, rest = head.partition(b"\n")
    if not first.rstrip().endswith(b"}") or not newline or rest.lstrip()[:1] != b"{":
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def list_json_items(found: Any) -> list[Any]:
    """Return the items of a file: its list, the list it names, or itself."""
    if isinstance(found, list):
        return found
    if isinstance(found, dict) and not ninjs.is_item(found):
        for name in LISTS:
            if isinstance(found.get(name), list):
                return list(found[name])
    return [found] if isinstance(found, dict) else []


def read_json_item(
    source: Source, item: Any, at: str, days: fields.Days
) -> Report | Problem:
    """Return the report of one item."""
    raw = json.dumps(item, sort_keys=True, ensure_ascii=False)
    kept = raw.encode("utf-8", "surrogatepass")
    return jsonl.of_json(source, item, (at, None, kept), days)
