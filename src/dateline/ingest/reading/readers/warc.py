"""WARC files, plain, gzip or zstd: each response with a page or a feed is a source.

The libraries stop without a word at a cut and skip what is too large; here each record
has its end checked, and after a broken one the next is sought. Archives often keep a
body unpacked under the headers that it came with, and a body may break off, which the
libraries pass over without a word: it is decoded as its headers say it is packed, or
taken as it plainly is.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from io import BytesIO
from textwrap import shorten
from typing import Any

from dateline.ingest.reading.compression import (
    CHUNK,
    MOST_DECODED,
    Bomb,
    Damaged,
    Members,
    Unpacked,
    Zstd,
    choose_decoder,
)
from dateline.model import Capture, Problem, Source
from dateline.nlp.report_identity import read_kept_header

MOST_HEAD = 1 << 16
BEGIN = b"WARC/"
AGAIN = b"\nWARC/1."
END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: where it lies, its header and its block.

    `offset` is of its member in the file; `within` tells it from others in the member.
    """

    offset: int
    within: int
    head: bytes
    block: bytes


@dataclass(frozen=True, slots=True)
class Fault:
    """One record that could not be read, and whether the rest of the file is lost."""

    offset: int
    code: str
    why: str
    incomplete: bool = False


class Wrong(Exception):
    """A record that is not as the standard says."""

    def __init__(self, code: str, why: str, seen: bytes = b"") -> None:
        """Keep the code, the reason, and what was read of what may be other records."""
        super().__init__(why)
        self.code, self.seen = code, seen


def frame_records(file: Unpacked) -> Iterator[Record | Fault]:
    """Yield every record, and every fault in its place."""
    none = True
    astray: bytes | None = None  # what was read beyond a broken record
    while True:
        at = file.at
        try:
            if astray is not None:
                pushed, astray = b"\n" + astray, None
                file.search(AGAIN, pushed)
            if not seek_record(file):
                break
            at, none = file.at, False
            yield frame_record(file, at)
        except Wrong as error:
            yield Fault(at, error.code, str(error), error.code == "truncated")
            astray = error.seen
        except (Damaged, Bomb, EOFError) as error:
            at, none = max(at, file.start), False
            going = resume_after_damage(file)
            cut = isinstance(error, EOFError) and not going
            code = "too_large" if isinstance(error, Bomb) else "damaged"
            yield Fault(at, "truncated" if cut else code, str(error), not going)
            if not going:
                return
    if none:
        yield Fault(0, "truncated", "no record in it", incomplete=True)


def resume_after_damage(file: Unpacked) -> bool:
    """Take a file up again after damage."""
    try:
        file.out.clear()
        return file.resume()
    except Damaged:
        return False


def seek_record(file: Unpacked) -> bool:
    """Go to the beginning of the next record; False at the end of the file."""
    while True:
        while file.peek(1) in (b"\r", b"\n"):
            file.read(1)
        if file.peek(1):
            return True
        if not file.next_member():
            return False


def frame_record(file: Unpacked, at: int) -> Record:
    """Return the record that begins here. Raises Wrong where it is not sound.

    Of one that is not as long as it says nothing is passed over but its header.
    """
    within = file.within
    head = read_record_header(file)
    length = block_length(head)
    if length > MOST_DECODED:  # too long, or it says so: it is passed over
        found = file.seek(END + BEGIN + b"1.", length)
        if 0 <= found < length:
            raise Wrong("bad_length", f"it says {length:,} bytes and has {found:,}")
        if found < 0 and not file.hold(1):
            if not file.magic:
                raise EOFError("the file ends within this record")
            raise Wrong("bad_length", "its member ends before its length says")
        told = f"{length:,} bytes; a record may have {MOST_DECODED:,}"
        raise Wrong("too_large", told)
    lacking = length - file.hold(length + len(END))
    if lacking > 0:
        if file.magic:
            told = f"its member ends {lacking:,} bytes before its length says"
            raise Wrong("bad_length", told)
        if AGAIN in file.out:
            raise Wrong("bad_length", "it is not as long as it says")
        raise Wrong("truncated", f"the file ends {lacking:,} bytes before it does")
    if file.out[length : length + len(END)].strip(b"\r\n"):
        raise Wrong("bad_length", "it is not as long as it says")
    block = file.read(length)
    file.read(len(END))
    file.finish()
    return Record(at, within, head, block)


def read_record_header(file: Unpacked) -> bytes:
    """Return the header of a record up to its empty line."""
    if file.peek(len(BEGIN)) != BEGIN:
        raise Wrong("bad_record", "no record begins here")
    lines: list[bytes] = []
    left = MOST_HEAD
    while left > 0:
        line = file.line(left)
        if not line.endswith(b"\n"):
            break
        if lines and line.startswith(BEGIN + b"1."):
            raise Wrong("bad_record", "its header has no end", line)
        lines.append(line)
        if not line.strip():
            return b"".join(lines)
        left -= len(line)
    if left > 0:
        raise Wrong("truncated", "the file ends within its header")
    raise Wrong("bad_record", "its header has no end", b"".join(lines)[1:])


def block_length(head: bytes) -> int:
    """Return the Content-Length of a record's header."""
    for line in head.splitlines():
        name, colon, value = line.partition(b":")
        if colon and name.strip().lower() == b"content-length":
            digits = value.strip()
            if digits.isdigit() and len(digits) < 16:
                return int(digits)
            raise Wrong("bad_length", "its length is no number")
    raise Wrong("bad_length", "it tells no length")


SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
GZIP = b"\x1f\x8b"
ZLIB, RAW = 47, -15  # window bits: gzip or zlib, and deflate without either's head
PRINTED = bytes((9, 10, 13, *range(32, 256)))
PLAIN = ("", "identity")
DEFLATED = ("gzip", "x-gzip", "deflate")


class Unreadable(Exception):
    """A body that is not packed as its headers say, nor plain."""


class OtherPacking(Exception):
    """A body in a packing that is for a library to undo."""


def decode_body(raw: bytes, headers: Mapping[str, str], most: int) -> tuple[bytes, bool]:
    """Return a body unpacked, up to a byte over `most`, and whether it is whole.

    >>> decode_body(
    ...     b"4\\r\\nKim \\r\\n5\\r\\nleft.\\r\\n0\\r\\n\\r\\n", {"te": "chunked"}, 99
    ... )
    (b'Kim left.', True)
    """
    found, whole = raw, True
    if "chunked" in headers.get("te", "").lower() and SIZE.match(raw):
        found, whole = join_chunks(raw)
    for name in reversed(headers.get("ce", "").lower().split(",")):
        found, well = decode_content(found, name.strip(), most)
        whole = whole and well
    return found, whole


def join_chunks(raw: bytes) -> tuple[bytes, bool]:
    """Return the chunks of a body in one, and whether the last one is there."""
    found, at = bytearray(), 0
    while head := SIZE.match(raw, at):
        size = int(head[1], 16)
        if not size:
            return bytes(found), True
        part = raw[head.end() : head.end() + size]
        found += part
        at = head.end() + size
        at += len(raw[at : at + 2]) - len(raw[at : at + 2].lstrip(b"\r\n"))
    return bytes(found), False


def decode_content(raw: bytes, name: str, most: int) -> tuple[bytes, bool]:
    """Return a body without one packing. Raises Unreadable and OtherPacking."""
    if name in PLAIN or not raw or is_unpacked(raw):
        return raw, True
    if name in DEFLATED:
        for bits in (ZLIB, RAW):
            inflating = Inflating(most, bits)
            try:
                return inflating.feed(raw), inflating.is_complete
            except zlib.error as error:
                why = str(error)
        raise Unreadable(why)
    if name != "zstd":
        raise OtherPacking(name)
    members, undone = Members(Zstd(BytesIO(raw))), bytearray()
    try:
        while len(undone) <= most and (got := members.read(CHUNK)):
            undone += got
    except (Damaged, EOFError) as error:
        if not undone:
            raise Unreadable(str(error)) from None
        return bytes(undone), False
    return bytes(undone[: most + 1]), True


class Inflating:
    """A body in gzip or deflate, undone as it comes: all its members, not the first."""

    def __init__(self, most: int, bits: int = ZLIB) -> None:
        """Begin with the first member; beyond `most` bytes no more is undone."""
        self.most, self.bits, self.given = most, bits, 0
        self.engine = zlib.decompressobj(bits)
        self.between = b""

    @property
    def ended(self) -> bool:
        """Whether its last member is whole, whatever may follow it."""
        return bool(self.engine.eof)

    @property
    def is_complete(self) -> bool:
        """Whether its last member is whole, and nothing but zeros follows it."""
        return self.engine.eof and not self.between

    def feed(self, raw: bytes) -> bytes:
        """Return what more bytes are undone. Raises zlib.error where they are broken.

        >>> import gzip
        >>> Inflating(99).feed(gzip.compress(b"Kim ") + gzip.compress(b"left."))
        b'Kim left.'
        """
        found = bytearray()
        raw = self.between + raw
        self.between = b""
        while raw and self.given <= self.most:
            if self.engine.eof:
                raw = raw.lstrip(b"\x00")
                if len(raw) < len(GZIP) or not raw.startswith(GZIP):
                    self.between = raw
                    break
                self.engine = zlib.decompressobj(self.bits)
            got = self.engine.decompress(raw, self.most + 1 - self.given)
            found += got
            self.given += len(got)
            raw = self.engine.unused_data
        return bytes(found)


def is_unpacked(raw: bytes) -> bool:
    """Whether bytes are a page or data as they are, in no packing.

    >>> is_unpacked(b" <html>"), is_unpacked(GZIP)
    (True, False)
    """
    head = raw[:256].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] in (b"<", b"{", b"[") and not head.translate(None, PRINTED)


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


def read_warc(source: Source) -> Iterator[Problem | Source]:
    """Yield the sources that the records of a WARC file hold."""
    head = source.head()
    with source.open() as file:
        for found in frame_records(choose_decoder(file, head, source.ending)):
            if isinstance(found, Fault):
                why = f"record at byte {found.offset:,}: {found.why}"
                why += "; file incomplete" if found.incomplete else ""
                yield source.problem(found.code, why, f"@{found.offset}")
                continue
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


def page_source(source: Source, record: Any, at: str, found: Record) -> Iterator[Problem | Source]:
    """Yield the source of one record that was fetched well, and a cut in it."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    kind = str(record.record_type)
    if kind not in FETCHED or url.endswith("/robots.txt"):
        why = "robots.txt" if kind in FETCHED else kind
        yield source.problem("no_report_record", why, at)
        return
    if record.headers.get("WARC-Block-Digest"):
        record.freeze()
        if not record.verify_block_digest():
            why = "its bytes are not those it was made of"
            yield source.problem("bad_digest", why, at)
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
    told = read_kept_header(record.headers)
    yield replace(made, found_at=capture.found_at, capture=capture, said=told)
    if cut := record.headers.get("WARC-Truncated") or ("" if whole else "in transit"):
        why = f"its page was cut ({cut}): what there is of it is read"
        yield source.problem("truncated", why, f"{at}#end")


def answer_status(record: Any) -> tuple[int, str, str]:
    """Return the status of a record's answer, its bare content type and its charset."""
    if record.is_http:
        record.parse_http(auto_decode="none", quirks_mode=True, strict_mode=False)
        status = record.http_headers.status_code or 0
        mime, named = record.http_content_type or "", record.http_charset
    else:
        status, mime, named = 0, record.headers.get("Content-Type") or "", ""
    bare = mime.partition(";")[0].strip().lower()
    return status, bare, named or charset_of_type(mime)


def charset_of_type(kind: str) -> str:
    """Return the charset that a content type tells, "" for none.

    >>> charset_of_type("text/html; charset=koi8-r")
    'koi8-r'
    """
    return kind.partition("charset=")[2].partition(";")[0].strip()
