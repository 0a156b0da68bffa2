"""`dateline watch` and `searches`: feeds polled and coded; what is new, sent out."""

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

import typer

from dateline.cli.events import open_to_read, open_to_write
from dateline.cli.options import OPINION, Kept, OpinionBudget, OpinionModel, OpinionUrl, StoreOption
from dateline.cli.panel import rows_table
from dateline.cli.screen import fail, say_line

SECRET = "DATELINE_WEBHOOK_SECRET"
searches = typer.Typer(
    help="Filters kept under a name: feeds of them, and what is new sent out.", no_args_is_help=True
)
Name = Annotated[str, typer.Argument(help="The name of the search.")]


def watch(  # noqa: PLR0913  every flag is an argument
    feeds: Annotated[Path, typer.Argument(metavar="FEEDS", help="A TOML list of feeds, or OPML.")],
    store: Kept = "",
    once: Annotated[
        bool, typer.Option("--once", help="Ask each feed that is due, then end.")
    ] = False,
    agent: Annotated[str, typer.Option(help="Who asks: a name with an address to write to.")] = "",
    state: Annotated[
        Path | None, typer.Option(help="Where to keep when each feed was asked.")
    ] = None,
    archive: Annotated[
        Path | None, typer.Option(help="Keep what is fetched in this .warc.gz too.")
    ] = None,
    allow_host: Annotated[
        list[str], typer.Option(metavar="HOST", help="A private host of yours that may be asked.")
    ] = [],  # noqa: B006  Typer copies it
    opinion: OpinionUrl = "",
    model: OpinionModel = "",
    budget: OpinionBudget = "",
    yes: Annotated[
        bool, typer.Option("--yes", help="Agree to asking about all.", **OPINION)
    ] = False,
) -> None:
    """Watch feeds: ask them politely, code what is new, keep it.

    This command alone uses the network. Robots rules are heeded; a feed that fails is
    asked ever less often; only public addresses are asked, and the private hosts that
    --allow-host or `allow_hosts` names. Ctrl-C ends it; run again, it goes on where it
    was. What a feed gives is merged into events at once. A language model is asked only
    where --opinion names one, or --yes agrees to the one in dateline.toml.
    """
    from dateline.cli.code import merge_and_tell, print_sums
    from dateline.cli.llm import NO_FLAGS, OpinionFlags, find_opinion, watching_coder
    from dateline.cli.settings import choose_parts, settings
    from dateline.ingest.feeds.addresses import mask_secrets
    from dateline.ingest.run import Ingest, one_by_one
    from dateline.pipeline.factory import make_coder

    listed = feeds_of_list(feeds)
    usual, chosen = settings(), choose_parts()
    kept = open_to_write(store)
    flags = OpinionFlags(opinion, model, budget, yes=yes)
    second = find_opinion(flags, store or usual.store) if flags != NO_FLAGS else None
    made, made_by = make_coder(chosen), chosen.made_by()
    if second:
        made, made_by = watching_coder(second, chosen)
    ingest = Ingest(one_by_one(made), kept, made_by)
    hosts = hosts_of([*usual.allow_hosts, *allow_host], "allow_hosts")
    where = state or feeds.with_suffix(".state.json"), archive
    run = watcher(ingest, agent, where, hosts)
    failed = False
    merge_and_tell(kept, quiet=True)  # what was kept when a run was killed
    for line in left_alone(run, listed, once):
        say_line(line)
    try:
        for polled in run.once(listed) if once else run.forever(listed):
            url = mask_secrets(polled.feed.url)
            say_line(f"{datetime.now():%H:%M} {url}: {polled.told}")
            for done in polled.done:
                if done.problem and done.outcome != "passed over":
                    say_line(f"! {done.at}: {done.problem.message}")
            failed |= once and polled.failed
            if any(done.outcome == "stored" for done in polled.done):
                merge_and_tell(kept, quiet=False)
    except KeyboardInterrupt:
        say_line("ended: what was read is kept; run it again to go on")
    raise SystemExit(print_sums(ingest) or (3 if failed else 0))


def feeds_of_list(path: Path) -> Any:
    """Return the feeds of a list, or end with what is wrong with it."""
    from dateline.ingest.feeds.formats import BadList, read_feeds

    try:
        return read_feeds(path)
    except FileNotFoundError:
        fail(f"{path}: no such file", 2)
    except BadList as error:
        fail(f"{path}: {error}", 2)


def hosts_of(names: list[str], setting: str) -> Any:
    """Return the private hosts that may be asked, or end with what is none.

    `setting` is what names such hosts in dateline.toml.
    """
    from dateline.ingest.feeds.addresses import BadHost, Hosts

    try:
        return Hosts.of(names)
    except BadHost as error:
        fail(str(error).replace("allow_hosts", setting), 2)


def watcher(ingest: Any, agent: str, files: tuple[Path, Path | None], hosts: Any) -> Any:
    """Return a watch that begins where the last one ended."""
    from dateline import __version__
    from dateline.ingest.feeds.fetch import Fetcher
    from dateline.ingest.feeds.formats import load_states
    from dateline.ingest.feeds.poll import Watch

    who = f"dateline/{__version__}" + (f" ({agent})" if agent else "")
    where = str(ingest.store.file.resolve() if ingest.store.file else ingest.store.where)
    state, archive = files
    states = load_states(state, where)
    if not ingest.store.counts()["reports"]:
        # What an empty store has to get is not spared; who failed is left alone.
        states = {u: s for u, s in states.items() if s.failures or s.gone}
    fetcher = Fetcher(who, hosts=hosts)
    return Watch(fetcher, ingest, states, state, archive, where)


def left_alone(run: Any, feeds: list[Any], once: bool) -> Iterator[str]:
    """Yield which feeds are not asked now, and why."""
    from time import time

    from dateline.ingest.feeds.addresses import mask_secrets
    from dateline.ingest.feeds.formats import name_feed

    for feed in feeds:
        known, url = run.states.get(name_feed(feed.url)), mask_secrets(feed.url)
        if known and known.gone:
            yield f"{url}: gone for good; take it out of the list"
        elif known and once and known.due > time():
            again = datetime.fromtimestamp(known.due).strftime("%d %b %H:%M")  # noqa: DTZ006
            yield f"{url}: not due before {again}"


@searches.command("save")
def keep_search(
    name: Name,
    filters: Annotated[
        str, typer.Argument(help="As in the page's address: 'actor=KEN&status=planned'.")
    ],
    hook: Annotated[
        str, typer.Option(metavar="URL", help="Where `notify` sends what is new.")
    ] = "",
    store: StoreOption = "",
) -> None:
    """Keep filters under a name; an older search of that name goes."""
    from dateline.cli.settings import settings
    from dateline.ingest.feeds.webhooks import NotSent, check_hook
    from dateline.store.saved_searches import save_search

    asked = dict(parse_qsl(urlsplit(filters).query or filters))
    if hook:
        try:
            check_hook(hook, hosts_of(settings().webhook_hosts, "webhook_hosts"))
        except NotSent as error:
            fail(str(error), 2)
    with open_to_write(store) as kept:
        save_search(kept, name, asked, os.environ.get("USER", ""), hook)
    say_line(f"saved: {name}; on the page /searches, as a feed /searches/{name}.atom")


@searches.command("list")
def show_searches(store: StoreOption = "") -> None:
    """List the saved searches, where they send, and what went wrong last."""
    from dateline.ingest.feeds.addresses import mask_secrets
    from dateline.store.saved_searches import list_searches

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


@searches.command("remove")
def remove(name: Name, store: StoreOption = "") -> None:
    """Take a saved search away."""
    from dateline.store.saved_searches import remove_search

    with open_to_write(store) as kept:
        remove_search(kept, name)
    say_line(f"removed: {name}")


@searches.command("notify")
def notify(
    store: StoreOption = "",
    every: Annotated[
        float, typer.Option(min=0, help="Look again after so many seconds; 0: once.")
    ] = 0.0,
    to_host: Annotated[
        list[str], typer.Option(metavar="HOST", help="A host that may be sent to.")
    ] = [],  # noqa: B006  Typer copies it
) -> None:
    """Send the new events of each saved search that has a hook, signed.

    Only hosts of --to-host or `webhook_hosts` in dateline.toml are sent to, private
    ones among them; the key to sign with comes from DATELINE_WEBHOOK_SECRET.
    """
    from dateline import __version__
    from dateline.cli.settings import settings
    from dateline.ingest.feeds.fetch import Fetcher
    from dateline.ingest.feeds.webhooks import Sender, notify_all

    secret = os.environ.get(SECRET, "")
    if not secret:
        fail(f"{SECRET} is not set: sendings are signed with it", 2)
    hosts = hosts_of([*settings().webhook_hosts, *to_host], "webhook_hosts")
    fetcher = Fetcher(f"dateline/{__version__}", hosts=hosts)
    sender = Sender(secret, hosts, fetcher)
    failed = False
    with open_to_write(store) as kept:
        while True:
            for sent in notify_all(kept, sender):
                failed |= bool(sent.fault)
                if sent.fault:
                    say_line(f"! {sent.name}: not sent, tried again next time: {sent.fault}")
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
