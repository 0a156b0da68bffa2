"""`dateline speakers`: who is quoted in a report, how often and on what."""

from collections.abc import Iterator
from typing import Annotated

import typer

from dateline.cli.screen import escape_terminal, fail


def table_speakers(
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
    for cells in voices_of_text(text_of_report(report, store)):
        table.add_row(*(Text(escape_terminal(cell)) for cell in cells))
    if not table.rows:
        print("nobody is quoted")
        return
    Console().print(table)


def voices_of_text(text: str) -> Iterator[tuple[str, str, str]]:
    """Yield each speaker of a text, how often they are quoted, and on what."""
    from dateline.attribution import Speakers, tabulate_voices
    from dateline.model import Report
    from dateline.parts import make_coder
    from dateline.read.inputs import complete_report

    program = make_coder()
    report = complete_report(Report("", text))
    parsed = program.language.parse(report, *program.cut_sentences(report))
    says = Speakers(program.who.many)
    for voice in tabulate_voices(parsed, says, program.setting(parsed)):
        topics = [span.of(text) for span in voice.topics]
        yield voice.speaker.text, str(voice.times), "\n".join(topics)


def text_of_report(report: str, store: str) -> str:
    """Return the text of a file, or of a report in the store."""
    from pathlib import Path

    from dateline.cli.events import open_to_read, resolve_report
    from dateline.model import Report
    from dateline.read.inputs import read_reports

    if Path(report).is_file():
        found = next(iter(read_reports([report])))
        if isinstance(found, Report):
            return found.text
        fail(f"{report}: {found.message}", 3)
    record = open_to_read(store)
    kept = record.report(resolve_report(record, report))
    if kept is None:
        fail(f"no file and no report in the store called {report!r}", 2)
    return str(kept["text"])
