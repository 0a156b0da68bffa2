"""`dateline watch`: feeds polled, their reports coded and kept."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from dateline.cli.options import OPINION, Kept, OpinionBudget, OpinionModel, OpinionUrl
from dateline.cli.screen import fail, say_line


def watch(  # noqa: PLR0913  every flag is an argument
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS", help="A TOML list of feeds, or OPML.")
    ],
    store: Kept = "",
    once: Annotated[
        bool, typer.Option("--once", help="Ask each feed that is due, then end.")
    ] = False,
    agent: Annotated[
        str, typer.Option(help="Who asks: a name with an address to write to.")
    ] = "",
    state: Annotated[
        Path | None, typer.Option(help="Where to keep when each feed was asked.")
    ] = None,
    archive: Annotated[
        Path | None, typer.Option(help="Keep what is fetched in this .warc.gz too.")
    ] = None,
    allow_host: Annotated[
        list[str],
        typer.Option(metavar="HOST", help="A private host of yours that may be asked."),
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
    from dateline.cli.code import keeper, merge_and_tell
    from dateline.cli.opinion import (
        NO_FLAGS,
        OpinionFlags,
        find_opinion,
        watching_coder,
    )
    from dateline.cli.printing import print_sums
    from dateline.cli.settings import choose_parts, settings
    from dateline.ingest import Ingest, one_by_one
    from dateline.parts import make_coder

    listed = feeds_of_list(feeds)
    usual, chosen = settings(), choose_parts()
    kept = keeper(store or usual.store)
    flags = OpinionFlags(opinion, model, budget, yes=yes)
    second = find_opinion(flags, store or usual.store) if flags != NO_FLAGS else None
    made, made_by = make_coder(chosen), chosen.made_by()
    if second:
        made, made_by = watching_coder(second, chosen)
    ingest = Ingest(one_by_one(made), kept, made_by)
    hosts = hosts_of([*usual.allow_hosts, *allow_host])
    where = state or feeds.with_suffix(".state.json"), archive
    run = watcher(ingest, agent, where, hosts)
    failed = False
    merge_and_tell(kept, quiet=True)  # what was kept when a run was killed
    for line in left_alone(run, listed, once):
        say_line(line)
    try:
        for polled in run.once(listed) if once else run.forever(listed):
            tell(polled)
            failed |= once and polled.failed
            if any(done.outcome == "stored" for done in polled.done):
                merge_and_tell(kept, quiet=False)
    except KeyboardInterrupt:
        say_line("ended: what was read is kept; run it again to go on")
    raise SystemExit(print_sums(ingest) or (3 if failed else 0))


def tell(polled: Any) -> None:
    """Say what one poll gave."""
    from dateline.watch.addresses import mask_secrets

    say_line(f"{datetime.now():%H:%M} {mask_secrets(polled.feed.url)}: {polled.told}")
    for done in polled.done:
        if done.problem and done.outcome != "passed over":
            say_line(f"! {done.at}: {done.problem.message}")


def feeds_of_list(path: Path) -> Any:
    """Return the feeds of a list, or end with what is wrong with it."""
    from dateline.watch.feeds import BadList, read_feeds

    try:
        return read_feeds(path)
    except FileNotFoundError:
        fail(f"{path}: no such file", 2)
    except BadList as error:
        fail(f"{path}: {error}", 2)


def hosts_of(names: list[str]) -> Any:
    """Return the private hosts that may be asked, or end with what is none."""
    from dateline.watch.addresses import BadHost, Hosts

    try:
        return Hosts.of(names)
    except BadHost as error:
        fail(str(error), 2)


def watcher(
    ingest: Any, agent: str, files: tuple[Path, Path | None], hosts: Any
) -> Any:
    """Return a watch that begins where the last one ended."""
    from dateline import __version__
    from dateline.watch.fetch import Fetcher
    from dateline.watch.poll import Watch
    from dateline.watch.state import load_states

    who = f"dateline/{__version__}" + (f" ({agent})" if agent else "")
    where = str(
        ingest.store.file.resolve() if ingest.store.file else ingest.store.where
    )
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

    from dateline.watch.addresses import mask_secrets
    from dateline.watch.state import name_feed

    for feed in feeds:
        known, url = run.states.get(name_feed(feed.url)), mask_secrets(feed.url)
        if known and known.gone:
            yield f"{url}: gone for good; take it out of the list"
        elif known and once and known.due > time():
            again = datetime.fromtimestamp(known.due).strftime("%d %b %H:%M")  # noqa: DTZ006
            yield f"{url}: not due before {again}"
