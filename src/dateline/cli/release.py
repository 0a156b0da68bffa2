"""`dateline export`, `release`, `share`, `people`, `forget`: for other hands."""

import json
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.events import as_asked, open_to_read, open_to_write
from dateline.cli.options import (
    Actor,
    Between,
    Country,
    Format,
    Printed,
    PrivateNames,
    Recipient,
    Reviewed,
    Since,
    StoreOption,
    Types,
    Until,
)
from dateline.cli.panel import put_rows, rows_table
from dateline.cli.screen import fail, say_line

release = typer.Typer(help="Freeze the record as a data set, and tell releases apart.")
OF_EVENTS = ("gdelt", "ucdp", "acled", "eventreport", "ftm")
"""Formats whose rows are made of events alone."""
OF_EITHER = ("polecat", "plover")
"""Formats whose rows are events, or claims with `--of claims`."""


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
        Kind,
        typer.Option(
            help="What a line is: claims in jsonl, csv, parquet, geojson, polecat, "
            "plover; reports in the first four."
        ),
    ] = Kind.events,
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

    One row is one event, each once, unless --of or the format says otherwise. What a
    format cannot hold is counted by reason.
    Names of private people, victims and minors are masked unless --names asks for them
    (`dateline people` tells who they are).
    """
    from dateline.analysis.people import Sheltered
    from dateline.events.event_summaries import merged_events
    from dateline.export.source import NO_DAY, Given
    from dateline.resources.plugins import load_plugin

    write = load_plugin("writers", format)
    if not (out.is_file() or not out.exists()) or not out.absolute().parent.is_dir():
        fail(f"{out}: name a file in a folder that is there", 2)
    if str(out) == "-":
        fail("--out -: name a file (`dateline events --format jsonl` prints)", 2)
    if is_store(out):
        fail(f"{out} is a store, which would be lost: name another file", 2)
    if of is not Kind.events and format in OF_EVENTS:
        fail(f"--of {of.value}: {format} has rows of events alone", 2)
    if of is Kind.reports and format in OF_EITHER:
        fail(f"--of reports: {format} has rows of events or claims", 2)
    told = {"actor": actor, "recipient": recipient, "type": type, "status": status}
    told |= {"since": since, "until": until, "country": country}
    told |= {"between": between, "sure": str(sure) if sure else ""}
    where = {name: value for name, value in told.items() if value}
    if of is Kind.reports and where:
        fail("--of reports writes every report: filters are for claims and events", 2)
    left_out: dict[str, str] = {}
    with open_to_read(store) as kept, as_asked(kept, reviewed) as asked:
        known = merged_events(asked)
        masked = None if names else Sheltered(asked)
        if masked:
            known = masked.events(known)
        keep, kept_or = left_out.__setitem__, masked or asked
        given = Given(kept_or, where, of.value, raw, known, by_publication, keep)
        write(given, out)
    say_line(f"written: {out}")
    if masked and masked.many:
        say_line(f"masked: {masked.many} names of private people; --names writes them")
    if left_out:
        reasons = Counter(left_out.values())
        by_reason = ", ".join(f"{n} {reason}" for reason, n in reasons.most_common())
        dated = NO_DAY not in reasons or by_publication
        more = "" if dated else "; --day-or-published dates by the report"
        say_line(f"left out: {len(left_out)} {of.value} ({by_reason}{more})")


def is_store(out: Path) -> bool:
    """Whether a file is a store in SQLite, which no export may replace."""
    if not out.exists():
        return False
    with out.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


@release.command("cut")
def write_release(  # noqa: PLR0913  every choice is a flag
    name: Annotated[str, typer.Argument(help="As in 2025.1.")],
    out: Annotated[
        Path | None, typer.Option(help="The folder to write: the name, if not told.")
    ] = None,
    title: Annotated[str, typer.Option(help="Title of the data set.")] = "",
    author: Annotated[list[str] | None, typer.Option(help="Who is cited; may be repeated.")] = None,
    license: Annotated[str, typer.Option(help="As in CC-BY-4.0.")] = "",
    url: Annotated[str, typer.Option(help="Where it will lie.")] = "",
    date: Annotated[str, typer.Option(help="Its day; the last report's, if not told.")] = "",
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

    from dateline.analysis.describe import About
    from dateline.analysis.release import cut_release

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


@release.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(help="The folder of the earlier release.")],
    new: Annotated[Path, typer.Argument(help="The folder of the later one.")],
    by: Annotated[
        str, typer.Option(help="cause: each with what it changed; sum: how many.")
    ] = "cause",
    format: Printed = Format.table,
) -> None:
    """Tell two releases apart by cause: reports, corrections, reviews, models."""
    from dateline.analysis.release import compare_releases, read_release, sum_causes

    if by not in ("cause", "sum"):
        fail(f"no --by {by!r}: there are cause, sum", 2)
    changes = compare_releases(read_release(old), read_release(new))
    if by == "sum":
        rows = [tuple(row.values()) for row in sum_causes(changes)]
        columns = ("cause", "many", "claims", "events")
    else:
        rows = [
            (c.cause, c.what, c.detail, len(c.claims), " ".join(sorted(c.events))) for c in changes
        ]
        columns = ("cause", "of", "what", "claims", "events")  # type: ignore[assignment]
    records = (dict(zip(columns, row, strict=True)) for row in rows)
    put_rows(format, columns, rows, records)
    say_line(f"{len(changes)} causes" if changes else "the two releases are the same")


def share_claims(
    out: Annotated[Path, typer.Option(help="The file to write (JSON lines).")],
    no_text: Annotated[bool, typer.Option("--no-text/--text", help="Leave all words out.")] = True,
    store: StoreOption = "",
) -> None:
    """Write claims without anybody's text: offsets, hashes and addresses.

    Whoever has the reports joins them with `dateline rehydrate`. Names that are in no
    table of ours stay out, for they are the report's words.
    """
    from dateline.analysis.share import write_shared

    if not no_text:
        fail("to share the words too: `dateline export --format jsonl`", 2)
    with open_to_read(store) as kept:
        many = write_shared(kept, out)
    say_line(f"written: {out} ({many['claims']} claims of {many['reports']} reports)")


def rehydrate(
    shared: Annotated[Path, typer.Argument(help="A file of `dateline share`.")],
    copies: Annotated[list[str], typer.Argument(help="Your copies: files, folders, archives.")],
    out: Annotated[Path | None, typer.Option(help="Write the claims there (JSON lines).")] = None,
) -> None:
    """Join shared claims to your own copies of the reports, and say what did not fit.

    A copy is known by its id, its address or its letters; line breaks, quotation marks,
    accents and charsets may differ.
    """
    from dateline.analysis.share import Copies, own_copies, read_shared, rehydrate_report

    mine = Copies(own_copies(copies))
    joined = [rehydrate_report(told, mine) for told in read_shared(shared)]
    lines = [json.dumps(c, ensure_ascii=False) for j in joined for c in j.claims]
    if out is None:
        print("\n".join(lines))
    else:
        out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        say_line(f"written: {out}")
    spans, met = sum(j.spans for j in joined), sum(j.met for j in joined)
    for each in joined:
        if each.why:
            say_line(f"! {each.report}: {each.why}")
        elif each.missed:
            some = ", ".join(each.missed[:3]) + (" …" if len(each.missed) > 3 else "")
            say_line(f"! {each.report}: {len(each.missed)} stretches not found: {some}")
    share_met = f" ({met / spans:.3f})" if spans else ""
    say_line(f"{met} of {spans} stretches{share_met} of {len(joined)} reports are joined")
    if met < spans:
        raise SystemExit(3)


def show_people(
    kind: Annotated[
        str, typer.Option(help="minor, victim, private, public or official alone.")
    ] = "",
    store: StoreOption = "",
) -> None:
    """List the people that a store names: official, public, private, victim, minor.

    Releases and shared files mask private people, victims and minors.
    """
    from dateline.analysis.people import KINDS, list_people

    if kind and kind not in KINDS:
        fail(f"no kind {kind!r}: there are {', '.join(KINDS)}", 2)
    with open_to_read(store) as kept:
        found = [row for row in list_people(kept) if kind in ("", row["kind"])]
    columns = ("name", "kind", "claims", "because", "rule")
    rows_table(columns, [tuple(row[name] for name in columns) for row in found])
    say_line(f"{len(found)} people")


def forget(
    name: Annotated[str, typer.Argument(help="The whole name, as reports write it.")] = "",
    reason: Annotated[str, typer.Option(help="Why: it is kept in the log.")] = "",
    again: Annotated[
        bool, typer.Option("--again", help="Who was forgotten and has come back by reports.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    store: StoreOption = "",
) -> None:
    """Take a person out of the store: its texts, claims, indexes and future exports.

    Letters are blotted where they stand, so that offsets hold. It cannot be undone, and
    the log keeps that it was done, with a hash of the name. Copies, backups, releases
    and files already written are yours to deal with.
    """
    from dateline.cli.settings import settings
    from dateline.events.event_summaries import summarise
    from dateline.llm.cache import forget_answers, place_answers
    from dateline.store.maintenance import compact_store, forget_person, names_back

    if bool(name.strip()) == again:
        fail("give a name, or --again", 2)
    where = store or settings().store
    open_to_read(where).close()  # a store that is not there is not made
    with open_to_write(where) as kept:
        names = sorted(names_back(kept)) if again else [name]
        if not again and not yes:
            try:
                agreed = typer.confirm(f"Take {name} out of {kept.where} for good?")
            except typer.Abort:
                fail("nobody answered: with --yes it is done without asking", 2)
            if not agreed:
                say_line("nothing was taken out")
                raise SystemExit(0)
        for each in names:
            done = forget_person(kept, each, reason)
            shown = "a name" if again else each
            say_line(
                f"{shown}: taken out of {done.reports} reports, {done.claims} claims"
                f" and {done.other} other rows"
            )
            if gone := forget_answers(place_answers(where), each):
                say_line(f"and out of what a language model was asked: {gone} answers")
        if names:
            summarise(kept)
            compact_store(kept)
        else:
            say_line("nobody who was forgotten has come back")
