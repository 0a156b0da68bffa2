"""`dateline scale` and `dateline load`: over many machines, and into a store."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.options import CodebookName, Columns, DayFirst, Outlet, Published
from dateline.cli.screen import fail, progress, say_line, telling_end

TOLD = 20  # problems that are told one by one; `dateline problems` lists all


def scale_out(  # noqa: PLR0913  every flag is an argument
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Files, folders, archives.")
    ],
    out: Annotated[Path, typer.Option(help="The folder for the shards.")],
    scheduler: Annotated[
        str, typer.Option(metavar="URL", help="A Dask scheduler: tcp://host:8786.")
    ] = "",
    workers: Annotated[
        int, typer.Option(min=1, help="Processes of our own, where none is named.")
    ] = 2,
    published: Published = "",
    outlet: Outlet = "",
    codebook: CodebookName = "",
    columns: Columns = "",
    dayfirst: DayFirst = False,
) -> None:
    """Code reports over a Dask cluster: Parquet files and a manifest, to be loaded.

    Started again it codes what is not there yet; a worker that dies costs its shard.
    Claims are joined within each report; `dateline load` merges across reports.
    """
    from dateline.cli.code import read_column_map, read_day
    from dateline.cli.settings import choose_parts
    from dateline.outcomes import Told
    from dateline.read.inputs import read_reports
    from dateline.scale.cluster import Cluster, code_shards
    from dateline.scale.shards import Folder

    chosen = choose_parts(codebook=codebook)
    if out.exists() and not out.is_dir():
        fail(f"{out} is a file: name a folder for the shards", 2)
    seen: Counter[str] = Counter()
    found = read_reports(paths, read_column_map(columns, dayfirst))
    items = require_paths(fill_untold(found, Told(read_day(published), outlet), seen))
    done: list[Any] = []
    with (
        telling_end(lambda: kept_shards(done, out)),
        reach_cluster(Cluster(scheduler, workers)) as client,
    ):
        try:
            for shard in progress(
                code_shards(items, chosen, Folder(out), client), "shards"
            ):
                done.append(shard)
        finally:
            if not scheduler:
                client.cluster.close()
    raise SystemExit(sum_up_scale(done, out, seen))


def kept_shards(done: list[Any], out: Path) -> str:
    """Return what is kept of a run that was ended with Ctrl-C."""
    reports = sum(shard.line["reports"] for shard in done)
    kept = f"ended: {len(done)} shards with {reports} reports are kept in {out}"
    return f"{kept}; run it again to code the rest, or load them: dateline load {out}"


def reach_cluster(cluster: Any) -> Any:
    """Return a client of a cluster, or end where it cannot be had."""
    from dateline.scale.cluster import NoScheduler

    try:
        return cluster.client()
    except NoScheduler as error:
        fail(f"--scheduler: {error}", 2)


def fill_untold(items: Any, told: Any, seen: Counter[str]) -> Iterator[Any]:
    """Yield items with what the flags tell of reports that tell nothing themselves.

    Problems are told and counted by their outcome; of very many, the first.
    """
    from dateline.model import Report

    for item in items:
        if isinstance(item, Report):
            yield told.fill(item)
            continue
        seen[item.outcome] += 1
        if item.code == "settled":
            say_line(f"! {item.report_id}: {item.message}")
        if item.outcome != "passed over":
            seen["told"] += 1
            if seen["told"] <= TOLD:
                say_line(f"! {item.report_id}: {item.message}")
        yield item


def require_paths(items: Iterator[Any]) -> Iterator[Any]:
    """Return items, or end where none of the paths is there."""
    from dateline.model import Problem

    held = []
    for item in items:
        held.append(item)
        if not isinstance(item, Problem) or item.code != "not_found":
            return chain(held, items)
    raise SystemExit(2)


def sum_up_scale(done: list[Any], out: Path, seen: Counter[str]) -> int:
    """Say what became of everything read; return the exit code."""
    names = ("reports", "problems", "claims")
    n = {name: sum(shard.line[name] for shard in done) for name in names}
    n["problems"] -= seen["passed over"]
    fresh = sum(shard.fresh for shard in done)
    say_line(
        f"{len(done)} shards in {out}, {fresh} of them coded now: {n['reports']}"
        f" reports, {n['claims']} claims, {n['problems']} problems"
    )
    if passed := seen["passed over"]:
        say_line(f"passed over, no reports by their kind: {passed}")
    say_line(f"next: dateline load {out}")
    if not done:
        return 2
    return 3 if n["problems"] else 0


def load_shards(
    folder: Annotated[Path, typer.Argument(help="The folder of `dateline scale`.")],
    store: Annotated[str, typer.Option(help="Where to keep them: a file or URL.")] = "",
) -> None:
    """Load the shards of `dateline scale` into a store; what is there stays."""
    from dateline.cli.code import merge_and_tell, stopped_words
    from dateline.cli.printing import print_sums
    from dateline.cli.settings import settings
    from dateline.scale.loading import load_shards_into, with_shards
    from dateline.scale.shards import Folder
    from dateline.store.sql import SqlStore

    shards = with_shards(Folder(folder))  # before a store is made
    with SqlStore(store or settings().store) as kept:
        found = load_shards_into(shards, kept)
        with telling_end(lambda: stopped_words(found.ingest)):
            for _ in progress(found.run(), "records"):
                pass
            code = print_sums(found.ingest)
            merge_and_tell(kept, quiet=False)
    raise SystemExit(code)
