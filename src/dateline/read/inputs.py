"""What the arguments of a command name: files, folders, globs, or standard input."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from glob import glob, has_magic
from itertools import chain
from pathlib import Path

from dateline import plugins
from dateline.model import Problem, Report
from dateline.model.text import LONGEST
from dateline.read import jsonl, text, wire
from dateline.read.spoken import spoken

READERS = {
    ".txt": "txt",
    ".text": "txt",
    "": "txt",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


def reports(arguments: Iterable[str]) -> Iterator[Report | Problem]:
    """Yield every report the arguments name, wire conventions marked, problems told."""
    for argument in arguments:
        for item in named(argument):
            yield known(item) if isinstance(item, Report) else item


def known(report: Report) -> Report:
    """Return a report with its language found and its wire conventions marked.

    One that is too long to be coded stays as it is.
    """
    if len(report.text) > LONGEST:
        return report
    told = report.language or spoken(report.text)
    return wire.mark(replace(report, language=told))


def named(argument: str) -> Iterator[Report | Problem]:
    """Yield what one argument names."""
    path = Path(argument)
    if argument == "-":
        yield from piped()
    elif path.is_dir():
        yield from folder(path)
    elif path.exists():
        yield from file(path, path.name)
    elif has_magic(argument) and (hits := matching(argument)):
        for hit in hits:
            if Path(hit).is_file():
                yield from file(Path(hit), hit)
    else:
        yield Problem(argument, "read", "not_found", "no such file or folder")


def matching(pattern: str) -> list[str]:
    """Return what a glob names, in order."""
    return sorted(glob(pattern, recursive=True))  # noqa: PTH207  may be absolute


def folder(path: Path) -> Iterator[Report | Problem]:
    """Yield the reports of every readable file below a folder, in order of name."""
    inside = sorted(p for p in path.rglob("*") if p.is_file() and ending(p) in READERS)
    inside = [p for p in inside if not p.name.startswith(".")]
    if not inside:
        kinds = " ".join(sorted(filter(None, READERS)))
        yield Problem(
            str(path), "read", "not_found", f"no reports in this folder ({kinds})"
        )
    for found in inside:
        name = found.relative_to(path).as_posix()
        if found.resolve().is_relative_to(path.resolve()):
            yield from file(found, name)
        else:
            why = "a link that leads out of the folder: name the file itself"
            yield Problem(name, "read", "outside", why)


def ending(path: Path) -> str:
    """Return the ending of a file's name, in small letters."""
    return path.suffix.lower()


def file(path: Path, name: str) -> Iterator[Report | Problem]:
    """Yield the reports of one file, through the reader for its ending."""
    reader = READERS.get(ending(path), "txt")
    try:
        yield from plugins.load("readers", reader)(path, name)
    except OSError as error:
        yield Problem(name, "read", "unreadable", error.strerror or str(error))


def piped() -> Iterator[Report | Problem]:
    """Yield the reports on standard input: JSONL where it starts with a brace."""
    pipe, blank = sys.stdin.buffer, []
    first = pipe.readline(jsonl.MOST_BYTES)
    while first.isspace():
        blank.append(first)
        first = pipe.readline(jsonl.MOST_BYTES)
    if first.lstrip(b"\xef\xbb\xbf \t")[:1] == b"{":
        yield from jsonl.rows(chain(blank, jsonl.bounded(pipe, first)), "-")
    else:
        yield text.whole(b"".join(blank) + first + pipe.read(text.MOST_BYTES), "-")
