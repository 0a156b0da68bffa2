"""`dateline doctor`: what is installed, which models, whether the store is sound."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

Line = tuple[str, str, bool]


def doctor(
    store: Annotated[str, typer.Option(help="The store to look at.")] = "",
    opinion: Annotated[
        str,
        typer.Option(
            metavar="URL", help="Try a language model there on an invented report."
        ),
    ] = "",
    model: Annotated[
        str, typer.Option(metavar="NAME", help="The language model's name.")
    ] = "",
) -> None:
    """Tell what is installed, which models, and whether the store is sound.

    With --opinion, or where dateline.toml names a language model on this machine, that
    model reads one invented report, and what it understood is told.
    """
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from dateline.gazetteer import NOTICE
    from dateline.read.formats import known_formats

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
    yield (
        "Python",
        platform.python_version(),
        platform.python_version_tuple() >= ("3", "11"),
    )
    for name in ("spacy", "onnxruntime", "tokenizers", "sqlalchemy"):
        yield name, version(name), True


def models_installed() -> Iterator[Line]:
    """Yield the language model and the encoder, each checked against its hash."""
    from dateline.cli.settings import settings
    from dateline.encoder import available
    from dateline.language.en.weights import expected, model_digest

    name = settings().model
    found, wanted = model_digest(name), expected(name)
    if found is None:
        yield name, "not installed: pip install it, or name another", False
    elif wanted is None:
        yield name, f"sha256 {found[:16]}… (a model of your own)", True
    else:
        yield name, f"sha256 {found[:16]}…", found == wanted
    there = available()
    yield "encoder", "weights found" if there else "no weights: grammar alone", there
    yield reads()


def reads() -> Line:
    """Return whether the model that reads acts can be loaded, and which it is."""
    from dateline.parts import act_reader
    from dateline.plugins import MissingPart

    try:
        return "reader", act_reader().heads.version, True
    except (MissingPart, ValueError) as error:
        return "reader", str(error), False


def confinement() -> Line:
    """Return what holds the process that parses strangers' bytes, tried now."""
    from dateline.read.confined import tried

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


REPORT = (
    "GREYHAVEN, March 3 - Police in Greyhaven arrested two students on Monday, the"
    " mayor said."
)
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
    from dateline.cli.opinion import OpinionFlags, merge_opinion, wants_opinion
    from dateline.cli.settings import settings

    table, flags = settings().opinion, OpinionFlags(url, model)
    if not wants_opinion(flags, table):
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

    from dateline.cli.opinion import open_door
    from dateline.opinion.asked import Prompt

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
        wanted in words[role].lower() and words[role] in REPORT
        for role, wanted in ROLES.items()
    )
    return f"{'understood' if right else 'misunderstood'}: {said}", right
