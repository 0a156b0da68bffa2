"""`dateline doctor`, `verify`, `db`: is all well, here and in a store, and its care."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import StoreOption
from dateline.cli.screen import escape_terminal, fail, say_line

Line = tuple[str, str, bool]
STATES = ("sound", "altered", "changed", "gone", "away")
TOLD = {
    "altered": "its text in the store is not the one that was kept",
    "changed": "its bytes are others now",
    "gone": "its file is no longer there, or the record no longer in it",
}
db = typer.Typer(help="Upgrade, check, copy, tidy a store.", no_args_is_help=True)


def doctor(
    store: Annotated[str, typer.Option(help="The store to look at.")] = "",
    opinion: Annotated[
        str, typer.Option(metavar="URL", help="Try a language model there on an invented report.")
    ] = "",
    model: Annotated[str, typer.Option(metavar="NAME", help="The language model's name.")] = "",
) -> None:
    """Tell what is installed, which models, and whether the store is sound.

    With --opinion, or where dateline.toml names a language model on this machine, that
    model reads one invented report, and what it understood is told.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from dateline.ingest.reading.formats import known_formats
    from dateline.resources.gazetteer import NOTICE

    table = Table(show_header=False)
    asked = try_opinion(opinion, model)
    lines = [
        *program_versions(),
        *models_installed(),
        ("formats", " ".join(known_formats()), True),
        confinement(),
        *store_state(store),
        *asked,
    ]
    for name, told, well in lines:
        mark = "[green]ok[/green]" if well else "[red]ill[/red]"
        table.add_row(escape(name), escape(told), mark)
    console = Console()
    console.print(table)
    console.print(NOTICE, style="dim")
    if not all(well for _, _, well in lines):
        raise SystemExit(3)


def program_versions() -> Iterator[Line]:
    """Yield the versions of the program and of what it stands on."""
    import platform
    from importlib.metadata import version

    import dateline

    yield "dateline", dateline.__version__, True
    yield ("Python", platform.python_version(), platform.python_version_tuple() >= ("3", "11"))
    for name in ("spacy", "onnxruntime", "tokenizers", "sqlalchemy"):
        yield name, version(name), True


def models_installed() -> Iterator[Line]:
    """Yield the language model, checked against its hash, and the reader."""
    from dateline.cli.settings import settings
    from dateline.nlp.en.engine import PINNED, model_digest
    from dateline.pipeline.factory import act_reader
    from dateline.resources.plugins import MissingPart

    name = settings().model
    found, wanted = model_digest(name), PINNED.get(name)
    if found is None:
        yield name, "not installed: pip install it, or name another", False
    elif wanted is None:
        yield name, f"sha256 {found[:16]}… (a model of your own)", True
    else:
        yield name, f"sha256 {found[:16]}…", found == wanted
    try:
        yield "reader", act_reader().heads.version, True
    except (MissingPart, ValueError) as error:
        yield "reader", str(error), False


def confinement() -> Line:
    """Return what holds the process that parses strangers' bytes, tried now."""
    from dateline.ingest.reading.sandbox import tried

    means, could = tried()
    told = f"held by {', '.join(means)} and Python's hook"
    if could:
        known = "seccomp" in means or "everything" in could[0]
        told += f"; the kernel would let it {', '.join(could)}"
        return "reading process", told, not known
    return "reading process", f"may read only: {told}", True


def store_state(store: str) -> Iterator[Line]:
    """Yield the state of the store."""
    from dateline.cli.settings import settings
    from dateline.store.errors import StoreError
    from dateline.store.sql import SqlStore

    where = store or settings().store
    if "://" not in where and not Path(where).exists():
        yield "store", f"{where}: none yet (`dateline code` makes one)", not store
        return
    try:
        found = SqlStore(where, write=False)
        counts, state = found.counts(), found.sound()
    except StoreError as error:
        yield "store", str(error), False
        return
    told = ", ".join(f"{n} {name}" for name, n in counts.items())
    yield "store", f"{where}: {told}", state == "ok"


REPORT = "GREYHAVEN, March 3 - Police in Greyhaven arrested two students on Monday, the mayor said."
ROLES = {"actor": "police", "act": "arrest", "recipient": "students"}
GUIDE = (
    "You read one news report and say who did what to whom. Answer with one JSON"
    " object: `actor` is who did it, `act` the verb, `recipient` whom it was done to."
    " Copy the words of the report exactly."
)


def try_opinion(url: str, model: str) -> Iterator[Line]:
    """Yield what a language model understood of one invented report.

    A configured model on another machine is asked only where --opinion is given.
    """
    from dateline.cli.llm import OpinionFlags, merge_opinion
    from dateline.cli.settings import settings

    table, flags = settings().opinion, OpinionFlags(url, model)
    if not (url or table.url):
        if model:
            yield "opinion", "--model wants --opinion URL beside it", False
        return
    chosen = merge_opinion(flags, table, ":memory:")
    server = chosen.server
    if not server.local and not url:
        told = f"{server.model} at {server.host}: try it with --opinion {table.url}"
        yield "opinion", told, True
        return
    yield ask_once(chosen)


def ask_once(chosen: Any) -> Line:
    """Return what came of one question on an invented report; nothing is kept."""
    from dataclasses import replace
    from time import monotonic

    from dateline.cli.llm import open_door
    from dateline.llm.messages import Prompt

    text = {"type": "string"}
    schema = {
        "type": "object",
        "properties": dict.fromkeys(ROLES, text),
        "required": list(ROLES),
        "additionalProperties": False,
    }
    lines: list[str] = []
    unkept = replace(chosen, answers=Path(":memory:"))
    door = open_door(unkept, replace(chosen.terms, budget=None), lines.append)
    began = monotonic()
    try:
        (answer,) = door([Prompt("doctor", GUIDE, f"Report:\n{REPORT}", schema, 256)])
    finally:
        door.connection.close()
        door.book.close()
    spent = monotonic() - began
    if answer.text is None:
        said = lines or [answer.problem.message if answer.problem else "no answer"]
        return "opinion", "; ".join(said), False
    understood, well = judge_trial(answer.text)
    counts = f"{answer.tokens_in} tokens in, {answer.tokens_out} out, {spent:.1f} s"
    who = f"{answer.model or chosen.server.model} at {chosen.server.host}"
    return "opinion", "; ".join([f"{who} {understood}", counts, *lines]), well


def judge_trial(text: str) -> tuple[str, bool]:
    """Return what a model understood of the invented report, and whether it is right.

    >>> judge_trial('{"actor": "Police", "act": "arrested", "recipient": "students"}')
    ('understood: Police – arrested – students', True)
    """
    told = json.loads(text)
    words = {role: str(told.get(role, "")) for role in ROLES}
    said = " – ".join(words.values())
    right = all(
        wanted in words[role].lower() and words[role] in REPORT for role, wanted in ROLES.items()
    )
    return f"{'understood' if right else 'misunderstood'}: {said}", right


def verify_store(
    store: Annotated[str, typer.Option(help="The store to check.")] = "",
    base: Annotated[Path, typer.Option(help="The folder that the files were named from.")] = Path(),
) -> None:
    """Check every kept report against the bytes that it was read from."""
    from dateline.ingest.verify import verify_captures

    count: Counter[str] = Counter()
    for checked in verify_captures(open_to_read(store), base):
        count[checked.state] += 1
        if checked.state in TOLD:
            say_line(f"! {checked.found_at} ({checked.report}): {TOLD[checked.state]}")
    told = " + ".join(f"{name} {count[name]}" for name in STATES)
    print(f"checked {count.total()} = {told}")
    if count["altered"]:
        raise SystemExit(6)
    raise SystemExit(3 if count["changed"] + count["gone"] else 0)


def open_to_change(store: str) -> Any:
    """Open a store that is there to be changed; a file is never made here."""
    from dateline.cli.settings import settings
    from dateline.store.database.connect import address, path_of
    from dateline.store.sql import SqlStore

    where = store or settings().store
    file = path_of(address(where))
    if file and not file.exists():
        fail(f"no store at {where}: run `dateline code` first", 2)
    return SqlStore(where)


@db.command("upgrade")
def upgrade_layout(store: StoreOption = "") -> None:
    """Bring a store to the layout of this version."""
    from dateline.store.sql import newest_layout

    with open_to_change(store) as kept:
        say_line(f"{kept.where}: layout {newest_layout()}")


@db.command("check")
def check_database(store: StoreOption = "") -> None:
    """Check a store: its pages, its links, and that claims fit their reports' words."""
    from dateline.store.maintenance import find_store_faults

    with open_to_read(store) as kept:
        found = find_store_faults(kept)
        for line in found[:50]:
            print(escape_terminal(line))
        if found:
            fail(f"{kept.where}: {len(found)} faults", 6)
        print(escape_terminal(f"{kept.where}: sound"))


@db.command("backup")
def backup_store(
    out: Annotated[str, typer.Argument(help="A file, or the URL of an empty store.")],
    store: StoreOption = "",
) -> None:
    """Copy a store as it is at one moment, while others go on writing."""
    from dateline.store.maintenance import copy_store

    with open_to_read(store) as kept:
        copy_store(kept, out)
    say_line("copied")


@db.command("vacuum")
def vacuum_store(store: StoreOption = "") -> None:
    """Give room back and renew what the database knows of its contents."""
    from dateline.store.maintenance import compact_store

    with open_to_change(store) as kept:
        compact_store(kept)
        say_line(f"{kept.where}: tidy")
