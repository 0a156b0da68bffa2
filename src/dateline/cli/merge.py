"""`dateline merge`: claims become events; why two are one; a person's own decision."""

from typing import Annotated, Any

import typer

from dateline.cli.events import StoreOption
from dateline.cli.screen import fail, plain, say

Record = dict[str, Any]
Two = tuple[str, str]


def merge(  # noqa: PLR0913  every flag is an argument
    explain: Annotated[
        Two, typer.Option(metavar="A B", help="Why two claims are one event or not.")
    ] = ("", ""),
    pin: Annotated[
        Two,
        typer.Option(metavar="A B", help="Two claims are one event, whatever comes."),
    ] = ("", ""),
    split: Annotated[
        Two, typer.Option(metavar="A B", help="Two claims are never one event.")
    ] = ("", ""),
    unpin: Annotated[
        Two,
        typer.Option(metavar="A B", help="Take back what was decided of two claims."),
    ] = ("", ""),
    again: Annotated[
        bool, typer.Option("--again", help="Merge the whole store afresh.")
    ] = False,
    store: StoreOption = "",
) -> None:
    """Merge the claims of a store into events; explain or decide a merge by hand.

    What is pinned or split by hand stays so in every later run.
    """
    from dateline.cli.settings import settings
    from dateline.store.sql import SqlStore

    where = store or settings().store
    if any(explain):
        explained(SqlStore(where, write=False), explain)
        return
    SqlStore(where, write=False)
    kept = SqlStore(where)
    for two, kind in ((pin, "must"), (split, "never"), (unpin, "")):
        if any(two):
            decided(kept, two, kind)
    run(kept, again)


def run(kept: Any, again: bool = False) -> None:
    """Merge, and say what became of it."""
    from dateline.happenings import join

    done = join(kept, again)
    told = f"merged {done.reports} reports: {done.parts} tellings, {done.events} events"
    told += f", {done.split} split" if done.split else ""
    told += f"; {done.copies} share copy" if done.copies else ""
    told += f"; {done.versions} later versions" if done.versions else ""
    say(told)


def decided(kept: Any, two: Two, kind: str) -> None:
    """Keep what a person decided of two claims, and merge what it touches."""
    from dateline.happenings import summarise
    from dateline.merging import remerge

    one, other = (found(kept, name) for name in two)
    if one["id"] == other["id"]:
        fail("that is one claim: name two", 2)
    kept.merging.pin(one["id"], other["id"], kind)
    remerge(kept, [one, other])
    summarise(kept)
    now = [found(kept, c["id"])["event"] for c in (one, other)]
    told = "are one event" if now[0] == now[1] else "are two events"
    say(f"{one['id'][:8]} and {other['id'][:8]} {told}")


def found(kept: Any, name: str) -> Record:
    """Return a claim by its id or the start of it, or end with what is wrong."""
    claim: Record | None = kept.claim(name) if name else None
    if claim is None:
        fail(f"no claim {name!r} in {kept.where}: see `dateline events --claims`", 2)
    return claim


def explained(kept: Any, two: Two) -> None:
    """Print why two claims are, or are not, one event."""
    from dateline.merging import verdict

    one, other = (found(kept, name) for name in two)
    judged, pinned = verdict(kept, one, other)
    joined = one["event"] == other["event"]
    said = "one event" if joined else "two events"
    for claim in (one, other):
        print(
            plain(
                f"{claim['id'][:8]}  {claim['report']}: “{claim['evidence']['text']}”"
            )
        )
    print(f"{said}: score {judged.score:.2f}, joined from {judged.threshold:.2f}")
    if pinned:
        print(f"  decided by hand: {pinned}")
    if judged.together:
        print(f"  for:     {', '.join(judged.together)}")
    if judged.against:
        print(f"  against: {', '.join(judged.against)}")
    if joined and judged.score < judged.threshold and not pinned:
        print(
            "  joined through other claims of the event, whose scores hold on average"
        )
    if not joined and judged.score >= judged.threshold and not pinned:
        print(
            "  kept apart: the other claims of the two events do not agree on average"
        )
