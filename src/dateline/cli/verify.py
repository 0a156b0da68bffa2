"""`dateline verify`: is what is kept still what was read?"""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.screen import say_line

STATES = ("sound", "altered", "changed", "gone", "away")
TOLD = {
    "altered": "its text in the store is not the one that was kept",
    "changed": "its bytes are others now",
    "gone": "its file is no longer there, or the record no longer in it",
}


def verify_store(
    store: Annotated[str, typer.Option(help="The store to check.")] = "",
    base: Annotated[
        Path, typer.Option(help="The folder that the files were named from.")
    ] = Path(),
) -> None:
    """Check every kept report against the bytes that it was read from."""
    from dateline.cli.events import open_to_read
    from dateline.record.verify import verify_captures

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
