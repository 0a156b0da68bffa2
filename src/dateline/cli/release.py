"""`dateline release`: a record frozen, cited and compared with the one before."""

import json
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import Format, Printed, PrivateNames, StoreOption
from dateline.cli.panel import csv_rows, rows_table
from dateline.cli.screen import fail, say_line

app = typer.Typer(help="Freeze the record as a data set, and tell releases apart.")


@app.command("cut")
def write_release(  # noqa: PLR0913  every choice is a flag
    name: Annotated[str, typer.Argument(help="As in 2025.1.")],
    out: Annotated[
        Path | None, typer.Option(help="The folder to write: the name, if not told.")
    ] = None,
    title: Annotated[str, typer.Option(help="Title of the data set.")] = "",
    author: Annotated[
        list[str] | None, typer.Option(help="Who is cited; may be repeated.")
    ] = None,
    license: Annotated[str, typer.Option(help="As in CC-BY-4.0.")] = "",
    url: Annotated[str, typer.Option(help="Where it will lie.")] = "",
    date: Annotated[
        str, typer.Option(help="Its day; the last report's, if not told.")
    ] = "",
    after: Annotated[
        Path | None, typer.Option(help="The release before: its ids point on.")
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="With the reports' words in claims.")
    ] = False,
    names: PrivateNames = False,
    store: StoreOption = "",
) -> None:
    """Write events, claims, settings, checksums, a data sheet and a citation.

    The same store and program write the same bytes. Where people have decided in
    review, the record is as they left it.
    """
    from datetime import date as day

    from dateline.research.describe import About
    from dateline.research.release import cut_release

    try:
        day.fromisoformat(date or "2000-01-01")
    except ValueError:
        fail(f"--date {date!r} is no date like 2019-01-08", 2)
    about = About(name, title, tuple(author or ()), license, url, date, words, names)
    folder = out or Path(name)
    with open_to_read(store) as kept:
        counts = cut_release(kept, about, folder, after)
    many = ", ".join(f"{n} {table}" for table, n in counts.items())
    say_line(f"written: {folder} ({many})")


@app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(help="The folder of the earlier release.")],
    new: Annotated[Path, typer.Argument(help="The folder of the later one.")],
    by: Annotated[
        str, typer.Option(help="cause: each with what it changed; sum: how many.")
    ] = "cause",
    format: Printed = Format.table,
) -> None:
    """Tell two releases apart by cause: reports, corrections, reviews, models."""
    from dateline.research.release import (
        compare_releases,
        read_release,
        sum_causes,
    )

    if by not in ("cause", "sum"):
        fail(f"no --by {by!r}: there are cause, sum", 2)
    changes = compare_releases(read_release(old), read_release(new))
    if by == "sum":
        rows = [tuple(row.values()) for row in sum_causes(changes)]
        columns = ("cause", "many", "claims", "events")
    else:
        rows = [
            (c.cause, c.what, c.detail, len(c.claims), " ".join(sorted(c.events)))
            for c in changes
        ]
        columns = ("cause", "of", "what", "claims", "events")  # type: ignore[assignment]
    if format is Format.jsonl:
        for row in rows:
            told = dict(zip(columns, row, strict=True))
            print(json.dumps(told, ensure_ascii=False))
    elif format is Format.csv:
        csv_rows(columns, rows)
    else:
        rows_table(columns, rows)
    say_line(f"{len(changes)} causes" if changes else "the two releases are the same")
