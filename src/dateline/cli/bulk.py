"""`dateline scale`, `load` and `batch`: on other machines or overnight."""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.code import merge_and_tell, print_sums, read_column_map, read_day, stopped_words
from dateline.cli.options import (
    CodebookName,
    Columns,
    DayFirst,
    OnlyDoubtful,
    OpinionModel,
    OpinionUrl,
    Outlet,
    Published,
)
from dateline.cli.screen import fail, progress, say_line, telling_end

TOLD = 20  # problems that are told one by one; `dateline problems` lists all
Beside = Annotated[str, typer.Option(help="The store of the reports: answers lie beside it.")]

batch = typer.Typer(
    help="Ask a language model by batch files, which many servers answer overnight at "
    "half the price: write, have it answered, read, then `dateline code` as ever."
)
WHY = {
    "unreadable": "unreadable (no JSON object)",
    "unknown_question": "of a question that was not written for this store and model",
    "batch_error": "batch_error (the server gave the batch up, or the line)",
}


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
    from dateline.cli.settings import choose_parts
    from dateline.ingest.reading.inputs import read_reports
    from dateline.ingest.results import Told
    from dateline.ingest.scale.cluster import Cluster, NoScheduler, code_shards
    from dateline.ingest.scale.shards import Folder

    chosen = choose_parts(codebook=codebook)
    if out.exists() and not out.is_dir():
        fail(f"{out} is a file: name a folder for the shards", 2)
    seen: Counter[str] = Counter()
    found = read_reports(paths, read_column_map(columns, dayfirst))
    items = require_paths(fill_untold(found, Told(read_day(published), outlet), seen))
    done: list[Any] = []

    def kept_shards() -> str:
        """Return what is kept of a run that was ended with Ctrl-C."""
        reports = sum(shard.line["reports"] for shard in done)
        kept = f"ended: {len(done)} shards with {reports} reports are kept in {out}"
        again = f"run it again to code the rest, or load them: dateline load {out}"
        return f"{kept}; {again}"

    with telling_end(kept_shards), ExitStack() as stack:
        try:
            client = stack.enter_context(Cluster(scheduler, workers).client())
        except NoScheduler as error:
            fail(f"--scheduler: {error}", 2)
        try:
            for shard in progress(code_shards(items, chosen, Folder(out), client), "shards"):
                done.append(shard)
        finally:
            if not scheduler:
                client.cluster.close()
    raise SystemExit(sum_up_scale(done, out, seen))


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
    from dateline.cli.settings import settings
    from dateline.ingest.scale.loading import load_shards_into, with_shards
    from dateline.ingest.scale.shards import Folder
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


@batch.command("write")
def write_questions(  # noqa: PLR0913  every flag is an argument
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH...", help="Reports, as for `dateline code`.")
    ],
    out: Annotated[Path, typer.Option(help="The batch file to write (JSON lines).")],
    store: Beside = "",
    published: Published = "",
    outlet: Outlet = "",
    columns: Columns = "",
    dayfirst: DayFirst = False,
    codebook: CodebookName = "",
    opinion: OpinionUrl = "",
    model: OpinionModel = "",
    only_doubtful: OnlyDoubtful = False,
) -> None:
    """Write the questions about reports that have no answer yet; send nothing.

    The flags are those with which the reports will be coded. Of a long report the next
    part is written when the answers to the one before it are read.
    """
    from dateline.cli.llm import OpinionFlags, advised_terms
    from dateline.cli.release import is_store
    from dateline.cli.settings import choose_parts
    from dateline.ingest.llm_coding import find_ready
    from dateline.ingest.reading.inputs import read_reports
    from dateline.ingest.results import Told
    from dateline.llm.client import write_batch
    from dateline.llm.policy import tell_leaving
    from dateline.model import Report
    from dateline.pipeline.factory import make_coder

    if is_store(out):
        fail(f"{out} is a store, which would be lost: name another file", 2)
    flags = OpinionFlags(opinion, model, only_doubtful=only_doubtful)
    chosen, parts = chosen_opinion(flags, store), choose_parts(codebook=codebook)
    told = Told(read_day(published), outlet)
    found = fill_untold(read_reports(paths, read_column_map(columns, dayfirst)), told, Counter())
    every = [item for item in require_paths(found) if isinstance(item, Report)]
    terms, door = advised_terms(chosen, parts), open_unsent(chosen)
    try:
        ready, waiting = find_ready(make_coder(parts), terms, every, door.peek)
        plan = door.plan(ready)
        written, _ = write_batch(door, ready, out)
    finally:
        door.book.close()
    if not written:
        out.unlink()
        say_line(f"all {len(ready)} questions have an answer: dateline code hears them")
        return
    for line in (*plan.words(), tell_leaving(chosen.server, chosen.terms.numbered)):
        if line:
            say_line(line)
    say_line(f"written: {out} ({written} questions); nothing was sent")
    if waiting:
        say_line(
            f"{waiting} later parts of long reports wait for these answers: write again"
            " when they are read"
        )


@batch.command("read")
def read_answers(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Answered batch files.")],
    store: Beside = "",
    opinion: OpinionUrl = "",
    model: OpinionModel = "",
) -> None:
    """Keep the answers of batch files that came back, beside the store.

    `dateline code` with the same model and address then asks nothing that they answer.
    Ends with 3 where a line is no answer.
    """
    from dateline.cli.llm import OpinionFlags
    from dateline.llm.client import read_batch

    chosen = chosen_opinion(OpinionFlags(opinion, model), store)
    if not chosen.answers.exists():
        fail(
            f"no question was written for this store ({chosen.answers} is not there):"
            " name the --store of dateline batch write",
            2,
        )
    for missing in (file for file in files if not file.is_file()):
        fail(f"{missing}: no such file", 2)
    door, count = open_unsent(chosen), Counter[str]()
    try:
        for file in files:
            count += read_batch(door, file)
    finally:
        door.book.close()
    say_line(f"{count.pop('answered', 0):,} answers kept in {chosen.answers}")
    if not count:
        return
    for code, many in count.most_common():
        say_line(f"{many:,} lines without an answer: {WHY.get(code, code)}")
    say_line("what has no answer is asked by dateline code, or written again")
    raise SystemExit(3)


def chosen_opinion(flags: Any, store: str) -> Any:
    """Return which model is meant, by flags or the configuration, or end."""
    from dateline.cli.llm import find_opinion
    from dateline.cli.settings import settings

    found = find_opinion(flags, store or settings().store)
    if found is None:
        fail("which model? --opinion URL --model NAME, or [opinion] in dateline.toml", 2)
    return found


def open_unsent(chosen: Any) -> Any:
    """Return a door through which nothing is sent: it knows what is answered."""
    from dateline.llm.cache import AnswerBook
    from dateline.llm.client import Door
    from dateline.llm.pricing import find_tariff
    from dateline.llm.transport import Unconnected

    tariff = find_tariff(chosen.server, *chosen.prices)
    book = AnswerBook(chosen.answers)
    door = Door(Unconnected(), tariff, book, say_line, chosen.terms)
    door.about = ""  # the server is not asked what it is either
    return door
