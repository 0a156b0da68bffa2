"""Compressed bytes that are read with bounds: no bomb, no silent cut or skip."""

import sys
import zlib
from dataclasses import replace
from io import RawIOBase
from typing import Any, BinaryIO

from dateline.model import Source
from dateline.model.source import buffered

MOST_DECODED = 32 << 20  # bytes of one record or member before its ratio counts
RATIO = 200  # times its compressed size that it may grow beyond them
CHUNK = 1 << 16
PROBE = 1 << 9  # bytes of what may be a member that are decoded to see if it is one
WASTED = 64 << 20  # bytes that may be decoded in vain, beside some for each one passed
SMALL = 1 << 10  # bytes fed to zstd at once: it may blow each up to 128 KiB
DICTIONARY = b"\x5d\x2a\x4d\x18"


class Damaged(Exception):
    """Bytes that are not what their compression says."""


class Bomb(Exception):
    """Bytes that grow beyond all measure."""


class Unpacked:
    """A file's decoded bytes, member by member, with where each member begins.

    `start` is the offset of the member that the next byte is of.
    """

    magic = b""

    def __init__(self, file: BinaryIO) -> None:
        """Begin at the file's beginning."""
        self.file = file
        self.raw, self.fed = b"", 0
        self.out = bytearray()
        self.start, self.grown = 0, 0
        self.ended = False

    @property
    def taken(self) -> int:
        """Bytes of the file that are used up."""
        return self.fed - len(self.raw)

    @property
    def at(self) -> int:
        """Offset of the next byte, or of the member that it is in."""
        return self.taken - len(self.out)

    @property
    def within(self) -> int:
        """Bytes of this member before the next one, as decoded."""
        return 0

    def fill(self) -> bool:
        """Read some more of the file; False at its end."""
        got = self.file.read(CHUNK)
        self.fed += len(got)
        self.raw += got
        return bool(got)

    def more(self) -> bool:
        """Decode some more of this member into `out`; False where it has ended."""
        if not self.raw and not self.fill():
            return False
        self.out += self.raw
        self.raw = b""
        return True

    def next_member(self) -> bool:
        """Go on to the next member; False at the end of the file."""
        return False

    def hold(self, count: int) -> int:
        """Decode up to `count` bytes of this member; return how many there are."""
        while len(self.out) < count and self.more():
            pass
        return min(len(self.out), count)

    def peek(self, count: int) -> bytes:
        """Return the next bytes of this member, which stay."""
        return bytes(self.out[: self.hold(count)])

    def read(self, count: int) -> bytes:
        """Return `count` bytes of this member, fewer only at its end."""
        found = self.peek(count)
        del self.out[: len(found)]
        return found

    def skip(self, count: int) -> int:
        """Pass over bytes of this member without holding them; return how many."""
        passed = 0
        while passed < count and (got := self.read(min(CHUNK, count - passed))):
            passed += len(got)
        return passed

    def line(self, most: int) -> bytes:
        """Return the next line with its end; at most `most` bytes of it."""
        while (end := self.out.find(b"\n")) < 0 and len(self.out) < most:
            if not self.more():
                break
        end = min(end + 1 or len(self.out), most)
        found = bytes(self.out[:end])
        del self.out[:end]
        return found

    def search(self, mark: bytes, pushed: bytes = b"") -> bool:
        """Go on to just before `mark` in this member, looking in `pushed` first."""
        self.out[:0] = pushed
        return self.seek(mark) >= 0

    def seek(self, mark: bytes, most: int = sys.maxsize) -> int:
        """Go on to just before `mark`; return how many bytes were passed, or -1.

        Where it does not begin within the next `most` bytes these are passed alone.
        """
        passed = 0
        while True:
            at, size = self.out.find(mark), len(self.out)
            ended = at < 0 and not self.more()
            gone = at if at >= 0 else size if ended else max(0, size - len(mark) + 1)
            gone = min(gone, most - passed)
            del self.out[:gone]
            passed += gone
            if gone == at:
                return passed
            if ended or passed >= most:
                return -1

    def resume(self) -> bool:
        """Go on to the next sound member after a damaged one; False without one."""
        return False

    def finish(self) -> None:
        """Check that what was read is sound, where that can be told."""


class Compressed(Unpacked):
    """The members of a gzip or the frames of a zstd file."""

    step = CHUNK

    def __init__(self, file: BinaryIO) -> None:
        """Begin before the first member."""
        super().__init__(file)
        self.engine: Any = None
        self.wasted = 0

    @property
    def at(self) -> int:
        """Offset of the member that the next byte is in."""
        return self.start

    @property
    def within(self) -> int:
        """Bytes of this member before the next one, as decoded."""
        return self.grown - len(self.out)

    def finish(self) -> None:
        """Decode up to the checksum where the member ends here."""
        while not self.out and self.more():
            pass

    def fresh(self) -> Any:
        """Return an engine for a new member."""
        raise NotImplementedError

    def decoded(self, engine: Any, raw: bytes) -> bytes:
        """Return what an engine makes of bytes; Damaged where they are not sound."""
        raise NotImplementedError

    def decode(self, raw: bytes) -> bytes:
        """Decode some bytes of this member."""
        return self.decoded(self.engine, raw)

    def next_member(self) -> bool:
        """Go on to the next member; False at the end of the file."""
        self.out.clear()
        self.raw = self.raw.lstrip(b"\x00")
        while len(self.raw) < len(self.magic):
            if not self.fill():
                self.engine = None
                if self.raw:
                    raise EOFError("the file ends within the head of a member")
                return False
            self.raw = self.raw.lstrip(b"\x00")
        self.start, self.grown, self.engine = self.taken, 0, self.fresh()
        if not self.raw.startswith(self.magic):
            raise Damaged("other bytes follow where the compressed ones end")
        return True

    def more(self) -> bool:
        """Decode some more of this member; raise where it is cut, damaged or a bomb."""
        if self.engine is None or self.engine.eof:
            return False
        if not self.raw and not self.fill():
            raise EOFError("the file ends within this record")
        part, self.raw = self.raw[: self.step], self.raw[self.step :]
        got = self.decode(part)
        if self.engine.eof:
            self.raw = self.engine.unused_data + self.raw
        self.out += got
        self.grown += len(got)
        spent = max(1, self.taken - self.start)
        if self.grown > MOST_DECODED and self.grown > RATIO * spent:
            raise Bomb(f"grows over {RATIO} times its size")
        return True

    def resume(self) -> bool:
        """Go on to the next member that can be read; False without one.

        Every place where one may begin is tried with a few bytes; what long ones cost
        that break off all the same is bounded, so that no file takes hours.
        """
        self.wasted += self.grown + self.taken - self.start
        if self.wasted > WASTED + 8 * self.start or not self.file.seekable():
            self.engine = None
            return False
        at = self.start + 1
        self.file.seek(at)
        held = self.file.read(CHUNK)
        while len(held) >= len(self.magic):
            hit = held.find(self.magic)
            while hit >= 0 and hit + PROBE <= len(held):
                if self.begins(held[hit : hit + PROBE]):
                    return self.taken_up(at + hit)
                hit = held.find(self.magic, hit + 1)
            # What may begin near the end is looked at with what follows it.
            gone = hit if hit > 0 else 0 if hit == 0 else len(held) - len(self.magic) + 1
            at, held = at + gone, held[gone:]
            if not (more := self.file.read(CHUNK)):
                break
            held += more
        ends = (hit for hit in range(len(held)) if held.startswith(self.magic, hit))
        last = next((hit for hit in ends if self.begins(held[hit:])), None)
        self.engine = None
        return last is not None and self.taken_up(at + last)

    def taken_up(self, at: int) -> bool:
        """Begin the member at an offset."""
        self.file.seek(at)
        self.raw, self.fed = b"", at
        return self.next_member()

    def begins(self, head: bytes) -> bool:
        """Whether a sound member begins with these bytes."""
        engine = self.fresh()
        try:
            return bool(self.decoded(engine, head)) or engine.eof
        except Damaged:
            return False


class Gzip(Compressed):
    """The members of a gzip file."""

    magic = b"\x1f\x8b\x08"

    def fresh(self) -> Any:
        """Return an engine for one member."""
        return zlib.decompressobj(31)

    def decoded(self, engine: Any, raw: bytes) -> bytes:
        """Decode, a megabyte at the most."""
        try:
            got: bytes = engine.decompress(raw, 1 << 20)
        except zlib.error as error:
            raise Damaged(str(error)) from None
        return got

    def decode(self, raw: bytes) -> bytes:
        """Decode; what zlib would blow up beyond a megabyte stays for later."""
        got = self.decoded(self.engine, raw)
        self.raw = self.engine.unconsumed_tail + self.raw
        return got


class Zstd(Compressed):
    """The frames of a zstd file, with a dictionary where the file begins with one."""

    magic = b"\x28\xb5\x2f\xfd"
    step = SMALL

    def __init__(self, file: BinaryIO) -> None:
        """Begin before the dictionary and the first frame."""
        self.dictionary: Any = None
        self.named = b""
        super().__init__(file)

    def next_member(self) -> bool:
        """Go on to the next frame, over the dictionary and other frames to skip."""
        while (len(self.raw) >= 8 or self.fill()) and self.raw[1:4] == DICTIONARY[1:]:
            self.over()
        return super().next_member()

    def over(self) -> None:
        """Pass over a frame without content; keep it where it is the dictionary."""
        size = int.from_bytes(self.raw[4:8], "little")
        while len(self.raw) < size + 8 and size <= MOST_DECODED and self.fill():
            pass
        if len(self.raw) < size + 8:
            if size > MOST_DECODED:
                raise Damaged(f"a frame to be skipped of {size:,} bytes")
            raise EOFError("the file ends within its dictionary or a frame beside it")
        frame, self.raw = self.raw[8 : size + 8], self.raw[size + 8 :]
        if self.fed - len(self.raw) - size == 8:
            self.learn(frame)

    def learn(self, frame: bytes) -> None:
        """Take the dictionary of a file's first frame."""
        from zstandard import ZstdCompressionDict, ZstdDecompressor, ZstdError

        try:
            if frame.startswith(self.magic):
                made = ZstdDecompressor()
                frame = made.decompress(frame, max_output_size=MOST_DECODED)
            self.dictionary = ZstdCompressionDict(frame)
        except (ZstdError, MemoryError) as error:
            raise Damaged(f"its dictionary: {error}") from None

    def begins(self, head: bytes) -> bool:
        """Whether a frame begins with these bytes; no block need be whole in them."""
        from zstandard import ZstdError, get_frame_parameters

        try:
            found = get_frame_parameters(head)
        except ZstdError:
            return False
        size = found.content_size
        return found.window_size <= MOST_DECODED or 0 < size <= MOST_DECODED

    def fresh(self) -> Any:
        """Return an engine for one frame."""
        from zstandard import ZstdDecompressor, ZstdError

        given = {"dict_data": self.dictionary} if self.dictionary else {}
        try:
            return ZstdDecompressor(**given).decompressobj()
        except ZstdError as error:
            raise Damaged(f"its dictionary: {error}") from None

    def decoded(self, engine: Any, raw: bytes) -> bytes:
        """Decode one small piece."""
        from zstandard import ZstdError

        try:
            got: bytes = engine.decompress(raw)
        except ZstdError as error:
            raise Damaged(str(error)) from None
        return got


def choose_decoder(file: BinaryIO, head: bytes, ending: str = "") -> Unpacked:
    """Return the decoder that a file's first bytes call for, or else its name."""
    plain = head.startswith(b"WARC/")
    if head.startswith(b"\x1f\x8b") or (ending.endswith(".gz") and not plain):
        return Gzip(file)
    if head[:4] in (Zstd.magic, DICTIONARY) or (ending.endswith(".zst") and not plain):
        return Zstd(file)
    return Unpacked(file)


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
