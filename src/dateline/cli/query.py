"""`dateline query` and `dateline search`: questions to a store, answered read-only."""

import csv
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from dateline.cli.events import open_to_read
from dateline.cli.options import Format, Printed, StoreOption
from dateline.cli.screen import (
    escape_terminal,
    fail,
    open_output,
    print_record,
    put_table,
    say_line,
)

Row = tuple[Any, ...]
MEMORY = 1 << 30  # bytes that an answer may take while it is made
GRACE = 3  # seconds after which a database that does not stop is ended


class Question(TyperCommand):
    """A command whose question may begin with a comment of SQL."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; what begins with "-- " or goes over lines is no flag."""
        return super().parse_args(ctx, [f" {a}" if commented(a) else a for a in args])


def commented(argument: str) -> bool:
    """Whether an argument is a question that begins with a comment.

    >>> commented("-- by type\\nSELECT 1"), commented("--store=my news.db")
    (True, False)
    """
    return argument.startswith("--") and (argument[2:3] == " " or "\n" in argument)


def query_store(
    question: Annotated[str, typer.Argument(metavar="SELECT", help="One SELECT.")],
    store: StoreOption = "",
    format: Printed = Format.table,
    seconds: Annotated[
        float, typer.Option(min=0.1, help="Time that it may take.")
    ] = 10,
    rows: Annotated[int, typer.Option(min=1, help="Rows that it may give.")] = 10_000,
    duckdb: Annotated[
        bool, typer.Option("--duckdb", help="Over a snapshot of flat tables in DuckDB.")
    ] = False,
) -> None:
    """Ask a store one question in SQL: it may read only, and only for so long.

    With --duckdb the tables are claims, events and reports, with the columns of CSV.
    """
    from dateline.bounds import bounded_memory, hard_stop
    from dateline.store.asked import Limits, ask_store, unlike

    limits = Limits(seconds, rows)
    late = f"the question took more than {seconds:g} seconds and was ended"
    with open_to_read(store) as kept:
        if duckdb:
            from dateline.record.dossiers import event_lines
            from dateline.write.snapshot import query_snapshot

            known = {event["event"]: event for event in event_lines(kept)}
            try:
                with hard_stop(GRACE + 2 * seconds, late, 2):
                    found = query_snapshot(kept, question, seconds, rows, known)
            except ValueError as error:
                fail(str(error), 2)
        else:
            with bounded_memory(MEMORY), hard_stop(GRACE + 2 * seconds, late, 2):
                answer = ask_store(kept, question, limits)
            found = (answer.columns, answer.rows, answer.cut)
    print_rows(unlike(found[0]), found[1], format)
    if found[2]:
        say_line(f"only the first {rows} rows: --rows gives more")


def print_rows(columns: tuple[str, ...], rows: list[Row], format: Format) -> None:
    """Print rows in the format asked for."""
    if format is Format.jsonl:
        for row in rows:
            told = dict(zip(columns, row, strict=True))
            print_record(told)
    elif format is Format.csv:
        from dateline.write.table import csv_cell

        out = csv.writer(open_output(), lineterminator="\n")
        out.writerow(columns)
        out.writerows([csv_cell(value, raw=False) for value in row] for row in rows)
    else:
        print_rows_as_table(columns, rows)


def print_rows_as_table(columns: tuple[str, ...], rows: list[Row]) -> None:
    """Print rows as a table."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(header_style="bold")
    for name in columns:
        grid.add_column(escape_terminal(name), overflow="fold")
    for row in rows:
        grid.add_row(*(Text(escape_terminal("" if x is None else str(x))) for x in row))
    put_table(grid, 160)


def search_reports(
    words: Annotated[str, typer.Argument(help='Words: peace "cease fire" -talks.')],
    store: StoreOption = "",
    format: Printed = Format.table,
    most: Annotated[int, typer.Option(min=1, help="Reports to list.")] = 50,
) -> None:
    """Search the texts and titles of the reports, the best first."""
    with open_to_read(store) as kept:
        found = kept.search(words, most + 1)
    if not found:
        fail(f"no report holds {words!r}", 3)
    rows = [tuple(report.values()) for report in found[:most]]
    print_rows(tuple(found[0]), rows, format)
    if len(found) > most:
        say_line(f"only the first {most}: --most gives more")
