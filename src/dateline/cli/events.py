"""`dateline events`, `show`, `explain`: the record, read."""

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.options import (
    Actor,
    Between,
    Country,
    Format,
    Origins,
    Printed,
    Recipient,
    Reviewed,
    Since,
    StoreOption,
    Types,
    Until,
)
from dateline.cli.screen import (
    claims_table,
    escape_terminal,
    fail,
    open_output,
    print_record,
    put_table,
    say_line,
)
from dateline.codebook.examples import A_DEED

if TYPE_CHECKING:
    from dateline.model import Event
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
SHOWN = frozenset(("happened", "ongoing", "recurring", "planned", "expected"))
ALL = "all"  # of the statuses


class Sort(StrEnum):
    """In what order a list comes."""

    day = "day"
    sure = "sure"


def list_events_or_claims(  # noqa: PLR0913  every filter is a flag
    actor: Actor = "",
    recipient: Recipient = "",
    between: Between = "",
    type: Types = "",
    deed: Annotated[str, typer.Option(help=f"The act itself: {A_DEED}.")] = "",
    mode: Annotated[str, typer.Option(help="A mode: visit, arrest.")] = "",
    status: Annotated[
        str, typer.Option(help="happened, planned, denied …, or all.")
    ] = "",
    since: Since = "",
    until: Until = "",
    said_by: Annotated[str, typer.Option(help="A speaker's name or code.")] = "",
    own_voice: Annotated[
        bool, typer.Option("--own-voice", help="Told by the report itself.")
    ] = False,
    country: Country = "",
    text: Annotated[str, typer.Option(help="Words in the evidence.")] = "",
    report: Annotated[str, typer.Option(help="One report: its id or its file.")] = "",
    sure: Annotated[
        float, typer.Option(min=0, max=1, help="Events (or claims) at least so sure.")
    ] = 0.0,
    origins: Origins = 1,
    claims: Annotated[
        bool, typer.Option("--claims", help="List the claims, one a telling.")
    ] = False,
    sort: Annotated[Sort, typer.Option(help="By day, or the surest first.")] = Sort.day,
    format: Printed = Format.table,
    reviewed: Reviewed = True,
    store: StoreOption = "",
) -> None:
    """List the events of a store, through any filters.

    An event is listed when one of its claims passes every filter, and with --sure when
    the event itself is so sure. A table shows what happened, goes on or is planned; the
    rest comes with --status, and jsonl and csv hold every event. Outlets are counted
    beside independent origins: ten feeds that carry one wire are one origin.
    """
    given = {
        "actor": actor,
        "recipient": recipient,
        "between": between,
        "type": type,
        "deed": deed,
        "mode": mode,
        "status": status,
        "since": since,
        "until": until,
        "said_by": said_by,
        "own_voice": "yes" if own_voice else "",
        "country": country,
        "text": text,
        "report": report,
    }
    where = {name: value for name, value in given.items() if value}
    where = check_filters(where)
    tell_other_state(country)
    with as_asked(open_to_read(store), reviewed) as kept:
        if report:
            where["report"] = check_report_id(kept, resolve_report(kept, report))
        asked = Asked(where, origins, sure, format, sort)
        if claims:
            claims_of(kept, asked)
        else:
            print_events_of_claims(kept, asked, every=bool(status))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is to hold, in what order, and how it is printed."""

    where: dict[str, str]
    origins: int
    sure: float
    format: Format
    sort: Sort


def claims_of(kept: "SqlStore", asked: Asked) -> None:
    """Print the claims that pass filters."""
    where = asked.where | ({"sure": str(asked.sure)} if asked.sure else {})
    found = list(kept.claims_and_heads(where))
    if asked.origins > 1:
        borne = {row["event"] for row in choose_events(kept, found, asked.origins)}
        found = [each for each in found if each[0]["event"] in borne]
    if asked.sort is Sort.sure:
        found.sort(key=lambda pair: -pair[0]["confidence"])
    print_claims_found(found, asked.format)
    say_line(f"{len(found)} claims")


def print_events_of_claims(kept: "SqlStore", asked: Asked, every: bool) -> None:
    """Print the events of which a claim passes filters."""
    told = kept.claims_and_heads(asked.where)
    rows = choose_events(kept, told, asked.origins, asked.sure)
    if asked.sort is Sort.sure:
        rows.sort(key=lambda row: -row["confidence"])
    if asked.format is Format.csv:
        from dateline.write.given import Given
        from dateline.write.table import print_events

        by_id = {row["event"]: row for row in rows}
        print_events(open_output(), Given(kept, asked.where, "events", known=by_id))
    print_event_list(rows, asked.format, every)


def as_asked(kept: "SqlStore", reviewed: bool) -> "AbstractContextManager[SqlStore]":
    """Return a store as people left it, a copy where they decided anything, and say so.

    Each answer that a person gave says so in its reasons.
    """
    many = len(kept.review.decisions()) if reviewed else 0
    if not many:
        return nullcontext(kept)
    from dateline.review.copy import reviewed_copy

    say_line(f"as reviewed, {many} decisions heard: --as-coded gives the program's own")
    return reviewed_copy(kept)


def choose_events(
    kept: "SqlStore",
    found: Iterable[tuple[Record, Record]],
    origins: int,
    sure: float = 0,
) -> "list[Event]":
    """Return the events of claims that are so sure, and told by so many origins."""
    from dateline.record.dossiers import event_lines

    rows = event_lines(kept, {claim["event"] for claim, _ in found})
    good = (row for row in rows if row["origins"] >= origins)
    return [row for row in good if row["confidence"] >= sure]


def print_event_list(
    told: "Sequence[Event]", format: Format, every: bool = True
) -> None:
    """Print events, and how many; a table without `every` leaves some out."""
    from dateline.cli.event import events_table

    rows: Sequence[Event] = told
    if format is Format.table:
        rows = told if every else [row for row in told if row["status"] in SHOWN]
        events_table(rows)
    elif format is Format.jsonl:
        for row in rows:
            print_record(row)
    say_line(f"{len(rows)} events of {sum(len(row['claims']) for row in rows)} claims")
    if len(told) > len(rows):
        kinds = sorted({row["status"] for row in told} - SHOWN)
        say_line(f"{len(told) - len(rows)} more are {' or '.join(kinds)}: --status all")


def tell_other_state(told: str) -> None:
    """Say of what other state a part is asked for."""
    from dateline.reference.countries import answering, countries

    for code in told.upper().replace(",", " ").split():
        if answering(code) != code and countries().by_code(code):
            say_line(f"{code} is filed under {answering(code)}")


def check_filters(where: dict[str, str]) -> dict[str, str]:
    """Return the filters, or end with what is wrong with a day or a status."""
    from datetime import date

    from dateline.model.record import STATUSES

    for name in ("since", "until"):
        try:
            date.fromisoformat(where.get(name, "2000-01-01"))
        except ValueError:
            fail(f"--{name} {where[name]!r} is no date like 2019-01-08", 2)
    if where.get("status", "").lower() == ALL:
        return {name: value for name, value in where.items() if name != "status"}
    for status in where.get("status", "happened").replace(",", " ").split():
        if status.lower() not in STATUSES:
            fail(f"no status {status!r}: there are {', '.join(STATUSES)}, {ALL}", 2)
    return where


def print_claims_found(found: list[tuple[Record, Record]], format: Format) -> None:
    """Print claims, each with the head of its report, in the format asked for."""
    if format is Format.table:
        names = {claim["report"]: describe_report(head, claim) for claim, head in found}
        claims_table((claim for claim, _ in found), names=names)
    elif format is Format.jsonl:
        for claim, _ in found:
            print_record(claim)
    else:
        from dateline.write.table import print_claims

        print_claims(open_output(), found)


def describe_report(head: Record, claim: Record) -> str:
    """Return whose report told a claim: outlet and day, its title below; or its id."""
    day = (head["published"] or "")[:10]
    by = ", ".join(filter(None, (head["outlet"], day)))
    return "\n".join(filter(None, (by, head["title"]))) or str(claim["report"])


def open_to_read(store: str) -> "SqlStore":
    """Open a store to read."""
    from dateline.cli.settings import settings
    from dateline.store.sql import SqlStore

    return SqlStore(store or settings().store, write=False)


def resolve_report(store: "SqlStore", report: str) -> str:
    """Return a report's id for its id, the start of it, or where it was found."""
    from dateline.store.custody import find_report_id

    return find_report_id(store, report)


def check_report_id(store: "SqlStore", report: str) -> str:
    """Return the id of a report of the store, or end with what it has."""
    if store.report(report) is None:
        some = ", ".join(store.report_ids()[:5]) or "none"
        fail(f"no report {report!r} in {store.where}; it has {some} …", 2)
    return report


def show_report(
    report: Annotated[
        str, typer.Argument(help="A report's id, or where it was found.")
    ],
    store: StoreOption = "",
) -> None:
    """Show a report's text with what was read from it in colours, and what was not."""
    from rich.console import Console

    from dateline.explain.spans import coloured, legend
    from dateline.lookups import look_up_left_out
    from dateline.store.present import require_report

    kept = open_to_read(store)
    report = resolve_report(kept, report)
    found = require_report(kept, check_report_id(kept, report))
    claims = list(kept.claims({"report": report}))
    console = Console(soft_wrap=True)
    console.print(coloured(found["text"], found["marks"], claims))
    console.print(legend())
    claims_table(claims)
    skipped(look_up_left_out(found))


def skipped(rest: list[Record] | None) -> None:
    """Print of which words no claim was made, and why; None is not kept."""
    from rich.table import Table
    from rich.text import Text

    if rest is None:
        say_line("what was left out is not kept: code the report again to see it")
        return
    table = Table(title="Left out", title_justify="left", header_style="bold")
    for name in ("words", "taken for", "why no claim was made of them"):
        table.add_column(name, overflow="fold")
    for each in rest:
        told = (each["text"], each.get("what") or "", each["because"])
        table.add_row(*(Text(escape_terminal(" ".join(cell.split()))) for cell in told))
    put_table(table, 160)
    if not rest:
        say_line("nothing was left out: each act that was seen is a claim")


def explain_claim(
    claim: Annotated[str, typer.Argument(help="A claim's id, or the start of it.")],
    store: StoreOption = "",
) -> None:
    """Explain a claim: each answer, its rule in words, and the words it read."""
    from rich.table import Table
    from rich.text import Text

    from dateline.explain.reasons import explain_answers
    from dateline.store.present import require_report

    kept = open_to_read(store)
    found = kept.claim(claim)
    if found is None:
        fail(f"no claim {claim!r} in {kept.where}: see `dateline events`", 2)
    text = require_report(kept, found["report"])["text"]
    table = Table(
        title=escape_terminal(found["evidence"]["text"]), title_justify="left"
    )
    for name in ("question", "answer", "because", "words read"):
        table.add_column(name, overflow="fold")
    for line in explain_answers(found, text):
        table.add_row(*(Text(escape_terminal(cell)) for cell in line))
    put_table(table, 140)
