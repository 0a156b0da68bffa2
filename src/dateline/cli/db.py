"""`dateline db`: care of a store."""

from typing import Annotated, Any

import typer

from dateline.cli.events import opened
from dateline.cli.options import StoreOption
from dateline.cli.screen import fail, plain, say

app = typer.Typer(help="Upgrade, check, copy, tidy a store.", no_args_is_help=True)


def to_write(store: str) -> Any:
    """Open a store that is there to be changed; a file is never made here."""
    from dateline.cli.settings import settings
    from dateline.store.connect import address, path_of
    from dateline.store.sql import SqlStore

    where = store or settings().store
    file = path_of(address(where))
    if file and not file.exists():
        fail(f"no store at {where}: run `dateline code` first", 2)
    return SqlStore(where)


@app.command()
def upgrade(store: StoreOption = "") -> None:
    """Bring a store to the layout of this version."""
    from dateline.store.layout import newest

    with to_write(store) as kept:
        say(f"{kept.where}: layout {newest()}")


@app.command()
def check(store: StoreOption = "") -> None:
    """Check a store: its pages, its links, and that claims fit their reports' words."""
    from dateline.store.upkeep import faults

    with opened(store) as kept:
        found = faults(kept)
        for line in found[:50]:
            print(plain(line))
        if found:
            fail(f"{kept.where}: {len(found)} faults", 6)
        print(plain(f"{kept.where}: sound"))


@app.command()
def backup(
    out: Annotated[str, typer.Argument(help="A file, or the URL of an empty store.")],
    store: StoreOption = "",
) -> None:
    """Copy a store as it is at one moment, while others go on writing."""
    from dateline.store.upkeep import backup as copy

    with opened(store) as kept:
        copy(kept, out)
    say("copied")


@app.command()
def vacuum(store: StoreOption = "") -> None:
    """Give room back and renew what the database knows of its contents."""
    from dateline.store.upkeep import vacuum as tidy

    with to_write(store) as kept:
        tidy(kept)
        say(f"{kept.where}: tidy")
