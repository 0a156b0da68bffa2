"""Compressed bytes that are read with bounds: no bomb, no silent cut or skip."""

import zlib
from typing import Any, BinaryIO, Protocol

MOST_DECODED = 32 << 20  # bytes of one record or member before its ratio counts
RATIO = 200  # times its compressed size that it may grow beyond them
CHUNK = 1 << 16
SMALL = 1 << 10  # bytes fed to zstd at once: it may blow each up to 128 KiB
DICTIONARY = b"\x5d\x2a\x4d\x18"


class Damaged(Exception):
    """Bytes that are not what their compression says."""


class Bomb(Exception):
    """Bytes that grow beyond all measure."""


class Engine(Protocol):
    """What zlib and zstandard have in common."""

    eof: bool
    unused_data: bytes


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

    def peek(self, count: int) -> bytes:
        """Return the next bytes of this member, which stay."""
        while len(self.out) < count and self.more():
            pass
        return bytes(self.out[:count])

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
        while (at := self.out.find(mark)) < 0:
            del self.out[: max(0, len(self.out) - len(mark))]
            if not self.more():
                self.out.clear()
                return False
        del self.out[:at]
        return True

    def resume(self) -> bool:
        """Go on to the next sound member after a damaged one; False without one."""
        return False

    def finish(self) -> None:
        """Check that what was read is sound, where that can be told."""


class Compressed(Unpacked):
    """The members of a gzip or the frames of a zstd file."""

    step = CHUNK

    def __init__(self, file: BinaryIO) -> None:
        """Begin with the first member."""
        super().__init__(file)
        self.engine: Any = None
        self.next_member()

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

    def decode(self, raw: bytes) -> bytes:
        """Decode some bytes; raise Damaged where they are not sound."""
        raise NotImplementedError

    def next_member(self) -> bool:
        """Go on to the next member; False at the end of the file."""
        self.out.clear()
        self.raw = self.raw.lstrip(b"\x00")
        while len(self.raw) < len(self.magic):
            if not self.fill():
                self.engine = None
                return False
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
        """Go on to the next member that can be read; False without one."""
        at = self.start + 1
        while (at := self.found(at)) >= 0:
            if self.next_member() and self.sound():
                return True
            at += 1
        self.engine = None
        return False

    def found(self, at: int) -> int:
        """Go to the next magic bytes from an offset on; return where, -1 for none."""
        if not self.file.seekable():
            raise Damaged("a pipe cannot be taken up again after damage")
        self.file.seek(at)
        self.raw, self.fed = b"", at
        while (hit := self.raw.find(self.magic)) < 0:
            self.raw = self.raw[-len(self.magic) :]
            if not self.fill():
                return -1
        self.raw = self.raw[hit:]
        return self.taken

    def sound(self) -> bool:
        """Whether the member just begun can be decoded."""
        try:
            return bool(self.peek(5))
        except (Damaged, EOFError, Bomb):
            return False


class Gzip(Compressed):
    """The members of a gzip file."""

    magic = b"\x1f\x8b\x08"

    def fresh(self) -> Any:
        """Return an engine for one member."""
        return zlib.decompressobj(31)

    def decode(self, raw: bytes) -> bytes:
        """Decode; what zlib would blow up beyond a megabyte stays for later."""
        try:
            got: bytes = self.engine.decompress(raw, 1 << 20)
        except zlib.error as error:
            raise Damaged(str(error)) from None
        self.raw = self.engine.unconsumed_tail + self.raw
        return got


class Zstd(Compressed):
    """The frames of a zstd file, with a dictionary where the file begins with one."""

    magic = b"\x28\xb5\x2f\xfd"
    step = SMALL

    def __init__(self, file: BinaryIO) -> None:
        """Read the dictionary, then begin with the first frame."""
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
        frame, self.raw = self.raw[8 : size + 8], self.raw[size + 8 :]
        if self.fed - len(self.raw) - size == 8:
            self.learn(frame)

    def learn(self, frame: bytes) -> None:
        """Take the dictionary of a file's first frame."""
        from zstandard import ZstdCompressionDict, ZstdDecompressor

        if frame.startswith(self.magic):
            frame = ZstdDecompressor().decompress(frame, max_output_size=MOST_DECODED)
        self.dictionary = ZstdCompressionDict(frame)

    def fresh(self) -> Any:
        """Return an engine for one frame."""
        from zstandard import ZstdDecompressor

        given = {"dict_data": self.dictionary} if self.dictionary else {}
        return ZstdDecompressor(**given).decompressobj()

    def decode(self, raw: bytes) -> bytes:
        """Decode one small piece."""
        from zstandard import ZstdError

        try:
            got: bytes = self.engine.decompress(raw)
        except ZstdError as error:
            raise Damaged(str(error)) from None
        return got


def unpacked(file: BinaryIO, head: bytes) -> Unpacked:
    """Return the decoder that a file's first bytes call for."""
    if head.startswith(b"\x1f\x8b"):
        return Gzip(file)
    if head[:4] in (Zstd.magic, DICTIONARY):
        return Zstd(file)
    return Unpacked(file)
