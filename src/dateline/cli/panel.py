"""`dateline panel`, `without`, `promises`, `audit`: the record counted and doubted."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import EventsSure, Format, Origins, Printed, Since, StoreOption, Until
from dateline.cli.screen import fail, put_table, say_line, words_table

SHOWN = 60  # rows of a panel in a terminal
UNIVERSE = ("toll", "origins", "statuses", "precision")
audit = typer.Typer(help="Say how wrong the record is, from a sample that people judge.")


class PanelShape(StrEnum):
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
    format: Annotated[PanelShape, typer.Option(help="How to write.")] = PanelShape.table,
    out: Annotated[
        Path | None, typer.Option(help="The file; its scope is written beside it.")
    ] = None,
    ids: Annotated[str, typer.Option(help="Codes of states as of the year: iso3,gw,cow.")] = "",
    role: Annotated[
        str, typer.Option(help="Of country units: actor, recipient, place, any.")
    ] = "actor",
    by: Annotated[str, typer.Option(help="Count apart: type, deed, quad, status, sector.")] = "",
    measure: Annotated[
        str,
        typer.Option(
            help="events, origins, score (its mean), killed, injured, arrested, "
            "abducted, displaced, crowd; several with commas."
        ),
    ] = "events",
    scope: Annotated[Path | None, typer.Option(help="What counts: a scope.toml.")] = None,
    type: Annotated[str, typer.Option(help="These types alone.")] = "",
    status: Annotated[
        str, typer.Option(help="These statuses: happened,ongoing,planned …, or all.")
    ] = "",
    origins: Origins = 1,
    sure: EventsSure = 0.0,
    without: Annotated[
        list[str] | None, typer.Option(help="Disbelieve a speaker, an outlet or state:PRK.")
    ] = None,
    since: Since = "",
    until: Until = "",
    undirected: Annotated[
        bool, typer.Option("--undirected", help="Of dyads: one row for both ways.")
    ] = False,
    sparse: Annotated[
        bool, typer.Option("--sparse", help="Leave out cells without an event.")
    ] = False,
    states: Annotated[str, typer.Option(help="A row for each member of a system: gw or cow.")] = "",
    trace: Annotated[
        bool, typer.Option("--trace", help="Name the events behind each figure.")
    ] = False,
    corrected: Annotated[
        Path | None,
        typer.Option(help="A filled audit sheet: counts as they are without its error."),
    ] = None,
    multiverse: Annotated[
        bool, typer.Option("--multiverse", help="Which conclusions flip by what counts.")
    ] = False,
    picture: Annotated[Path | None, typer.Option(help="Of a multiverse: an SVG to write.")] = None,
) -> None:
    """Count events by unit and period, with what was read beside each count.

    `reports_read`, `outlets_read`, `sentences_read` are of the period, `reports_about`
    of the unit in it. A count is empty where no report of the period was read: unread
    is never zero. What does not fit in a cell is told, not dropped in silence.
    """
    from dateline.analysis.frames import Frame
    from dateline.analysis.panel import Asked, count_panel, print_panel, write_panel
    from dateline.analysis.scope import make_scope, read_scope

    if format is PanelShape.parquet and out is None:
        fail("--format parquet writes a file: name it with --out", 2)
    flags = {
        "types": split_list(type),
        "statuses": [] if split_list(status) == ["all"] else split_list(status),
        "origins": origins if origins > 1 else None,
        "sure": sure or None,
        "without": without or None,
    }
    given = {name: value for name, value in flags.items() if value is not None}
    chosen = make_scope(given, "panel", read_scope(scope) if scope else None)
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
            show_multiverse(frame, asked, format, out, picture)
            return
        made = count_panel(frame, asked)
        if corrected is not None:
            from dateline.analysis.error_correction import correct_panel

            made = correct_panel(frame, made, corrected)
    for line in made.notes:
        say_line(line)
    if unread := made.sums["periods without any report"]:
        say_line(f"! no report of {unread} {asked.period}s was read: no count is told there")
    if out is not None:
        plain_kind = "parquet" if format is PanelShape.parquet else "csv"
        for file in write_panel(made, out, plain_kind):
            say_line(f"written: {file}")
    elif format is PanelShape.csv:
        print_panel(made, sys.stdout)
    else:
        rows_table(made.columns, made.rows)


def show_multiverse(
    frame: Any, asked: Any, format: PanelShape, out: Path | None, picture: Path | None
) -> None:
    """Print which conclusions of a panel hold in every universe, and draw them."""
    from dateline.analysis.multiverse import (
        ARROWS,
        count_multiverse,
        draw_conclusions,
        picture_multiverse,
    )

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
    if format is PanelShape.csv and out is None:
        csv_rows(columns, rows)
    else:
        rows_table(columns, rows)
    turned = sum(bool(c[2] != "1.00") for c in rows)
    told = f"{len(found)} universes; of {len(rows)} conclusions"
    say_line(f"{told} {turned} do not always hold")


def split_list(told: str) -> list[str] | None:
    """Return the words of a list with commas, None of an empty one."""
    return [word for word in told.replace(",", " ").split() if word] or None


def rows_table(columns: Any, rows: Any) -> None:
    """Print rows as a table; a long one is cut, and how to have it whole is told."""
    cells = (["–" if x is None else str(x) for x in row] for row in rows[:SHOWN])
    put_table(words_table(columns, cells), 160)
    if len(rows) > SHOWN:
        say_line(f"… and {len(rows) - SHOWN} more rows: --format csv")


def show_without(
    names: Annotated[
        list[str], typer.Argument(help="Speakers, outlets, codes (PRK GOV), state:PRK.")
    ],
    store: StoreOption = "",
    format: Printed = Format.table,
) -> None:
    """Show the events as they are when somebody is not believed.

    A claim falls when a link of its chain of speakers, or who ran its report, is called
    so. `state:PRK` is a state's organs with the outlets that it runs.
    """
    from dateline.analysis.source_exclusion import disbelieve, tell_changes

    with open_to_read(store) as kept:
        found = disbelieve(kept, names)
    rows = [
        (r["event"], r["change"], tell_changes(r)) + (r["type"], r["status"], r["evidence"])
        for r in found
    ]
    columns = ("event", "change", "what changes", "type", "status", "evidence")
    put_rows(format, columns, rows, found)
    gone = sum(row["change"] == "gone" for row in found)
    changed = sum(row["change"] == "changed" for row in found)
    told = f"{len(found)} events rest on {' or '.join(names)}: {gone} are gone without"
    say_line(f"{told}, {changed} change, {len(found) - gone - changed} lose a telling")


def promises(
    by: Annotated[
        str, typer.Option(help="The ledger by speaker, kind or status; each: a line each.")
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

    from dateline.analysis.planned_outcomes import BY, follow_promises, tally_promises

    if by not in (*BY, "each"):
        fail(f"no --by {by!r}: there are {', '.join(BY)}, each", 2)
    with open_to_read(store) as kept:
        found = follow_promises(kept)
    rows = [asdict(p) for p in found] if by == "each" else tally_promises(found, by)
    columns = tuple(rows[0]) if rows else ("promises",)
    cells = [[" ".join(c) if isinstance(c, tuple) else c for c in row.values()] for row in rows]
    put_rows(format, columns, cells, rows)
    known = sum(p.outcome != "unknown yet" for p in found)
    say_line(f"{len(found)} promises, of {known} it is known what came of them")


def put_rows(format: Format, columns: Any, rows: Any, records: Any) -> None:
    """Print rows in the format asked for: `records` are the same, for JSON lines."""
    if format is Format.jsonl:
        for record in records:
            print(json.dumps(record, ensure_ascii=False))
    elif format is Format.csv:
        csv_rows(columns, rows)
    else:
        rows_table(columns, rows)


def csv_rows(columns: Any, rows: Any, file: Any = None) -> None:
    """Print rows as CSV, or write them to a file."""
    import csv

    to = csv.writer(file or sys.stdout, lineterminator="\n")
    to.writerow(columns)
    to.writerows(rows)


@audit.command("draw")
def draw(  # noqa: PLR0913  every choice is a flag
    out: Annotated[Path, typer.Option(help="The sheet to write (CSV).")] = Path("audit.csv"),
    n: Annotated[int, typer.Option("-n", min=4, help="Claims to draw.")] = 200,
    strata: Annotated[
        str, typer.Option(help="type, deed, country, status, confidence, outlet.")
    ] = "type,confidence",
    skipped: Annotated[
        int, typer.Option(min=0, help="Passages that were skipped unread, for recall.")
    ] = 50,
    seed: Annotated[int, typer.Option(help="The same seed draws the same.")] = 1,
    store: StoreOption = "",
) -> None:
    """Draw a blind sheet: the act in its words, and none of the program's answers.

    Whoever fills it in writes of each row the type (or none), the countries of actor
    and recipient (codes, or - for nobody) and, if wanted, the status of the act in
    [[brackets]]. The key beside it holds the answers and the chance of each draw.
    """
    from dateline.analysis.audit import draw_audit, write_audit

    if out.exists():
        fail(f"{out} is there already: name another file", 2)
    with open_to_read(store) as kept:
        key, rows, gaps = draw_audit(kept, n, split_list(strata) or (), seed, skipped)
    for file in write_audit(out, key, rows, gaps):
        say_line(f"written: {file}")
    pooled = f", {len(key.pooled)} small ones as one" if key.pooled else ""
    say_line(
        f"{len(rows)} of {sum(key.sizes.values())} claims of {len(key.sizes)} strata"
        f"{pooled}; {len(gaps)} of {key.skipped} skipped passages"
    )


@audit.command("report")
def report_audit(
    sheet: Annotated[Path, typer.Argument(help="The sheet as it was filled in.")],
    second: Annotated[
        Path | None, typer.Option(help="The same sheet filled in by somebody else.")
    ] = None,
    skipped: Annotated[
        Path | None, typer.Option(help="The sheet of skipped passages, filled in.")
    ] = None,
    key: Annotated[Path | None, typer.Option(help="The key; it lies beside the sheet.")] = None,
) -> None:
    """Say how many claims are right, with 95% intervals, by stratum and confidence."""
    from dateline.analysis.audit import appraise, key_path, read_audit_key, read_sheet

    drawn = read_audit_key(key or key_path(sheet))
    sheets = [read_sheet(path, drawn) for path in (sheet, second) if path]
    gaps = read_sheet(skipped, drawn) if skipped else None
    found = appraise(drawn, sheets, gaps)
    rows = [("all claims", q, *estimate_in_words(e)) for q, e in found["precision"].items()]
    rows += [(name, value, *estimate_in_words(e)) for name, value, e in found["strata"]]
    rows_table(("of", "right", "share", "95%", "judged"), rows)
    sure = found["calibration"]
    rows = [(name, f"{mean:.2f}", *estimate_in_words(e)) for name, mean, e in sure["bins"]]
    rows_table(("confidence", "mean", "right", "95%", "judged"), rows)
    say_line(f"calibration: how sure and how right lie {sure['gap']:.3f} apart on average")
    if "recall" in found:
        gate = found["recall"]
        share, spread, judged = estimate_in_words(gate["of gate"])
        say_line(
            f"of the events in all sentences the gate keeps {share} ({spread}),"
            f" by {judged} skipped passages; what was read and missed is not in it"
        )
    for name, alpha in found.get("agreement", {}).items():
        if name != "items":
            told = "undefined (all alike)" if alpha is None else f"{alpha:.3f}"
            say_line(f"agreement of two coders, Krippendorff's alpha, {name}: {told}")


def estimate_in_words(found: Any) -> tuple[str, str, int]:
    """Return an estimate in words: its value, its interval, on how many it rests."""
    if not found.judged:
        return "–", "–", 0
    return f"{found.value:.3f}", f"{found.low:.3f} to {found.high:.3f}", found.judged
