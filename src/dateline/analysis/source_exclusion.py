"""Events as they are when a speaker, an outlet or a state's organs are not believed."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dateline.events.event_summaries import worked_out
from dateline.model import EventSum
from dateline.model.protocols import EventStore
from dateline.resources.reference.countries import answering, countries
from dateline.resources.reference.outlets import find_outlet
from dateline.store import bulk_queries as sweeps
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore

Record = dict[str, Any]
Key = tuple[str, str]
STATE = "state:"  # as in state:PRK, the organs of a state and the outlets that it runs
ORGANS = frozenset("GOV MIL COP JUD LEG SPY".split())
AT_ONCE = 500  # events worked out together


@dataclass(frozen=True, slots=True)
class Dropped:
    """Claims that are not believed, by report and id, and the events they tell."""

    claims: frozenset[Key]
    events: frozenset[str]


class Believed:
    """A store without some claims, as far as events are worked out from it."""

    def __init__(self, store: EventStore, dropped: frozenset[Key]) -> None:
        """Look at a store through what is believed of it."""
        self.store, self.dropped = store, dropped

    @property
    def merging(self) -> "Believed":
        """The side of the store that events are worked out from."""
        return self

    def around(self, names: Sequence[str]) -> list[Record]:
        """Return the believed claims of the reports that tell some events."""
        rows = self.store.merging.around(names)
        return [row for row in rows if (row["id"], row["record"]["id"]) not in self.dropped]

    def copies(self, reports: Sequence[str]) -> list[Record]:
        """Return the copy that reports share."""
        found: list[Record] = self.store.merging.copies(reports)
        return found


def drop_claims(store: SqlStore, names: Iterable[str]) -> Dropped:
    """Return the claims that fall when nobody so called is believed.

    A name is a speaker's, an outlet's or an agency's; a code (PRK, PRK GOV) a
    speaker's; `state:PRK` the organs of a state and the outlets that it runs. A claim
    falls where any link of its chain of speakers, or who ran its report, is called so.
    Raises StoreError where nothing in the store rests on a name.
    """
    claims: set[Key] = set()
    events: set[str] = set()
    for name in names:
        mine = list(bearing(store, name))
        claims |= {(record["report"], record["id"]) for record in mine}
        events |= {record["event"] for record in mine}
        if not mine:
            told = f"nothing in this store rests on {name!r}"
            raise StoreError(f"{told}: `dateline speakers` lists who is quoted")
    return Dropped(frozenset(claims), frozenset(events))


def keep_claims_of(store: SqlStore, names: Sequence[str]) -> Dropped:
    """Return the claims that fall when these speakers alone are believed."""
    kept: set[Key] = set()
    for name in names:
        mine = {(r["report"], r["id"]) for r in bearing(store, name)}
        if not mine:
            told = f"nothing in this store rests on {name!r}"
            raise StoreError(f"{told}: `dateline speakers` lists who is quoted")
        kept |= mine
    fallen = [c for c in store.claims({}) if (c["report"], c["id"]) not in kept]
    keys = frozenset((c["report"], c["id"]) for c in fallen)
    return Dropped(keys, frozenset(c["event"] for c in fallen))


def bearing(store: SqlStore, name: str) -> Iterator[Record]:
    """Yield the claims that rest on a name.

    On a state rest those that its organs tell, or that outlets run by it ran.
    """
    if name.startswith(STATE):
        code = name.removeprefix(STATE)
        if not countries().by_code(code.upper()):
            raise StoreError(f"no state {code!r}: give an ISO code, state:PRK")
        country = answering(code)
        for record, _ in sweeps.said_or_run_by(store, country):
            if any(is_voice_of_state(says, country) for says in record["said_by"]):
                yield record
        rows = ((each, find_outlet(each)) for each in sweeps.outlet_names(store))
        run = [n for n, row in rows if row and row.state and row.country == country]
        if run:
            yield from (record for record, _ in sweeps.run_in(store, run))
        return
    called = match_name(name)
    for record, head in sweeps.said_or_run_by(store, name):
        if any(called(says) for says in record["said_by"]) or any(
            called({"name": words, "text": words}) for words in head.values()
        ):
            yield record


def match_name(name: str) -> Callable[[Mapping[str, Any]], bool]:
    """Return a test whether a speaker is called so, in whole words or by its codes."""
    codes = name.split()
    if name == name.upper() and all(re.fullmatch("[A-Z]{3}", c) for c in codes):
        known = [answering(c) if countries().by_code(c) else c for c in codes]

        def coded(says: Mapping[str, Any]) -> bool:
            mine = {says.get("country"), *says.get("sector", ())}
            return set(known) <= mine or says["text"] == name

        return coded
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)

    def worded(says: Mapping[str, Any]) -> bool:
        return any(whole.search(says.get(part) or "") for part in ("name", "text"))

    return worded


def is_voice_of_state(says: Mapping[str, Any], country: str) -> bool:
    """Whether a speaker is an organ of a state or one of its outlets."""
    if says["country"] != country:
        return False
    sectors = says["sector"]
    return bool(sectors and sectors[0] in ORGANS) or {"JRN", "GOV"} <= set(sectors)


def rework(store: SqlStore, dropped: Dropped) -> Iterator[EventSum]:
    """Yield anew the events that lose claims; those that lose all are gone."""
    believed = Believed(store, dropped.claims)
    names = sorted(dropped.events)
    for start in range(0, len(names), AT_ONCE):
        some = names[start : start + AT_ONCE]
        yield from (row["record"] for row in worked_out(believed, some))


def disbelieve(store: SqlStore, names: Sequence[str]) -> list[Record]:
    """Return how events change when nobody of these names is believed.

    A line an event that rests on them: `change` is "gone" or "changed"; `changes` maps
    what differs (status, origins, type, a toll) to what it was and what it is; the
    events that merely lose a telling are "fewer tellings".
    """
    dropped = drop_claims(store, names)
    before = {row["event"]: row["record"] for row in worked_out(store, sorted(dropped.events))}
    after = {record["event"]: record for record in rework(store, dropped)}
    return [compare_events(before[e], after.get(e)) for e in sorted(before, key=str.encode)]


def compare_events(old: EventSum, new: EventSum | None) -> Record:
    """Return what an event is after some of its claims have fallen."""
    lead = old["lead"]
    told = {
        "event": old["event"],
        "type": old["type"],
        "status": old["status"],
        "evidence": lead["evidence"],
        "claims": len(old["claims"]),
        "origins": old["origins"],
    }
    if new is None:
        return {**told, "change": "gone", "changes": {}}
    changes: dict[str, Any] = {
        name: [old[name], new[name]]
        for name in ("type", "status", "origins", "outlets")
        if old[name] != new[name]
    }
    tolls = [
        {q["what"]: [q["low"], q["best"], q["high"]] for q in record["quantities"]}
        for record in (old, new)
    ]
    for what in sorted({*tolls[0], *tolls[1]}):
        pair = [toll.get(what) for toll in tolls]
        if pair[0] != pair[1]:
            changes[what] = pair
    fewer = f"{len(new['claims'])} of {len(old['claims'])} tellings left"
    return {
        **told,
        "change": "changed" if changes else "fewer tellings",
        "changes": changes,
        "left": fewer,
    }


def tell_changes(row: Record) -> str:
    """Return in words what an event loses when somebody is not believed."""
    if row["change"] == "gone":
        return f"{row['claims']} tellings fall"
    pairs = (f"{what}: {old} → {new}" for what, (old, new) in row["changes"].items())
    return "; ".join(pairs) or str(row["left"])
