"""JSON: a report a line, a file that is one value, and ninjs 1.x to 3.x.

Of lines a bad one is told and the next is read.
"""

import json
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator
from dataclasses import replace
from io import TextIOWrapper
from typing import Any, BinaryIO

from dateline.ingest.reading import fields
from dateline.ingest.reading.charset import decode, linear_text, replace_surrogates, sniff_utf16
from dateline.ingest.reading.compression import read_ahead
from dateline.ingest.reading.fields import match_columns
from dateline.ingest.reading.formats import BLANK
from dateline.model import Problem, Report, Source
from dateline.model.source import HEAD, TooLarge
from dateline.model.text import LONGEST
from dateline.nlp.date_formats import parse_stamp
from dateline.nlp.report_identity import name_outlet

MOST_BYTES = 12 * LONGEST  # a line has no more where every character is escaped
Line = tuple[int, int | None, bytes]  # number, offset, bytes


def read_jsonl(source: Source) -> Iterator[Report | Problem]:
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
        for number, offset, raw in bounded_lines(Wide(file, charset) if charset else file):
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
    return "utf-16" if marked and braced else sniff_utf16(head)


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
    return report_of_json(source, found, (at, offset, raw), days)


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


def report_of_json(
    source: Source,
    found: Any,
    where: tuple[str, int | None, bytes],
    days: fields.Days = fields.UNKNOWN,
) -> Report | Problem:
    """Make a report of one JSON object: an agency's item, or by its columns' names.

    `where` is how its place is told, its offset and its bytes.
    """
    at, offset, raw = where
    if not fields.names_column(source.columns) and is_ninjs_item(found):
        return read_ninjs_item(source, found, at)
    capture = source.captured(
        raw.rstrip(b"\r\n"), offset=offset, length=len(raw), found_at=f"{source.found_at}{at}"
    )
    if not isinstance(found, dict):
        return source.problem("bad_line", "it is no object in braces", at)
    try:
        return fields.report_of_row(found, source.columns, capture, days)
    except ValueError as error:
        return source.problem("bad_line", str(error), at)


MOST_FILE_BYTES = 64 << 20
WORD = re.compile(r"\S")
DECODER = json.JSONDecoder(object_pairs_hook=once_each)
LISTS = ("articles", "items", "reports", "results", "data", "documents", "hits", "docs")


def read_json(source: Source) -> Iterator[Report | Problem]:
    """Yield the reports of a JSON file."""
    if looks_like_jsonl(beginning(source).lstrip(BLANK)):
        yield from read_jsonl(source)
        return
    try:
        raw = source.read(MOST_FILE_BYTES)
        if looks_like_jsonl(raw.lstrip(BLANK)):
            yield from read_jsonl(replace(source, raw=raw, stream=None))
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
        told = json.dumps(item, sort_keys=True, ensure_ascii=False)
        kept = told.encode("utf-8", "surrogatepass")
        yield report_of_json(source, item, (f"#{number}", None, kept), days)
    yield from days.settled(source)
    if wrong:
        yield source.problem("truncated", f"{wrong}; file incomplete", "#end")


def values(raw: bytes) -> tuple[list[Any], str]:
    """Return the values that stand one after the other, and why it ends early.

    >>> values(b'{"id": "a"} {"id": "b"} {"id')[0]
    [{'id': 'a'}, {'id': 'b'}]
    """
    try:
        words = raw.decode(json.detect_encoding(raw), "surrogatepass")
    except UnicodeDecodeError:  # of another charset than Unicode
        known = decode(raw)
        words = known.text if known else ""
    words = words.removeprefix("\ufeff")
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


def beginning(source: Source) -> bytes:
    """Return the first line and some of the next; of a pipe what can be seen of it."""
    if source.stream is not None:
        return source.head()
    with source.open() as file:
        return file.readline(MOST_BYTES) + file.read(HEAD)


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
    if isinstance(found, dict) and not is_ninjs_item(found):
        for name in LISTS:
            if isinstance(found.get(name), list):
                return list(found[name])
    return [found] if isinstance(found, dict) else []


BODIES = ("body_text", "body_html", "body_xhtml", "bodies")
TIMES = ("versionCreated", "versioncreated", "firstCreated", "firstcreated")
FIRST = ("firstCreated", "firstcreated", "contentCreated", "contentcreated", *TIMES)
OTHERS = ("picture", "graphic", "audio", "video")  # than text
WEB = ("http://", "https://")
USABLE = ("", "usable", "stat:usable")


def is_ninjs_item(found: Any) -> bool:
    """Whether a JSON value is a ninjs item.

    >>> is_ninjs_item({"uri": "urn:1", "body_text": "Kim left."})
    True
    >>> is_ninjs_item({"text": "x"})
    False
    """
    if not isinstance(found, dict) or "text" in found:
        return False
    standard = found.get("standard")
    named = isinstance(standard, dict) and standard.get("name") == "ninjs"
    told = any(name in found for name in (*TIMES, "headlines", *BODIES))
    other = found.get("type") in OTHERS and "text" not in match_columns(tuple(found))
    return named or ("uri" in found and (told or other))


def read_ninjs_item(source: Source, found: dict[str, Any], at: str) -> Report | Problem:
    """Return the report of one item, or why it holds none."""
    status = str(found.get("pubStatus") or found.get("pubstatus") or "")
    if status.lower() not in USABLE:
        return source.problem("withdrawn", f"its agency says: {status}", at)
    kind = str(found.get("type") or "text")
    text = ninjs_body(found)
    if not text:
        code = "not_a_report" if kind in ("text", "composite") else "no_report_record"
        return source.problem(code, f"an item of type {kind} without words", at)
    raw = json.dumps(found, sort_keys=True, ensure_ascii=False)
    addresses = (found.get(name) for name in ("url", "altids", "uri"))
    url = next((squeeze_line(one) for one in addresses if str(one).startswith(WEB)), "")
    authors = found.get("byline") or found.get("by") or ""
    if isinstance(authors, list):
        told = (str(b.get("value", "")) for b in authors if isinstance(b, dict))
        authors = ", ".join(told)
    # When it was first made public.
    stamps = (parse_stamp(found.get(n)) for n in FIRST if isinstance(found.get(n), str))
    where = f"{source.capture.found_at or source.found_at}{at}"
    kept = raw.encode("utf-8", "surrogatepass")
    made = Report(
        id=squeeze_line(found.get("uri")),
        text=replace_surrogates(text),
        title=ninjs_headline(found),
        outlet=ninjs_outlet(found),
        url=url,
        language=squeeze_line(found.get("language")).partition("-")[0].lower(),
        published=next(filter(None, stamps), None),
        byline=squeeze_line(authors),
        capture=source.captured(kept, found_at=where, url=url),
    )
    return name_outlet(made)


def ninjs_body(found: dict[str, Any]) -> str:
    """Return the main text of an item, as plain words; of renditions the best."""
    if isinstance(words := found.get("body_text"), str) and words.strip():
        return words
    for name in ("body_html", "body_xhtml"):
        if isinstance(words := found.get(name), str) and words.strip():
            return linear_text(words)
    best, text = -1, ""
    bodies = found.get("bodies")
    for part in bodies if isinstance(bodies, list) else []:
        words = part.get("value") if isinstance(part, dict) else None
        if not isinstance(words, str) or not words.strip():
            continue
        kind = str(part.get("contentType") or part.get("contenttype") or "")
        main = str(part.get("role") or "main") in ("main", "body", "default")
        plain = "html" not in kind and "xml" not in kind and "<p" not in words[:200]
        if 2 * main + plain > best:
            best = 2 * main + plain
            text = words if plain else linear_text(words)
    return text


def ninjs_headline(found: dict[str, Any]) -> str:
    """Return the headline of an item."""
    heads = found.get("headlines")
    if isinstance(heads, list):
        told = [h for h in heads if isinstance(h, dict) and h.get("value")]
        main = [h for h in told if h.get("role") in (None, "main", "headline")]
        return squeeze_line((main or told)[0]["value"]) if told else ""
    return squeeze_line(found.get("headline") or found.get("title"))


def ninjs_outlet(found: dict[str, Any]) -> str:
    """Return the agency of an item; its organisations are those that it mentions."""
    for name in ("infoSources", "infosources", "infosource", "provider"):
        many = found.get(name)
        for each in many if isinstance(many, list) else [many]:
            if isinstance(each, dict) and each.get("name"):
                return squeeze_line(each["name"])
            if isinstance(each, str) and name == "provider":
                return squeeze_line(each)
    return squeeze_line(found.get("copyrightHolder") or found.get("copyrightholder"))


def squeeze_line(told: Any) -> str:
    """Return words on one line, "" for what are none."""
    return replace_surrogates(" ".join(told.split()))[:2000] if isinstance(told, str) else ""
