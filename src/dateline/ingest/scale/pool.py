"""Processes on one machine: reports in, codings out in their order, nothing lost.

What is read ahead is bounded, so a slow store or a fast reader fills no memory. A
process that dies is replaced and what it had in hand is coded again; a report that
kills two is told as a problem, and the others go on.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, fields
from multiprocessing import get_context
from typing import Any

from dateline.ingest.run import Coded, Codes, Item, one_by_one
from dateline.ingest.scale import worker
from dateline.model import Problem, Report
from dateline.pipeline.factory import Options, make_coder

TOGETHER = 8  # reports handed over at once
AHEAD = 3  # batches waiting for each process
DEATHS = 2  # of processes with the same batch in hand until its reports go one by one
KILLED = "the process that coded it was killed: out of memory, or a fault of ours"


def coding_pool(options: Options, workers: int) -> Codes:
    """Return what codes items on so many processes; the claims are those of one."""
    if workers <= 1:
        return one_by_one(make_coder(options))
    return Pool(options, workers).codes


@dataclass(slots=True)
class Batch:
    """Items in a row, and the codings of the reports among them when they are done."""

    items: list[Item] = field(default_factory=list)
    future: Future[list[Any]] | None = None
    deaths: int = 0

    @property
    def reports(self) -> list[Report]:
        """The reports among the items."""
        return [item for item in self.items if isinstance(item, Report)]

    def coded(self, found: Iterable[Any]) -> Iterator[Coded]:
        """Yield the items again, each report with its coding."""
        rest = iter(found)
        for item in self.items:
            yield item, next(rest) if isinstance(item, Report) else None


class Pool:
    """A pool of processes that can lose any of them."""

    def __init__(self, options: Options, workers: int) -> None:
        """Start nothing yet."""
        self.chosen = options_to_travel(options)
        self.workers = workers
        self.made: ProcessPoolExecutor | None = None

    def codes(self, items: Iterable[Item]) -> Iterator[Coded]:
        """Yield each item in its order, the reports among them coded."""
        waiting: deque[Batch] = deque()
        whole = False
        try:
            for batch in batch_items(items):
                waiting.append(batch)
                self.submit(batch)
                while len(waiting) > AHEAD * self.workers:
                    yield from self.first(waiting)
            while waiting:
                yield from self.first(waiting)
            whole = True
        finally:
            if not whole:
                self.kill()
            self.close()

    def first(self, waiting: deque[Batch]) -> Iterator[Coded]:
        """Yield the first batch when it is done."""
        batch = waiting[0]
        while True:
            try:
                found = batch.future.result() if batch.future else []
                break
            except BrokenProcessPool:
                found = self.again(waiting)
                if found:
                    break
        waiting.popleft()
        yield from batch.coded(found)

    def again(self, waiting: deque[Batch]) -> list[Any]:
        """Hand over again what a dead process left; code the first alone if need be.

        Those that may have been in hand when it died are the first ones.
        """
        self.close()
        for batch in list(waiting)[: self.workers + 1]:
            batch.deaths += not batch.future or not batch.future.done() or worker_died(batch)
        found = []
        if waiting[0].deaths > DEATHS:
            found = [self.alone(report) for report in waiting[0].reports]
        for batch in list(waiting)[bool(found) :]:
            if worker_died(batch):
                self.submit(batch)
        return found

    def alone(self, report: Report) -> Any:
        """Code one report in a process of its own; tell if that dies of it."""
        with self.executor(1) as one:
            try:
                return one.submit(worker.code_batch, self.chosen, [report]).result()[0]
            except BrokenProcessPool:
                raw = report.text.encode("utf-8", "surrogatepass")
                told = (report.id, "code", "crashed", KILLED)
                return Problem(*told, report.capture, raw)

    def submit(self, batch: Batch) -> None:
        """Hand a batch to the next free process."""
        batch.future = None
        if not batch.reports:
            return
        if self.made is None:
            self.made = self.executor(self.workers)
        try:
            batch.future = self.made.submit(worker.code_batch, self.chosen, batch.reports)
        except BrokenProcessPool as error:
            batch.future = Future()
            batch.future.set_exception(error)

    def executor(self, workers: int) -> ProcessPoolExecutor:
        """Return new processes that have inherited nothing."""
        start = get_context("spawn")
        return ProcessPoolExecutor(workers, start, initializer=worker.begin_worker)

    def kill(self) -> None:
        """End the processes at once, after a key or where nobody wants the rest.

        A pool that a key interrupts while it starts its processes may wait for them
        for ever; what they have in hand is coded the next time.
        """
        for process in list((getattr(self.made, "_processes", None) or {}).values()):
            process.kill()

    def close(self) -> None:
        """End the processes."""
        if self.made is not None:
            self.made.shutdown(wait=True, cancel_futures=True)
            self.made = None


def batch_items(items: Iterable[Item]) -> Iterator[Batch]:
    """Yield items in batches of some reports, what stands between them included."""
    batch = Batch()
    for item in items:
        batch.items.append(item)
        if len(batch.reports) >= TOGETHER:
            yield batch
            batch = Batch()
    if batch.items:
        yield batch


def worker_died(batch: Batch) -> bool:
    """Whether the process that had a batch in hand died."""
    future = batch.future
    if future is None or not future.done() or future.cancelled():
        return True
    return isinstance(future.exception(), BrokenProcessPool)


def options_to_travel(options: Options) -> tuple[tuple[str, Any], ...]:
    """Return options in a form that travels to a process without its imports."""
    return tuple((f.name, getattr(options, f.name)) for f in fields(options))
