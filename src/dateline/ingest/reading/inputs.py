"""What the arguments of a command name: files, folders, globs, archives, a pipe."""

import io
import lzma
import os
import sys
import tarfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from dateline.ingest.reading import formats
from dateline.ingest.reading.charset import Decoded
from dateline.ingest.reading.compression import Bomb, Damaged
from dateline.ingest.reading.worker import Child, stopped_problem
from dateline.model import Mark, Problem, Report, Source
from dateline.model.layout import bare_report, uncovered
from dateline.model.source import Columns, TooLarge, spelled
from dateline.model.text import LONGEST
from dateline.nlp import report_identity, wire
from dateline.nlp.language_id import detect_language
from dateline.nlp.report_identity import fill_from_lead, find_wall, identify_report
from dateline.resources import plugins

MOST_BYTES = 64 << 20  # of a member that a child is to read
PASSED = "passed over: not of a kind that is read"


def read_reports(arguments: Iterable[str], columns: Columns = ()) -> Iterator[Report | Problem]:
    """Yield every report the arguments name, wire conventions marked, problems told."""
    child = Child()
    try:
        for source in sources(arguments, columns):
            if isinstance(source, Problem):
                yield source
            else:
                yield from read_source(source, child)
    finally:
        child.close()


def sources(arguments: Iterable[str], columns: Columns = ()) -> Iterator[Source | Problem]:
    """Yield the files that the arguments name, and what is wrong with the others."""
    for argument in arguments:
        try:
            for found in find_sources(argument):
                yield (found if isinstance(found, Problem) else replace(found, columns=columns))
        except PermissionError as error:
            yield denied(spelled(argument), error)


def size_of_inputs(arguments: Iterable[str]) -> int:
    """Return how many bytes the files have that the arguments name."""
    files = (a for a in arguments if a != "-" and not pipe(Path(a)))
    found = (s for s in sources(files))
    paths = (Path(s.path) for s in found if isinstance(s, Source))
    return sum(path.stat().st_size for path in paths if path.exists())


def find_sources(argument: str) -> Iterator[Source | Problem]:
    """Yield the files that one argument names."""
    path = Path(argument)
    if not argument:
        yield Problem('""', "read", "not_found", "no name: for this folder say .")
    elif argument == "-":
        yield piped(sys.stdin.buffer)
    elif pipe(path):
        yield piped(path.open("rb"))
    elif path.is_dir():
        yield from folder(path)
    elif path.exists():
        yield file(path)
    elif has_magic(argument) and (hits := glob(argument, recursive=True)):  # noqa: PTH207  may be absolute
        yield from (file(Path(hit)) for hit in sorted(hits) if Path(hit).is_file())
    else:
        yield Problem(spelled(argument), "read", "not_found", "no such file or folder")


def file(path: Path) -> Source:
    """Return a file as a source; one of no known kind is taken for text."""
    found = Source(spelled(path), str(path))
    try:
        known = formats.sniff_reader(found) or ("" if found.ending == formats.XML else "txt")
    except OSError:
        known = "txt"
    return replace(found, kind=known)


def folder(path: Path) -> Iterator[Source | Problem]:
    """Yield every file below a folder that is of a kind we read, in order of name."""
    empty = True
    for found in walk_folder(path):
        if isinstance(found, Problem):
            yield found
        # `resolve` fails at a link that leads to itself.
        elif not Path(os.path.realpath(found)).is_relative_to(path.resolve()):
            why = "a link that leads out of the folder: name the file itself"
            yield Problem(spelled(found), "read", "outside", why)
            empty = False
        elif found.is_dir():
            why = "a link to a folder: name the folder itself"
            yield Problem(spelled(found), "read", "outside", why)
            empty = False
        elif found.suffix and found.suffix.lower() not in formats.kinds_by_ending():
            yield Problem(spelled(found), "read", "other_kind", PASSED)
        else:
            yield file(found)
            empty = False
    if empty:
        kinds = " ".join(sorted(formats.kinds_by_ending()))
        why = f"no reports in this folder ({kinds})"
        yield Problem(spelled(path), "read", "not_found", why)


def walk_folder(path: Path) -> Iterator[Path | Problem]:
    """Yield the files below a folder in order of name; what is hidden is told once."""
    try:
        inside = sorted(path.iterdir())
    except OSError as error:
        yield denied(spelled(path), error)
        return
    for found in inside:
        try:
            if found.name.startswith("."):
                hidden = "passed over: hidden"
                yield Problem(spelled(found), "read", "other_kind", hidden)
            elif found.is_symlink():
                if not pipe(found):
                    yield found
            elif found.is_dir():
                yield from walk_folder(found)
            elif found.is_file():
                yield found
        except PermissionError as error:
            yield denied(spelled(found), error)


def denied(name: str, error: OSError) -> Problem:
    """Return the problem of a file or folder that may not be looked at."""
    return Problem(name, "read", "unreadable", error.strerror or str(error))


def pipe(path: Path) -> bool:
    """Whether a name is a pipe or a device, which can be read but once."""
    try:
        return path.is_fifo() or path.is_char_device()
    except OSError:
        return False


def piped(given: Any) -> Source:
    """Return standard input or another pipe as a source."""
    stream = given if isinstance(given, io.BufferedReader) else io.BufferedReader(given)
    found = Source("-", stream=stream)
    head = formats.strip_marks(found.head())
    rows = head[:1] == b"{" and head[1:] and not formats.spans_lines(head)
    other = "json" if head[:1] in (b"{", b"[") else formats.sniff_reader(found) or "txt"
    return replace(found, kind="jsonl" if rows else other)


def read_source(source: Source, child: Child) -> Iterator[Report | Problem]:
    """Yield the reports of one source and of all that it contains.

    One that gives nothing at all is told, and so is our own fault: nothing is lost
    without a word, and nothing bad in one source keeps the next from being read.
    """
    silent = True
    try:
        for item in read_contents(source, child):
            silent = False
            yield item
    except plugins.MissingPart:
        raise
    except (OSError, EOFError, ValueError, *FAULTS) as error:
        yield unreadable_source(source, error)
        return
    except MemoryError:
        yield source.problem("too_large", "reading it takes too much memory")
        return
    except Exception as error:  # noqa: BLE001  told, and the next source is read
        what = f"the reader gave up: {type(error).__name__}: {error}"
        yield stopped_problem(source, "internal", what[:300])
        return
    if silent:
        yield source.problem("not_a_report", "nothing in it")


def read_contents(source: Source, child: Child) -> Iterator[Report | Problem]:
    """Yield what a source's reader finds in it. Raises what the reader raises."""
    reader = formats.sniff_reader(source)
    if not reader:
        code, why = "other_kind", PASSED
        if source.ending in ("", formats.XML):
            code, why = "unknown_format", "XML of a kind that is not read"
            if not source.head().strip(formats.BLANK):
                code, why = "not_a_report", "nothing in it"
        yield source.problem(code, why)
        return
    known = formats.find_format(reader)
    found: Iterator[Any]
    if known.confined:
        held = source  # the bytes of a stream are handed to the child
        if source.stream is not None:
            held = replace(source, raw=source.read(MOST_BYTES), stream=None)
        found = child.items(reader, held)
    else:
        found = known.load()(source)
    for item in found:
        if isinstance(item, Source):
            yield from read_source(item, child)
        elif isinstance(item, Report):
            led = fill_from_lead(source, item)
            yield judge_report(led) if isinstance(led, Report) else led
        else:
            yield item


FAULTS = (TooLarge, Bomb, Damaged, BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError)
DAMAGED = FAULTS[2:]


def unreadable_source(source: Source, error: Exception) -> Problem:
    """Return the problem of a source that could not be read to its end."""
    if isinstance(error, TooLarge | Bomb):
        return source.problem("too_large", str(error))
    words = str(error)
    if isinstance(error, EOFError) or "unexpected end" in words:
        return source.problem("truncated", "it breaks off; file incomplete")
    if isinstance(error, DAMAGED):
        return source.problem("damaged", f"{words}; file incomplete")
    told = error.strerror if isinstance(error, OSError) else ""
    return source.problem("unreadable", told or words)


def judge_report(report: Report) -> Report | Problem:
    """Return a report made known, or what it is instead of a report."""
    if Decoded(report.text).garbled:
        lost, size = report.text.count("\ufffd"), len(report.text)
        why = f"{lost} of {size} characters are lost: what charset was it in?"
        capture = report.capture
        at = (capture.found_at if capture else "") or report.id
        return Problem(at, "read", "garbled", why, capture, report.text.encode())
    return find_wall(report) or complete_report(report)


def complete_report(report: Report) -> Report:
    """Return a report with its id, outlet and language found and its wire parts marked.

    One that is too long to be coded is not looked into. What is hidden in a text stays
    there: the marks are found without it.
    """
    if report.url and not report.outlet:
        report = report_identity.name_outlet(report)
    if len(report.text) <= LONGEST:
        told = report.language or detect_language(report.text)
        report = replace(report, language=told)
        bare = uncovered(report.text)
        if bare is None:
            report = wire.mark_wire(report)
        else:
            found = wire.mark_wire(bare_report(report, bare))
            marks = tuple(Mark(mark.kind, bare.back(mark.span)) for mark in found.marks)
            report = replace(found, text=report.text, marks=marks)
    return replace(report, id=identify_report(report))
