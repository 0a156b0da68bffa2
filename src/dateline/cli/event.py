"""`dateline event`: all that the record holds of one happening; tables of events."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import Format, StoreOption
from dateline.cli.screen import (
    COLOURS,
    escape_terminal,
    fail,
    interval_in_words,
    party_codes,
    place_in_words,
    print_record,
    put_table,
    width,
)
from dateline.explain.reasons import count_in_words, write_number

Record = dict[str, Any]
WIDE = 160


def show_event(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="An event's id, or the start of it.")
    ],
    format: Annotated[Format, typer.Option(help="table or jsonl.")] = Format.table,
    store: StoreOption = "",
) -> None:
    """Show one event: its tellings by time, origins, disagreements and history."""
    from dateline.record.dossiers import dossier

    if format is Format.csv:
        fail("one event has no csv: --format jsonl, or `dateline events`", 2)
    kept = open_to_read(store)
    names = kept.merging.event_names(name)
    if not names:
        fail(f"no event {name!r} in {kept.where}: see `dateline events`", 2)
    if len(names) > 1:
        fail(f"several events begin with {name}: {', '.join(names[:5])}", 2)
    found = dossier(kept, names[0])
    if format is Format.table:
        print_dossier(found)
    else:
        print_record(found)


def print_dossier(found: Record) -> None:
    """Print a dossier for an analyst."""
    events_table([found])
    whole = f"event {found['part_of']} names all of this one's parties, and more"
    section("Part of", [whole] if found["part_of"] else [])
    section("Tellings", map(one_telling, found["tellings"]))
    many = f"Independent origins: {found['origins_told']}"
    section(many, map(origin_line, found["origin_list"]))
    section("How many", (c for q in found["quantities"] for c in series(q)))
    beside = (c for q in found["totals"] for c in series(q))
    section("Running totals, told beside", beside)
    section("Disagreements", found["disagreements"])
    copied = (f"{c['a']} and {c['b']}: {c['shared']:.0%}" for c in found["copies"])
    section("Shared copy", copied)
    section("History", (f"{h['what']}: {h['detail']}" for h in found["history"]))


def section(title: str, lines: Any) -> None:
    """Print a list under its title, where there is anything in it."""
    from rich.console import Console
    from rich.text import Text

    told = list(lines)
    console = Console(width=width(WIDE))
    if told:
        console.print(Text(f"\n{title}", style="bold"))
    for line in told:
        console.print(Text(escape_terminal(f"  {line}")))


def one_telling(told: Record) -> str:
    """Return one telling in a line, marked where a later version took its place."""
    who = " › ".join(told["said_by"]) or told["outlet"] or "the report"
    gone = " (superseded)" if told["superseded"] else ""
    day = told["told"] or "undated   "
    words = f"{day}  {told['claim'][:8]}  {told['status']}, {who}, in {told['report']}"
    return f"{words}{gone}: “{told['evidence']}”"


def origin_line(found: Record) -> str:
    """Return one origin in a line, with what makes its reports one witness."""
    why = f" ({'; '.join(found['reasons'])})" if found["reasons"] else ""
    kind = f"{found['kind']}, denies it" if found["denies"] else found["kind"]
    kind += ", by an unnamed voice" if found["unknown"] else ""
    return f"{found['name']} [{kind}]: {', '.join(found['reports'])}{why}"


def series(many: Record) -> list[str]:
    """Return a count of an event: its spread, then each telling with its speaker."""
    told = (
        f"{many['what']}: {show_spread(many)}, last told {write_number(many['best'])}"
    )
    told += f" {many['unit']}" if many["unit"] else ""
    return [told, *map(one_count, many["series"])]


def one_count(told: Record) -> str:
    """Return one telling of a count."""
    many = count_in_words({**told, "what": ""}).strip()
    who = told["speaker"] or "the report"
    total = ", running total" if told["scope"] == "running total" else ""
    day = told["told"] or "undated"
    of = f" ({told['of']})" if told["of"] else ""
    return f"    {day}  {many}{of}  {who}, in {told['report']}{total}"


def events_table(rows: Sequence[Mapping[str, Any]]) -> None:
    """Print events as a table: outlets and independent origins side by side."""
    from rich.table import Table
    from rich.text import Text

    grid = Table(header_style="bold")
    for name in ("event", "who", "what", "to whom", "when", "where", "first told"):
        grid.add_column(name, overflow="fold")
    grid.add_column("status")
    for name in ("sure", "told", "outlets", "origins"):
        grid.add_column(name, justify="right")
    for row in rows:
        cells = [Text(escape_terminal(cell)) for cell in event_table_row(row)]
        status = Text(row["status"], style=COLOURS[row["status"]])
        sure = f"{row['confidence']:.2f}"
        numbers = (
            sure,
            tellings_in_words(row),
            str(row["outlets"]),
            str(row["origins"]),
        )
        grid.add_row(*cells, status, *numbers)
    put_table(grid, WIDE)


def tellings_in_words(row: Mapping[str, Any]) -> str:
    """Return how many claims tell an event, and the days they were told first and last.

    >>> tellings_in_words(
    ...     {"claims": ["a"], "first_told": "2019-01-08", "last_told": "2019-01-08"}
    ... )
    '1\\n2019-01-08'
    """
    days = [row["first_told"], row["last_told"]]
    return "\n".join([str(len(row["claims"])), *dict.fromkeys(d for d in days if d)])


def event_table_row(row: Mapping[str, Any]) -> list[str]:
    """Return the cells of one event."""
    what = (
        row["type"] if row["type"] == row["deed"] else f"{row['type']} ({row['deed']})"
    )
    tolls = (f"{q['what']} {show_spread(q)}" for q in row["quantities"])
    return [
        row["event"][:8],
        event_parties(row["actors"]),
        "\n".join([what, *tolls]),
        event_parties(row["recipients"]),
        interval_in_words(row["when"]),
        place_in_words(row["where"]),
        (row["first_told"] or "")[:10],
    ]


def show_spread(many: Record) -> str:
    """Return how many, as a range where tellings differ, with its bound and unit.

    >>> show_spread({"low": 82.0, "high": 20000000.0, "bound": "exact", "unit": None})
    '82–20,000,000'
    >>> show_spread({"low": None, "high": 50.0, "bound": "up to", "unit": None})
    'up to 50'
    """
    least = many["high"] if many["low"] is None else many["low"]
    low, high = write_number(least), write_number(many["high"])
    bound = "" if many["bound"] == "exact" else f"{many['bound']} "
    unit = f" {many['unit']}" if many["unit"] else ""
    total = " (running total)" if many.get("scope") == "running total" else ""
    return f"{bound}{low if low == high else f'{low}–{high}'}{unit}{total}"


def event_parties(found: list[Record]) -> str:
    """Return the parties of a side as lines of name and codes."""
    return "\n".join(f"{p['name'] or '?'} [{party_codes(p)}]" for p in found)
