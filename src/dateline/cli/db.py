"""`dateline db`: care of a store."""

from typing import Annotated, Any

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import StoreOption
from dateline.cli.screen import escape_terminal, fail, say_line

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


@app.command("upgrade")
def upgrade_layout(store: StoreOption = "") -> None:
    """Bring a store to the layout of this version."""
    from dateline.store.layout import newest_layout

    with to_write(store) as kept:
        say_line(f"{kept.where}: layout {newest_layout()}")


@app.command("check")
def check_database(store: StoreOption = "") -> None:
    """Check a store: its pages, its links, and that claims fit their reports' words."""
    from dateline.store.upkeep import find_store_faults

    with open_to_read(store) as kept:
        found = find_store_faults(kept)
        for line in found[:50]:
            print(escape_terminal(line))
        if found:
            fail(f"{kept.where}: {len(found)} faults", 6)
        print(escape_terminal(f"{kept.where}: sound"))


@app.command("backup")
def backup_store(
    out: Annotated[str, typer.Argument(help="A file, or the URL of an empty store.")],
    store: StoreOption = "",
) -> None:
    """Copy a store as it is at one moment, while others go on writing."""
    from dateline.store.upkeep import copy_store

    with open_to_read(store) as kept:
        copy_store(kept, out)
    say_line("copied")


@app.command("vacuum")
def vacuum_store(store: StoreOption = "") -> None:
    """Give room back and renew what the database knows of its contents."""
    from dateline.store.upkeep import compact_store

    with to_write(store) as kept:
        compact_store(kept)
        say_line(f"{kept.where}: tidy")
