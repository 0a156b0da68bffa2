"""`dateline batch`: a language model's opinion by files, for a night's run."""

from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer

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
from dateline.cli.screen import fail, say_line

Beside = Annotated[
    str, typer.Option(help="The store of the reports: answers lie beside it.")
]

app = typer.Typer(
    help="Ask a language model by batch files, which many servers answer overnight at "
    "half the price: write, have it answered, read, then `dateline code` as ever."
)


@app.command("write")
def write_questions(  # noqa: PLR0913  every flag is an argument
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Reports, as for `dateline code`."),
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
    from dateline.advised import find_ready
    from dateline.cli.code import read_column_map, read_day
    from dateline.cli.export import is_store
    from dateline.cli.opinion import OpinionFlags, advised_terms
    from dateline.cli.scale import fill_untold, require_paths
    from dateline.cli.settings import choose_parts
    from dateline.model import Report
    from dateline.opinion.allowed import tell_leaving
    from dateline.opinion.door import write_batch
    from dateline.outcomes import Told
    from dateline.parts import make_coder
    from dateline.read.inputs import read_reports

    if is_store(out):
        fail(f"{out} is a store, which would be lost: name another file", 2)
    flags = OpinionFlags(opinion, model, only_doubtful=only_doubtful)
    chosen, parts = chosen_opinion(flags, store), choose_parts(codebook=codebook)
    told = Told(read_day(published), outlet)
    found = fill_untold(
        read_reports(paths, read_column_map(columns, dayfirst)), told, Counter()
    )
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


@app.command("read")
def read_answers(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help="Answered batch files.")
    ],
    store: Beside = "",
    opinion: OpinionUrl = "",
    model: OpinionModel = "",
) -> None:
    """Keep the answers of batch files that came back, beside the store.

    `dateline code` with the same model and address then asks nothing that they answer.
    Ends with 3 where a line is no answer.
    """
    from dateline.cli.opinion import OpinionFlags
    from dateline.opinion.door import read_batch

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


WHY = {
    "unreadable": "unreadable (no JSON object)",
    "unknown_question": "of a question that was not written for this store and model",
    "batch_error": "batch_error (the server gave the batch up, or the line)",
}


def chosen_opinion(flags: Any, store: str) -> Any:
    """Return which model is meant, by flags or the configuration, or end."""
    from dateline.cli.opinion import find_opinion
    from dateline.cli.settings import settings

    found = find_opinion(flags, store or settings().store)
    if found is None:
        fail(
            "which model? --opinion URL --model NAME, or [opinion] in dateline.toml", 2
        )
    return found


def open_unsent(chosen: Any) -> Any:
    """Return a door through which nothing is sent: it knows what is answered."""
    from dateline.opinion.client import Unconnected
    from dateline.opinion.door import Door
    from dateline.opinion.kept import AnswerBook
    from dateline.opinion.money import find_tariff

    tariff = find_tariff(chosen.server, *chosen.prices)
    book = AnswerBook(chosen.answers)
    door = Door(Unconnected(), tariff, book, say_line, chosen.terms)
    door.about = ""  # the server is not asked what it is either
    return door
