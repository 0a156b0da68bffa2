"""Whether what is kept is still what was read: texts, and the bytes they came from."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Literal

from dateline.ingest.reading import inputs
from dateline.ingest.reading.worker import Child
from dateline.model import Report
from dateline.model.source import Columns, columns_of_tool, spelled, unspelled
from dateline.model.text import digest_text
from dateline.store.provenance import captures
from dateline.store.sql import SqlStore

State = Literal["sound", "altered", "changed", "gone", "away"]
Found = dict[str, set[str]]
INSIDE = ("!", "@", "#", ":")


@dataclass(frozen=True, slots=True)
class Checked:
    """One capture and what its check found.

    `altered`: the text in the store is not the one that was kept. `changed`: the bytes
    are others now. `gone`: the file is no longer there, or the record not in it.
    `away`: it was fetched or piped, and no bytes of it lie here.
    """

    state: State
    report: str
    found_at: str


def verify_captures(store: SqlStore, base: Path) -> Iterator[Checked]:
    """Check every capture; paths that are not absolute lie below `base`."""
    child = Child()
    try:
        rows = sorted(captures(store), key=lambda row: outer(row["found_at"], base))
        for file, group in groupby(rows, lambda row: outer(row["found_at"], base)):
            some = list(group)
            maps = dict.fromkeys(columns_of_tool(row["tool"]) for row in some)
            now: Found = {}
            for named in maps if file else ():
                for where, sums in digests(file, base, child, named).items():
                    now.setdefault(where, set()).update(sums)
            for row in some:
                found = now.get(row["found_at"])
                state: State = "gone"
                if digest_text(row["text"]) != row["text_sha256"]:
                    state = "altered"
                elif not file:
                    state = "away" if was_never_a_file(row["found_at"]) else "gone"
                elif found is not None:
                    state = "sound" if row["sha256"] in found else "changed"
                yield Checked(state, row["id"], row["found_at"])
    finally:
        child.close()


def was_never_a_file(found_at: str) -> bool:
    """Whether a capture never lay in a file here."""
    return found_at.startswith(("http://", "https://", "-"))


def outer(found_at: str, base: Path) -> str:
    """Return the file in which a capture lies, "" where there is none.

    The longest beginning of its name that is a file is it.
    """
    if was_never_a_file(found_at):
        return ""
    ends = [len(found_at)]
    ends += [n for n, sign in enumerate(found_at) if sign in INSIDE]
    for end in sorted(ends, reverse=True):
        if end and existing_path(found_at[:end], base):
            return found_at[:end]
    return ""


def existing_path(name: str, base: Path) -> str:
    """Return the name of a file that is there, for it or its spelling; "" for none."""
    names = (name, unspelled(name))
    return next((n for n in names if os.path.isfile(base / n)), "")  # noqa: PTH113  never raises


def digests(file: str, base: Path, child: Child, named: Columns = ()) -> Found:
    """Return the sha256 of the records of a file by where they are found.

    `named` is what the columns were said to be called. Two members of an archive may
    have one name.
    """
    found: Found = {}
    path = base / existing_path(file, base)
    for item in inputs.read_source(replace(inputs.file(path), columns=named), child):
        capture = item.capture
        if isinstance(item, Report) and capture:
            name = capture.found_at.removeprefix(spelled(path))
            found.setdefault(f"{file}{name}", set()).add(capture.sha256)
    return found
