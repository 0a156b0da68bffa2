"""Claims of a store become events: copies, versions, units, clusters, history.

What one report tells of one happening is a unit. It stands in blocks; units near each
other there are scored once, and the likely pairs are kept as links. What links connect
is a piece, and pieces are decided alone. So a batch reads and
writes what lies about its own units, and the events are those of a store into which all
came at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
from sqlalchemy import select

from dateline.events.cross_document import cluster_rows
from dateline.events.near_duplicates import copied, day_of_report, find_replaced
from dateline.extract.event_coref.clustering import (
    ALWAYS,
    Keys,
    LinkGraph,
    nearer,
    place_in_blocks,
    rank_rows,
)
from dateline.extract.event_coref.lexicon import Stories, packed_story, story, unpacked_story
from dateline.extract.event_coref.mention_table import (
    Columns,
    Numbering,
    chosen_rows,
    layout_mark,
    packed_rows,
    unpacked_rows,
)
from dateline.extract.event_coref.mentions import (
    Telling,
    identity_of_record,
    join_tellings,
    of_record,
    text_near,
)
from dateline.extract.event_coref.pair_scorer import Pins, Scored, across_model, claims_judge
from dateline.model.gc import unswept
from dateline.model.record import event_name
from dateline.store.database.merge_index import Changes
from dateline.store.database.tables import reports, waiting
from dateline.store.sql import SqlStore, require_report

Row = dict[str, Any]
Record = dict[str, Any]
Pair = tuple[int, int]
BATCH = 2500  # reports merged in one go
NAMING = b" ids of letters and digits"  # how units are named, kept beside their layout
PINNED = 1 << 20  # blocks in which units of one name always meet
GUARDED = (
    "told too often to weigh every pair: the nearest by content were compared,"
    " then the most typical of each group"
)


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


def merge_store(store: SqlStore, again: bool = False) -> Outcome:
    """Merge what a store's merging has not met; all of it with `again`.

    The events do not depend on the order in which the reports came. Where units were
    kept by another version, which compares otherwise, all is merged again.
    """
    side, done = store.merging, Outcome()
    if not again and not waiting_reports(store):
        return done
    with side.turn():
        mark = layout_mark() + NAMING
        stale = again or side.mark() != mark
        before = side.standing() if stale else {}
        if stale:
            side.forget(mark)
        keys = waiting_reports(store)
        left = set(keys)
        for i in range(0, len(keys), BATCH):
            with unswept():
                merge_batch(side, keys[i : i + BATCH], done, left, bool(before))
        if before:
            now = side.standing()
            kept = {n: {event} for n, (_, event) in before.items() if n in now}
            side.tell(list(history(kept, now, done)))
    return done


def waiting_reports(store: SqlStore) -> list[str]:
    """Return the keys of the reports not merged yet, in order of their ids.

    A database that is asked for them in order may look through every report for it.
    """
    r = reports.c
    asked = select(r.id, r.key).where(r.key.in_(select(waiting.c.report)))
    with store.reading() as to:
        return [key for _, key in sorted((name, key) for name, key in to.execute(asked))]


def merge_batch(
    side: Any, keys: Sequence[str], done: Outcome, left: set[str], quiet: bool = False
) -> None:
    """Merge some reports, of all that are left, with what the store holds.

    `quiet` leaves out of history which events joined: that is told at the end.
    """
    items = {row["key"]: row for row in side.items(keys)}
    found, sizes = copied(side, items)
    versions = find_replaced(side, items, found, left)
    done.copies += sum(
        other["key"] not in items or other["key"] < key
        for key, some in found.items()
        for other, _ in some
    )
    done.versions += len(versions)
    done.reports += len(items)
    batch = Batch(side, items)
    made, names = batch.made(sizes)
    touched = {event for _, event in names.values()}
    told = [] if quiet else [*history(batch.before, names, done)]
    done.touched |= touched
    # which events a later version of a report touches
    far = side.claims_of_reports(sorted({key for key, _ in versions} - items.keys()))
    for key, why in versions:
        mine = [row for row in (*batch.claims, *far) if row["report"] == key]
        parts = {unit_number(key, row["part"]): row["event"] for row in mine}
        events = {names.get(n, ("", old))[1] for n, old in parts.items()}
        told += [(event, "version", why) for event in sorted(events)]
    # events that were told too often to weigh whole say so once
    before = side.history(batch.guarded)
    known = {row["event"] for row in before if row["what"] == "bounded"}
    told += [(event, "bounded", GUARDED) for event in sorted(batch.guarded - known)]
    made.told = told
    side.keep(made)
    done.parts += len(names)
    done.events = len(done.touched)


class Batch:
    """Some reports on their way into a store's events."""

    def __init__(self, side: Any, items: Mapping[str, Row]) -> None:
        """Read the claims of the reports, and the units that they had."""
        self.side, self.items = side, items
        self.least = across_model().threshold
        pins = side.pinned()
        never = {(p["a"], p["b"]) for p in pins if p["kind"] == "never"}
        self.claims = hold_pinned_apart(side.claims_of_reports([*items]), never)
        parts: dict[tuple[str, str], list[Telling]] = defaultdict(list)
        for row in self.claims:
            told = stored_telling(row, items[row["report"]])
            parts[row["report"], row["part"]].append(told)
        self.fresh = {
            unit_number(key, part): (key, join_tellings(some, part))
            for (key, part), some in sorted(parts.items())
        }
        self.old = {row["number"]: row for row in side.units_of([*items])}
        self.pins = self.pinned_units(pins)
        self.kept: dict[int, Row] = {}  # units of other reports that were met
        self.mine: dict[int, Row] = {}  # those of ours
        self.stories: dict[str, bytes] = {}
        self.gone: set[int] = set()
        self.before: dict[int, set[str]] = {}
        self.guarded: set[str] = set()

    def pinned_units(self, pins: Sequence[Row]) -> dict[str, set[Pair]]:
        """Return the pairs of units that pins of each kind are about."""
        ids = {p[side] for p in pins for side in "ab"}
        parts = {(row["id"], row["report"]): row["part"] for row in self.claims}
        homes: dict[str, set[int]] = defaultdict(set)
        for row in self.side.parts_of(sorted(ids)):
            part = parts.get((row["id"], row["report"]), row["part"])
            homes[row["id"]].add(unit_number(row["report"], part))
        far = {n for some in homes.values() for n in some}
        there = self.fresh.keys() | self.side.said_of(far).keys()
        homes = defaultdict(set, {name: some & there for name, some in homes.items()})
        found: dict[str, set[Pair]] = {"must": set(), "never": set()}
        for pin in pins:
            for a in homes[pin["a"]]:
                for b in homes[pin["b"]] - {a}:
                    found[pin["kind"]].add((min(a, b), max(a, b)))
        return found

    def made(self, sizes: Mapping[str, int]) -> tuple[Changes, dict[int, Any]]:
        """Return what changes in the store, and the name and event of each unit met."""
        told = [each for _, each in self.fresh.values()]
        rows = Numbering(claims_judge().deeds).columns(told)
        stories = {
            key: packed_story(story(item["text"], item["title"] or ""))
            for key, item in self.items.items()
        }
        self.stories = dict(stories)
        same, rank = rows.same.tolist(), rank_rows(rows).tolist()
        for i, (packed, (n, (key, each))) in enumerate(
            zip(packed_rows(rows), self.fresh.items(), strict=True)
        ):
            name = event_name(each.id)
            unit = {"number": n, "name": name, "report": key, "event": ""}
            self.mine[n] = unit | {"same": same[i], "rank": rank[i], "row": packed}
        new = [
            i
            for i, (n, row) in enumerate(self.mine.items())
            if n not in self.old or bytes(self.old[n]["row"]) != row["row"]
        ]
        numbers = [*self.mine]
        added = [numbers[i] for i in new]
        fresh = set(added)
        self.gone = self.old.keys() - (self.mine.keys() - fresh)
        came = place_in_blocks(chosen_rows(rows, new), added)
        leaving = [n for n in self.gone if self.old[n]["row"]]
        left = np.zeros((0, 3), np.int64)
        if leaving:
            there = unpacked_rows([self.old[n]["row"] for n in leaving])
            left = place_in_blocks(there, leaving)
        links, changed = self.relinked(came, left)
        names = self.decided(links, changed)
        changes = Changes(
            merged=[*self.items],
            gone=self.gone,
            left=[(key, at, n) for key, at, n in left.tolist()],
            units=[{**self.mine[n], "event": names[n][1]} for n in sorted(added)],
            blocks=[(key, at, n) for key, at, n in came.tolist()],
            links=links,
            renamed={
                n: event
                for n, (_, event) in names.items()
                if n not in fresh and self.event_before(n) != event
            },
            moved=self.moved_claims(names),
            sketches=[
                {"report": key, "size": size, "story": stories[key]}
                for key, size in zip(self.items, sizes.values(), strict=True)
            ],
        )
        return changes, names

    def moved_claims(self, names: Mapping[int, tuple[str, str]]) -> list[Row]:
        """Return the claims whose event is another now, with it."""
        moved = {
            self.row_of(n)["report"]
            for n, (_, event) in names.items()
            if n not in self.mine and self.row_of(n)["event"] != event
        }
        far = self.side.claims_of_reports(sorted(moved - self.items.keys()))
        found = []
        for row in (*self.claims, *far):
            number = unit_number(row["report"], row["part"])
            if number in names:
                event = names[number][1]
                own = {row["event"], row["record"]["event"]}
                if own != {event} or row.get("apart"):
                    found.append({**row, "event": event})
        return found

    def relinked(
        self, came: Keys, left: Keys
    ) -> tuple[list[tuple[int, int, float, int]], set[int]]:
        """Return links that are new or near each other in more or fewer blocks.

        Beside it, the units whose pieces may change: a link came or went by which
        tellings join. That two are near each other once more or less changes none.
        """
        low, high, more = nearer(self.side.standing_in_blocks, came, left)
        unmoved = ~(np.isin(low, came[:, 2]) | np.isin(high, came[:, 2]))
        ends = set(self.gone)
        made: dict[Pair, tuple[float, int]] = {}
        unknown = more > 0
        old = np.flatnonzero(unmoved)
        ends_of = (low[old].tolist(), high[old].tolist())
        at = {(a, b): k for a, b, k in zip(*ends_of, old.tolist(), strict=True)}
        for a, b, score, before in self.side.links_between([*at]):
            if self.gone.isdisjoint((a, b)):
                unknown[at[a, b]] = False
                many = before + int(more[at[a, b]])
                made[a, b] = (score, many)
                if many <= 0 and score >= self.least:
                    ends |= {a, b}
        for a, b, score, many in self.likely_links(low[unknown], high[unknown], more[unknown]):
            made[a, b] = (score, many)
            if score >= self.least:
                ends |= {a, b}
        for pair in self.namesakes(came):
            made[pair] = (ALWAYS, PINNED)
            ends |= {*pair}
        return [(a, b, s, many) for (a, b), (s, many) in sorted(made.items())], ends

    def namesakes(self, came: Keys) -> set[Pair]:
        """Return pairs of units that two versions of a report tell by one name."""
        added = {*came[:, 2].tolist()} | {n for n in self.mine if n not in self.old}
        homes: dict[str, set[int]] = defaultdict(set)
        for n in added:
            homes[self.mine[n]["name"]].add(n)
        for row in self.side.units_of_names({*homes}):
            if row["number"] not in self.gone or row["number"] in self.mine:
                homes[row["name"]].add(row["number"])
        return {
            (min(a, b), max(a, b))
            for some in homes.values()
            for a in some
            for b in some
            if a < b and (a in added or b in added)
        }

    def likely_links(self, low: Keys, high: Keys, many: Keys) -> list[tuple[int, int, float, int]]:
        """Return of pairs those that are likely enough to be kept, with their scores.

        `many` are the blocks in which they are near each other, handed on.
        """
        if not len(low):
            return []
        every, place = np.unique(np.stack([low, high]), return_inverse=True)
        rows, told, at = self.laid_out(every.tolist())
        row = np.array([at[n] for n in every.tolist()], np.intp)
        one, two = np.sort(row[place.reshape(2, -1)], axis=0)
        scores = Scored(rows, told, Pins(), ()).scores(one, two)
        likely = scores >= self.least / 2
        found = (low[likely], high[likely], scores[likely], many[likely])
        return [
            (a, b, round(min(1.0, score), 4), n)
            for a, b, score, n in zip(*(some.tolist() for some in found), strict=True)
        ]

    def row_of(self, number: int) -> Row:
        """Return a unit, as it will be kept."""
        return self.mine.get(number) or self.kept[number]

    def meet(self, numbers: Iterable[int]) -> None:
        """Read units that were not met."""
        every = set(numbers)
        some = every - self.mine.keys() - self.kept.keys()
        if some:
            self.kept |= {row["number"]: row for row in self.side.units(some)}
        wanted = {self.row_of(n)["report"] for n in every} - self.stories.keys()
        if wanted:
            self.stories |= self.side.stories(wanted)

    def laid_out(self, numbers: Iterable[int]) -> tuple[Columns, Stories, dict[int, int]]:
        """Return the columns and stories of units, and the row of each."""
        some = [*numbers]
        self.meet(some)
        some.sort(key=lambda n: (self.row_of(n)["name"], n))
        rows = unpacked_rows([self.row_of(n)["row"] for n in some])
        homes = [self.row_of(n)["report"] for n in some]
        told = {key: unpacked_story(self.stories[key]) for key in dict.fromkeys(homes)}
        return rows, Stories(told, homes), {n: i for i, n in enumerate(some)}

    def decided(
        self, links: Sequence[tuple[int, int, float, int]], ends: set[int]
    ) -> dict[int, tuple[str, str]]:
        """Return the name and the event of every unit whose piece may have changed."""
        graph = LinkGraph(self.least, self.linked, self.said)
        old = {n for n in ends if n not in self.mine or n in self.old}
        seeds = {n for piece in graph.pieces(old) for n in piece}
        seeds |= self.mine.keys()
        graph.know(seeds | ends)
        graph.drop([(n, other) for n in self.gone for other in graph.beside[n]])
        graph.drop([(a, b) for a, b, _, many in links if many <= 0])
        graph.add([(a, b, score) for a, b, score, many in links if many > 0])
        graph.add([(a, b, ALWAYS) for a, b in self.pins["must"]])
        seeds -= self.gone - self.mine.keys()
        pieces: set[tuple[int, ...]] = set()
        while seeds:
            pieces |= graph.pieces(seeds)
            every = {n for piece in pieces for n in piece}
            self.meet(every)
            events = {self.event_before(n) for n in every} - {""}
            held = set(self.side.members(events)) - (self.gone - self.mine.keys())
            seeds = held - every
        return self.named_events(pieces, graph)

    def linked(self, some: Iterable[int]) -> Iterator[tuple[int, int, float]]:
        """Yield the links that the store keeps of units and that join, and pins'."""
        asked = set(some)
        yield from (x for x in self.side.links_of(asked) if x[2] >= self.least)
        for a, b in self.pins["must"]:
            if a in asked or b in asked:
                yield a, b, ALWAYS

    def said(self, some: Iterable[int]) -> dict[int, tuple[int, int]]:
        """Return the numbers for what units say, and their ranks."""
        asked = set(some)
        mine = [self.mine[n] for n in asked & self.mine.keys()]
        found = {row["number"]: (row["same"], row["rank"]) for row in mine}
        return found | dict(self.side.said_of(asked - found.keys()))

    def event_before(self, number: int) -> str:
        """Return the event in which a unit has stood, "" for a new one."""
        row = self.old.get(number) or self.kept.get(number)
        return row["event"] if row else ""

    def named_events(
        self, pieces: Iterable[tuple[int, ...]], graph: LinkGraph
    ) -> dict[int, tuple[str, str]]:
        """Decide pieces; return the name and the event of each unit in them."""
        home: dict[int, int] = {n: n for piece in pieces for n in piece}
        of = {n: piece for piece in sorted(pieces) if len(piece) > 1 for n in piece}
        crowds: set[int] = set()
        if of:
            rows, told, at = self.laid_out(of)
            inside, must = {}, set()
            for a, piece in of.items():
                for b, score in graph.beside[a].items():
                    if score >= self.least and of.get(b) is piece:
                        inside[min(at[a], at[b]), max(at[a], at[b])] = score
                    # those of one name are as good as pinned
                    if b in of and score >= ALWAYS and a < b:
                        must.add((a, b))
            never = self.pins["never"]
            pinned = (
                frozenset((str(a), str(b)) for a, b in some) for some in (must - never, never)
            )
            scored = Scored(rows, told, Pins(*pinned), [str(n) for n in at])
            ends = np.array(sorted(inside), np.intp).reshape(-1, 2)
            weights = np.array([inside[a, b] for a, b in ends.tolist()], np.float32)
            clusters, guarded = cluster_rows(rows, scored, (ends[:, 0], ends[:, 1], weights))
            numbers = [*at]
            home |= {n: -1 - clusters[i] for n, i in at.items()}
            crowds = {numbers[i] for i in guarded}
        names = {n: self.row_of(n)["name"] for n in home}
        least = least_names(home, names)
        found = {n: (names[n], least[home[n]]) for n in home}
        self.guarded = {found[n][1] for n in crowds | (graph.cut & found.keys())}
        before = {n: self.event_before(n) for n in found}
        self.before = {n: {event} if event else set() for n, event in before.items()}
        return found


def least_names(home: Mapping[int, int], names: Mapping[int, str]) -> dict[int, str]:
    """Return the name of each cluster: the least of its units.

    Where units of one name stand in two clusters, that of the least number keeps it.

    >>> least_names({1: 7, 2: 7, 3: 8}, {1: "b", 2: "a", 3: "a"})
    {7: 'a', 8: 'z9f5688f85b6956a'}
    """
    least: dict[int, str] = {}
    for n, cluster in home.items():
        least[cluster] = min(least.get(cluster, names[n]), names[n])
    found: dict[int, str] = {}
    taken: Counter[str] = Counter()
    for n in sorted(home):
        cluster, name = home[n], names[n]
        if name == least[cluster] and cluster not in found:
            found[cluster] = event_name(f"{name}-{taken[name]}") if taken[name] else name
            taken[name] += 1
    return found


def hold_pinned_apart(rows: Sequence[Row], never: set[tuple[str, str]]) -> list[Row]:
    """Return claims, of two of one part that a pin holds apart one in a part alone."""
    home = {(row["id"], row["report"]): row["part"] for row in rows}
    alone: set[tuple[str, str]] = set()
    for a, b in sorted(never):
        for row in rows:
            both = (home.get((x, row["report"])) for x in (a, b))
            if row["id"] == b and len({*both}) == 1 and (b, row["report"]) not in alone:
                alone.add((b, row["report"]))
                home[b, row["report"]] = part_of_one(b)
    return [
        {**row, "part": part_of_one(row["id"]), "apart": True}
        if (row["id"], row["report"]) in alone
        else row
        for row in rows
    ]


def part_of_one(claim: str) -> str:
    """Return the name of the part that a claim is which stands alone."""
    return f"{claim[:14]}-1"


def stored_telling(row: Row, item: Row) -> Telling:
    """Return a stored claim as merging sees it."""
    start = row["record"]["trigger"]["start"] or 0
    lead, around = text_near(item["text"], start)
    sense = row.get("sense") or b""
    identity = identity_of_record(row["record"], item["text"])
    return of_record(row["record"], lead, day_of_report(item), sense, around, identity)


def unit_number(key: str, part: str) -> int:
    """Return the number of a unit: of the key of its report, and its part."""
    told = f"{key} {part}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(told, digest_size=8).digest(), "big") >> 1


def history(
    before: Mapping[int, set[str]], names: Mapping[int, tuple[str, str]], done: Outcome
) -> Iterator[tuple[str, str, str]]:
    """Yield what became of events: told again, joined, split.

    `before` is the event in which each unit stood, `names` its name and its event now.
    """
    old: dict[str, set[str]] = defaultdict(set)
    now: dict[str, set[str]] = defaultdict(set)
    for n, events in before.items():
        for event in events:
            old[event].add(names[n][1])
            now[names[n][1]].add(event)
    for n, events in sorted(before.items(), key=lambda item: names[item[0]]):
        if not events and now.get(names[n][1]):
            yield names[n][1], "told again", f"claims of {names[n][0]} joined"
    for event, some in sorted(now.items()):
        gone = (name for name in sorted(some - {event}) if old[name] == {event})
        yield from ((event, "joined", f"event {name} is one with this") for name in gone)
    for name, events in sorted(old.items()):
        if len(events) > 1:
            done.split += 1
            for event in sorted(events):
                others = ", ".join(sorted(events - {event}))
                yield event, "split", f"event {name} is now {event} and {others}"


def remerge(store: SqlStore, two: Sequence[Record]) -> Outcome:
    """Merge again the reports of two claims about which a person decided."""
    side, done = store.merging, Outcome()
    keys = {require_report(store, claim["report"])["key"] for claim in two}
    with side.turn():
        merge_batch(side, sorted(keys), done, set(keys))
    return done
