"""`dateline codebook`: list what can be coded, check a folder of your own."""

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.screen import escape_terminal, fail

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

    from dateline.parts import choose_codebook

    book = choose_codebook(name)
    table = Table(title=book.name, title_justify="left", header_style="bold")
    for column in ("type", "quad class", "score", "modes", "meaning"):
        table.add_column(column, overflow="fold")
    for kind in book.types.values():
        modes = ", ".join(mode.name for mode in book.modes if mode.type == kind.name)
        cells = (kind.name, kind.quad, f"{kind.score:+}", modes, kind.definition)
        table.add_row(*map(escape_terminal, cells))
    console = Console()
    console.print(table)
    names = ", ".join(context.name for context in book.contexts)
    console.print(escape_terminal(f"contexts: {names}"))
    console.print(f"patterns: {len(book.patterns)}")


@app.command("check")
def check_codebook_folder(
    folder: Annotated[Path, typer.Argument(help="The codebook's folder.")],
) -> None:
    """Check a codebook folder for contradictions."""
    from dateline.codebook import find_contradictions

    if not folder.is_dir():
        fail(f"{folder}: no such folder", 2)
    found = find_contradictions(folder, labels_of_reader())
    for line in found:
        print(escape_terminal(line))
    if found:
        some = "1 contradiction" if len(found) == 1 else f"{len(found)} contradictions"
        fail(f"{folder}: {some}", 3)
    print(f"{folder}: sound")


def labels_of_reader() -> list[str]:
    """Return the types that the reader knows, none where its weights are missing."""
    from dateline.parts import act_reader
    from dateline.plugins import MissingPart

    try:
        return list(act_reader().heads.labels["deed"])
    except MissingPart:
        return []
