"""A child that parses what might hang, crash or swell, and can be killed for it.

The parent sends a reader's name and a source; the child sends the reader's items back
as JSON. A parser that was taken over may answer whatever it likes, so nothing is
unpickled; each field must be of its kind; of a source the bytes are taken, never the
name of a file. For the same reason the kernel holds the child to reading (`confined`).
"""

import json
import logging
import os
import pickle
import resource
import select
import struct
import subprocess
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from functools import cache
from itertools import starmap
from time import monotonic
from types import NoneType, UnionType
from typing import IO, Any, Literal, Union, get_args, get_origin, get_type_hints

from dateline.ingest.reading.sandbox import WRITES, confine
from dateline.model import Problem, Report, Source

Item = Report | Problem | Source
KINDS = {kind.__name__: kind for kind in (Report, Problem, Source)}


class NotCarried(ValueError):
    """Bytes that are no item; the message says what is wrong."""


def carry_item(item: Item | None) -> bytes:
    """Return an item as JSON, None as the sign that there are no more.

    >>> deliver_item(carry_item(Report("r", "Kim left.", published=date(2019, 1, 8))))
    ... # doctest: +ELLIPSIS
    Report(id='r', text='Kim left.', ... published=datetime.date(2019, 1, 8), ...)
    """
    if item is None:
        return b"null"
    if type(item) not in KINDS.values():
        raise NotCarried(f"a reader in a child gives no {type(item).__name__}")
    if isinstance(item, Source) and not whole_source(item):
        raise NotCarried("a reader in a child gives the bytes of a source, not a file")
    told = {"is": type(item).__name__, **plain_value(item)}
    return json.dumps(told, allow_nan=False).encode("ascii")


def whole_source(source: Source) -> bool:
    """Whether a source is its bytes: no file, no stream."""
    return source.raw is not None and not source.path and source.stream is None


def plain_value(value: Any) -> Any:
    """Return what a field holds as JSON has it."""
    if is_dataclass(value):
        return {one.name: plain_value(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [plain_value(each) for each in value]
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def deliver_item(raw: bytes) -> Item | None:
    """Return the item that JSON tells. Raises NotCarried for all that is none."""
    try:
        told = json.loads(raw)
        if told is None:
            return None
        kind = KINDS[told.pop("is")]
        found: Item = make_value(kind, told)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise NotCarried(f"no item: {type(error).__name__}") from None
    if isinstance(found, Source) and not whole_source(found):
        raise NotCarried("a source that names a file")
    return found


@cache
def kinds_of(value: Any) -> dict[str, Any]:
    """Return the kind of each field of a value."""
    hints = get_type_hints(value)
    return {each.name: hints[each.name] for each in fields(value)}


def make_value(value: Any, told: Any) -> Any:
    """Return a value of JSON's fields, all of them and no others."""
    kinds = kinds_of(value)
    if not isinstance(told, dict) or told.keys() != kinds.keys():
        raise NotCarried("fields of another value")
    return value(**{name: checked_value(kind, told[name]) for name, kind in kinds.items()})


def checked_value(kind: Any, told: Any) -> Any:
    """Return what a field of a kind holds. Raises ValueError where it is of another."""
    outer, inner = get_origin(kind), get_args(kind)
    found: Any = told
    if outer in (Union, UnionType):
        found = None if told is None and NoneType in inner else check_union(inner, told)
    elif outer is Literal:
        found = inner[inner.index(told)]
    elif outer is tuple:
        if not isinstance(told, list):
            raise NotCarried("no list")
        kinds = inner[:1] * len(told) if inner[-1] is Ellipsis else inner
        pairs = zip(kinds, told, strict=True)
        found = tuple(starmap(checked_value, pairs))
    elif is_dataclass(kind):
        found = make_value(kind, told)
    elif kind is bytes:
        found = b64decode(check_text(told), validate=True)
    elif kind in (date, datetime):
        found = kind.fromisoformat(check_text(told))
    elif type(told) is not kind:
        raise NotCarried(f"no {kind.__name__}")
    return found


def check_union(kinds: tuple[Any, ...], told: Any) -> Any:
    """Return what a field holds that may be of several kinds, but is not None."""
    if datetime in kinds and isinstance(told, str):
        return checked_value(datetime if "T" in told else date, told)
    (only,) = set(kinds) - {NoneType}
    return checked_value(only, told)


def check_text(told: Any) -> str:
    """Return a string that must be one."""
    if not isinstance(told, str):
        raise NotCarried("no string")
    return told


SECONDS = 20  # of CPU that one item may take
WALL = 90  # seconds that it may take on a machine that does other things
MEMORY = 1 << 30  # bytes of address space beyond what the libraries need
DEBUG = "DATELINE_DEBUG"
TICKS = os.sysconf("SC_CLK_TCK")
LENGTH = struct.Struct("<Q")
MOST = 512 << 20  # bytes of an item as JSON
# What Python itself tells of, where the kernel holds nothing.
FORBIDDEN = frozenset(
    "socket.__new__ socket.bind socket.connect socket.getaddrinfo socket.gethostbyname"
    " socket.sendto socket.sendmsg subprocess.Popen os.system os.exec os.fork"
    " os.forkpty os.posix_spawn os.spawn os.startfile os.kill os.killpg os.remove"
    " os.rename os.rmdir os.mkdir os.link os.symlink os.truncate os.chmod os.chown"
    " os.lchown os.lchmod os.utime os.setxattr os.removexattr os.chflags"
    " shutil.copyfile shutil.move shutil.rmtree tempfile.mkstemp tempfile.mkdtemp"
    " pty.spawn".split()
)


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
            yield from read_in_process(reader, source)
            return
        process = self.running()
        assert process.stdin and process.stdout
        try:
            send_message(process.stdin, pickle.dumps((reader, source), pickle.HIGHEST_PROTOCOL))
            while (item := self.received(process)) is not None:
                if isinstance(item, Source):  # so deep it lies, whatever it says
                    item = replace(item, depth=max(item.depth, source.depth + 1))
                yield item
        except Overdue:
            self.close()
            yield stopped_problem(source, "timeout", f"parsing took over {SECONDS} s")
        except (EOFError, BrokenPipeError):
            code = process.wait(5)
            self.close()
            yield stopped_problem(source, "crashed", f"the parser broke down ({code})")
        except NotCarried as error:
            self.close()
            yield stopped_problem(source, "crashed", f"the parser answered amiss: {error}")
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
            spent = cpu_seconds_of(process.pid)
            used = spent if used is None else used  # of most items nobody needs it
            if spent - used > SECONDS or monotonic() - began > WALL:
                raise Overdue
        return deliver_item(whole)

    def unpacked(self) -> bytes | None:
        """Return the next message where all of it has come."""
        if len(self.rest) < LENGTH.size:
            return None
        end = LENGTH.size + LENGTH.unpack(self.rest[: LENGTH.size])[0]
        if end > MOST:
            raise NotCarried(f"an item of over {MOST:,} bytes")
        if len(self.rest) < end:
            return None
        whole, self.rest = self.rest[LENGTH.size : end], self.rest[end:]
        return whole

    def running(self) -> subprocess.Popen[bytes]:
        """Return the child, started where there is none."""
        if self.process is None or self.process.poll() is not None:
            words = [sys.executable, "-P", "-c", "from dateline.ingest.reading import worker"]
            words[-1] += "; worker.serve_requests()"
            self.process = subprocess.Popen(
                words,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                # Nobody's terminal: what is wrong is told as a problem.
                stderr=None if DEBUG in os.environ else subprocess.DEVNULL,
                bufsize=0,
            )
        return self.process

    def close(self) -> None:
        """End the child."""
        if self.process is not None:
            self.process.kill()
            self.process.communicate()
            self.process, self.rest = None, b""


def read_in_process(reader: str, source: Source) -> Iterator[Item]:
    """Yield what a reader finds, its faults told, with no child between."""
    from dateline.ingest.reading.formats import find_format

    try:
        yield from find_format(reader).load()(source)
    except MemoryError:
        yield source.problem("too_large", "parsing it takes too much memory")
    except Exception as error:  # noqa: BLE001  a parser's fault is told, not spread
        what = f"the parser gave up: {type(error).__name__}: {error}"
        yield stopped_problem(source, "internal", what[:300])


def cpu_seconds_of(process: int) -> float:
    """Return the CPU seconds that a process has used."""
    try:
        with open(f"/proc/{process}/stat", "rb") as file:  # noqa: PTH123
            told = file.read().rpartition(b")")[2].split()
        return (int(told[11]) + int(told[12])) / TICKS
    except (OSError, IndexError, ValueError):
        return 0.0


def stopped_problem(source: Source, code: str, why: str) -> Problem:
    """Return the problem of a source that no reader could finish."""
    raw = source.raw or b""
    if source.path and source.raw is None:
        with source.open() as file:
            raw = file.read(1 << 20)
    capture = source.captured(raw) if raw else source.capture
    return Problem(source.found_at, "read", code, why, capture, raw)


def send_message(to: IO[bytes], raw: bytes) -> None:
    """Write some bytes with their length before them."""
    left = memoryview(LENGTH.pack(len(raw)) + raw)
    while left:
        left = left[to.write(left) or 0 :]
    to.flush()


def serve_requests() -> None:
    """Answer requests on standard input until it closes."""
    resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
    given, out = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    tempfile.gettempdir()  # libraries ask for it; to find it writes a file
    os.dup2(2, 1)  # what a library prints must not end up among the items
    confine()
    sys.addaudithook(forbid_event)
    logging.disable(logging.CRITICAL)  # what is wrong is told as a problem
    while length := given.read(LENGTH.size):
        reader, source = pickle.loads(given.read(LENGTH.unpack(length)[0]))
        for item in read_in_process(reader, source):
            try:
                raw = carry_item(item)
            except (NotCarried, ValueError, TypeError) as error:
                why = f"what the parser found cannot be handed on: {error}"
                raw = carry_item(stopped_problem(source, "internal", why[:300]))
            send_message(out, raw)
        send_message(out, carry_item(None))


def forbid_event(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse what no reader needs: the network, other programs, files to write."""
    if event in FORBIDDEN:
        raise PermissionError(f"a reader may not {event}")
    if event == "open":
        _, mode, flags = arguments
        writes = isinstance(mode, str) and set(mode) & set("wax+")
        if writes or (isinstance(flags, int) and flags & WRITES):
            raise PermissionError("a reader may not write")
