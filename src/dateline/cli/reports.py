"""`dateline reports` and `problems`: what is kept, and what could not be read."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

import typer

from dateline.cli.screen import escape_terminal, print_record, put_table, say_line

Record = dict[str, Any]
StoreOption = Annotated[str, typer.Option(help="The store to read: a file or URL.")]
MostOption = Annotated[int, typer.Option(min=1, help="At most so many lines.")]


class Listing(StrEnum):
    """How lists are printed."""

    table = "table"
    jsonl = "jsonl"


FormatOption = Annotated[Listing, typer.Option(help="How to print.")]


def show_reports(
    store: StoreOption = "",
    format: FormatOption = Listing.table,
    most: MostOption = 200,
) -> None:
    """List the reports of a store: outlet, day, title, claims, where each was found."""
    from dateline.cli.events import open_to_read
    from dateline.store.custody import list_current_reports

    names = ("id", "outlet", "published", "language", "claims", "found_at", "title")
    print_listing(
        list_current_reports(open_to_read(store), most + 1), names, format, most
    )


def show_problems(
    store: StoreOption = "",
    format: FormatOption = Listing.table,
    most: MostOption = 200,
) -> None:
    """List what could not be read or coded, each with its code and its reason."""
    from dateline.cli.events import open_to_read
    from dateline.store.custody import stream_problems

    rows = stream_problems(open_to_read(store), most + 1)
    print_listing(rows, ("code", "report", "message"), format, most)


def print_listing(
    rows: Iterable[Record], names: tuple[str, ...], format: Listing, most: int
) -> None:
    """Print the first rows in the format asked for, and whether there are more."""
    from rich.table import Table
    from rich.text import Text

    found = list(rows)
    cut = len(found) > most
    found = found[:most]
    table = Table(header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in found:
        if format is Listing.jsonl:
            print_record(row)
        else:
            cells = (str(row[name] if row[name] is not None else "") for name in names)
            table.add_row(*(Text(escape_terminal(cell)) for cell in cells))
    if format is Listing.table and found:
        put_table(table, 160)
    say_line(
        f"only the first {most}: --most gives more" if cut else f"{len(found)} listed"
    )
