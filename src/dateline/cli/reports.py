"""`dateline reports`, `problems`, `show`, `explain`, `speakers`, `search`, `query`."""

import csv
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from dateline.cli.events import open_item, open_to_read, show_item_event
from dateline.cli.options import Format, Printed, Reviewed, StoreOption
from dateline.cli.screen import (
    claims_table,
    escape_terminal,
    fail,
    open_output,
    print_record,
    put_table,
    say_line,
    words_table,
)

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
Row = tuple[Any, ...]
MEMORY = 1 << 30  # bytes that an answer may take while it is made
GRACE = 3  # seconds after which a database that does not stop is ended
MostOption = Annotated[int, typer.Option(min=1, help="At most so many lines.")]


class Listing(StrEnum):
    """How lists are printed."""

    table = "table"
    jsonl = "jsonl"


FormatOption = Annotated[Listing, typer.Option(help="How to print.")]


def show_reports(
    store: StoreOption = "", format: FormatOption = Listing.table, most: MostOption = 200
) -> None:
    """List the reports of a store: outlet, day, title, claims, where each was found."""
    from dateline.store.provenance import list_current_reports

    names = ("id", "outlet", "published", "language", "claims", "found_at", "title")
    print_listing(list_current_reports(open_to_read(store), most + 1), names, format, most)


def show_problems(
    store: StoreOption = "", format: FormatOption = Listing.table, most: MostOption = 200
) -> None:
    """List what could not be read or coded, each with its code and its reason."""
    from dateline.store.provenance import stream_problems

    rows = stream_problems(open_to_read(store), most + 1)
    print_listing(rows, ("code", "report", "message"), format, most)


def print_listing(
    rows: Iterable[Record], names: tuple[str, ...], format: Listing, most: int
) -> None:
    """Print the first rows in the format asked for, and whether there are more."""
    found = list(rows)
    cut, found = len(found) > most, found[:most]
    if format is Listing.jsonl:
        for row in found:
            print_record(row)
    else:
        cells = (
            [str(row[name] if row[name] is not None else "") for name in names] for row in found
        )
        put_table(words_table(names, cells), 160)
    say_line(f"only the first {most}: --most gives more" if cut else f"{len(found)} listed")


def show_any(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id of a report, event or claim, or the start of it; or where a "
            "report was found.",
        ),
    ],
    reviewed: Reviewed = True,
    store: StoreOption = "",
) -> None:
    """Show a report, an event or a claim by its id, whichever it is.

    Of a report it is the text with what was read from it in colours, and what was not.
    """
    kinds = ("report", "event", "claim")
    with open_item(store, name, reviewed, kinds) as (kept, item):
        if item.kind == "report":
            show_report(kept, item.id)
        elif item.kind == "event":
            show_item_event(kept, item, Format.table)
        else:
            table_reasons(kept, item.id)


def show_report(kept: "SqlStore", report: str) -> None:
    """Print a report's text with what was read from it, and what was not."""
    from rich.console import Console

    from dateline.analysis.lookups import look_up_left_out
    from dateline.resources.rules.reasons import coloured, legend
    from dateline.store.sql import require_report

    found = require_report(kept, report)
    claims = list(kept.claims({"report": report}))
    console = Console(soft_wrap=True)
    console.print(coloured(found["text"], found["marks"], claims))
    console.print(legend())
    claims_table(claims)
    rest = look_up_left_out(found)  # of which words no claim was made, and why
    if rest is None:
        say_line("what was left out is not kept: code the report again to see it")
        return
    names = ("words", "taken for", "why no claim was made of them")
    rows = (
        [" ".join(cell.split()) for cell in (e["text"], e.get("what") or "", e["because"])]
        for e in rest
    )
    put_table(words_table(names, rows, "Left out"), 160)
    if not rest:
        say_line("nothing was left out: each act that was seen is a claim")


def explain_claim(
    name: Annotated[
        str, typer.Argument(metavar="ID", help="A claim's id, or an event's, or the start of it.")
    ],
    reviewed: Reviewed = True,
    store: StoreOption = "",
) -> None:
    """Explain a claim: each answer, its rule in words, and the words it read.

    Of an event it explains each claim.
    """
    with open_item(store, name, reviewed, ("claim", "event")) as (kept, item):
        ids = [item.id]
        if item.kind == "event":
            rows = kept.merging.of_event(item.id)
            ids = [row["record"]["id"] for row in rows if row["current"]]
        for each in ids:
            table_reasons(kept, each)


def table_reasons(kept: "SqlStore", claim: str) -> None:
    """Print each answer of a claim with its reason."""
    from dateline.resources.rules.reasons import explain_answers
    from dateline.store.sql import require_claim, require_report

    found = require_claim(kept, claim)
    text = require_report(kept, found["report"])["text"]
    names = ("question", "answer", "because", "words read")
    title = escape_terminal(found["evidence"]["text"])
    put_table(words_table(names, explain_answers(found, text), title), 140)


def table_speakers(
    report: Annotated[str, typer.Argument(help="A report's id in the store, or a file.")],
    store: Annotated[str, typer.Option(help="The store to read.")] = "",
) -> None:
    """Table the speakers of a report: who is quoted, how often, on what."""
    from rich.console import Console

    from dateline.extract.attribution import Speakers, tabulate_voices
    from dateline.ingest.reading.inputs import complete_report
    from dateline.model import Report
    from dateline.pipeline.factory import make_coder

    text = text_of_report(report, store)
    program, told = make_coder(), complete_report(Report("", text))
    parsed = program.language.parse(told, *program.cut_sentences(told))
    says = Speakers(program.who.many)
    rows = [
        (voice.speaker.text, str(voice.times), "\n".join(s.of(text) for s in voice.topics))
        for voice in tabulate_voices(parsed, says, program.setting(parsed))
    ]
    if not rows:
        print("nobody is quoted")
        return
    Console().print(words_table(("speaker", "times", "on what"), rows))


def text_of_report(report: str, store: str) -> str:
    """Return the text of a file, or of a report in the store."""
    from dateline.ingest.reading.inputs import read_reports
    from dateline.model import Report
    from dateline.store.provenance import find_report_id

    if Path(report).is_file():
        found = next(iter(read_reports([report])))
        if isinstance(found, Report):
            return found.text
        fail(f"{report}: {found.message}", 3)
    record = open_to_read(store)
    kept = record.report(find_report_id(record, report))
    if kept is None:
        fail(f"no file and no report in the store called {report!r}", 2)
    return str(kept["text"])


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
    seconds: Annotated[float, typer.Option(min=0.1, help="Time that it may take.")] = 10,
    rows: Annotated[int, typer.Option(min=1, help="Rows that it may give.")] = 10_000,
    duckdb: Annotated[
        bool, typer.Option("--duckdb", help="Over a snapshot of flat tables in DuckDB.")
    ] = False,
) -> None:
    """Ask a store one question in SQL: it may read only, and only for so long.

    With --duckdb the tables are claims, events and reports, with the columns of CSV.
    """
    from dateline.store.database.sql_query import Limits, ask_store, unlike
    from dateline.store.query_limits import bounded_memory, hard_stop

    limits = Limits(seconds, rows)
    late = f"the question took more than {seconds:g} seconds and was ended"
    with open_to_read(store) as kept:
        if duckdb:
            from dateline.events.event_summaries import merged_events
            from dateline.export.parquet import query_snapshot

            known = merged_events(kept)
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
            print_record(dict(zip(columns, row, strict=True)))
    elif format is Format.csv:
        from dateline.export.table import csv_cell

        out = csv.writer(open_output(), lineterminator="\n")
        out.writerow(columns)
        out.writerows([csv_cell(value, raw=False) for value in row] for row in rows)
    else:
        cells = (["" if x is None else str(x) for x in row] for row in rows)
        put_table(words_table(columns, cells), 160)


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
