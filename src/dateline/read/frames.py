"""The records of a WARC file, each whole or told as damaged, cut or too large.

The libraries stop without a word at a cut and skip what is too large; here each record
has its end checked, and after a broken one the next is sought.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.read.packed import MOST_DECODED, Bomb, Damaged, Unpacked

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


def records(file: Unpacked) -> Iterator[Record | Fault]:
    """Yield every record, and every fault in its place."""
    while True:
        at = file.at
        try:
            if not begun(file):
                return
            at = file.at
            yield whole(file, at)
        except EOFError as error:
            at = max(at, file.start)
            yield Fault(at, "truncated", str(error), incomplete=True)
            return
        except Wrong as error:
            yield Fault(at, error.code, str(error), error.code == "truncated")
            file.search(AGAIN, b"\n" + error.seen)
        except (Damaged, Bomb) as error:
            code = "too_large" if isinstance(error, Bomb) else "damaged"
            at = max(at, file.start)
            going = resumed(file)
            yield Fault(at, code, str(error), incomplete=not going)
            if not going:
                return


def resumed(file: Unpacked) -> bool:
    """Take a file up again after damage."""
    try:
        file.out.clear()
        return file.resume()
    except Damaged:
        return False


def begun(file: Unpacked) -> bool:
    """Go to the beginning of the next record; False at the end of the file."""
    while True:
        while file.peek(1) in (b"\r", b"\n"):
            file.read(1)
        if file.peek(1):
            return True
        if not file.next_member():
            return False


def whole(file: Unpacked, at: int) -> Record:
    """Return the record that begins here. Raises Wrong where it is not sound."""
    within = file.within
    head = header(file)
    length = block_length(head)
    if length > MOST_DECODED:
        if file.skip(length) < length:
            raise EOFError("the file ends within this record")
        told = f"{length:,} bytes; a record may have {MOST_DECODED:,}"
        raise Wrong("too_large", told)
    block = file.read(length)
    if len(block) < length:
        raise short(file, length - len(block), block)
    trailer = file.read(len(END))
    if trailer.strip(b"\r\n"):
        raise Wrong("bad_length", "it is not as long as it says", block + trailer)
    file.finish()
    return Record(at, within, head, block)


def short(file: Unpacked, lacking: int, block: bytes) -> Wrong:
    """Return what is wrong with a record that ends before its length says."""
    if file.magic:
        told = f"its member ends {lacking:,} bytes before its length says"
        return Wrong("bad_length", told, b"")
    if AGAIN in block:
        return Wrong("bad_length", "it is not as long as it says", block)
    return Wrong("truncated", f"the file ends {lacking:,} bytes before it does", b"")


def header(file: Unpacked) -> bytes:
    """Return the header of a record up to its empty line."""
    if file.peek(len(BEGIN)) != BEGIN:
        raise Wrong("bad_record", "no record begins here")
    lines = []
    left = MOST_HEAD
    while left > 0:
        line = file.line(left)
        if not line.endswith(b"\n"):
            break
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
