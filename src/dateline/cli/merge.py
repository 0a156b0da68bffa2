"""`dateline merge`: claims become events; why two are one; a person's own decision."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.options import StoreOption
from dateline.cli.screen import escape_terminal, fail, say_line

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
Two = tuple[str, str]


def merge_claims(  # noqa: PLR0913  every flag is an argument
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
    asked = ((pin, "must"), (split, "never"), (unpin, ""))
    decisions = [(two, kind) for two, kind in asked if any(two)]
    for two, kind in decisions:
        keep_merge_decision(kept, two, kind)
    if again or not decisions or kept.merging.unread():
        merge_and_report(kept, again)


def merge_and_report(kept: "SqlStore", again: bool = False) -> None:
    """Merge, and say what became of it."""
    from dateline.record.happenings import join

    done = join(kept, again)
    told = f"merged {done.reports} reports: {done.parts} tellings, {done.events} events"
    told += f", {done.split} split" if done.split else ""
    told += f"; {done.copies} pairs share copy" if done.copies else ""
    told += f"; {done.versions} later versions" if done.versions else ""
    say_line(told)


def keep_merge_decision(kept: "SqlStore", two: Two, kind: str) -> None:
    """Keep what a person decided of two claims, and merge what it touches."""
    one, other = (find_claim(kept, name) for name in two)
    if one["id"] == other["id"]:
        fail("that is one claim: name two", 2)
    more = settled_by_hand(kept, (one["id"], other["id"]), kind)
    now = [find_claim(kept, c["id"])["event"] for c in (one, other)]
    told = "are one event" if now[0] == now[1] else "are two events"
    say_line(f"{one['id'][:8]} and {other['id'][:8]} {told}{more}")


def settled_by_hand(kept: "SqlStore", two: Two, kind: str) -> str:
    """Keep or take back a decision of whoever runs this; return more to say of it."""
    from getpass import getuser

    from dateline.record.happenings import summarise
    from dateline.record.merging import remerge
    from dateline.review.decide import Reviewer
    from dateline.review.pins import latest_about

    mine = Reviewer(kept, getuser())
    if kind:
        asked = "split" if kind == "never" else "merge"
        done = mine.pair(asked, *two, "decided by `dateline merge`")
        return f": decision {done.number}{settled_words(done)}"
    if last := latest_about(*two, kept.review.decisions()):
        mine.undo(last["number"], "taken back by `dateline merge --unpin`")
        return f": decision {last['number']} is taken back"
    if not any({p["a"], p["b"]} == {*two} for p in kept.merging.pinned()):
        told = " and ".join(name[:8] for name in two)
        fail(f"nothing was decided of {told} by hand: there is no pin to take back", 2)
    kept.merging.pin(*two, "")
    remerge(kept, [find_claim(kept, name) for name in two])
    summarise(kept)
    return ""


def settled_words(done: Any) -> str:
    """Return in words what a decision lifted, and how to take it back."""
    told = ""
    if many := len(done.lifted):
        pairs = ", ".join(f"{a[:8]} from {b[:8]}" for a, b in done.lifted[:3])
        more = f" and {many - 3} more" if many > 3 else ""
        told = f"; lifted what held apart {pairs}{more}"
    return f"{told}; `dateline review undo {done.number}` takes it back"


def find_claim(kept: "SqlStore", name: str) -> Record:
    """Return a claim by its id or the start of it, or end with what is wrong."""
    claim: Record | None = kept.claim(name) if name else None
    if claim is None:
        told = f"no claim {name!r} of a current report in {kept.where}"
        fail(f"{told}: see `dateline events --claims`", 2)
    return claim


def explained(kept: "SqlStore", two: Two) -> None:
    """Print why two claims are, or are not, one event."""
    from dateline.record.verdicts import verdict

    one, other = (find_claim(kept, name) for name in two)
    judged, pinned = verdict(kept, one, other)
    joined = one["event"] == other["event"]
    said = "one event" if joined else "two events"
    for claim in (one, other):
        print(
            escape_terminal(
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
        print(f"  kept apart: {kept_apart(kept, one, other)}")


def kept_apart(kept: "SqlStore", one: Record, two: Record) -> str:
    """Return in words why two events stay two, though two of their claims agree."""
    from dateline.merge.across import MOST
    from dateline.merge.diameter import days_spanned
    from dateline.merge.same import LONG

    rows = [r for c in (one, two) for r in kept.merging.of_event(c["event"])]
    days = days_spanned([row["record"]["when"] for row in rows if row["current"]])
    if days > LONG:
        return f"their tellings would lie {days} days apart, of {LONG} at the most"
    names = [towns(kept, c["event"]) for c in (one, two)]
    if len(rows) > MOST and all(names) and not set.intersection(*names):
        told = " and in ".join(", ".join(sorted(some)[:3]) for some in names)
        return f"so many tell of them that places part them: they are told in {told}"
    return "the other claims of the two events do not agree on average"


def towns(kept: "SqlStore", event: str) -> set[str]:
    """Return the points on a map where the current claims of an event are told."""
    from dateline.merge.agree import exact

    rows = (r["record"]["where"] for r in kept.merging.of_event(event) if r["current"])
    return {at["name"] for at in rows if exact(at)}
