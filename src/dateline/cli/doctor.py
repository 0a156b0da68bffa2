"""`dateline doctor`: what is installed, which models, whether the store is sound."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

Line = tuple[str, str, bool]


def doctor(
    store: Annotated[str, typer.Option(help="The store to look at.")] = "",
) -> None:
    """Tell what is installed, which models, and whether the store is sound."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from dateline.gazetteer import NOTICE

    table = Table(show_header=False)
    lines = [*program(), *models(), *kept(store)]
    for name, told, well in lines:
        mark = "[green]ok[/green]" if well else "[red]ill[/red]"
        table.add_row(escape(name), escape(told), mark)
    console = Console()
    console.print(table)
    console.print(NOTICE, style="dim")
    if not all(well for _, _, well in lines):
        raise SystemExit(3)


def program() -> Iterator[Line]:
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


def models() -> Iterator[Line]:
    """Yield the language model and the encoder, each checked against its hash."""
    from dateline.cli.settings import settings
    from dateline.encoder import available
    from dateline.language.en.weights import digest, expected

    name = settings().model
    found, wanted = digest(name), expected(name)
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
    from dateline.parts import reader
    from dateline.plugins import MissingPart

    try:
        return "reader", reader().heads.version, True
    except (MissingPart, ValueError) as error:
        return "reader", str(error), False


def kept(store: str) -> Iterator[Line]:
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
