"""The body of an HTTP answer as its headers say it is packed, or as it plainly is.

Archives often keep a body unpacked under the headers that it came with; and a body may
break off, which the libraries pass over without a word.
"""

import re
import zlib
from collections.abc import Mapping
from io import BytesIO

from dateline.read.members import Members
from dateline.read.packed import CHUNK, Damaged, Zstd

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


def decode_body(
    raw: bytes, headers: Mapping[str, str], most: int
) -> tuple[bytes, bool]:
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
    if name == "zstd":
        return of_frames(raw, most)
    raise OtherPacking(name)


def of_frames(raw: bytes, most: int) -> tuple[bytes, bool]:
    """Return a body of zstd frames unpacked, and whether the last one is whole."""
    members, found = Members(Zstd(BytesIO(raw))), bytearray()
    try:
        while len(found) <= most and (got := members.read(CHUNK)):
            found += got
    except (Damaged, EOFError) as error:
        if not found:
            raise Unreadable(str(error)) from None
        return bytes(found), False
    return bytes(found[: most + 1]), True


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
