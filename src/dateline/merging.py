"""Claims of a store become events: copies, versions, units, clusters, history."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.merge.across import Merged, merged, unit
from dateline.merge.blocks import blocks
from dateline.merge.columns import Numbering
from dateline.merge.reasons import Verdict
from dateline.merge.reasons import compared as compared_units
from dateline.merge.same import judge
from dateline.merge.scored import Pins
from dateline.merge.stories import Story, story
from dateline.merge.telling import BEFORE, Telling, of_record
from dateline.relayed import copied, day_of, replaced

Row = dict[str, Any]
Record = dict[str, Any]
BATCH = 2500  # reports merged in one go: each go looks at all that is near


@dataclass(slots=True)
class Outcome:
    """What a run of merging did."""

    reports: int = 0
    copies: int = 0
    versions: int = 0
    parts: int = 0
    events: int = 0
    split: int = 0
    touched: set[str] = field(default_factory=set)


def merge_store(store: Any, again: bool = False) -> Outcome:
    """Merge what a store's merging has not met; all of it with `again`.

    The events do not depend on the order in which the reports came.
    """
    side, done = store.merging, Outcome()
    if not again and not side.unread():
        return done
    with side.turn():
        keys = side.all_reports() if again else side.unread()
        waiting = set(keys)
        for i in range(0, len(keys), BATCH):
            batch(side, keys[i : i + BATCH], done, waiting)
    return done


def batch(side: Any, keys: Sequence[str], done: Outcome, waiting: set[str]) -> None:
    """Merge some reports, of all that are waiting, with what the store holds."""
    items = {row["key"]: row for row in side.items(keys)}
    told: list[tuple[str, str]] = []
    for key in keys:
        waiting.discard(key)
        found = copied(side, items[key])
        done.copies += sum(other["key"] not in waiting for other, _ in found)
        told += replaced(side, items[key], found, waiting)
    done.versions += len(told)
    done.reports += len(keys)
    fresh = grouped(side.told(keys))
    near = side.related(block_keys(units_of(fresh, items)), fresh)
    homes = sorted({*side.homes(near), *keys})
    items |= {
        row["key"]: row for row in side.items([h for h in homes if h not in items])
    }
    parts = {p: rows for p, rows in grouped(side.told(homes)).items() if p in near}
    parts = apart(parts, pinned(side, "never"))
    units = units_of(parts, items)
    stories = {key: story(items[key]["text"]) for key in homes}
    found_events = merged(units, by_id(stories, items), pins_of(side, parts))
    keep(side, parts, units, found_events, (told, keys, done))


def grouped(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Return claims by their part: as kept, or as a fresh coding tells."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        met = row["part"] and row["merged"] == row["event"]
        found[row["part"] if met else row["event"]].append(row)
    return dict(found)


def apart(
    parts: dict[str, list[Row]], never: set[tuple[str, str]]
) -> dict[str, list[Row]]:
    """Return parts without those two claims of one part that a pin holds apart."""
    found = dict(parts)
    home = {row["id"]: part for part, rows in parts.items() for row in rows}
    for a, b in sorted(never):
        if a in home and home[a] == home.get(b):
            part = home[a]
            rows = found[part]
            alone = f"{b[:14]}-1"
            found[part] = [row for row in rows if row["id"] != b]
            found[alone] = [row for row in rows if row["id"] == b]
            home[b] = alone
    return found


def pinned(side: Any, kind: str) -> set[tuple[str, str]]:
    """Return the pairs of claims under pins of a kind."""
    return {(p["a"], p["b"]) for p in side.pinned() if p["kind"] == kind}


def pins_of(side: Any, parts: dict[str, list[Row]]) -> Pins:
    """Return the pins as pairs of parts."""
    home = {row["id"]: part for part, rows in parts.items() for row in rows}

    def pairs(kind: str) -> frozenset[tuple[str, str]]:
        found = ((home.get(a), home.get(b)) for a, b in pinned(side, kind))
        return frozenset((a, b) for a, b in found if a and b and a != b)

    return Pins(pairs("must"), pairs("never"))


def units_of(parts: dict[str, list[Row]], items: dict[str, Row]) -> list[Telling]:
    """Return each part as one telling."""
    made = []
    for part, rows in sorted(parts.items()):
        if rows:
            made.append(
                unit([telling(row, items[row["report"]]) for row in rows], part)
            )
    return made


def telling(row: Row, item: Row) -> Telling:
    """Return a stored claim as merging sees it."""
    start = row["record"]["trigger"]["start"] or 0
    lead = item["text"][max(0, start - BEFORE) : start]
    return of_record(row["record"], lead, day_of(item), row["sense"] or b"")


def by_id(stories: dict[str, Story], items: dict[str, Row]) -> dict[str, Story]:
    """Return stories by the ids that claims name their reports by."""
    return {items[key]["id"]: found for key, found in stories.items()}


def block_keys(units: Sequence[Telling]) -> list[int]:
    """Return the keys of the blocks in which units stand."""
    keys, _ = blocks(Numbering(judge().deeds).columns(units))
    return [int(key) for key in keys]


def keep(
    side: Any,
    parts: dict[str, list[Row]],
    units: Sequence[Telling],
    found: Merged,
    about: tuple[list[tuple[str, str]], Sequence[str], Outcome],
) -> None:
    """Write what merging found, and what it changed, into the store."""
    replaced_by, fresh, done = about
    rows = [
        {**row, "claim": row["id"], "part": part, "event": found.events[part]}
        for part, members in parts.items()
        for row in members
    ]
    before = {
        part: {r["merged"] for r in members if r["merged"] == r["event"]}
        for part, members in parts.items()
    }
    told = list(history(before, found, done))
    told += versions_told(rows, replaced_by)
    told += bounded(side, found)
    keys, row_of = blocks(Numbering(judge().deeds).columns(units))
    names = [units[i].id for i in row_of]
    pairs = [(int(k), name) for k, name in zip(keys, names, strict=True)]
    links = [(a, b, score) for (a, b), score in sorted(found.links.items())]
    side.keep(rows, list(dict.fromkeys(pairs)), (links, list(fresh)), told)
    done.touched |= set(found.events.values())
    done.parts += len(parts)
    done.events = len(done.touched)


GUARDED = (
    "told too often to weigh every pair: the nearest by content were compared,"
    " then the most typical of each group"
)


def bounded(side: Any, found: Merged) -> list[tuple[str, str, str]]:
    """Return that events were told too often to weigh whole, once for each of them."""
    crowded = {found.events[part] for part in found.guarded}
    before = {r["event"] for r in side.history(crowded) if r["what"] == "bounded"}
    return [(event, "bounded", GUARDED) for event in sorted(crowded - before)]


def versions_told(
    rows: Sequence[Row], replaced_by: Sequence[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Yield which events a later version of a report touches."""
    for key, why in replaced_by:
        for event in sorted({row["event"] for row in rows if row["report"] == key}):
            yield event, "version", why


def history(
    before: dict[str, set[str]], found: Merged, done: Outcome
) -> Iterator[tuple[str, str, str]]:
    """Yield what became of events: told again, joined, split."""
    old: dict[str, set[str]] = defaultdict(set)
    now: dict[str, set[str]] = defaultdict(set)
    for part, events in before.items():
        for event in events:
            old[event].add(found.events[part])
            now[found.events[part]].add(event)
    for part, events in sorted(before.items()):
        if not events and now.get(found.events[part]):
            yield found.events[part], "told again", f"claims of {part} joined"
    for event, names in sorted(now.items()):
        gone = (name for name in sorted(names - {event}) if old[name] == {event})
        yield from (
            (event, "joined", f"event {name} is one with this") for name in gone
        )
    for name, events in sorted(old.items()):
        if len(events) > 1:
            done.split += 1
            yield from divided(name, events)


def divided(name: str, events: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield that an event was split, for each of the events it became."""
    for event in sorted(events):
        others = ", ".join(sorted(events - {event}))
        yield event, "split", f"event {name} is now {event} and {others}"


def remerge(store: Any, two: Sequence[Record]) -> Outcome:
    """Merge again the reports of two claims about which a person decided."""
    side, done = store.merging, Outcome()
    keys = {store.report(claim["report"])["key"] for claim in two}
    with side.turn():
        batch(side, sorted(keys), done, set(keys))
    return done


def told_with(store: Any, claim: Record, item: Row) -> Telling:
    """Return all that a report tells of a claim's happening, as merging weighs it."""
    for part, rows in grouped(store.merging.told([item["key"]])).items():
        if any(row["id"] == claim["id"] for row in rows):
            return unit([telling(row, item) for row in rows], part)
    return telling({"record": claim}, item)


def verdict(store: Any, one: Record, two: Record) -> tuple[Verdict, str]:
    """Return why two claims are or are not one event, and what a person decided."""
    items = {c["report"]: store.report(c["report"]) for c in (one, two)}
    if one["report"] == two["report"]:
        units = [telling({"record": c}, items[c["report"]]) for c in (one, two)]
    else:
        units = [told_with(store, c, items[c["report"]]) for c in (one, two)]
    stories = {name: story(item["text"]) for name, item in items.items()}
    pair = {one["id"], two["id"]}
    kinds = (p["kind"] for p in store.merging.pinned() if {p["a"], p["b"]} == pair)
    told = {"must": "they are one", "never": "they are two"}
    return compared_units(units[0], units[1], stories), told.get(next(kinds, ""), "")
