"""How fast archives of pages are read, and in how much memory.

usage: bench_read.py [MEGABYTES [TEXTS...]]   default 200, made in a temporary folder

Makes a WARC of pages (compressed record by record, as Common Crawl's are, and MEGABYTES
large when unpacked) around TEXTS, or around invented texts that tell no act, and reads
it as `dateline code` does, without coding. Prints pages a CPU second, what a page
costs, the peak memory, and what our framing of records costs more than the library's
own; then codes some of the pages into a store, and prints the share of reading. What
starts once an archive, the process that parses, is measured apart and is no page's.
"""

import gzip
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from time import process_time

from bench import own, texts

from dateline.ingest import Ingest
from dateline.model import Report, Source
from dateline.parts import Options
from dateline.read import inputs, warc
from dateline.scale.pool import coding_pool
from dateline.store.sql import SqlStore

MENU = "".join(f'<li><a href="/s/{n}">Section {n}</a></li>' for n in range(120))
SCRIPT = "<script>" + "var a=[1,2,3];function f(x){return x+1}\n" * 2500 + "</script>"
CODED = 100  # pages that are coded as well
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def page(text: str, n: int) -> bytes:
    """Return a page as news sites serve it: the story is a fiftieth of its bytes."""
    story = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    return (
        f'<!doctype html><html lang="en"><head><title>Report {n}</title>{SCRIPT}'
        f'<meta property="og:site_name" content="Harbour Times"></head><body><nav><ul>'
        f"{MENU}</ul></nav><article><h1>Report {n}</h1>{story}</article>"
        f"<footer><ul>{MENU}</ul></footer></body></html>"
    ).encode()


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
    done = pages = 0
    with path.open("wb") as file:
        while done < size:
            told = f"{stories[pages % len(stories)]}\n\nThis was report number {pages}."
            one = record(page(told, pages), pages)
            file.write(gzip.compress(one, 1))
            done += len(one)
            pages += 1
    return pages


def spent(work: Callable[[], int]) -> tuple[int, float]:
    """Return what work counts, and the CPU seconds of it and of its children."""
    began = process_time() + children()
    count = work()
    return count, process_time() + children() - began


def children() -> float:
    """Return the CPU seconds of children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def peak() -> float:
    """Return the peak memory in MiB: of this process, or of its largest child."""
    both = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in both) / 1024


def read(path: Path, most: int | None = None) -> int:
    """Read the pages as the program does; return how many became reports."""
    with closing(inputs.read_reports([str(path)])) as found:
        return sum(isinstance(item, Report) for item in islice(found, most))


def framed(path: Path) -> int:
    """Frame and part every record as the program does, and no more."""
    return sum(1 for _ in warc.read(Source("b", str(path), kind="warc")))


def library(path: Path) -> int:
    """Frame and part every record as the library does."""
    from fastwarc.warc import ArchiveIterator

    def bodies() -> Iterator[bytes]:
        with path.open("rb") as file:
            for one in ArchiveIterator(file):
                yield one.reader.read()

    return sum(1 for _ in bodies())


def coded(path: Path, store: SqlStore, count: int) -> int:
    """Read, code and keep the first pages; return how many."""
    options = Options()
    ingest = Ingest(coding_pool(options, 1), store, options.made_by())
    with closing(ingest.run(inputs.sources([str(path)]))) as found:
        return sum(1 for _ in islice(found, count))


def share(path: Path, folder: Path, each: float, start: float) -> str:
    """Return what reading costs of the whole program, in words.

    `each` are the seconds that a page costs to read, `start` those before the first.
    """
    with SqlStore(str(folder / "warm.db")) as store:
        coded(path, store, 2)  # what is loaded once is no cost of a page
    with SqlStore(str(folder / "s.db")) as store:
        count, used = spent(lambda: coded(path, store, CODED))
    whole = (used - start) / count
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
        start = spent(lambda: read(path, 1))[1]
        count, used = spent(lambda: read(path))
        each = (used - start) / count
        print(
            f"{size} MB of {pages} pages: {count} reports, {1 / each:,.0f} pages a CPU"
            f" second, {each * 1000:.1f} ms a page, {start * 1000:.0f} ms at the start;"
            f" peak {peak():,.0f} MiB"
        )
        print(share(path, Path(folder), each, start))


if __name__ == "__main__":
    main()
