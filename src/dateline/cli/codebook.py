"""`dateline codebook`: list what can be coded, check a folder of your own."""

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.screen import fail, plain

app = typer.Typer(help="List and check codebooks.", no_args_is_help=True)


@app.command("list")
def list_(
    name: Annotated[
        str, typer.Argument(help="A codebook's name or folder.")
    ] = "plover",
) -> None:
    """List a codebook: event types, modes, quad classes, scores."""
    from rich.console import Console
    from rich.table import Table

    from dateline.parts import codebook

    book = codebook(name)
    table = Table(title=book.name, title_justify="left", header_style="bold")
    for column in ("type", "quad class", "score", "modes", "meaning"):
        table.add_column(column, overflow="fold")
    for kind in book.types.values():
        modes = ", ".join(mode.name for mode in book.modes if mode.type == kind.name)
        cells = (kind.name, kind.quad, f"{kind.score:+}", modes, kind.definition)
        table.add_row(*map(plain, cells))
    console = Console()
    console.print(table)
    names = ", ".join(context.name for context in book.contexts)
    console.print(plain(f"contexts: {names}"))
    console.print(f"patterns: {len(book.patterns)}")


@app.command()
def check(
    folder: Annotated[Path, typer.Argument(help="The codebook's folder.")],
) -> None:
    """Check a codebook folder for contradictions."""
    from dateline.codebook import find_contradictions

    if not folder.is_dir():
        fail(f"{folder}: no such folder", 2)
    found = find_contradictions(folder, labels())
    for line in found:
        print(plain(line))
    if found:
        some = "1 contradiction" if len(found) == 1 else f"{len(found)} contradictions"
        fail(f"{folder}: {some}", 3)
    print(f"{folder}: sound")


def labels() -> list[str]:
    """Return the types that the reader knows, none where its weights are missing."""
    from dateline.parts import reader
    from dateline.plugins import MissingPart

    try:
        return list(reader().heads.labels["deed"])
    except MissingPart:
        return []
