"""ZIP, tar, gzip and zstd: what they hold is read as if it lay in a folder."""

import stat
import tarfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO, RawIOBase
from pathlib import PurePosixPath
from tarfile import HeaderError, TarFile
from typing import Any, BinaryIO, Self
from zipfile import BadZipFile, ZipFile, ZipInfo

from dateline.ingest.reading.compression import (
    MOST_DECODED,
    RATIO,
    Bomb,
    Damaged,
    Members,
    choose_decoder,
)
from dateline.model import Problem, Source
from dateline.model.source import buffered, spelled

DEEPEST = 3  # archives within archives
HELD = 64 << 20  # bytes of an archive within a pipe or another archive
HIDDEN = "passed over: hidden"
LOCAL, ZIP_HEAD = b"PK\x03\x04", 30  # what a member of a ZIP begins with, and its size


class Bounded(RawIOBase):
    """A member's bytes, refused where they grow beyond all measure."""

    def __init__(self, file: Any, packed: int) -> None:
        """Begin at the member's beginning; `packed` is its size in the archive."""
        self.file, self.packed, self.grown = file, max(1, packed), 0

    def readable(self) -> bool:
        """Whether it can be read: yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer; 0 at the end."""
        got = self.file.read(len(buffer))
        self.grown += len(got)
        if self.grown > MOST_DECODED and self.grown > RATIO * self.packed:
            raise Bomb(f"grows over {RATIO} times its size")
        buffer[: len(got)] = got
        return len(got)


def read_zip(source: Source) -> Iterator[Problem | Source]:
    """Yield the members of a ZIP file."""
    if problem := deep_archive_problem(source):
        yield problem
        return
    # One must be able to go back in it.
    held = source.stream is not None
    with BytesIO(source.read(HELD)) if held else source.open() as file:
        try:
            archive = ZipFile(file)
        except (BadZipFile, NotImplementedError, UnicodeError) as error:
            yield source.problem("damaged", f"no sound ZIP file: {error}")
            return
        for info in archive.infolist():
            if not info.filename.endswith("/") or info.file_size:
                yield open_zip_member(source, archive, info)
        if has_unlisted_members(file, archive):
            why = "it holds members that its directory does not list: repair it first"
            yield source.problem("damaged", why, "#unlisted")


def has_unlisted_members(file: BinaryIO, archive: ZipFile) -> bool:
    """Whether members lie between those that an archive's directory lists.

    So they do where two archives were joined to one file, or a byte of the directory
    was lost: every other program would show the listed ones alone.
    """
    places = [
        (info.header_offset, ZIP_HEAD + len(info.filename) + info.compress_size)
        for info in archive.infolist()
    ]
    at = 0
    for start, length in (*sorted(places), (archive.start_dir, 0)):
        if start - at > len(LOCAL):
            file.seek(at)
            if LOCAL in file.read(min(start - at, HELD)):
                return True
        at = max(at, start + length)
    return False


def open_zip_member(source: Source, archive: ZipFile, info: ZipInfo) -> Problem | Source:
    """Return one member of a ZIP file, or why it cannot be read."""
    at = f"!{info.filename}"
    if is_hidden_member(info.filename):
        return source.problem("other_kind", HIDDEN, at)
    if info.filename.endswith("/"):
        return source.problem("damaged", "a folder that holds bytes of its own", at)
    if is_unsafe_name(info.filename) or stat.S_ISLNK(info.external_attr >> 16):
        return source.problem("unsafe_path", "its name leads out of the archive", at)
    if info.flag_bits & 1:
        return source.problem("encrypted", "it needs a password: unpack it first", at)
    try:
        opened = archive.open(info)
    except (BadZipFile, NotImplementedError, OSError) as error:
        return source.problem("damaged", str(error), at)
    stream = buffered(Bounded(opened, info.compress_size))
    return member_source(source, info.filename, stream)


def read_tar(source: Source) -> Iterator[Problem | Source]:
    """Yield the members of a tar file."""
    if problem := deep_archive_problem(source):
        yield problem
        return
    # In small pieces: a cut costs no whole member.
    kept: dict[str, Any] = {"bufsize": 512, "tarinfo": Header, "ignore_zeros": True}
    with source.open() as file, TarFile.open(fileobj=file, mode="r|", **kept) as archive:
        for info in archive:
            at = f"!{spelled(info.name)}"
            if info.isdir():
                continue
            if is_hidden_member(info.name):
                yield source.problem("other_kind", HIDDEN, at)
            elif is_unsafe_name(info.name) or not info.isfile():
                why = "it leads out of the archive or is no file"
                yield source.problem("unsafe_path", why, at)
            elif (opened := archive.extractfile(info)) is not None:
                stream = buffered(Bounded(opened, info.size))
                yield member_source(source, spelled(info.name), stream)


class Header(tarfile.TarInfo):
    """The header of a member; a bad one is told, where tarfile calls it the end."""

    @classmethod
    def fromtarfile(cls, tarfile: TarFile) -> Self:
        """Read the next header, that of a joined archive too, whose end is behind it.

        Raises EOFError where the archive breaks off.
        """
        marked = vars(tarfile).pop("marked", False)
        try:
            return super().fromtarfile(tarfile)
        except HeaderError as error:
            kind = type(error).__name__
            vars(tarfile)["marked"] = kind == "EOFHeaderError"
            if kind == "EmptyHeaderError" and marked:
                raise  # the end, after its mark of zeros
            if kind in ("EmptyHeaderError", "TruncatedHeaderError"):
                raise EOFError("the archive has no end") from None
            if kind == "InvalidHeaderError":
                raise Damaged(f"a member's header: {error}") from None
            raise


def read_packed(source: Source) -> Iterator[Problem | Source]:
    """Yield the one file that is packed with gzip or zstd."""
    if problem := deep_archive_problem(source):
        yield problem
        return
    from dateline.ingest.reading.formats import sniff_reader

    head = source.head()
    with source.open() as file:
        stream = buffered(Members(choose_decoder(file, head)))
        name = source.found_at.rpartition("!")[2].rpartition(".")[0]
        named = source.ending == ".tgz"
        inner = member_source(source, f"{name}.tar" if named else name, stream)
        yield replace(inner, found_at=source.found_at, kind=sniff_reader(inner) or "txt")


def member_source(source: Source, name: str, stream: BinaryIO) -> Source:
    """Return the source of one member."""
    made = replace(source, path="", raw=None, stream=stream, kind="")
    found_at = f"{source.found_at}!{name}"
    capture = replace(source.capture, found_at="", offset=None)
    return replace(made, found_at=found_at, depth=source.depth + 1, capture=capture)


def deep_archive_problem(source: Source) -> Problem | None:
    """Return the problem of an archive in too many others."""
    if source.depth < DEEPEST:
        return None
    why = f"an archive within {DEEPEST} others: unpack it first"
    return source.problem("too_large", why)


def is_unsafe_name(name: str) -> bool:
    """Whether a member's name would lead out of the archive.

    >>> is_unsafe_name("../../etc/passwd"), is_unsafe_name("a/b.txt")
    (True, False)
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return ".." in parts or name.startswith(("/", "\\")) or ":" in name[:2]


def is_hidden_member(name: str) -> bool:
    """Whether a member lies in a hidden folder, or is a system's own.

    >>> [is_hidden_member(name) for name in (".\\\\a.txt", "a/.git/b", "..\\\\b.txt")]
    [False, True, False]
    """
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return any(p.startswith(".") and p not in (".", "..") for p in parts) or ("__MACOSX" in parts)
