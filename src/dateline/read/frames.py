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
            going = resumed(file)
            cut = isinstance(error, EOFError) and not going
            code = "too_large" if isinstance(error, Bomb) else "damaged"
            yield Fault(at, "truncated" if cut else code, str(error), not going)
            if not going:
                return
    if none:
        yield Fault(0, "truncated", "no record in it", incomplete=True)


def resumed(file: Unpacked) -> bool:
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
    head = header(file)
    length = block_length(head)
    if length > MOST_DECODED:
        raise over_long(file, length)
    there = file.hold(length + len(END))
    if there < length:
        raise record_cut_short(file, length - there)
    if file.out[length : length + len(END)].strip(b"\r\n"):
        raise Wrong("bad_length", "it is not as long as it says")
    block = file.read(length)
    file.read(len(END))
    file.finish()
    return Record(at, within, head, block)


def over_long(file: Unpacked, length: int) -> Wrong:
    """Pass over a record that is too long, or says so; return what is wrong with it."""
    found = file.seek(END + BEGIN + b"1.", length)
    if 0 <= found < length:
        return Wrong("bad_length", f"it says {length:,} bytes and has {found:,}")
    if found < 0 and not file.hold(1):
        if not file.magic:
            raise EOFError("the file ends within this record")
        return Wrong("bad_length", "its member ends before its length says")
    return Wrong("too_large", f"{length:,} bytes; a record may have {MOST_DECODED:,}")


def record_cut_short(file: Unpacked, lacking: int) -> Wrong:
    """Return what is wrong with a record that ends before its length says."""
    if file.magic:
        told = f"its member ends {lacking:,} bytes before its length says"
        return Wrong("bad_length", told)
    if AGAIN in file.out:
        return Wrong("bad_length", "it is not as long as it says")
    return Wrong("truncated", f"the file ends {lacking:,} bytes before it does")


def header(file: Unpacked) -> bytes:
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
