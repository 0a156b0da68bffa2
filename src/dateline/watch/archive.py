"""What was fetched, kept in a WARC file with what led to it."""

import gzip
from pathlib import Path
from uuid import uuid4

from dateline.model.source import Said
from dateline.read.identity import kept_header_lines
from dateline.watch.fetch import Fetched


def archived(file: Path, found: Fetched, now: str, said: Said) -> int:
    """Append what was fetched to a WARC file; return the offset of its record."""
    kind = found.headers.get("content-type", "")
    lines = [
        "WARC/1.1",
        "WARC-Type: resource",
        f"WARC-Target-URI: {found.url}",
        f"WARC-Date: {now.replace('+00:00', 'Z')}",
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>",
        *kept_header_lines(said),
        *([f"Content-Type: {' '.join(kind.split())}"] if kind else []),
        f"Content-Length: {len(found.body)}",
    ]
    raw = "\r\n".join(lines).encode() + b"\r\n\r\n" + found.body + b"\r\n\r\n"
    with file.open("ab") as out:
        offset = out.tell()
        out.write(gzip.compress(raw))
    return offset
