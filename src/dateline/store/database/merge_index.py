"""What merging reads from a store and writes to it, inside one transaction each."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Connection,
    Engine,
    String,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from dateline.model.record import event_name
from dateline.store.database.connect import turn
from dateline.store.database.rows import fill_numbers, insert_rows, is_one_of
from dateline.store.database.tables import (
    blocks,
    changes,
    claims,
    copies,
    links,
    pins,
    records,
    reports,
    shingles,
    sketches,
    units,
    versions,
    waiting,
)
from dateline.store.summaries import touch, touch_reports

Row = dict[str, Any]
SAMPLE = 50  # common shingles by which much-relayed copy is known
Standing = tuple[int, int, int]
KNOWN = "SELECT s.hash, s.report FROM {asked} JOIN shingles s ON s.hash = asked.value"


K, R, C = records.c, reports.c, claims.c
TOLD_BY = (*(R.key, R.id, R.url, R.outlet, R.current), *(R.published, R.dated_to, R.title, R.text))
"""Columns by which versions of a report and its copy are told."""
TELLING = (
    select(C.event, C.rank, K.record, C.report, R.id, R.outlet, R.agency, R.published)
    .join_from(claims, reports, R.key == C.report)
    .join(records, K.number == C.number)
)
"""The query for claims with what their reports say of themselves."""
UNIT = tuple(column for column in units.c if column is not units.c.place)
ASKED = {
    "sqlite": "SELECT json_extract(value, '$[0]') AS key, json_extract(value, '$[1]')"
    " AS rank FROM json_each(:asked)",
    "postgresql": "SELECT CAST(value ->> 0 AS bigint) AS key, CAST(value ->> 1 AS"
    " bigint) AS rank FROM json_array_elements(CAST(:asked AS json))",
}
BESIDE = """
    WITH asked AS ({asked}), near AS (
        SELECT a.key,
            coalesce((SELECT b.rank FROM blocks b WHERE b.key = a.key
                AND b.rank < a.rank ORDER BY b.rank DESC LIMIT 1 OFFSET :many),
                {least}) AS low,
            coalesce((SELECT b.rank FROM blocks b WHERE b.key = a.key
                AND b.rank > a.rank ORDER BY b.rank LIMIT 1 OFFSET :many),
                {most}) AS high
        FROM asked a
    )
    SELECT here.key, here.rank, u.number FROM (
        SELECT DISTINCT b.key, b.rank, b.unit FROM near
        JOIN blocks b ON b.key = near.key AND b.rank BETWEEN near.low AND near.high
    ) here JOIN units u ON u.place = here.unit
"""
LINKS = """
    WITH mine AS (SELECT u.place FROM {asked} JOIN units u ON u.number = asked.value),
    linked AS (
        SELECT l.a, l.b, l.score FROM mine JOIN links l ON l.a = mine.place
        UNION ALL SELECT l.a, l.b, l.score FROM mine JOIN links l ON l.b = mine.place
    )
    SELECT one.number, two.number, score FROM linked
    JOIN units one ON one.place = linked.a JOIN units two ON two.place = linked.b
"""
LINKED = """
    WITH asked AS ({asked})
    SELECT asked.key, asked.rank, l.score, l.blocks FROM asked
    JOIN units one ON one.number = asked.key JOIN units two ON two.number = asked.rank
    JOIN links l ON l.a = one.place AND l.b = two.place
"""
SCALE = 10_000  # of a score, which has four digits


@dataclass(slots=True)
class Changes:
    """What a batch of merging changes in a store.

    Units and blocks of `gone` go before others come; `links` are new ones with their
    scores, or old ones now near each other in another number of blocks (0 takes one
    away). `moved` are claims with the part and event that they have now; `told` what
    the history of events gains.
    """

    merged: Sequence[str]
    gone: Collection[int] = ()
    left: Sequence[tuple[int, int, int]] = ()
    units: Sequence[Row] = ()
    blocks: Sequence[tuple[int, int, int]] = ()
    links: Sequence[tuple[int, int, float, int]] = ()
    renamed: Mapping[int, str] = field(default_factory=dict)
    moved: Sequence[Row] = ()
    sketches: Sequence[Row] = ()
    told: Sequence[tuple[str, str, str]] = ()


class MergeStore:
    """The side of a store that merging works on."""

    def __init__(self, engine: Engine, plainly: Callable[[], AbstractContextManager[None]]) -> None:
        """Work on an open store; `plainly` turns a database's complaints into ours."""
        self.engine, self.plainly = engine, plainly

    def turn(self) -> AbstractContextManager[None]:
        """Wait until nobody else joins claims of this store."""
        return turn(self.engine)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection that writes in one transaction."""
        with self.plainly(), self.engine.connect().execution_options(writes=True) as to, to.begin():
            yield to

    def candidates(
        self, cut: Mapping[str, Sequence[int]], most: int, least: float
    ) -> dict[str, set[str]]:
        """Return for reports, cut into shingles, which share enough of the rare ones.

        At least two, and this share of the report that has fewer. Where most shingles
        of one are common, as in copy that many outlets run, also those that share most
        of those, `most` at the most. The shingles of these reports are kept, but of a
        shingle that more than `most` have, of the first alone, and all are asked about
        in one statement: so this takes as long in a large store as in a small one.
        """
        r, k = reports.c, sketches.c
        asked = self._in(select(r.key, r.number), r.key, list(cut))
        number = {row["key"]: row["number"] for row in asked}
        holders: dict[int, list[int]] = {}
        for key, hashes in cut.items():
            for hash_ in hashes:
                holders.setdefault(hash_, []).append(number[key])
        known = self._tuples(KNOWN, sorted(holders))
        self._keep_shingles({number[key]: cut[key] for key in cut}, known, most)
        fresh = set(number.values())
        for hash_, report in known:
            if report not in fresh:
                holders[hash_].append(report)
        met = {key: count_shared(cut[key], holders, most) for key in cut}
        sizes = {number[key]: len(cut[key]) for key in cut}
        names = {n: key for key, n in number.items()}
        far = {other for found, _ in met.values() for other in found} - sizes.keys()
        told = select(r.number, r.key, k.size).join(sketches, k.report == r.key)
        for row in self._in(told, r.number, list(far)):
            names[row["number"]], sizes[row["number"]] = row["key"], row["size"]
        enough: dict[str, set[str]] = {}
        for key, (found, relayed) in met.items():
            own = number[key]
            kept = {
                other
                for other, many in found.items()
                if other in sizes and many >= least * min(sizes[other], sizes[own])
            }
            enough[key] = {names[n] for n in (kept | relayed) - {own} if n in names}
        return enough

    def _keep_shingles(
        self, cut: Mapping[int, Sequence[int]], known: Sequence[tuple[Any, ...]], most: int
    ) -> None:
        """Keep shingles of reports, of which those that are there are known."""
        there, many = set(known), Counter(hash_ for hash_, _ in known)
        rows = []
        for number, hashes in cut.items():
            for hash_ in hashes:
                if many[hash_] <= most and (hash_, number) not in there:
                    many[hash_] += 1
                    rows.append((hash_, number))
        with self.writing() as to:
            fill_numbers(to, shingles, sorted(rows))

    def sharing(self, ids: Sequence[str]) -> dict[str, list[str]]:
        """Return the keys of current reports that are known to share copy with some."""
        c, r = copies.c, reports.c
        found: dict[str, list[str]] = {}
        for own, other in ((c.a, c.b), (c.b, c.a)):
            asked = select(own.label("own"), r.key).join(reports, r.id == other)
            for row in self._in(asked.where(r.current), own, ids):
                found.setdefault(row["own"], []).append(row["key"])
        return found

    def keep_copies(self, ids: Sequence[str], found: Sequence[Row]) -> None:
        """Keep the copy that reports share with others, in place of what was."""
        c = copies.c
        with self.writing() as to:
            for side in (c.a, c.b):
                to.execute(delete(copies).where(is_one_of(to, side, ids)))
            insert_rows(to, copies, found)
            if found:
                touch_reports(to, {row[side] for row in found for side in "ab"})

    def copies(self, ids: Sequence[str]) -> list[Row]:
        """Return the copy that these reports share among themselves."""
        found = self._in(select(copies), copies.c.a, ids)
        inside = set(ids)
        return [row for row in found if row["b"] in inside]

    def replace(self, old: str, new: str, why: str) -> None:
        """Keep that one version of a report took the place of another."""
        v = versions.c
        with self.writing() as to:
            to.execute(delete(versions).where(v.old == old, v.new == new))
            to.execute(insert(versions).values(old=old, new=new, why=why))
            to.execute(update(reports).where(reports.c.key == old).values(current=False))
            told = select(claims.c.event).where(claims.c.report == old)
            touch(to, to.execute(told).scalars().all())

    def replaced(self, keys: Sequence[str]) -> list[Row]:
        """Return what the versions of these reports took the place of."""
        return self._in(select(versions), versions.c.new, keys)

    def earlier(self, ids: Sequence[str], urls: Sequence[str]) -> list[Row]:
        """Return the reports, current or not, with one of these ids or addresses."""
        r = reports.c
        found: dict[str, Row] = {}
        for column, names in ((r.id, ids), (r.url, [url for url in urls if url])):
            rows = self._in(select(*TOLD_BY), column, names)
            found |= {row["key"]: row for row in rows}
        return [*found.values()]

    def unread(self) -> list[str]:
        """Return the reports that merging has not met, or met otherwise."""
        r = reports.c
        asked = select(r.key).join(waiting, waiting.c.report == r.key)
        return self._column(asked.order_by(r.id, r.key))

    def items(self, keys: Sequence[str]) -> list[Row]:
        """Return reports by their keys, with their texts, in order of their ids."""
        found = self._in(select(reports), reports.c.key, keys)
        return sorted(found, key=lambda row: (row["id"], row["key"]))

    def texts(self, keys: Sequence[str]) -> list[Row]:
        """Return of reports what their versions and their copy are told by."""
        return self._in(select(*TOLD_BY), reports.c.key, keys)

    def claims_of_reports(self, keys: Sequence[str]) -> list[Row]:
        """Return the claims of reports: record, part and the event they stand in."""
        c = claims.c
        names = (c.number, c.report, c.id, K.record, K.sense, c.event, c.part)
        asked = select(*names).join_from(claims, records, K.number == c.number)
        return self._in(asked.order_by(c.report, c.rank), c.report, keys)

    def parts_of(self, ids: Sequence[str]) -> list[Row]:
        """Return report and part of claims by their ids."""
        c = claims.c
        return self._in(select(c.id, c.report, c.part), c.id, ids)

    def mark(self) -> bytes:
        """Return how the kept units were made; empty where there are none."""
        kept = self._column(select(sketches.c.story).where(sketches.c.report == ""))
        return bytes(kept[0]) if kept else b""

    def forget(self, mark: bytes) -> None:
        """Let all be merged anew: all that units are compared by goes."""
        with self.writing() as to:
            for table in (blocks, links, sketches, shingles):
                to.execute(delete(table))
            to.execute(update(units).values(row=b""))
            key, w = reports.c.key, waiting.c.report
            told = select(key).where(~select(w).where(w == key).exists())
            to.execute(insert(waiting).from_select(["report"], told))
            insert_rows(to, sketches, [{"report": "", "size": 0, "story": mark}])

    def units(self, numbers: Collection[int]) -> list[Row]:
        """Return units by their numbers, with all that they are compared by."""
        return self._in(select(*UNIT), units.c.number, [*numbers])

    def units_of_names(self, names: Collection[str]) -> list[Row]:
        """Return number, report and name of the units of some names."""
        u = units.c
        return self._in(select(u.number, u.report, u.name), u.name, [*names])

    def units_of(self, keys: Sequence[str]) -> list[Row]:
        """Return the units of reports."""
        return self._in(select(*UNIT), units.c.report, keys)

    def members(self, names: Collection[str]) -> list[int]:
        """Return the numbers of the units of events, those still to be made apart."""
        u = units.c
        asked = select(u.number).where(func.length(u.row) > 0)
        return [row["number"] for row in self._in(asked, u.event, [*names])]

    def said_of(self, numbers: Collection[int]) -> dict[int, tuple[int, int]]:
        """Return the numbers for what units say, and their ranks."""
        u = units.c
        found = self._in(select(u.number, u.same, u.rank), u.number, [*numbers])
        return {row["number"]: (row["same"], row["rank"]) for row in found}

    def links_of(self, numbers: Collection[int]) -> list[tuple[int, int, float]]:
        """Return the links of units: pair and score; one between two of them twice."""
        found = self._tuples(LINKS, sorted(numbers))
        return [(a, b, score / SCALE) for a, b, score in found]

    def links_between(self, pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int, float, int]]:
        """Return the links that pairs have: pair, score, how many blocks they share."""
        with self.plainly(), self.engine.connect() as to:
            kind = ASKED[to.dialect.name]
            asked = text(LINKED.format(asked=kind)).bindparams(asked=json.dumps(pairs))
            found = to.execute(asked).all()
            return [(a, b, score / SCALE, n) for a, b, score, n in found]

    def standing_in_blocks(self, asked: Sequence[tuple[int, int]], many: int) -> list[Standing]:
        """Return who stands in blocks by some ranks: key, rank and unit of each.

        `asked` is keys and ranks; so many are wanted on either side.
        """
        with self.plainly(), self.engine.connect() as to:
            kind = ASKED[to.dialect.name]
            least, most = -(2**63) + 1, 2**63 - 1
            told = text(BESIDE.format(asked=kind, least=least, most=most))
            given = told.bindparams(asked=json.dumps(asked), many=many - 1)
            return [tuple(row) for row in to.execute(given).all()]

    def stories(self, keys: Collection[str]) -> dict[str, bytes]:
        """Return what reports are about, packed."""
        k = sketches.c
        found = self._in(select(k.report, k.story), k.report, [*keys])
        return {row["report"]: row["story"] for row in found}

    def pinned(self) -> list[Row]:
        """Return every pin."""
        return self._rows(select(pins).order_by(pins.c.a, pins.c.b))

    def pin(self, a: str, b: str, kind: str) -> None:
        """Keep what a person decided of two claims, in place of what was before."""
        one, two = sorted((a, b))
        with self.writing() as to:
            to.execute(delete(pins).where(pins.c.a == one, pins.c.b == two))
            if kind:
                to.execute(insert(pins).values(a=one, b=two, kind=kind))

    def keep(self, made: Changes) -> None:
        """Write what a batch of merging changes, in one transaction."""
        with self.writing() as to:
            write_compared(to, made)
            write_events(to, made)
            for table, names in (
                (sketches, [row["report"] for row in made.sketches]),
                (waiting, made.merged),
            ):
                to.execute(delete(table).where(is_one_of(to, table.c.report, names)))
            insert_rows(to, sketches, made.sketches)
            write_history(to, made.told)

    def tell(self, told: Sequence[tuple[str, str, str]]) -> None:
        """Keep what changed about events."""
        with self.writing() as to:
            write_history(to, told)

    def standing(self) -> dict[int, tuple[str, str]]:
        """Return the name and the event of every unit."""
        asked = self._rows(select(units.c.number, units.c.name, units.c.event))
        return {row["number"]: (row["name"], row["event"]) for row in asked}

    def history(self, names: Iterable[str]) -> list[Row]:
        """Return what changed about events or parts, oldest first."""
        found = self._in(select(changes), changes.c.event, list(names))
        return sorted(found, key=lambda row: int(row["number"]))

    def events(self) -> list[Row]:
        """Return every claim of the current reports, in order of events."""
        order = (C.event, R.published, R.id, C.rank)
        return self._rows(TELLING.where(R.current).order_by(*order))

    def around(self, names: Sequence[str]) -> list[Row]:
        """Return every claim of the current reports that tell some events."""
        found = self._in(select(C.report).distinct(), C.event, list(names))
        keys = [row["report"] for row in found]
        rows = self._in(TELLING.where(R.current), C.report, keys)
        names_of = ("event", "published", "id")
        return sorted(rows, key=lambda row: (*(row[n] or "" for n in names_of), row["rank"]))

    def of_event(self, event: str) -> list[Row]:
        """Return the claims of one event, those of superseded reports as well."""
        asked = TELLING.add_columns(R.current, R.title).where(C.event == event)
        return self._rows(asked.order_by(R.published, R.id, C.rank))

    def event_names(self, start: str) -> list[str]:
        """Return the event of this id, else those whose ids begin so.

        One that was renamed since goes by its new id.
        """
        u, c = units.c, claims.c
        if self._column(select(c.event).where(c.event == start).limit(1)):
            return [start]
        same = u.name.in_([start, event_name(start)])
        if found := self._column(select(u.event).distinct().where(same)):
            return sorted(found)
        events: set[str] = set()
        for event, name in ((c.event, c.event), (u.event, u.name)):
            begins = name.startswith(start, autoescape=True)
            events |= {*self._column(select(event).distinct().where(begins))}
        return sorted(events)

    def _column(self, asked: Any) -> list[Any]:
        with self.plainly(), self.engine.connect() as to:
            return list(to.execute(asked).scalars())

    def _rows(self, asked: Any) -> list[Row]:
        with self.plainly(), self.engine.connect() as to:
            return [dict(row) for row in to.execute(asked).mappings()]

    def _in(self, asked: Any, column: Any, names: Sequence[Any]) -> list[Row]:
        """Return the rows whose column is one of many names."""
        if not names:
            return []
        with self.plainly(), self.engine.connect() as to:
            found = to.execute(asked.where(is_one_of(to, column, names)))
            columns = list(found.keys())
            return [dict(zip(columns, row, strict=True)) for row in found.all()]

    def _tuples(self, asked: str, values: Sequence[int]) -> list[tuple[Any, ...]]:
        """Return plain rows for a statement over the numbers in `asked.value`."""
        with self.plainly(), self.engine.connect() as to:
            lite = to.dialect.name == "sqlite"
            each = "json_each(:values)" if lite else "unnest(:values)"
            of = BigInteger if lite else ARRAY(BigInteger)
            given = json.dumps(values) if lite else list(values)
            each += " AS asked" if lite else " AS asked(value)"
            told = text(asked.format(asked=each))
            told = told.bindparams(bindparam("values", given, String if lite else of))
            return [tuple(row) for row in to.execute(told).all()]


def count_shared(
    hashes: Sequence[int], holders: Mapping[int, Sequence[int]], most: int
) -> tuple[Counter[int], set[int]]:
    """Return how many rare shingles others share, and who has most of the common ones.

    `holders` are the reports that have a shingle. Two in common are the fewest.
    """
    common = sorted(h for h in hashes if len(holders[h]) > most)
    told = common[:SAMPLE] if len(common) * 2 > len(hashes) else []
    found = Counter(r for h in hashes if len(holders[h]) <= most for r in holders[h])
    relayed = Counter(report for hash_ in told for report in holders[hash_])
    ranked = sorted(relayed.items(), key=lambda item: (-item[1], item[0]))
    often = [report for report, n in ranked if n * 2 >= len(told)]
    rare = Counter({report: n for report, n in found.items() if n > 1})
    return rare, set(often[:most])


def write_history(to: Connection, told: Sequence[tuple[str, str, str]]) -> None:
    """Write lines of history: of which event, what, in which words."""
    rows = [{"event": e, "what": what, "detail": words} for e, what, words in told]
    insert_rows(to, changes, rows)


def write_compared(to: Connection, made: Changes) -> None:
    """Take out what units, blocks and links have left, put in what there is anew."""
    pairs = {n for a, b, _, _ in made.links for n in (a, b)}
    stand = {n for _, _, n in (*made.left, *made.blocks)}
    u, b = units.c, blocks.c
    kept = select(u.number, u.place)
    kept = kept.where(is_one_of(to, u.number, [*{*made.gone, *pairs, *stand}]))
    place = {number: at for number, at in to.execute(kept)}
    most = to.execute(select(func.max(u.place))).scalar() or 0
    for row in made.units:
        if row["number"] not in place:
            place[row["number"]] = most = most + 1
    gone = [*made.gone]
    to.execute(delete(units).where(is_one_of(to, u.number, gone)))
    old = [place[n] for n in gone]
    for side in (links.c.a, links.c.b):
        to.execute(delete(links).where(is_one_of(to, side, old)))
    if made.left:
        one = delete(blocks).where(
            b.key == bindparam("k"), b.rank == bindparam("r"), b.unit == bindparam("u")
        )
        to.execute(one, [{"k": k, "r": r, "u": place[u]} for k, r, u in made.left])
    insert_rows(to, units, [{**row, "place": place[row["number"]]} for row in made.units])
    fill_numbers(to, blocks, sorted((k, r, place[u]) for k, r, u in made.blocks))
    if made.renamed:
        named = update(units).where(u.number == bindparam("n"))
        given = [{"n": n, "e": event} for n, event in made.renamed.items()]
        to.execute(named.values(event=bindparam("e")), given)
    # Links come in the place of those that were there; of no block is none.
    if made.links:
        found = [(place[a], place[b], s, n) for a, b, s, n in made.links]
        same = (links.c.a == bindparam("x"), links.c.b == bindparam("y"))
        pair = [{"x": a, "y": b} for a, b, _, _ in found]
        to.execute(delete(links).where(*same), pair)
        last = [(a, b, round(s * SCALE), n) for a, b, s, n in found if n > 0]
        fill_numbers(to, links, sorted(last))


def write_events(to: Connection, made: Changes) -> None:
    """Write parts and events into claims that were of others, and into the record."""
    if not made.moved:
        return
    c = claims.c
    # A report may have been kept anew since it was read: by other numbers, or by those
    # that other claims had.
    asked = select(c.report, c.id, c.number)
    asked = asked.where(is_one_of(to, c.id, [row["id"] for row in made.moved]))
    now = {(key, name): number for key, name, number in to.execute(asked)}
    there = [row for row in made.moved if (row["report"], row["id"]) in now]
    rows = [{**row, "number": now[row["report"], row["id"]]} for row in there]
    if not rows:
        return
    one = update(claims).where(c.number == bindparam("n"))
    told: dict[str, Any] = {name: bindparam(f"new_{name}") for name in ("part", "event")}
    given = [
        {"n": row["number"], "new_part": row["part"], "new_event": row["event"]} for row in rows
    ]
    to.execute(one.values(**told), given)
    whole = update(records).where(K.number == bindparam("n"))
    given = [{"n": row["number"], "new": {**row["record"], "event": row["event"]}} for row in rows]
    to.execute(whole.values(record=bindparam("new")), given)
    touch(to, {e for row in rows for e in (row["event"], row["record"]["event"])})
