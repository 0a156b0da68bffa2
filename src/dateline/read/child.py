"""A child that parses what might hang, crash or swell, and can be killed for it.

The parent sends a reader's name and a source; the child sends the reader's items back.
"""

import logging
import os
import pickle
import resource
import select
import struct
import subprocess
import sys
from collections.abc import Iterator
from time import monotonic
from typing import IO, Any

from dateline.model import Problem, Report, Source

SECONDS = 20  # of CPU that one item may take
WALL = 90  # seconds that it may take on a machine that does other things
MEMORY = 1 << 30  # bytes of address space beyond what the libraries need
TICKS = os.sysconf("SC_CLK_TCK")
LENGTH = struct.Struct("<Q")
FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system")
Item = Report | Problem | Source


class Overdue(Exception):
    """The child took too long over an item."""


class Child:
    """Reads sources in a process of its own; one that misbehaves is replaced."""

    def __init__(self, here: bool = False) -> None:
        """Start nothing yet: most runs read plain text. `here`: do without a child."""
        self.here = here
        self.process: subprocess.Popen[bytes] | None = None
        self.rest = b""

    def items(self, reader: str, source: Source) -> Iterator[Item]:
        """Yield what a reader finds in a source, or the problem that stopped it."""
        if self.here:
            yield from in_process(reader, source)
            return
        process = self.running()
        assert process.stdin and process.stdout
        try:
            send(process.stdin, (reader, source))
            while (item := self.received(process)) is not None:
                yield item
        except Overdue:
            self.close()
            yield stopped(source, "timeout", f"parsing took over {SECONDS} s")
        except (EOFError, BrokenPipeError):
            code = process.wait(5)
            self.close()
            yield stopped(source, "crashed", f"the parser broke down ({code})")
        except GeneratorExit:
            self.close()
            raise

    def received(self, process: subprocess.Popen[bytes]) -> Item | None:
        """Return the next item, None after the last."""
        assert process.stdout
        began, used = monotonic(), None
        while (whole := self.unpacked()) is None:
            ready, _, _ = select.select([process.stdout], [], [], 0.5)
            if ready:
                got = os.read(process.stdout.fileno(), 1 << 20)
                if not got:
                    raise EOFError
                self.rest += got
                continue
            spent = busy(process.pid)
            used = spent if used is None else used  # of most items nobody needs it
            if spent - used > SECONDS or monotonic() - began > WALL:
                raise Overdue
        item: Item | None = pickle.loads(whole)
        return item

    def unpacked(self) -> bytes | None:
        """Return the next message where all of it has come."""
        if len(self.rest) < LENGTH.size:
            return None
        end = LENGTH.size + LENGTH.unpack(self.rest[: LENGTH.size])[0]
        if len(self.rest) < end:
            return None
        whole, self.rest = self.rest[LENGTH.size : end], self.rest[end:]
        return whole

    def running(self) -> subprocess.Popen[bytes]:
        """Return the child, started where there is none."""
        if self.process is None or self.process.poll() is not None:
            words = [sys.executable, "-P", "-c", "from dateline.read import child"]
            words[-1] += "; child.main()"
            self.process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
            )
        return self.process

    def close(self) -> None:
        """End the child."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process, self.rest = None, b""


def in_process(reader: str, source: Source) -> Iterator[Item]:
    """Yield what a reader finds, its faults told, with no child between."""
    from dateline import plugins

    try:
        yield from plugins.load("readers", reader)(source)
    except MemoryError:
        yield source.problem("too_large", "parsing it takes too much memory")
    except Exception as error:  # noqa: BLE001  a parser's fault is told, not spread
        what = f"the parser gave up: {type(error).__name__}: {error}"
        yield stopped(source, "internal", what[:300])


def busy(process: int) -> float:
    """Return the CPU seconds that a process has used."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:  # noqa: PTH123
            told = file.read().rpartition(b")")[2].split()
        return (int(told[11]) + int(told[12])) / TICKS
    except (OSError, IndexError, ValueError):
        return 0.0


def stopped(source: Source, code: str, why: str) -> Problem:
    """Return the problem of a source that no reader could finish."""
    raw = source.raw or b""
    if source.path and source.raw is None:
        with source.open() as file:
            raw = file.read(1 << 20)
    capture = source.captured(raw) if raw else source.capture
    return Problem(source.found_at, "read", code, why, capture, raw)


def send(to: IO[bytes], value: Any) -> None:
    """Write one value with its length before it."""
    raw = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    left = memoryview(LENGTH.pack(len(raw)) + raw)
    while left:
        left = left[to.write(left) or 0 :]
    to.flush()


def main() -> None:
    """Answer requests on standard input until it closes."""
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    given, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up among the items
    sys.addaudithook(forbid)
    logging.disable(logging.CRITICAL)  # what is wrong is told as a problem
    while length := given.read(LENGTH.size):
        reader, source = pickle.loads(given.read(LENGTH.unpack(length)[0]))
        answer(out, reader, source)


def forbid(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what no reader needs: the network, other programs, files to write."""
    if event in FORBIDDEN:
        raise PermissionError(f"a reader may not {event}")
    if event == "open" and isinstance(mode := arguments[1], str) and "w" in mode:
        raise PermissionError("a reader may not write")


def answer(out: IO[bytes], reader: str, source: Source) -> None:
    """Send every item of one source, then None."""
    for item in in_process(reader, source):
        send(out, item)
    send(out, None)
