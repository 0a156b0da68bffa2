"""How much faster several processes are than one, and how much memory each takes.

usage: benchmarks speed scale TEXTS... [--reports N] [--workers W] [--dask | --beside]

Codes the same N reports (the texts, told again under other numbers where there are
fewer) in one process, in W of the pool, and with `--dask` on W workers of a local
cluster. Prints reports a second by the clock, their ratio, how busy the machine was
with other work, what the ratio would be on idle cores by the CPU seconds that each
used, and the most memory that a worker took. Starting up is not counted: the clock
runs from the first batch that comes back. `--beside` runs the pool and Dask at the same
time instead, so that what else a machine does slows both alike.
"""

import argparse
import os
import resource
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time

from benchmarks.speed.stages import report, texts
from dateline.ingest.scale.pool import TOGETHER, coding_pool
from dateline.model import Report
from dateline.pipeline.factory import Options

SHARDS = 64  # about so many, so that none is waited for long at the end


@dataclass(frozen=True)
class Ran:
    """How one way of coding went: seconds, CPU here and in workers, MiB a worker."""

    reports: int
    seconds: float
    here: float
    workers: float
    memory: float

    def told(self, name: str) -> str:
        """Return it in words."""
        return (
            f"{name}: {self.reports / self.seconds:.2f} reports a second; CPU"
            f" {self.here:.1f} s here, {self.workers:.1f} s in workers;"
            f" {self.memory:,.0f} MiB at most in one process"
        )


def made(paths: list[Path], count: int) -> Iterator[Report]:
    """Yield so many different reports."""
    found = texts(paths)
    for n in range(count):
        yield report(n, f"{found[n % len(found)]}\n\nThis was report number {n}.")


def used(who: int) -> float:
    """Return the CPU seconds of this process or of its ended children."""
    told = resource.getrusage(who)
    return told.ru_utime + told.ru_stime


def pool(paths: list[Path], count: int, workers: int) -> Ran:
    """Code with so many processes."""
    coded = coding_pool(Options(), workers)(made(paths, count))
    for _ in islice(coded, TOGETHER):
        pass
    began, clock = process_time(), perf_counter()
    done = sum(1 for _ in coded)
    seconds, here = perf_counter() - clock, process_time() - began
    who = resource.RUSAGE_CHILDREN if workers > 1 else resource.RUSAGE_SELF
    spent = used(resource.RUSAGE_CHILDREN)
    return Ran(done, seconds, here, spent, resource.getrusage(who).ru_maxrss / 1024)


def dask(paths: list[Path], count: int, workers: int) -> Ran:
    """Code on a local cluster, in some sixty shards."""
    from dateline.ingest.scale.cluster import Cluster, code_shards
    from dateline.ingest.scale.shards import Folder

    cluster = Cluster(workers=workers)
    with tempfile.TemporaryDirectory() as name, cluster.client() as client:
        every = made(paths, count)
        size = max(TOGETHER, count // SHARDS)
        coded = code_shards(every, Options(), Folder(Path(name)), client, size)
        next(coded)
        began, clock = process_time(), perf_counter()
        done = sum(shard.line["reports"] for shard in coded)
        seconds, here = perf_counter() - clock, process_time() - began
        client.cluster.close()
    who = resource.RUSAGE_CHILDREN
    peak = resource.getrusage(who).ru_maxrss / 1024
    return Ran(done, seconds, here, used(who), peak)


def busy(one: Ran) -> float:
    """Return the share of a core that others took while one process worked alone."""
    return max(0.0, 1 - (one.here + one.workers) / one.seconds)


def fresh(work, *given) -> Ran:
    """Run one way in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(work, *given).result()


def beside(paths: list[Path], count: int, workers: int) -> Iterator[str]:
    """Code with the pool and on a cluster at once; yield how each went."""
    told = paths, count, workers
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as both:
        waiting = both.submit(pool, *told), both.submit(dask, *told)
        many, spread = (each.result() for each in waiting)
    yield many.told(f"{workers} processes")
    yield spread.told(f"Dask, {workers} workers, beside them")
    yield f"Dask against the pool: {against(spread, many):.2f} by the clock"


def against(one: Ran, other: Ran) -> float:
    """Return how much faster one way is than another."""
    return one.reports / one.seconds / (other.reports / other.seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="+")
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--dask", action="store_true")
    parser.add_argument("--beside", action="store_true")
    given = parser.parse_args()
    told = given.texts, given.reports
    if given.beside:
        print(*beside(*told, given.workers), sep="\n")
        return
    one = fresh(pool, *told, 1)
    print(one.told("one process"), flush=True)
    many = fresh(pool, *told, given.workers)
    print(many.told(f"{given.workers} processes"), flush=True)
    gain = against(many, one)
    ideal = one.here / max(many.here, (many.workers + many.here) / given.workers)
    print(
        f"ratio {gain:.2f} by the clock ({busy(one):.0%} of a core taken by others,"
        f" {os.cpu_count()} cores); {ideal:.2f} by CPU on idle cores, start included"
    )
    if given.dask:
        spread = fresh(dask, *told, given.workers)
        print(spread.told(f"Dask, {given.workers} workers"))
        print(f"Dask against the pool: {against(spread, many):.2f} by the clock")
