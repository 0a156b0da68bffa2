"""WARC files, plain, gzip or zstd: each response with a page or a feed is a source."""

from collections.abc import Iterator
from dataclasses import replace
from textwrap import shorten
from typing import Any

from dateline.model import Capture, Problem, Source
from dateline.read import said
from dateline.read.frames import Fault, Record, frame_records
from dateline.read.http import OtherPacking, decode_body
from dateline.read.packed import MOST_DECODED, choose_decoder

FETCHED = ("response", "resource", "conversion")
WELL = 200
KINDS = {
    "text/html": "",
    "application/xhtml+xml": "html",
    "text/plain": "txt",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "text/xml": "",
    "application/xml": "",
    "application/pdf": "pdf",
    "application/json": "json",
    "application/ld+json": "json",
    "": "",
}


def read(source: Source) -> Iterator[Problem | Source]:
    """Yield the sources that the records of a WARC file hold."""
    head = source.head()
    with source.open() as file:
        for found in frame_records(choose_decoder(file, head, source.ending)):
            if isinstance(found, Fault):
                yield damaged_record(source, found)
            else:
                yield from read_record(source, found)


def damaged_record(source: Source, found: Fault) -> Problem:
    """Return the problem of a record that could not be read."""
    why = f"record at byte {found.offset:,}: {found.why}"
    if found.incomplete:
        why += "; file incomplete"
    return source.problem(found.code, why, f"@{found.offset}")


def read_record(source: Source, found: Record) -> Iterator[Problem | Source]:
    """Yield the page of one record, or why it holds none; and whether it breaks off."""
    at = f"@{found.offset}" + (f"+{found.within}" if found.within else "")
    try:
        yield from list(page_source(source, parse_record(found), at, found))
    except Exception as error:  # noqa: BLE001  a library's fault costs one record
        why = shorten(f"{type(error).__name__}: {error}", 200)
        yield source.problem("bad_record", why, at)


def parse_record(found: Record) -> Any:
    """Return a record as the library has it."""
    from fastwarc.warc import WarcRecord

    return WarcRecord.from_bytes(found.head + found.block + b"\r\n\r\n")


def body_of(record: Any, found: Record) -> tuple[bytes, bool]:
    """Return the body of a record whose head is parsed, and whether it is whole."""
    told = record.http_headers or {}
    raw = record.reader.read()
    names = {"te": "Transfer-Encoding", "ce": "Content-Encoding"}
    packed = {key: told.get(name) or "" for key, name in names.items()}
    length = "" if packed["te"] else (told.get("Content-Length") or "").strip()
    lacking = length.isdecimal() and len(length) < 16 and len(raw) < int(length)
    try:
        unpacked, whole = decode_body(raw, packed, MOST_DECODED)
    except OtherPacking:
        again = parse_record(found)
        again.parse_http(auto_decode="all", quirks_mode=True, strict_mode=False)
        unpacked, whole = again.reader.read(MOST_DECODED + 1), True
    return unpacked, whole and not lacking


def page_source(
    source: Source, record: Any, at: str, found: Record
) -> Iterator[Problem | Source]:
    """Yield the source of one record that was fetched well, and a cut in it."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    if why := no_report(record, url):
        yield source.problem("no_report_record", why, at)
        return
    if record.headers.get("WARC-Block-Digest") and not sound(record):
        yield source.problem("bad_digest", "its bytes are not those it was made of", at)
        return
    status, mime, declared = answer_status(record)
    if (status and status != WELL) or mime not in KINDS:
        why = f"HTTP {status}" if status not in (0, WELL) else mime
        yield source.problem("no_report_record", why, at)
        return
    raw, whole = body_of(record, found)
    if len(raw) > MOST_DECODED:
        yield source.problem("too_large", f"over {MOST_DECODED:,} bytes decoded", at)
        return
    capture = Capture(
        found_at=f"{source.found_at}{at}",
        offset=found.offset,
        length=len(found.block),
        url=url,
        fetched=record.headers.get("WARC-Date") or "",
        tool=source.capture.tool or "WARC",
        charset=declared,
    )
    made = replace(source, path="", raw=raw, stream=None, kind=KINDS[mime])
    told = said.read_kept_header(record.headers)
    yield replace(made, found_at=capture.found_at, capture=capture, said=told)
    if cut := record.headers.get("WARC-Truncated") or ("" if whole else "in transit"):
        why = f"its page was cut ({cut}): what there is of it is read"
        yield source.problem("truncated", why, f"{at}#end")


def answer_status(record: Any) -> tuple[int, str, str]:
    """Return the status of a record's answer, its content type and its charset."""
    if not record.is_http:
        mime = record.headers.get("Content-Type") or ""
        return 0, bare_content_type(mime), charset(mime)
    record.parse_http(auto_decode="none", quirks_mode=True, strict_mode=False)
    mime = record.http_content_type or ""
    status = record.http_headers.status_code or 0
    return status, bare_content_type(mime), record.http_charset or charset(mime)


def charset(kind: str) -> str:
    """Return the charset that a content type tells, "" for none.

    >>> charset("text/html; charset=koi8-r")
    'koi8-r'
    """
    return kind.partition("charset=")[2].partition(";")[0].strip()


def bare_content_type(kind: str) -> str:
    """Return a content type without what stands after it."""
    return kind.partition(";")[0].strip().lower()


def no_report(record: Any, url: str) -> str:
    """Return of what kind a record is, where that kind holds no report."""
    kind = str(record.record_type)
    if kind not in FETCHED:
        return kind
    return "robots.txt" if url.endswith("/robots.txt") else ""


def sound(record: Any) -> bool:
    """Whether a record's bytes are those whose digest it tells."""
    record.freeze()
    return bool(record.verify_block_digest())
