"""`dateline agenda`: what is planned, nearest first, with who says so."""

import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from dateline.cli.events import check_filters, open_to_read
from dateline.cli.options import Between, EventsSure, StoreOption
from dateline.cli.screen import (
    escape_terminal,
    open_output,
    print_record,
    put_table,
    say_line,
)

Record = dict[str, Any]
WIDE = 160


class Shape(StrEnum):
    """How an agenda is printed."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    ics = "ics"


def show_agenda(  # noqa: PLR0913  every filter is a flag
    since: Annotated[
        str,
        typer.Option("--from", metavar="DAY", help="First day; else the newest's."),
    ] = "",
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day.")] = "",
    between: Between = "",
    country: Annotated[str, typer.Option(help="Where it is to be: SYR,IRQ.")] = "",
    sure: EventsSure = 0.0,
    format: Annotated[Shape, typer.Option(help="How to print.")] = Shape.table,
    store: StoreOption = "",
) -> None:
    """List what is planned, expected or scheduled, the nearest first.

    Without --from it begins with the day of the newest report. What no report gives a
    day is not in it: `dateline events --status planned` has it. `--format ics >
    agenda.ics` is for calendars.
    """
    from dateline.agenda import list_agenda

    told = {"since": since, "until": until, "between": between, "country": country}
    told["sure"] = str(sure) if sure else ""
    where = check_filters({name: value for name, value in told.items() if value})
    days = where.pop("since", ""), where.pop("until", "")
    with open_to_read(store) as kept:
        rows = list_agenda(kept, *days, where)
    PRINT[format](rows)
    say_line(f"{len(rows)} events are planned or expected then")


def as_table(rows: list[Record]) -> None:
    """Print an agenda for the screen."""
    from rich.table import Table
    from rich.text import Text

    from dateline.cli.screen import interval_in_words

    grid = Table(header_style="bold")
    for name in ("when", "who", "what", "to whom", "where", "says", "event"):
        grid.add_column(name, overflow="fold")
    for name in ("sure", "origins"):
        grid.add_column(name, justify="right")
    for row in rows:
        what = f"{row['deed']} {row['mode']}".strip() + f"\n{row['status']}"
        days = interval_in_words({"from": row["day_from"], "to": row["day_to"]})
        place = ", ".join(filter(None, (row["where_name"], row["where_country"])))
        who, whom = (row[f"{side}_names"] for side in ("actor", "recipient"))
        cells = (days, who, what, whom, place, row["said_by"], row["event"][:8])
        numbers = f"{row['confidence']:.2f}", str(row["origins"])
        grid.add_row(*(Text(escape_terminal(cell)) for cell in cells), *numbers)
    put_table(grid, WIDE)


def print_agenda_csv(rows: list[Record]) -> None:
    """Print an agenda as CSV."""
    from dateline.agenda import COLUMNS
    from dateline.write.table import column_names, write_rows

    write_rows(open_output(), column_names(COLUMNS), rows)


def as_jsonl(rows: list[Record]) -> None:
    """Print an agenda as JSON lines."""
    for row in rows:
        print_record(row)


def as_ics(rows: list[Record]) -> None:
    """Print an agenda for calendars."""
    from dateline.agenda import calendar

    sys.stdout.buffer.write(calendar(rows))
    sys.stdout.buffer.flush()


PRINT = {
    Shape.table: as_table,
    Shape.csv: print_agenda_csv,
    Shape.jsonl: as_jsonl,
    Shape.ics: as_ics,
}
