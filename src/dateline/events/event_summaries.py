"""Events summed up once and kept: what a list of them needs without its claims.

The sum is the line of `dateline events`, with what its surest claim alone tells. The
pages, the API and the assistant's tools list events by it, so that they count origins
as the dossier does.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import log2
from typing import Any

from dateline.events.event_detail import event_sums, events_with_claims
from dateline.events.merging import Outcome, merge_store
from dateline.model import Event, EventSum, WorkedOut
from dateline.model.event import Lead
from dateline.model.protocols import EventStore
from dateline.store import listings as pages
from dateline.store import summaries
from dateline.store.listings import Key
from dateline.store.sql import SqlStore

Record = dict[str, Any]
Read = Callable[[Any, Sequence[str]], Mapping[str, Mapping[str, Any] | None]]
"""How kept records are read: whole, or in part."""
AT_ONCE = 200  # events worked out together
LOOKS = 20  # batches looked through for what the store cannot answer
DONE = frozenset(("happened", "ongoing", "recurring"))
NOT = frozenset(("denied", "negated"))


def join(store: SqlStore, again: bool = False) -> Outcome:
    """Merge what a store's merging has not met, and sum up the events it touches."""
    done = merge_store(store, again)
    summarise(store)
    return done


def summarise(store: SqlStore) -> int:
    """Work out every summary that is wanting; return how many there were."""
    many, before = 0, None
    while True:
        with store.reading() as to:
            wanting = summaries.unsummed(to, AT_ONCE)
        if not wanting or wanting == before:
            return many
        before = wanting
        found = {row["event"]: row for row in worked_out(store, [e for _, e in wanting])}
        rows = [{**found[e], "number": n} for n, e in wanting if e in found]
        store.writing(partial(summaries.keep_summaries, rows=rows))
        many += len(rows)


def worked_out(store: EventStore, events: Sequence[str]) -> Iterator[WorkedOut]:
    """Yield events with their origins, weight and record, from their claims.

    How much hangs on an event is its score, its tellings, its dead. A contradicted one
    weighs twice as much: review begins where people disagree.
    """
    chosen = set(events)
    for line, claims in events_with_claims(store, store.merging.around(events), chosen):
        # the claim that the type of the event rests on
        same = [claim for claim in claims if claim["type"] == line["type"]]
        best = max(same, key=lambda claim: (claim["confidence"], claim["id"]))
        told = {claim["status"] for claim in claims}
        against = bool(told & DONE and told & NOT)
        record: EventSum = {**line, "lead": lead_of_claim(best), "against": against}
        dead = [q["high"] for q in record["quantities"] if q["what"] == "killed"]
        score = abs(record["lead"]["score"] or 0) / 10
        tellings = log2(1 + len(record["reports"]))
        base = 1 + score + tellings + log2(1 + max(0.0, *dead, 0.0)) / 2
        yield {
            "event": line["event"],
            "origins": line["origins"],
            "weight": float(round(base * (2 if against else 1), 4)),
            "record": record,
        }


def lead_of_claim(claim: Record) -> Lead:
    """Return what one claim tells of its event that the line does not."""
    return {
        "id": claim["id"],
        "report": claim["report"],
        "quad": claim.get("quad"),
        "score": claim.get("score"),
        "cameo": claim.get("cameo"),
        "mode": claim.get("mode"),
        "said_by": claim.get("said_by"),
        "confidence": claim.get("confidence"),
        "evidence": claim["evidence"]["text"],
    }


def summed_events(
    store: SqlStore, events: Sequence[str], read: Read = summaries.summaries_of_events
) -> list[Record]:
    """Return the records of events in the order given; those that are gone are not."""
    with pages.read_in_time(store) as to:
        found = read(to, events)
    wanting = [event for event in events if found.get(event, 0) is None]
    fresh = {row["event"]: row["record"] for row in worked_out(store, wanting)}
    made = (found.get(event) or fresh.get(event) for event in events)
    return [dict(each) for each in made if each]


def merged_events(store: SqlStore) -> Callable[[Sequence[str]], Mapping[str, Event]]:
    """Return a function that looks up events as merging has made them, by their ids."""

    def look_up(events: Sequence[str]) -> dict[str, Event]:
        return {event["event"]: event for event in event_sums(store, set(events))}

    return look_up


def list_events(
    store: SqlStore,
    where: Mapping[str, str],
    after: Key | None,
    limit: int,
    read: Read = summaries.summaries_of_events,
    sort: str = "day",
) -> tuple[list[Record], Key | None]:
    """Return events that pass filters, and where the list goes on.

    They come the latest day first, or the surest.
    """
    found: list[Record] = []
    for _ in range(LOOKS):
        keys = pages.event_ids(store, where, after, limit + 1, sort)
        if not keys:
            return found, None
        days = {event: day for day, event in keys[:limit]}
        for record in pages.keep_passing(summed_events(store, list(days), read), where):
            found.append(record)
            after = (days[record["event"]], record["event"])
            if len(found) == limit:
                more = len(keys) > limit or after != keys[:limit][-1]
                return found, after if more else None
        if len(keys) <= limit:
            return found, None
        after = keys[limit - 1]
    return found, after
