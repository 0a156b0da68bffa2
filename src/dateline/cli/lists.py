"""`dateline actors`, `codebook`: lists of actors and the tables of codebooks."""

import csv
from collections.abc import Iterator
from itertools import chain, groupby, islice
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.events import open_to_read
from dateline.cli.screen import (
    escape_terminal,
    fail,
    open_output,
    progress,
    put_table,
    say_line,
    words_table,
)

actors = typer.Typer(help="Look actors up, check your own lists.", no_args_is_help=True)
codebook = typer.Typer(help="List and check codebooks.", no_args_is_help=True)


@actors.command("find")
def find_actor(name: Annotated[str, typer.Argument(help="A name, or part of one.")]) -> None:
    """Find what the base knows of a name: codes, dates, sources."""
    from dateline.extract.actors.user_lists import find_in_base

    rows: list[list[str]] = []
    found = find_in_base(name)
    for entity, roles in found:
        facts: list[tuple[Any, ...]]
        facts = [  # a line a role, or one for what always holds
            (r.country, r.sectors, r.since, r.until, r.title, r.source) for r in roles
        ] or [(entity.country, entity.sectors, "", "", "", entity.source)]
        for country, sectors, *rest in facts:
            known = (country, " ".join(sectors), *rest, entity.wikidata)
            cells = (entity.name, entity.kind, *known)
            rows.append([str(cell or "") for cell in cells])
    if not found:
        fail(f"nobody called {name!r} in the base: `--actors mine.csv` can add them", 3)
    columns = "name kind country sectors from to role source Wikidata".split()
    put_table(words_table(columns, rows), 160)


@actors.command("check")
def check_actors(
    path: Annotated[Path, typer.Argument(metavar="CSV", help="Your own list.")],
) -> None:
    """Check your own list: clashes, unknown codes, bad dates, by line number."""
    from dateline.extract.actors.user_lists import check_actor_list

    if not path.is_file():
        fail(f"{path}: no such file", 2)
    found = check_actor_list(path)
    for fault in found:
        print(escape_terminal(f"{path}: {fault}"))
    if found:
        raise SystemExit(3)
    print(f"{path}: sound")


@actors.command("missing")
def list_missing_actors(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Reports; none reads the store.")
    ] = [],  # noqa: B006  Typer copies it
    store: Annotated[str, typer.Option(help="The store to read.")] = "",
    least: Annotated[int, typer.Option(help="Named at least so often.")] = 2,
    most: Annotated[int, typer.Option(help="So many names of a region.")] = 100,
) -> None:
    """List frequent names that no table knows, as the CSV to fill in."""
    from dateline.extract.actors.user_lists import COLUMNS, unresolved_names

    out = csv.writer(open_output(), lineterminator="\n")
    if not paths:
        out.writerow(COLUMNS)
        for name, times in unresolved_names(open_to_read(store).claims({}), least):
            out.writerow([name, *[""] * (len(COLUMNS) - 2), f"named {times} times"])
        return
    from dateline.analysis.missing_names import find_missing_names
    from dateline.ingest.reading.inputs import read_reports
    from dateline.model import Problem
    from dateline.pipeline.factory import Options, make_language

    def readable() -> Iterator[Any]:
        """Yield the reports that the arguments name; say what cannot be read."""
        for item in progress(read_reports(paths), "reading"):
            if isinstance(item, Problem):
                say_line(f"! {item.report_id}: {item.message}")
            else:
                yield item

    every = readable()
    if (first := next(every, None)) is None:
        raise SystemExit(2)
    pack, every = make_language(Options()), chain([first], every)
    found = find_missing_names(every, lambda r: pack.parse(r, pack.sentences(r)), least)
    out.writerow([*COLUMNS, "kind", "region", "told of", "times", "reports"])
    empty = [""] * (len(COLUMNS) - 1)
    for _, rows in groupby(found, lambda each: each.region):
        for each in islice(rows, most):
            told = (each.kind, each.region, each.country, each.times, each.reports)
            out.writerow([each.name, *empty, *told])


@actors.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="A Phoenix or PETRARCH actor dictionary.")],
) -> None:
    """Turn a Phoenix or PETRARCH actor dictionary into a list of this form."""
    from dateline.extract.actors.user_lists import COLUMNS, Fault, convert

    if not path.is_file():
        fail(f"{path}: no such file", 2)
    text = path.read_text(encoding="utf-8", errors="replace")
    out = csv.DictWriter(open_output(), COLUMNS, lineterminator="\n")
    out.writeheader()
    faults = 0
    for row in convert(text.split("\n"), path.name):
        if isinstance(row, Fault):
            faults += 1
            say_line(f"{path}: {row}")
        else:
            out.writerow(row)
    if faults:
        raise SystemExit(3)


@codebook.command("list")
def list_(
    name: Annotated[str, typer.Argument(help="A codebook's name or folder.")] = "plover",
) -> None:
    """List a codebook: event types, modes, quad classes, scores."""
    from rich.console import Console
    from rich.table import Table

    from dateline.pipeline.factory import choose_codebook

    book = choose_codebook(name)
    table = Table(title=book.name, title_justify="left", header_style="bold")
    for column in ("type", "quad class", "score", "modes", "meaning"):
        table.add_column(column, overflow="fold")
    for kind in book.types.values():
        modes = ", ".join(mode.name for mode in book.modes if mode.type == kind.name)
        cells = (kind.name, kind.quad, f"{kind.score:+}", modes, kind.definition)
        table.add_row(*map(escape_terminal, cells))
    console = Console()
    console.print(table)
    names = ", ".join(context.name for context in book.contexts)
    console.print(escape_terminal(f"contexts: {names}"))
    console.print(f"patterns: {len(book.patterns)}")


@codebook.command("check")
def check_codebook_folder(
    folder: Annotated[Path, typer.Argument(help="The codebook's folder.")],
) -> None:
    """Check a codebook folder for contradictions."""
    from dateline.pipeline.factory import act_reader
    from dateline.resources.codebook import find_contradictions
    from dateline.resources.plugins import MissingPart

    if not folder.is_dir():
        fail(f"{folder}: no such folder", 2)
    try:
        labels = list(act_reader().heads.labels["deed"])  # types that the reader knows
    except MissingPart:
        labels = []
    found = find_contradictions(folder, labels)
    for line in found:
        print(escape_terminal(line))
    if found:
        some = "1 contradiction" if len(found) == 1 else f"{len(found)} contradictions"
        fail(f"{folder}: {some}", 3)
    print(f"{folder}: sound")
