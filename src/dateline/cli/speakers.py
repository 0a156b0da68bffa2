"""`dateline speakers`: who is quoted in a report, how often and on what."""

from collections.abc import Iterator
from typing import Annotated

import typer

from dateline.cli.screen import fail, plain


def speakers(
    report: Annotated[
        str, typer.Argument(help="A report's id in the store, or a file.")
    ],
    store: Annotated[str, typer.Option(help="The store to read.")] = "",
) -> None:
    """Table the speakers of a report: who is quoted, how often, on what."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold")
    for name in ("speaker", "times", "on what"):
        table.add_column(name, overflow="fold")
    for cells in voices(text_of(report, store)):
        table.add_row(*(Text(plain(cell)) for cell in cells))
    if not table.rows:
        print("nobody is quoted")
        return
    Console().print(table)


def voices(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each speaker of a text, how often they are quoted, and on what."""
    from dateline.attribution import Speakers
    from dateline.attribution import speakers as quoted
    from dateline.model import Report
    from dateline.parts import coder
    from dateline.read.inputs import known

    program = coder()
    report = known(Report("", text))
    parsed = program.language.parse(report, *program.read(report))
    says = Speakers(program.who.many)
    for voice in quoted(parsed, says, program.setting(parsed)):
        topics = [span.of(text) for span in voice.topics]
        yield voice.speaker.text, str(voice.times), "\n".join(topics)


def text_of(report: str, store: str) -> str:
    """Return the text of a file, or of a report in the store."""
    from pathlib import Path

    from dateline.cli.events import named, opened
    from dateline.model import Report
    from dateline.read.inputs import reports

    if Path(report).is_file():
        found = next(iter(reports([report])))
        if isinstance(found, Report):
            return found.text
        fail(f"{report}: {found.message}", 3)
    record = opened(store)
    kept = record.report(named(record, report))
    if kept is None:
        fail(f"no file and no report in the store called {report!r}", 2)
    return str(kept["text"])
