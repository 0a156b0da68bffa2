"""`dateline export`: the record in the files of other tools."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.events import as_asked, open_to_read
from dateline.cli.options import (
    Actor,
    Between,
    Country,
    PrivateNames,
    Recipient,
    Reviewed,
    Since,
    StoreOption,
    Types,
    Until,
)
from dateline.cli.screen import fail, say_line

TABLES = ("jsonl", "csv", "parquet", "geojson")


class Kind(StrEnum):
    """What a line of a file is."""

    claims = "claims"
    events = "events"
    reports = "reports"


def export_record(  # noqa: PLR0913  every filter is a flag
    format: Annotated[
        str,
        typer.Option(
            help="jsonl, csv, parquet, geojson, polecat, plover, gdelt, ucdp, "
            "acled, eventreport, ftm, or that of an installed part."
        ),
    ],
    out: Annotated[Path, typer.Option(help="The file to write.")],
    store: StoreOption = "",
    of: Annotated[
        Kind, typer.Option(help="What a line is, in jsonl, csv, parquet, geojson.")
    ] = Kind.claims,
    raw: Annotated[
        bool, typer.Option("--raw", help="Leave cells that a spreadsheet would run.")
    ] = False,
    actor: Actor = "",
    recipient: Recipient = "",
    between: Between = "",
    type: Types = "",
    status: Annotated[str, typer.Option(help="happened, planned, denied …")] = "",
    since: Since = "",
    until: Until = "",
    country: Country = "",
    sure: Annotated[
        float, typer.Option(min=0, max=1, help="Claims (or events) at least so sure.")
    ] = 0.0,
    by_publication: Annotated[
        bool,
        typer.Option(
            "--day-or-published",
            help="Other tools' tables: what has no day by its report's, marked so.",
        ),
    ] = False,
    reviewed: Reviewed = True,
    names: PrivateNames = False,
) -> None:
    """Write the record as a file: the old one or the new one, never half of one.

    Names of private people, victims and minors are masked unless --names asks for them
    (`dateline people` tells who they are).
    """
    from dateline.plugins import load_plugin
    from dateline.record.dossiers import event_lines
    from dateline.research.people import Sheltered
    from dateline.write.given import Given

    write = load_plugin("writers", format)
    if not (out.is_file() or not out.exists()) or not out.absolute().parent.is_dir():
        fail(f"{out}: name a file in a folder that is there", 2)
    if str(out) == "-":
        fail("--out -: name a file (`dateline events --format jsonl` prints)", 2)
    if is_store(out):
        fail(f"{out} is a store, which would be lost: name another file", 2)
    if of is not Kind.claims and format not in TABLES:
        fail(
            f"--of {of.value} is for {', '.join(TABLES)}: {format} has its own rows", 2
        )
    told = {"actor": actor, "recipient": recipient, "type": type, "status": status}
    told |= {"since": since, "until": until, "country": country}
    told |= {"between": between, "sure": str(sure) if sure else ""}
    where = {name: value for name, value in told.items() if value}
    if of is Kind.reports and where:
        fail("--of reports writes every report: filters are for claims and events", 2)
    left: list[str] = []
    with open_to_read(store) as kept, as_asked(kept, reviewed) as asked:
        known = {event["event"]: event for event in event_lines(asked)}
        masked = None if names else Sheltered(asked)
        if masked:
            known = {name: masked.event(event) for name, event in known.items()}
        kept_or = masked or asked
        given = Given(kept_or, where, of.value, raw, known, by_publication, left.append)
        write(given, out)
    say_line(f"written: {out}")
    if masked and masked.many:
        say_line(f"masked: {masked.many} names of private people; --names writes them")
    if gone := len(set(left)):
        more = "" if by_publication else ": --day-or-published dates by the report"
        say_line(f"left out, since no day is known: {gone}{more}")


def is_store(out: Path) -> bool:
    """Whether a file is a store in SQLite, which no export may replace."""
    if not out.exists():
        return False
    with out.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"
