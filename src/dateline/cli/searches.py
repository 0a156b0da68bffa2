"""`dateline searches`: filters kept under a name; what is new of them, sent out."""

import os
from time import sleep
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

import typer

from dateline.cli.events import open_to_read
from dateline.cli.options import StoreOption
from dateline.cli.panel import rows_table
from dateline.cli.screen import fail, say_line

SECRET = "DATELINE_WEBHOOK_SECRET"
app = typer.Typer(
    help="Filters kept under a name: feeds of them, and what is new sent out.",
    no_args_is_help=True,
)
Name = Annotated[str, typer.Argument(help="The name of the search.")]


def writable(store: str) -> Any:
    """Return a store opened to keep searches."""
    from dateline.cli.settings import settings
    from dateline.store.sql import SqlStore

    return SqlStore(store or settings().store)


@app.command("save")
def keep_search(
    name: Name,
    filters: Annotated[
        str,
        typer.Argument(help="As in the page's address: 'actor=KEN&status=planned'."),
    ],
    hook: Annotated[
        str, typer.Option(metavar="URL", help="Where `notify` sends what is new.")
    ] = "",
    store: StoreOption = "",
) -> None:
    """Keep filters under a name; an older search of that name goes."""
    from dateline.store.searches import save_search
    from dateline.watch.hooks import NotSent, check_hook

    asked = dict(parse_qsl(urlsplit(filters).query or filters))
    if hook:
        try:
            check_hook(hook, named_hosts([]))
        except NotSent as error:
            fail(str(error), 2)
    with writable(store) as kept:
        save_search(kept, name, asked, os.environ.get("USER", ""), hook)
    say_line(f"saved: {name}; on the page /searches, as a feed /searches/{name}.atom")


@app.command("list")
def show_searches(store: StoreOption = "") -> None:
    """List the saved searches, where they send, and what went wrong last."""
    from dateline.store.searches import list_searches
    from dateline.watch.addresses import mask_secrets

    with open_to_read(store) as kept:
        rows = [
            (
                row["name"],
                " ".join(f"{n}={v}" for n, v in row["asked"].items()),
                mask_secrets(row["hook"]),
                row["failures"] or "",
                row["fault"],
            )
            for row in list_searches(kept)
        ]
    rows_table(("name", "filters", "hook", "failures", "fault"), rows)


@app.command("remove")
def remove(name: Name, store: StoreOption = "") -> None:
    """Take a saved search away."""
    from dateline.store.searches import remove_search

    with writable(store) as kept:
        remove_search(kept, name)
    say_line(f"removed: {name}")


@app.command("notify")
def notify(
    store: StoreOption = "",
    every: Annotated[
        float, typer.Option(min=0, help="Look again after so many seconds; 0: once.")
    ] = 0.0,
    to_host: Annotated[
        list[str],
        typer.Option(metavar="HOST", help="A host that may be sent to."),
    ] = [],  # noqa: B006  Typer copies it
) -> None:
    """Send the new events of each saved search that has a hook, signed.

    Only hosts of --to-host or `webhook_hosts` in dateline.toml are sent to, private
    ones among them; the key to sign with comes from DATELINE_WEBHOOK_SECRET.
    """
    from dateline import __version__
    from dateline.watch.fetch import Fetcher
    from dateline.watch.hooks import Sender, notify_all

    secret = os.environ.get(SECRET, "")
    if not secret:
        fail(f"{SECRET} is not set: sendings are signed with it", 2)
    hosts = named_hosts(to_host)
    fetcher = Fetcher(f"dateline/{__version__}", hosts=hosts)
    sender = Sender(secret, hosts, fetcher)
    failed = False
    with writable(store) as kept:
        while True:
            for sent in notify_all(kept, sender):
                failed |= bool(sent.fault)
                if sent.fault:
                    say_line(
                        f"! {sent.name}: not sent, tried again next time: {sent.fault}"
                    )
                elif sent.events:
                    say_line(f"{sent.name}: {sent.events} new or changed events sent")
            if not every:
                break
            try:
                sleep(every)
            except KeyboardInterrupt:
                say_line("ended: what was sent is kept; run it again to go on")
                break
    raise SystemExit(3 if failed else 0)


def named_hosts(more: list[str]) -> Any:
    """Return the hosts that may be sent to, or end with what is none."""
    from dateline.cli.settings import settings
    from dateline.watch.addresses import BadHost, Hosts

    try:
        return Hosts.of([*settings().webhook_hosts, *more])
    except BadHost as error:
        fail(str(error).replace("allow_hosts", "webhook_hosts"), 2)
