"""Shards over the workers of a Dask cluster, each kept as soon as it is done."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from logging import ERROR
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from dateline.ingest.scale import worker
from dateline.ingest.scale.pool import KILLED, options_to_travel
from dateline.ingest.scale.shards import SIZE, Folder, Item, Shard, packed, shards
from dateline.model import Problem, Report
from dateline.model.coding import Coding
from dateline.pipeline.factory import Options
from dateline.resources.plugins import MissingPart

PATIENCE = 10  # seconds for a scheduler to answer
SCHEMES = frozenset("tcp tls ucx ws wss".split())
AHEAD = 2  # shards waiting for each worker
OWN = {  # of processes that we start ourselves
    # It looks at the stack a hundred times a second, for a dashboard nobody opens.
    "distributed.worker.profile.enabled": False,
    # Memory that is given back after each array is asked for again at once.
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
}


class NoScheduler(Exception):
    """No scheduler is at an address, or it is none; the message says so."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where workers are: a scheduler's address, or so many processes of our own."""

    scheduler: str = ""
    workers: int = 2

    def client(self) -> Any:
        """Return a client of the scheduler; of one of our own where none is named.

        Raises NoScheduler.
        """
        if self.scheduler and not is_address(self.scheduler):
            raise NoScheduler(f"{self.scheduler!r} is no address like tcp://host:8786")
        try:
            import distributed
            from dask import config
        except ModuleNotFoundError as error:
            told = "needs Dask: pip install '.[scale]' in the clone"
            raise MissingPart(told) from error
        dask: Any = distributed
        if self.scheduler:
            try:
                return dask.Client(self.scheduler, set_as_default=False, timeout=PATIENCE)
            except OSError as error:
                raise NoScheduler(f"no scheduler answers at {self.scheduler}") from error
        with config.set(OWN):
            made = dask.LocalCluster(
                n_workers=self.workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=":0",
                scheduler_port=0,
                silence_logs=ERROR,  # what becomes of a worker is told by its shards
            )
        return dask.Client(made, set_as_default=False)


def is_address(told: str) -> bool:
    """Whether words are the address of a scheduler: how, where and at which port.

    >>> is_address("tcp://host:8786"), is_address("host"), is_address("tcp://host")
    (True, False, False)
    """
    try:
        parts = urlsplit(told)
        return parts.scheme in SCHEMES and bool(parts.hostname and parts.port)
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is whole in the folder; `fresh` where it was coded just now."""

    name: str
    line: Mapping[str, Any]
    fresh: bool


def code_shards(
    items: Iterable[Report | Problem],
    options: Options,
    folder: Folder,
    client: Any,
    size: int = SIZE,
) -> Iterator[Done]:
    """Code items by shards; yield each when it is kept. What is there is not redone."""
    import distributed

    dask: Any = distributed

    kept = folder.open()
    waiting = shards(items, options.made_by(), size)
    running: dict[Any, Shard] = {}
    done = dask.as_completed(raise_errors=False, loop=client.loop)
    for shard in waiting:
        if shard.name in kept:
            yield Done(shard.name, kept[shard.name], fresh=False)
            continue
        told = (options_to_travel(options), shard.items)
        key = f"shard-{shard.name}"
        future = client.submit(code_shard, *told, key=key, pure=False)
        running[future] = shard
        done.add(future)
        threads: int = sum(client.nthreads().values())
        if len(running) >= AHEAD * max(1, threads):
            yield finish(next(done), running, options, folder, client)
    while running:
        yield finish(next(done), running, options, folder, client)


def finish(
    future: Any, running: dict[Any, Shard], options: Options, folder: Folder, client: Any
) -> Done:
    """Keep a shard that came back; one that kills workers is coded report by report."""
    shard = running.pop(future)
    if future.status == "error" and killed(future):
        raw, line = packed_line([code_alone(client, options, i) for i in shard.items], 0.0)
    else:
        raw, line = future.result()
    future.release()
    line["made_by"] = options.made_by()
    folder.keep(shard.name, raw, line)
    return Done(shard.name, line, fresh=True)


def killed(future: Any) -> bool:
    """Whether the workers that had a task in hand died, again and again."""
    return type(future.exception()).__name__ == "KilledWorker"


def code_alone(client: Any, options: Options, item: Report | Problem) -> Item:
    """Code one report as a task of its own; tell if workers die of it."""
    if isinstance(item, Problem):
        return item
    future = client.submit(worker.code_batch, options_to_travel(options), [item], pure=False)
    try:
        return item, future.result()[0]
    except Exception:
        if not killed(future):
            raise
        return item, Problem(item.id, "code", "crashed", KILLED, item.capture)


def code_shard(
    told: tuple[tuple[str, Any], ...], items: tuple[Report | Problem, ...]
) -> tuple[bytes, dict[str, Any]]:
    """Code the reports of a shard, on a worker; return its file and its line."""
    began = monotonic()
    reports = [item for item in items if isinstance(item, Report)]
    codings: Iterator[Coding | Problem] = iter(worker.code_batch(told, reports))
    rows: list[Item] = [
        (item, next(codings)) if isinstance(item, Report) else item for item in items
    ]
    return packed_line(rows, monotonic() - began)


def packed_line(rows: list[Item], seconds: float) -> tuple[bytes, dict[str, Any]]:
    """Return a shard's file, and what the manifest tells of it."""
    codings = [row[1] for row in rows if not isinstance(row, Problem)]
    coded = [coding for coding in codings if isinstance(coding, Coding)]
    line = {
        "reports": len(codings),
        "problems": len(rows) - len(coded) + sum(bool(c.problems) for c in coded),
        "claims": sum(len(coding.claims) for coding in coded),
        "seconds": round(seconds, 3),
    }
    return packed(rows), line
