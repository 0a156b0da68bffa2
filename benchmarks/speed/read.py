"""How fast archives of pages are read, and in how much memory.

usage: benchmarks speed read [MEGABYTES [TEXTS...]]

MEGABYTES is 200 by default; they are made in a temporary folder.

Makes a WARC of pages (compressed record by record, as Common Crawl's are, and MEGABYTES
large when unpacked), .45 of them around TEXTS, or around invented texts that tell no
act, the others around invented texts in other languages, in several shapes of page
(`pages.py`), and reads it as `dateline code` does, without coding. Prints pages a
CPU second, what a page costs, how many are English, the peak memory, and what our
framing of records costs more than the library's own; then codes some of the pages into
a store, and prints the share of reading. What starts once an archive, the process that
parses, is measured apart and is no page's. The load of the machine stands beside.
"""

import gzip
import os
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import count, islice
from operator import itemgetter
from pathlib import Path
from time import process_time
from typing import TypeVar

from benchmarks.speed import pages
from benchmarks.speed.stages import own, texts
from dateline.ingest.reading import inputs
from dateline.ingest.reading.readers import warc
from dateline.ingest.run import Ingest
from dateline.ingest.scale.pool import coding_pool
from dateline.model import Report, Source
from dateline.pipeline.factory import Options
from dateline.store.sql import SqlStore

T = TypeVar("T")
ENGLISH = 0.45  # share of the pages of Common Crawl News
LOWEST = itemgetter(1)
CODED = 100  # pages that are coded as well
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def mix_pages(stories: list[str]) -> Iterator[bytes]:
    """Yield pages without end, .45 of them around the stories, in every shape."""
    other = (story for seed in count() for story in pages.stories(seed, 100))
    for n in count():
        if int((n + 1) * ENGLISH) > int(n * ENGLISH):
            code, text = "en", stories[int(n * ENGLISH) % len(stories)]
        else:
            code, text = next(other)
        shape = pages.SHAPES[n % len(pages.SHAPES)]
        told = f"{text}\n\nThis was report number {n}." if code == "en" else text
        yield shape(told, f"Report {n}", code).encode()


def record(body: bytes, n: int) -> bytes:
    """Return one response record."""
    held = HEAD.encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{n:032x}>\r\n"
        f"WARC-Target-URI: https://harbour.example/{n}\r\n"
        f"WARC-Date: 2026-01-05T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(held)}\r\n\r\n"
    )
    return head.encode() + held + b"\r\n\r\n"


def made(path: Path, size: int, stories: list[str]) -> int:
    """Write an archive that unpacks to about so many bytes; return how many pages."""
    done = 0
    with path.open("wb") as file:
        for n, body in enumerate(mix_pages(stories)):
            one = record(body, n)
            file.write(gzip.compress(one, 1))
            done += len(one)
            if done >= size:
                break
    return n + 1


def spent(work: Callable[[], T]) -> tuple[T, float]:
    """Return what work gives, and the CPU seconds of it and of its children."""
    began = process_time() + children()
    given = work()
    return given, process_time() + children() - began


def children() -> float:
    """Return the CPU seconds of children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    """Return the peak memory in MiB: of this process, or of its largest child."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) / 1024


def read(path: Path, most: int | None = None) -> Counter[str]:
    """Read the pages as the program does; return how many reports of each language."""
    with closing(inputs.read_reports([str(path)])) as found:
        some = islice(found, most)
        return Counter(item.language for item in some if isinstance(item, Report))


def framed(path: Path) -> int:
    """Frame and part every record as the program does, and no more."""
    return sum(1 for _ in warc.read_warc(Source("b", str(path), kind="warc")))


def library(path: Path) -> int:
    """Frame and part every record as the library does."""
    from fastwarc.warc import ArchiveIterator

    def bodies() -> Iterator[bytes]:
        with path.open("rb") as file:
            for one in ArchiveIterator(file):
                yield one.reader.read()

    return sum(1 for _ in bodies())


def coded(path: Path, store: SqlStore, most: int) -> int:
    """Read, code and keep the first pages; return how many."""
    options = Options()
    ingest = Ingest(coding_pool(options, 1), store, options.made_by())
    with closing(ingest.run(inputs.sources([str(path)]))) as found:
        return sum(1 for _ in islice(found, most))


def share(path: Path, folder: Path, each: float, start: float) -> str:
    """Return what reading costs of the whole program, in words.

    `each` are the seconds that a page costs to read, `start` those before the first.
    """
    with SqlStore(str(folder / "warm.db")) as store:
        coded(path, store, 2)  # what is loaded once is no cost of a page
    with SqlStore(str(folder / "s.db")) as store:
        done, used = spent(lambda: coded(path, store, CODED))
    whole = (used - start) / done
    return f"read, coded and kept: {whole * 1000:.1f} ms; reading {each / whole:.1%}"


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    told = texts([Path(name) for name in sys.argv[2:]]) or list(islice(own(), 200))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pages.warc.gz"
        pages = made(path, size << 20, told)
        ours, theirs = (spent(lambda f=f: f(path))[1] for f in (framed, library))
        more = (ours - theirs) / pages * 1e6
        print(f"framing costs {more:,.0f} µs a record more than the library's own")
        start = min(spent(lambda: read(path, 1))[1] for _ in range(3))
        found, used = min((spent(lambda: read(path)) for _ in range(3)), key=LOWEST)
        reports = sum(found.values())
        each = (used - start) / reports
        print(
            f"{size} MB of {pages} pages: {reports} reports, {found['en']} English,"
            f" {1 / each:,.0f} pages a CPU second, {each * 1000:.1f} ms a page,"
            f" {start * 1000:.0f} ms at the start; peak {peak():,.0f} MiB;"
            f" load {os.getloadavg()[0]:.1f}; the lowest of three"
        )
        print(share(path, Path(folder), each, start))
