"""`dateline panel`, `without`, `promises`: the record counted, doubted, followed up."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import (
    EventsSure,
    Format,
    Origins,
    Printed,
    Since,
    StoreOption,
    Until,
)
from dateline.cli.screen import escape_terminal, fail, put_table, say_line

SHOWN = 60  # rows of a panel in a terminal
UNIVERSE = ("toll", "origins", "statuses", "precision")


class Shape(StrEnum):
    """How a panel is written."""

    table = "table"
    csv = "csv"
    parquet = "parquet"


def panel(  # noqa: PLR0913  every choice is a flag
    unit: Annotated[
        str,
        typer.Option(
            help="country, dyad, admin1 or priogrid, and -day, -week, -month, "
            "-quarter or -year: country-month."
        ),
    ] = "country-month",
    store: StoreOption = "",
    format: Annotated[Shape, typer.Option(help="How to write.")] = Shape.table,
    out: Annotated[
        Path | None, typer.Option(help="The file; its scope is written beside it.")
    ] = None,
    ids: Annotated[
        str, typer.Option(help="Codes of states as of the year: iso3,gw,cow.")
    ] = "",
    role: Annotated[
        str, typer.Option(help="Of country units: actor, recipient, place, any.")
    ] = "actor",
    by: Annotated[
        str, typer.Option(help="Count apart: type, deed, quad, status, sector.")
    ] = "",
    measure: Annotated[
        str,
        typer.Option(
            help="events, origins, score (its mean), killed, injured, arrested, "
            "abducted, displaced, crowd; several with commas."
        ),
    ] = "events",
    scope: Annotated[
        Path | None, typer.Option(help="What counts: a scope.toml.")
    ] = None,
    type: Annotated[str, typer.Option(help="These types alone.")] = "",
    status: Annotated[
        str, typer.Option(help="These statuses: happened,ongoing,planned …, or all.")
    ] = "",
    origins: Origins = 1,
    sure: EventsSure = 0.0,
    without: Annotated[
        list[str] | None,
        typer.Option(help="Disbelieve a speaker, an outlet or state:PRK."),
    ] = None,
    since: Since = "",
    until: Until = "",
    undirected: Annotated[
        bool, typer.Option("--undirected", help="Of dyads: one row for both ways.")
    ] = False,
    sparse: Annotated[
        bool, typer.Option("--sparse", help="Leave out cells without an event.")
    ] = False,
    states: Annotated[
        str, typer.Option(help="A row for each member of a system: gw or cow.")
    ] = "",
    trace: Annotated[
        bool, typer.Option("--trace", help="Name the events behind each figure.")
    ] = False,
    corrected: Annotated[
        Path | None,
        typer.Option(
            help="A filled audit sheet: counts as they are without its error."
        ),
    ] = None,
    multiverse: Annotated[
        bool,
        typer.Option("--multiverse", help="Which conclusions flip by what counts."),
    ] = False,
    picture: Annotated[
        Path | None, typer.Option(help="Of a multiverse: an SVG to write.")
    ] = None,
) -> None:
    """Count events by unit and period, with what was read beside each count.

    `reports_read`, `outlets_read`, `sentences_read` are of the period, `reports_about`
    of the unit in it. A count is empty where no report of the period was read: unread
    is never zero. What does not fit in a cell is told, not dropped in silence.
    """
    from dateline.research.frame import Frame
    from dateline.research.panel import Asked, count_panel, print_panel, write_panel

    if format is Shape.parquet and out is None:
        fail("--format parquet writes a file: name it with --out", 2)
    chosen = scope_of(
        scope,
        types=split_list(type),
        statuses=split_list(status),
        origins=origins if origins > 1 else None,
        sure=sure or None,
        without=without or None,
    )
    asked = Asked(
        unit=unit,
        ids=tuple(split_list(ids) or ()),
        role=role,
        by=by,
        measures=tuple(split_list(measure) or ("events",)),
        undirected=undirected,
        sparse=sparse,
        states=states,
        since=since,
        until=until,
        trace=trace,
    )
    with open_to_read(store) as kept, Frame(kept, chosen) as frame:
        if multiverse:
            show_multiverse(frame, asked, (format, out, picture))
            return
        made = count_panel(frame, asked)
        if corrected is not None:
            from dateline.research.corrected import correct_panel

            made = correct_panel(frame, made, corrected)
    for line in made.notes:
        say_line(line)
    if unread := made.sums["periods without any report"]:
        say_line(
            f"! no report of {unread} {asked.period}s was read: no count is told there"
        )
    if out is not None:
        plain_kind = "parquet" if format is Shape.parquet else "csv"
        for file in write_panel(made, out, plain_kind):
            say_line(f"written: {file}")
    elif format is Shape.csv:
        print_panel(made, sys.stdout)
    else:
        rows_table(made.columns, made.rows)


def show_multiverse(frame: Any, asked: Any, how: Any) -> None:
    """Print which conclusions of a panel hold in every universe, and draw them."""
    from dateline.research.multiverse import (
        ARROWS,
        count_multiverse,
        draw_conclusions,
        picture_multiverse,
    )

    format, out, picture = how
    found = count_multiverse(frame, asked)
    columns = ("unit", "usually", "in all", "least", "most", "turned by")
    rows = [
        (c.unit, ARROWS[c.usual], f"{c.same:.2f}", c.least, c.most, "; ".join(c.flips))
        for c in draw_conclusions(found)
    ]
    if out is not None:
        with out.open("w", encoding="utf-8", newline="") as file:
            csv_rows(
                (*UNIVERSE, "unit", "first_half", "second_half"),
                (
                    (*u.choices, name, *u.figures.get(name, (0.0, 0.0)))
                    for u in found
                    for name in sorted(row[0] for row in rows)
                ),
                file,
            )
        say_line(f"written: {out}, a row a unit and universe")
    if picture is not None:
        title = f"{asked.unit}, {asked.measures[0]}: {len(found)} universes"
        picture.write_text(picture_multiverse(found, title), encoding="utf-8")
        say_line(f"written: {picture}")
    if format is Shape.csv and out is None:
        csv_rows(columns, rows)
    else:
        rows_table(columns, rows)
    turned = sum(bool(c[2] != "1.00") for c in rows)
    told = f"{len(found)} universes; of {len(rows)} conclusions"
    say_line(f"{told} {turned} do not always hold")


def split_list(told: str) -> list[str] | None:
    """Return the words of a list with commas, None of an empty one."""
    return [word for word in told.replace(",", " ").split() if word] or None


def scope_of(file: Path | None, **told: Any) -> Any:
    """Return the scope of a file, or the usual one, with what flags say."""
    from dateline.research.scope import make_scope, read_scope

    base = read_scope(file) if file else None
    given = {name: value for name, value in told.items() if value is not None}
    if given.get("statuses") == ["all"]:
        given["statuses"] = []
    return make_scope(given, "panel", base)


def rows_table(columns: Any, rows: Any) -> None:
    """Print rows as a table; a long one is cut, and how to have it whole is told."""
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold")
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows[:SHOWN]:
        cells = ("–" if cell is None else str(cell) for cell in row)
        table.add_row(*(Text(escape_terminal(cell)) for cell in cells))
    put_table(table, 160)
    if len(rows) > SHOWN:
        say_line(f"… and {len(rows) - SHOWN} more rows: --format csv")


def show_without(
    names: Annotated[
        list[str],
        typer.Argument(help="Speakers, outlets, codes (PRK GOV), state:PRK."),
    ],
    store: StoreOption = "",
    format: Printed = Format.table,
) -> None:
    """Show the events as they are when somebody is not believed.

    A claim falls when a link of its chain of speakers, or who ran its report, is called
    so. `state:PRK` is a state's organs with the outlets that it runs.
    """
    from dateline.research.disbelief import disbelieve, tell_changes

    with open_to_read(store) as kept:
        found = disbelieve(kept, names)
    if format is Format.jsonl:
        for row in found:
            print(json.dumps(row, ensure_ascii=False))
    else:
        columns = ("event", "change", "what changes", "type", "status", "evidence")
        rows = [
            (
                r["event"],
                r["change"],
                tell_changes(r),
                r["type"],
                r["status"],
                r["evidence"],
            )
            for r in found
        ]
        if format is Format.csv:
            csv_rows(columns, rows)
        else:
            rows_table(columns, rows)
    gone = sum(row["change"] == "gone" for row in found)
    changed = sum(row["change"] == "changed" for row in found)
    told = f"{len(found)} events rest on {' or '.join(names)}: {gone} are gone without"
    say_line(f"{told}, {changed} change, {len(found) - gone - changed} lose a telling")


def promises(
    by: Annotated[
        str,
        typer.Option(help="The ledger by speaker, kind or status; each: a line each."),
    ] = "speaker",
    store: StoreOption = "",
    format: Printed = Format.table,
) -> None:
    """Follow what was planned or expected: happened, cancelled, contradicted, unknown.

    Only a later report tells an outcome: of the same event, or of the same deed and
    states on the days that were told. `kept` is the share that happened of what is
    known.
    """
    from dataclasses import asdict

    from dateline.research.promises import BY, follow_promises, tally_promises

    if by not in (*BY, "each"):
        fail(f"no --by {by!r}: there are {', '.join(BY)}, each", 2)
    with open_to_read(store) as kept:
        found = follow_promises(kept)
    rows = [asdict(p) for p in found] if by == "each" else tally_promises(found, by)
    columns = tuple(rows[0]) if rows else ("promises",)
    cells = [
        [" ".join(c) if isinstance(c, tuple) else c for c in row.values()]
        for row in rows
    ]
    if format is Format.jsonl:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False))
    elif format is Format.csv:
        csv_rows(columns, cells)
    else:
        rows_table(columns, cells)
    known = sum(p.outcome != "unknown yet" for p in found)
    say_line(f"{len(found)} promises, of {known} it is known what came of them")


def csv_rows(columns: Any, rows: Any, file: Any = None) -> None:
    """Print rows as CSV, or write them to a file."""
    import csv

    to = csv.writer(file or sys.stdout, lineterminator="\n")
    to.writerow(columns)
    to.writerows(rows)
