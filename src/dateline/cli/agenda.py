"""`dateline agenda`: what is planned, nearest first, with who says so."""

import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from dateline.cli.events import checked, opened
from dateline.cli.options import Between, EventsSure, StoreOption
from dateline.cli.screen import open_output, plain, print_record, put, say

Record = dict[str, Any]
WIDE = 160


class Shape(StrEnum):
    """How an agenda is printed."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    ics = "ics"


def agenda(  # noqa: PLR0913  every filter is a flag
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
    from dateline.agenda import agenda as planned

    told = {"since": since, "until": until, "between": between, "country": country}
    told["sure"] = str(sure) if sure else ""
    where = checked({name: value for name, value in told.items() if value})
    days = where.pop("since", ""), where.pop("until", "")
    with opened(store) as kept:
        rows = planned(kept, *days, where)
    PRINT[format](rows)
    say(f"{len(rows)} events are planned or expected then")


def as_table(rows: list[Record]) -> None:
    """Print an agenda for the screen."""
    from rich.table import Table
    from rich.text import Text

    from dateline.cli.screen import when

    grid = Table(header_style="bold")
    for name in ("when", "who", "what", "to whom", "where", "says", "event"):
        grid.add_column(name, overflow="fold")
    for name in ("sure", "origins"):
        grid.add_column(name, justify="right")
    for row in rows:
        what = f"{row['deed']} {row['mode']}".strip() + f"\n{row['status']}"
        days = when({"from": row["day_from"], "to": row["day_to"]})
        place = ", ".join(filter(None, (row["where_name"], row["where_country"])))
        who, whom = (row[f"{side}_names"] for side in ("actor", "recipient"))
        cells = (days, who, what, whom, place, row["said_by"], row["event"][:8])
        numbers = f"{row['confidence']:.2f}", str(row["origins"])
        grid.add_row(*(Text(plain(cell)) for cell in cells), *numbers)
    put(grid, WIDE)


def as_csv(rows: list[Record]) -> None:
    """Print an agenda as CSV."""
    from dateline.agenda import COLUMNS
    from dateline.write.table import names, write_rows

    write_rows(open_output(), names(COLUMNS), rows)


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
    Shape.csv: as_csv,
    Shape.jsonl: as_jsonl,
    Shape.ics: as_ics,
}
