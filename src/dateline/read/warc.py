"""WARC files, plain, gzip or zstd: each response with a page or a feed is a source."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from dateline.model import Capture, Problem, Source
from dateline.read.frames import Fault, Record, records
from dateline.read.packed import MOST_DECODED, unpacked

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
        for found in records(unpacked(file, head)):
            if isinstance(found, Fault):
                yield fault(source, found)
            else:
                yield one(source, found)


def fault(source: Source, found: Fault) -> Problem:
    """Return the problem of a record that could not be read."""
    why = f"record at byte {found.offset:,}: {found.why}"
    if found.incomplete:
        why += "; file incomplete"
    return source.problem(found.code, why, f"@{found.offset}")


def one(source: Source, found: Record) -> Problem | Source:
    """Return the page of one record, or why it holds none."""
    from fastwarc.warc import WarcRecord

    at = f"@{found.offset}" + (f"+{found.within}" if found.within else "")
    try:
        record = WarcRecord.from_bytes(found.head + found.block + b"\r\n\r\n")
        return page(source, record, at, found)
    except Exception as error:  # noqa: BLE001  a library's fault costs one record
        return source.problem("bad_record", f"{type(error).__name__}: {error}", at)


def page(source: Source, record: Any, at: str, found: Record) -> Problem | Source:
    """Return the source of one record that was fetched well."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    if why := no_report(record, url):
        return source.problem("no_report_record", why, at)
    if record.headers.get("WARC-Block-Digest") and not whole(record):
        return source.problem(
            "bad_digest", "its bytes are not those it was made of", at
        )
    declared, status = "", 0
    mime = record.headers.get("Content-Type") or ""
    if record.is_http:
        record.parse_http(auto_decode="all", quirks_mode=True, strict_mode=False)
        status = record.http_headers.status_code or 0
        mime, declared = record.http_content_type or "", record.http_charset or ""
    declared = declared or charset(mime)
    mime = mime.partition(";")[0].strip().lower()
    if (status and status != WELL) or mime not in KINDS:
        why = f"HTTP {status}" if status not in (0, WELL) else mime
        return source.problem("no_report_record", why, at)
    body = record.reader.read(MOST_DECODED + 1)
    if len(body) > MOST_DECODED:
        return source.problem("too_large", f"over {MOST_DECODED:,} bytes decoded", at)
    capture = Capture(
        found_at=f"{source.found_at}{at}",
        offset=found.offset,
        length=len(found.block),
        url=url,
        fetched=record.headers.get("WARC-Date") or "",
        tool=source.capture.tool or "WARC",
        charset=declared,
    )
    made = replace(source, path="", raw=body, stream=None, kind=KINDS[mime])
    return replace(made, found_at=capture.found_at, capture=capture)


def charset(kind: str) -> str:
    """Return the charset that a content type tells, "" for none.

    >>> charset("text/html; charset=koi8-r")
    'koi8-r'
    """
    return kind.partition("charset=")[2].partition(";")[0].strip()


def no_report(record: Any, url: str) -> str:
    """Return of what kind a record is, where that kind holds no report."""
    kind = str(record.record_type)
    if kind not in FETCHED:
        return kind
    return "robots.txt" if url.endswith("/robots.txt") else ""


def whole(record: Any) -> bool:
    """Whether a record's bytes are those whose digest it tells."""
    record.freeze()
    return bool(record.verify_block_digest())
