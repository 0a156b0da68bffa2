"""The members of a packed file, read as one stream."""

from io import RawIOBase
from typing import Any

from dateline.read.packed import CHUNK, Damaged, Unpacked


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
