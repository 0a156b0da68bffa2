"""`dateline share`, `rehydrate`, `people`, `forget`: the record in other hands."""

import json
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import StoreOption
from dateline.cli.panel import rows_table
from dateline.cli.screen import fail, say_line


def share_claims(
    out: Annotated[Path, typer.Option(help="The file to write (JSON lines).")],
    no_text: Annotated[
        bool, typer.Option("--no-text/--text", help="Leave all words out.")
    ] = True,
    store: StoreOption = "",
) -> None:
    """Write claims without anybody's text: offsets, hashes and addresses.

    Whoever has the reports joins them with `dateline rehydrate`. Names that are in no
    table of ours stay out, for they are the report's words.
    """
    from dateline.research.share import write_shared

    if not no_text:
        fail("to share the words too: `dateline export --format jsonl`", 2)
    with open_to_read(store) as kept:
        many = write_shared(kept, out)
    say_line(f"written: {out} ({many['claims']} claims of {many['reports']} reports)")


def rehydrate(
    shared: Annotated[Path, typer.Argument(help="A file of `dateline share`.")],
    copies: Annotated[
        list[str], typer.Argument(help="Your copies: files, folders, archives.")
    ],
    out: Annotated[
        Path | None, typer.Option(help="Write the claims there (JSON lines).")
    ] = None,
) -> None:
    """Join shared claims to your own copies of the reports, and say what did not fit.

    A copy is known by its id, its address or its letters; line breaks, quotation marks,
    accents and charsets may differ.
    """
    from dateline.research.share import (
        Copies,
        own_copies,
        read_shared,
        rehydrate_report,
    )

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
    say_line(
        f"{met} of {spans} stretches{share_met} of {len(joined)} reports are joined"
    )
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
    from dateline.research.people import KINDS, list_people

    if kind and kind not in KINDS:
        fail(f"no kind {kind!r}: there are {', '.join(KINDS)}", 2)
    with open_to_read(store) as kept:
        found = [row for row in list_people(kept) if kind in ("", row["kind"])]
    columns = ("name", "kind", "claims", "because", "rule")
    rows_table(columns, [tuple(row[name] for name in columns) for row in found])
    say_line(f"{len(found)} people")


def confirm_forgetting(name: str, where: str) -> None:
    """End where the person at the screen does not say yes."""
    try:
        yes = typer.confirm(f"Take {name} out of {where} for good?")
    except typer.Abort:
        fail("nobody answered: with --yes it is done without asking", 2)
    if not yes:
        say_line("nothing was taken out")
        raise SystemExit(0)


def forget(
    name: Annotated[
        str, typer.Argument(help="The whole name, as reports write it.")
    ] = "",
    reason: Annotated[str, typer.Option(help="Why: it is kept in the log.")] = "",
    again: Annotated[
        bool,
        typer.Option("--again", help="Who was forgotten and has come back by reports."),
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
    from dateline.opinion.kept import forget_answers, place_answers
    from dateline.record.happenings import summarise
    from dateline.store.forgetting import forget_person, names_back
    from dateline.store.sql import SqlStore
    from dateline.store.upkeep import compact_store

    if bool(name.strip()) == again:
        fail("give a name, or --again", 2)
    where = store or settings().store
    open_to_read(where).close()  # a store that is not there is not made
    with SqlStore(where) as kept:
        names = sorted(names_back(kept)) if again else [name]
        if not again and not yes:
            confirm_forgetting(name, kept.where)
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
