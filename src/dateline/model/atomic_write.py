"""Files that are whole or not there: written aside, made safe, put in place."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def write_aside(target: Path) -> Iterator[Path]:
    """Give a file to write; where all goes well it takes the place of `target`.

    A crash leaves the old file or the new one, never half of one; what a killed
    process left aside is cleared away the next time. Where `target` is a link, what it
    leads to is written, and the link stays.
    """
    target = Path(os.path.realpath(target))
    for left in target.parent.glob(f".{target.name}.*.part"):
        if abandoned(left):
            left.unlink(missing_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        yield beside
        sync(beside)
        beside.replace(target)
        sync(target.parent)
    except OSError as error:  # a full disk names no file
        error.filename = error.filename or str(target)
        raise
    finally:
        beside.unlink(missing_ok=True)


def abandoned(left: Path) -> bool:
    """Whether the process that wrote a file aside is gone."""
    number = left.name.split(".")[-2]
    if not number.isdigit() or int(number) == os.getpid():
        return number.isdigit()
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False


def sync(path: Path) -> None:
    """Make sure that a file or a folder is on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
