"""Options that several commands share, so that one flag has one meaning and one help.

A command gives each its default: `since: Since = ""`.
"""

from enum import StrEnum
from typing import Annotated, Any

import typer

from dateline.resources.codebook import TYPES


class Format(StrEnum):
    """How claims are printed."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


OPINION: Any = {"rich_help_panel": "A second opinion"}

Kept = Annotated[str, typer.Option(help="Where to keep them: a file or URL.")]
StoreOption = Annotated[str, typer.Option(help="The store to read: a file or URL.")]
Printed = Annotated[Format, typer.Option(help="How to print.")]
Actor = Annotated[str, typer.Option(help="A code (KEN, KEN COP) or a name.")]
Recipient = Annotated[str, typer.Option(help="A code or a name.")]
Between = Annotated[str, typer.Option(help="Two parties, whoever acts: KEN,UGA.")]
Types = Annotated[str, typer.Option(help=f"Event types: {TYPES}.")]
Since = Annotated[str, typer.Option(metavar="DATE", help="On or after this day.")]
Until = Annotated[str, typer.Option(metavar="DATE", help="On or before it.")]
Country = Annotated[str, typer.Option(help="Where it happened: SYR,IRQ.")]
EventsSure = Annotated[float, typer.Option(min=0, max=1, help="Events at least so sure.")]
Origins = Annotated[int, typer.Option(min=1, help="At least so many independent origins.")]
Reviewed = Annotated[
    bool, typer.Option("--reviewed/--as-coded", help="As people left it, or as it was coded.")
]
PrivateNames = Annotated[bool, typer.Option("--names", help="With the names of private people.")]
Published = Annotated[str, typer.Option(metavar="DATE", help="Day of reports that tell none.")]
Outlet = Annotated[str, typer.Option(help="Outlet of reports that tell none.")]
Columns = Annotated[
    str, typer.Option(metavar="MAP", help="What data call the fields: text=body,published=day.")
]
DayFirst = Annotated[bool, typer.Option("--dayfirst", help="Read 04/02/2019 as 4 February.")]
CodebookName = Annotated[str, typer.Option(help="A codebook's name or folder.")]
OpinionUrl = Annotated[
    str, typer.Option(metavar="URL", help="Ask a language model there, too.", **OPINION)
]
OpinionModel = Annotated[
    str, typer.Option(metavar="NAME", help="Which one, as it is called.", **OPINION)
]
OpinionBudget = Annotated[
    str, typer.Option(metavar="DOLLARS", help="Ask for no more: 5.00.", **OPINION)
]
OnlyDoubtful = Annotated[
    bool,
    typer.Option(
        "--opinion-only-doubtful",
        help="Ask only where the program is unsure: half the tokens.",
        **OPINION,
    ),
]
