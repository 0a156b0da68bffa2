"""`dateline actors`: what the base knows, your own lists, what is missing from both."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.screen import escape_terminal, fail, open_output, put_table, say_line

app = typer.Typer(help="Look actors up, check your own lists.", no_args_is_help=True)


@app.command("find")
def find_actor(
    name: Annotated[str, typer.Argument(help="A name, or part of one.")],
) -> None:
    """Find what the base knows of a name: codes, dates, sources."""
    from rich.table import Table
    from rich.text import Text

    from dateline.actors.lists import find_in_base

    table = Table(header_style="bold")
    for column in (
        "name",
        "kind",
        "country",
        "sectors",
        "from",
        "to",
        "role",
        "source",
        "Wikidata",
    ):
        table.add_column(column, overflow="fold")
    found = find_in_base(name)
    for entity, roles in found:
        for cells in actor_lines(entity, roles):
            table.add_row(*(Text(escape_terminal(cell)) for cell in cells))
    if not found:
        fail(f"nobody called {name!r} in the base: `--actors mine.csv` can add them", 3)
    put_table(table, 160)


def actor_lines(entity: Any, roles: Any) -> Iterator[tuple[str, ...]]:
    """Yield the cells of an entity: one line a role, or one for what always holds."""
    if not roles:
        sectors = " ".join(entity.sectors)
        name, kind, country = entity.name, entity.kind, entity.country or ""
        yield name, kind, country, sectors, "", "", "", entity.source, entity.wikidata
    for role in roles:
        yield (
            entity.name,
            entity.kind,
            role.country or "",
            " ".join(role.sectors),
            str(role.since or ""),
            str(role.until or ""),
            role.title,
            role.source,
            entity.wikidata,
        )


@app.command("check")
def check_actors(
    path: Annotated[Path, typer.Argument(metavar="CSV", help="Your own list.")],
) -> None:
    """Check your own list: clashes, unknown codes, bad dates, by line number."""
    from dateline.actors.lists import check_actor_list

    if not path.is_file():
        fail(f"{path}: no such file", 2)
    found = check_actor_list(path)
    for fault in found:
        print(escape_terminal(f"{path}: {fault}"))
    if found:
        raise SystemExit(3)
    print(f"{path}: sound")


@app.command("missing")
def list_missing_actors(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH", help="Reports; none reads the store."),
    ] = [],  # noqa: B006  Typer copies it
    store: Annotated[str, typer.Option(help="The store to read.")] = "",
    least: Annotated[int, typer.Option(help="Named at least so often.")] = 2,
    most: Annotated[int, typer.Option(help="So many names of a region.")] = 100,
) -> None:
    """List frequent names that no table knows, as the CSV to fill in."""
    from dateline.actors.lists import COLUMNS, unresolved_names
    from dateline.cli.events import open_to_read

    out = csv.writer(open_output(), lineterminator="\n")
    if paths:
        by_region(out, paths, least, most)
        return
    out.writerow(COLUMNS)
    for name, times in unresolved_names(open_to_read(store).claims({}), least):
        out.writerow([name, *[""] * (len(COLUMNS) - 2), f"named {times} times"])


def by_region(out: Any, paths: list[str], least: int, most: int) -> None:
    """Write the names of reports that the base lacks, each region's most frequent."""
    from itertools import chain, groupby, islice

    from dateline.actors.lists import COLUMNS
    from dateline.evaluate.missing import find_missing_names
    from dateline.parts import Options, make_language

    every = readable(paths)
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


def readable(paths: list[str]) -> Iterator[Any]:
    """Yield the reports that the arguments name; say what cannot be read."""
    from dateline.cli.screen import progress
    from dateline.model import Problem
    from dateline.read.inputs import read_reports

    for item in progress(read_reports(paths), "reading"):
        if isinstance(item, Problem):
            say_line(f"! {item.report_id}: {item.message}")
        else:
            yield item


@app.command("import")
def import_(
    path: Annotated[
        Path, typer.Argument(help="A Phoenix or PETRARCH actor dictionary.")
    ],
) -> None:
    """Turn a Phoenix or PETRARCH actor dictionary into a list of this form."""
    from dateline.actors.lists import COLUMNS, Fault
    from dateline.actors.phoenix import convert

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
