"""Bytes that hold reports, wherever they lie. The only value that opens a file."""

import json
import re
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast

from dateline.model.text import Capture, Problem

NO_UTF8 = re.compile("[\udc80-\udcff]")  # a byte of a file's name, as Python has it
SPELLED = re.compile(r"\\x([89a-f][0-9a-f])")
HEAD = 4096  # bytes that tell a format
COLUMNS = "columns "  # begins how a record was read, with the map of its columns
Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What a feed, or the list that names it, tells of a page that may not tell it.

    `entries` are of a feed: by number, those that are reports themselves, since the
    pages of the others are; None where all are.
    """

    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: date | datetime | None = None
    entries: tuple[int, ...] | None = None


class TooLarge(Exception):
    """More bytes than a reader takes."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file, a member of an archive, a record or a pipe, with what is known of it.

    `kind` names a reader where the container tells it. A source that is neither a pipe
    nor a stream pickles, so that a child may read it.
    """

    found_at: str
    path: str = ""
    raw: bytes | None = None
    stream: BinaryIO | None = field(default=None, compare=False)
    kind: str = ""
    capture: Capture = Capture()
    columns: Columns = ()
    depth: int = 0
    said: Said = Said()

    def open(self) -> BinaryIO:
        """Return the bytes as a file; a stream can be opened once."""
        if self.stream is not None:
            return self.stream
        if self.raw is not None:
            return BytesIO(self.raw)
        return Path(self.path).open("rb")

    def read(self, most: int) -> bytes:
        """Return all the bytes; raise TooLarge where there are more than `most`."""
        with self.open() as file:
            raw = file.read(most + 1)
        if len(raw) > most:
            raise TooLarge(f"over {most:,} bytes")
        return raw

    def head(self) -> bytes:
        """Return the first bytes, which stay to be read."""
        if isinstance(self.stream, BufferedReader):
            return self.stream.peek(HEAD)[:HEAD]
        with self.open() as file:
            return file.read(HEAD)

    @property
    def ending(self) -> str:
        """The ending of the name, in small letters.

        >>> Source("a.zip!b/C.Html").ending, Source("warc/2024.WARC.gz").ending
        ('.html', '.warc.gz')
        """
        suffixes = Path(self.found_at.rpartition("!")[2]).suffixes
        last = suffixes[-1].lower() if suffixes else ""
        packed = last in (".gz", ".zst") and len(suffixes) > 1
        return suffixes[-2].lower() + last if packed else last

    def captured(self, raw: bytes, **known: Any) -> Capture:
        """Return the capture of a report that these raw bytes hold."""
        told: dict[str, Any] = {"sha256": sha256(raw).hexdigest(), **known}
        if self.columns:  # without them nobody finds the record again
            told.setdefault("tool", COLUMNS + json.dumps(self.columns))
        found_at = self.capture.found_at or self.found_at
        return replace(self.capture, **{"found_at": found_at, **told})

    def problem(self, code: str, message: str, at: str = "") -> Problem:
        """Return a problem with this source, or with what lies at `at` in it."""
        where = self.capture.found_at or self.found_at
        return Problem(f"{where}{at}", "read", code, message, self.capture)


def spelled(name: Path | str) -> str:
    """Return a file's name as words that any file can hold: other bytes by figures.

    >>> spelled("a/caf\\udce9.txt")
    'a/caf\\\\xe9.txt'
    """
    words = name if isinstance(name, str) else name.as_posix()
    return NO_UTF8.sub(lambda m: f"\\x{ord(m[0]) - 0xDC00:02x}", words)


def unspelled(name: str) -> str:
    """Return the path that was spelled so."""
    return SPELLED.sub(lambda m: chr(0xDC00 + int(m[1], 16)), name)


def columns_of_tool(tool: str) -> Columns:
    """Return the column map by which a record was read, () for none.

    >>> columns_of_tool('columns [["text", "body"]]'), columns_of_tool("WARC")
    ((('text', 'body'),), ())
    """
    if not tool.startswith(COLUMNS):
        return ()
    pairs = json.loads(tool.removeprefix(COLUMNS))
    return tuple((field, name) for field, name in pairs)


def buffered(raw: RawIOBase) -> BinaryIO:
    """Return a stream that can be peeked into."""
    return cast(BinaryIO, BufferedReader(raw, 1 << 16))
