"""Who is writing to a store, as far as the system tells."""

import os
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

LOCKS = Path("/proc/locks")
WRITE_BYTE = 120  # of SQLite's shared memory: whoever locks it writes to the log


HOLDING = text(
    "SELECT a.application_name, a.pid, a.xact_start FROM pg_stat_activity a"
    " JOIN pg_locks l ON l.pid = a.pid WHERE a.datname = current_database()"
    " AND a.pid <> pg_backend_pid() AND l.granted AND l.mode LIKE '%ExclusiveLock'"
    " AND a.xact_start IS NOT NULL ORDER BY a.xact_start LIMIT 1"
)


def find_holder(file: Path) -> str:
    """Return who writes to an SQLite file, with its process and when that began."""
    process = writer(file)
    return describe_process(process) if process else "another writer"


def server_holder(engine: Engine) -> str:
    """Return who has longest been writing to a server's database."""
    try:
        with engine.connect() as to:
            found = to.execute(HOLDING).first()
    except SQLAlchemyError:
        found = None
    if found is None:
        return "another writer"
    ours = found.application_name.removeprefix("dateline, ")
    name = ours or f"process {found.pid} of the server"
    return f"{name} since {found.xact_start:%Y-%m-%d %H:%M:%S}"


def writer(file: Path) -> int | None:
    """Return the process that holds the write lock of an SQLite file, if told.

    The table of locks is read and the file is left alone: to open and close it here
    would give up the locks that this process has on it.
    """
    try:
        memory = os.stat(f"{file}-shm")  # noqa: PTH116  beside the file, not below it
        lines = LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    for line in lines:
        cells = line.split()
        inode = cells[-3].rpartition(":")[2]
        first, last = int(cells[-2]), cells[-1]
        held = first <= WRITE_BYTE and (last == "EOF" or int(last) >= WRITE_BYTE)
        if "WRITE" in cells and inode == str(memory.st_ino) and held:
            return int(cells[-4])
    return None


def describe_process(process: int) -> str:
    """Return a process by its number, its command and when it began."""
    told = f"process {process}"
    try:
        raw = Path(f"/proc/{process}/cmdline").read_bytes()
        since = began(process)
    except (OSError, ValueError, IndexError):
        return told
    words = raw.replace(b"\0", b" ").decode(errors="replace").strip()
    return f"{told} ({words[:60]}) since {since:%Y-%m-%d %H:%M:%S}"


def began(process: int) -> datetime:
    """Return when a process began: ticks after the start of the machine."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    up = [x for x in Path("/proc/stat").read_text().splitlines() if "btime" in x]
    seconds = int(fields[19]) / os.sysconf("SC_CLK_TCK") + int(up[0].split()[1])
    return datetime.fromtimestamp(seconds, UTC).astimezone()
