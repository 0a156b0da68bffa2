"""`dateline demo`: the invented example reports, each of its day, in a store."""

from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.screen import say_line
from dateline.cli.serve import DAYS, examples

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

SINCE = "2025-03-01"


def show_demo(
    store: Annotated[str, typer.Option(help="The file to keep them in.")] = "demo.db",
) -> None:
    """Code the example reports, which are invented, and show what a record knows.

    One happening told by three outlets that have one origin; what is planned, by whose
    word. `dateline serve demo` shows the same in a browser.
    """
    from dateline.agenda import list_agenda
    from dateline.cli.agenda import as_table
    from dateline.cli.event import print_dossier
    from dateline.record.dossiers import dossier, event_lines
    from dateline.store.sql import SqlStore

    with SqlStore(store) as kept:
        code_examples(kept)
        events = list(event_lines(kept))
        claims = sum(len(event["claims"]) for event in events)
        print(f"{len(DAYS)} files: {claims} claims of {len(events)} events in {store}")
        told = max(events, key=lambda event: (event["outlets"], len(event["claims"])))
        print(f"\nTold by most outlets: dateline event {told['event'][:8]}")
        print_dossier(dossier(kept, told["event"]))
        print(f"\nWhat is planned, by whose word: dateline agenda --from {SINCE}")
        as_table(list_agenda(kept, SINCE))


def code_examples(kept: "SqlStore") -> None:
    """Code the example reports into a store, each with its day and outlet."""
    from dateline.ingest import Ingest, one_by_one
    from dateline.outcomes import Told
    from dateline.parts import Options, make_coder
    from dateline.read.inputs import sources
    from dateline.record.happenings import join

    say_line("coding the example reports: half a minute or so")
    options = Options()
    codes = one_by_one(make_coder(options))
    for name, day in DAYS.items():
        ingest = Ingest(codes, kept, options.made_by(), Told(day, "Global Wire"))
        list(ingest.run(sources([str(examples() / name)])))
    join(kept)
