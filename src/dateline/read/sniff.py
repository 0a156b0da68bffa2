"""Which reader a source needs: its content says so before its name does."""

import re

from dateline.model import Source

BY_ENDING = {
    ".txt": "txt",
    ".text": "txt",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "xml",
    ".warc": "warc",
    ".warc.gz": "warc",
    ".warc.zst": "warc",
    ".pdf": "pdf",
    ".zip": "zip",
    ".tar": "tar",
    ".tgz": "gz",
    ".gz": "gz",
    ".zst": "zst",
}
MAGIC = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"PAR1", "parquet"),
    (b"WARC/", "warc"),
)
BLANK = b"\xef\xbb\xbf \t\r\n"
HTML = re.compile(
    rb"(?:<!--.{0,2000}?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
SHORT = re.compile(rb"<(?:p|div|article|section|h1|meta|table|span)\b[^<>]*>", re.I)
ROOT = re.compile(
    rb"(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE[^\[>]{0,300}"
    rb"(?:\[.{0,3000}?\])?\s*>\s*|<\?[^>]{0,300}>\s*)*<([A-Za-z][\w:.-]{0,60})",
    re.I | re.S,
)
SPREAD = re.compile(rb"\{[ \t]*\r?\n\s*\"|\[\s*\{")
ROOTS = {
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "channel": "feed",
    "newsitem": "newsml",
    "newsmessage": "newsml",
    "packageitem": "newsml",
    "html": "html",
}


def sniff_reader(source: Source) -> str:
    """Return the name of the reader for a source, "" where none reads it."""
    if source.kind:
        return source.kind
    named = BY_ENDING.get(source.ending, "")
    found = reader_by_bytes(source.head())
    if found in ("gz", "zst"):
        return "warc" if named == "warc" else found
    if named == "jsonl" and not found:
        return "json" if spans_lines(source.head()) else "jsonl"
    return found or ("" if named == "xml" else named)


def spans_lines(head: bytes) -> bool:
    """Whether JSON of this head is no value a line: a list, or an object over lines.

    >>> spans_lines(b'{\\n  "id": "a"')
    True
    >>> spans_lines(b'[{"id": "a"}')
    True
    >>> spans_lines(b'{"id": "a"}')
    False
    """
    return bool(SPREAD.match(strip_marks(head)))


def reader_by_bytes(head: bytes) -> str:
    """Return the reader that the first bytes call for, "" where they tell nothing.

    >>> reader_by_bytes(b"<?xml version='1.0'?><rss>")
    'feed'
    >>> reader_by_bytes(b"SEOUL (AP) - Kim left.")
    ''
    """
    for magic, reader in MAGIC:
        if head.startswith(magic):
            return reader
    if head[257:262] == b"ustar":
        return "tar"
    words = strip_marks(head)
    return marked_up(words) if words[:1] == b"<" else ""


def strip_marks(head: bytes) -> bytes:
    """Return a file's head without marks and blanks, in whatever Unicode it is."""
    return head.replace(b"\x00", b"").lstrip(b"\xff\xfe" + BLANK)


def marked_up(head: bytes) -> str:
    """Return the reader for text that begins with a tag."""
    if HTML.match(head):
        return "html"
    root = ROOT.match(head)
    if root and (found := ROOTS.get(root[1].decode().rpartition(":")[2].lower())):
        return found
    return "html" if SHORT.match(head) else ""
