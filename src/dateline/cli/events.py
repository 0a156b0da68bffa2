"""`dateline events`, `event`, `agenda`: what happened, what is planned."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.options import (
    Actor,
    Between,
    Country,
    EventsSure,
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
    COLOURS,
    OPENED,
    claims_table,
    escape_terminal,
    fail,
    interval_in_words,
    open_output,
    party_codes,
    place_in_words,
    print_record,
    put_table,
    say_line,
    width,
)
from dateline.resources.codebook import A_DEED
from dateline.resources.rules.reasons import count_in_words, write_number

if TYPE_CHECKING:
    from dateline.analysis.lookups import Named
    from dateline.model import Event
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
SHOWN = frozenset(("happened", "ongoing", "recurring", "planned", "expected"))
ALL = "all"  # of the statuses
WIDE = 160


class AgendaShape(StrEnum):
    """How an agenda is printed."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    ics = "ics"


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
    status: Annotated[str, typer.Option(help="happened, planned, denied …, or all.")] = "",
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
    from dateline.resources.reference.countries import answering, countries

    for code in country.upper().replace(",", " ").split():
        if answering(code) != code and countries().by_code(code):
            say_line(f"{code} is filed under {answering(code)}")
    with open_to_read(store) as opened, as_asked(opened, reviewed) as kept:
        if report:
            where["report"] = check_report_id(kept, report)
        asked = Asked(where, origins, sure, format, sort)
        if claims:
            print_claim_list(kept, asked)
        else:
            print_event_list(kept, asked, every=bool(status))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is to hold, in what order, and how it is printed."""

    where: dict[str, str]
    origins: int
    sure: float
    format: Format
    sort: Sort


def print_claim_list(kept: "SqlStore", asked: Asked) -> None:
    """Print the claims that pass filters."""
    where = asked.where | ({"sure": str(asked.sure)} if asked.sure else {})
    found = list(kept.claims_and_heads(where))
    if asked.origins > 1:
        borne = {row["event"] for row in choose_events(kept, found, asked.origins)}
        found = [each for each in found if each[0]["event"] in borne]
    if asked.sort is Sort.sure:
        found.sort(key=lambda pair: -pair[0]["confidence"])
    if asked.format is Format.table:
        names = {}  # whose report told a claim: outlet and day, its title; or its id
        for claim, head in found:
            by = ", ".join(filter(None, (head["outlet"], (head["published"] or "")[:10])))
            shown = "\n".join(filter(None, (by, head["title"])))
            names[claim["report"]] = shown or str(claim["report"])
        claims_table((claim for claim, _ in found), names=names)
    elif asked.format is Format.jsonl:
        for claim, _ in found:
            print_record(claim)
    else:
        from dateline.export import table

        table.print_claims(open_output(), found)
    say_line(f"{len(found)} claims")


def print_event_list(kept: "SqlStore", asked: Asked, every: bool) -> None:
    """Print the events of which a claim passes filters."""
    told = kept.claims_and_heads(asked.where)
    rows = choose_events(kept, told, asked.origins, asked.sure)
    if asked.sort is Sort.sure:
        rows.sort(key=lambda row: -row["confidence"])
    if asked.format is Format.csv:
        from dateline.export import table
        from dateline.export.source import Given

        by_id = {row["event"]: row for row in rows}
        given = Given(kept, asked.where, known=lambda _: by_id)
        table.print_events(open_output(), given, by_id)
    shown: Sequence[Event] = rows
    if asked.format is Format.table:
        shown = rows if every else [row for row in rows if row["status"] in SHOWN]
        events_table(shown)
    elif asked.format is Format.jsonl:
        for row in rows:
            print_record(row)
    many = sum(len(row["claims"]) for row in shown)
    say_line(f"{len(shown)} events of {many} claims")
    if len(rows) > len(shown):
        kinds = sorted({row["status"] for row in rows} - SHOWN)
        say_line(f"{len(rows) - len(shown)} more are {' or '.join(kinds)}: --status all")


def as_asked(kept: "SqlStore", reviewed: bool) -> "AbstractContextManager[SqlStore]":
    """Return a store as people left it, a copy where they decided anything, and say so.

    Each answer that a person gave says so in its reasons.
    """
    many = len(kept.review.decisions()) if reviewed else 0
    if not many:
        return nullcontext(kept)
    from dateline.analysis.review.decisions import reviewed_copy

    say_line(f"as reviewed, {many} decisions heard: --as-coded gives the program's own")
    return reviewed_copy(kept)


def choose_events(
    kept: "SqlStore", found: Iterable[tuple[Record, Record]], origins: int, sure: float = 0
) -> "list[Event]":
    """Return the events of claims that are so sure, and told by so many origins."""
    from dateline.events.event_detail import event_lines

    rows = event_lines(kept, {claim["event"] for claim, _ in found})
    good = (row for row in rows if row["origins"] >= origins)
    return [row for row in good if row["confidence"] >= sure]


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


def check_report_id(store: "SqlStore", report: str) -> str:
    """Return a report's id for its id, the start of it, or where it was found.

    Ends with what the store has where it has none such.
    """
    from dateline.store.provenance import find_report_id

    report = find_report_id(store, report)
    if store.report(report) is None:
        some = ", ".join(store.report_ids()[:5]) or "none"
        fail(f"no report {report!r} in {store.where}; it has {some} …", 2)
    return report


@contextmanager
def open_item(
    store: str, name: str, reviewed: bool, kinds: Sequence[str]
) -> Iterator[tuple["SqlStore", "Named"]]:
    """Open the store, as people left it, in which a report, event or claim stands.

    `name` is its id or the start of it. Where it is only in the record as it was coded,
    that is opened. Ends with the ids that begin so, where there are several.
    """
    from dateline.analysis.lookups import named_items
    from dateline.store.sql import list_ids

    with open_to_read(store) as opened, as_asked(opened, reviewed) as left:
        for kept in dict.fromkeys((left, opened)):
            found = [item for item in named_items(kept, name) if item.kind in kinds]
            if len(found) > 1:
                ids = list_ids([f"{item.kind} {item.id}" for item in found])
                fail(f"several ids begin with {name}: {ids}", 2)
            if found:
                yield kept, found[0]
                return
        what = " or ".join(kinds)
        fail(f"no {what} {name!r} in {opened.where}: see `dateline events`", 2)


def open_to_write(store: str) -> "SqlStore":
    """Open a store to write, made where there is none."""
    from dateline.cli.settings import settings
    from dateline.store.sql import SqlStore

    return SqlStore(store or settings().store)


def open_to_read(store: str) -> "SqlStore":
    """Open a store to read; it is closed as the command ends."""
    from dateline.cli.settings import settings
    from dateline.store.sql import SqlStore

    return OPENED.enter_context(SqlStore(store or settings().store, write=False))


def show_event(
    name: Annotated[
        str,
        typer.Argument(metavar="ID", help="An event's id, or a claim's of it, or the start of it."),
    ],
    format: Annotated[Format, typer.Option(help="table or jsonl.")] = Format.table,
    reviewed: Reviewed = True,
    store: StoreOption = "",
) -> None:
    """Show one event: its tellings by time, origins, disagreements and history."""
    if format is Format.csv:
        fail("one event has no csv: --format jsonl, or `dateline events`", 2)
    with open_item(store, name, reviewed, ("event", "claim")) as (kept, item):
        show_item_event(kept, item, format)


def show_item_event(kept: "SqlStore", item: "Named", format: Format) -> None:
    """Print an event, or the event of a claim."""
    from dateline.events.event_detail import dossier
    from dateline.store.sql import require_claim

    of_claim = item.kind == "claim"
    found = dossier(kept, require_claim(kept, item.id)["event"] if of_claim else item.id)
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
    told = f"{many['what']}: {show_spread(many)}, last told {write_number(many['best'])}"
    told += f" {many['unit']}" if many["unit"] else ""
    lines = [told]
    for each in many["series"]:
        count = count_in_words({**each, "what": ""}).strip()
        of = f" ({each['of']})" if each["of"] else ""
        who = each["speaker"] or "the report"
        total = ", running total" if each["scope"] == "running total" else ""
        day = each["told"] or "undated"
        lines.append(f"    {day}  {count}{of}  {who}, in {each['report']}{total}")
    return lines


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
        kind, deed = row["type"], row["deed"]
        tolls = (f"{q['what']} {show_spread(q)}" for q in row["quantities"])
        cells = (
            row["event"][:8],
            event_parties(row["actors"]),
            "\n".join([kind if kind == deed else f"{kind} ({deed})", *tolls]),
            event_parties(row["recipients"]),
            interval_in_words(row["when"]),
            place_in_words(row["where"]),
            (row["first_told"] or "")[:10],
        )
        # how many claims tell it, and the days they were told first and last
        days = dict.fromkeys(filter(None, (row["first_told"], row["last_told"])))
        numbers = (
            f"{row['confidence']:.2f}",
            "\n".join([str(len(row["claims"])), *days]),
            str(row["outlets"]),
            str(row["origins"]),
        )
        status = Text(row["status"], style=COLOURS[row["status"]])
        grid.add_row(*(Text(escape_terminal(c)) for c in cells), status, *numbers)
    put_table(grid, WIDE)


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


def show_agenda(  # noqa: PLR0913  every filter is a flag
    since: Annotated[
        str, typer.Option("--from", metavar="DAY", help="First day; else the newest's.")
    ] = "",
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day.")] = "",
    between: Between = "",
    country: Annotated[str, typer.Option(help="Where it is to be: SYR,IRQ.")] = "",
    sure: EventsSure = 0.0,
    format: Annotated[AgendaShape, typer.Option(help="How to print.")] = AgendaShape.table,
    store: StoreOption = "",
) -> None:
    """List what is planned, expected or scheduled, the nearest first.

    Without --from it begins with the day of the newest report. What no report gives a
    day is not in it: `dateline events --status planned` has it. `--format ics >
    agenda.ics` is for calendars.
    """
    from dateline.export.agenda import COLUMNS, calendar, list_agenda
    from dateline.export.table import column_names, write_rows

    told = {"since": since, "until": until, "between": between, "country": country}
    told["sure"] = str(sure) if sure else ""
    where = check_filters({name: value for name, value in told.items() if value})
    days = where.pop("since", ""), where.pop("until", "")
    with open_to_read(store) as kept:
        rows = list_agenda(kept, *days, where)
    if format is AgendaShape.table:
        agenda_table(rows)
    elif format is AgendaShape.csv:
        write_rows(open_output(), column_names(COLUMNS), rows)
    elif format is AgendaShape.jsonl:
        for row in rows:
            print_record(row)
    else:
        sys.stdout.buffer.write(calendar(rows))
        sys.stdout.buffer.flush()
    say_line(f"{len(rows)} events are planned or expected then")


def agenda_table(rows: list[Record]) -> None:
    """Print an agenda for the screen."""
    from rich.table import Table
    from rich.text import Text

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
