"""The members of a packed file, read as one stream; and streams read ahead."""

from dataclasses import replace
from io import RawIOBase
from typing import Any, BinaryIO

from dateline.model import Source
from dateline.model.source import buffered
from dateline.read.packed import CHUNK, Damaged, Unpacked

HELD = 32 << 20  # bytes of a member of an archive that are held to be read twice


class Members(RawIOBase):
    """All members of an unpacked file as one stream."""

    def __init__(self, unpacked: Unpacked) -> None:
        """Begin at its beginning."""
        self.unpacked = unpacked

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; 0 at the end.

        What stands before a cut is given first: whole lines in it are whole reports.
        """
        while True:
            wanted = min(len(buffer), CHUNK)
            try:
                got = self.unpacked.read(wanted)
            except (Damaged, EOFError):
                if not (decoded := len(self.unpacked.out)):
                    raise
                got = self.unpacked.read(min(wanted, decoded))
            if got or not self.unpacked.next_member():
                buffer[: len(got)] = got
                return len(got)


class Ahead(RawIOBase):
    """What was read ahead of a stream, then its rest, then what went wrong with it."""

    def __init__(self, held: bytes, rest: BinaryIO | None, error: Exception | None):
        """Begin with what is held."""
        self.held, self.rest, self.error = memoryview(held), rest, error

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; 0 at the end."""
        got: Any = self.held[: len(buffer)]
        self.held = self.held[len(got) :]
        if not got and self.error:
            raise self.error
        if not got and self.rest:
            got = self.rest.read(len(buffer))
        buffer[: len(got)] = got
        return len(got)


def read_ahead(source: Source) -> Source:
    """Return a source that can be opened again, where it is short and no pipe."""
    stream: Any = source.stream
    if stream is None or not source.depth:
        return source
    held = bytearray()
    try:
        while len(held) <= HELD and (got := stream.read1(CHUNK)):
            held += got
    except Exception as error:  # noqa: BLE001  told when what stands before it is read
        return replace(source, stream=buffered(Ahead(bytes(held), None, error)))
    if len(held) <= HELD:
        return replace(source, raw=bytes(held), stream=None)
    return replace(source, stream=buffered(Ahead(bytes(held), stream, None)))
