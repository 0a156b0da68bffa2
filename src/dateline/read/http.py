"""The body of an HTTP answer as its headers say it is packed, or as it plainly is.

Archives often keep a body unpacked under the headers that it came with; and a body may
break off, which the libraries pass over without a word.
"""

import re
import zlib
from collections.abc import Mapping

SIZE = re.compile(rb"[ \t]*([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]{0,200})?\r?\n")
GZIP = b"\x1f\x8b"
ZLIB, RAW = 47, -15  # window bits: gzip or zlib, and deflate without either's head
PRINTED = bytes((9, 10, 13, *range(32, 256)))
PLAIN = ("", "identity")


class Unreadable(Exception):
    """A body that is not packed as its headers say, nor plain."""


class OtherPacking(Exception):
    """A body in a packing that is for a library to undo."""


def body(raw: bytes, headers: Mapping[str, str], most: int) -> tuple[bytes, bool]:
    """Return a body unpacked, up to a byte over `most`, and whether it is whole.

    >>> body(b"4\\r\\nKim \\r\\n5\\r\\nleft.\\r\\n0\\r\\n\\r\\n", {"te": "chunked"}, 99)
    (b'Kim left.', True)
    """
    found, whole = raw, True
    if "chunked" in headers.get("te", "").lower() and SIZE.match(raw):
        found, whole = joined(raw)
    for name in reversed(headers.get("ce", "").lower().split(",")):
        found, well = unpacked(found, name.strip(), most)
        whole = whole and well
    return found, whole


def joined(raw: bytes) -> tuple[bytes, bool]:
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


def unpacked(raw: bytes, name: str, most: int) -> tuple[bytes, bool]:
    """Return a body without one packing. Raises Unreadable and OtherPacking."""
    if name in PLAIN or not raw or written(raw):
        return raw, True
    if name in ("gzip", "x-gzip", "deflate"):
        for bits in (ZLIB, RAW):
            engine = zlib.decompressobj(bits)
            try:
                return engine.decompress(raw, most + 1), engine.eof
            except zlib.error as error:
                why = str(error)
        raise Unreadable(why)
    raise OtherPacking(name)


def written(raw: bytes) -> bool:
    """Whether bytes are a page or data as they are, in no packing.

    >>> written(b" <html>"), written(GZIP)
    (True, False)
    """
    head = raw[:256].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head[:1] in (b"<", b"{", b"[") and not head.translate(None, PRINTED)
