"""What a store holds of shared copy and of versions, and how its queries are asked."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    String,
    Table,
    any_,
    bindparam,
    delete,
    insert,
    select,
    text,
    update,
)

from dateline.store.happenings import copies, shingles, sketches, versions
from dateline.store.rows import insert_rows
from dateline.store.summaries import touch, touch_reports
from dateline.store.tables import claims, reports
from dateline.store.turns import turn

Row = dict[str, Any]
SAMPLE = 50  # common shingles by which much-relayed copy is known
KNOWN = "SELECT s.hash, s.report FROM {asked} JOIN shingles s ON s.hash = asked.value"


class CopyStore:
    """The side of a store on which reports share copy and take each other's place."""

    def __init__(
        self, engine: Engine, plainly: Callable[[], AbstractContextManager[None]]
    ) -> None:
        """Work on an open store; `plainly` turns a database's complaints into ours."""
        self.engine, self.plainly = engine, plainly

    def turn(self) -> AbstractContextManager[None]:
        """Wait until nobody else joins claims of this store."""
        return turn(self.engine)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a connection that writes in one transaction."""
        with (
            self.plainly(),
            self.engine.connect().execution_options(writes=True) as to,
            to.begin(),
        ):
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
        number = self._numbers(cut)
        holders: dict[int, list[int]] = {}
        for key, hashes in cut.items():
            for hash_ in hashes:
                holders.setdefault(hash_, []).append(number[key])
        fresh = set(number.values())
        known = self._tuples(KNOWN, sorted(holders))
        many = Counter(hash_ for hash_, _ in known)
        self._keep_shingles(
            {number[key]: cut[key] for key in cut}, set(known), many, most
        )
        for hash_, report in known:
            if report not in fresh:
                holders[hash_].append(report)
        met = {number[key]: count_shared(cut[key], holders, most) for key in cut}
        sizes = {number[key]: len(cut[key]) for key in cut}
        far = {other for found, _ in met.values() for other in found} - sizes.keys()
        names = {n: key for key, n in number.items()}
        names |= self._sizes(far, sizes)
        enough: dict[str, set[str]] = {}
        for key, (found, relayed) in ((k, met[number[k]]) for k in cut):
            own = number[key]
            kept = {
                other
                for other, many in found.items()
                if other in sizes and many >= least * min(sizes[other], sizes[own])
            }
            enough[key] = {names[n] for n in (kept | relayed) - {own} if n in names}
        return enough

    def _numbers(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the numbers of reports by their keys."""
        r = reports.c
        found = self._in(select(r.key, r.number), r.key, list(keys))
        return {row["key"]: row["number"] for row in found}

    def _sizes(self, numbers: Iterable[int], sizes: dict[int, int]) -> dict[int, str]:
        """Return the keys of reports by number; note of how many shingles each is."""
        r, k = reports.c, sketches.c
        asked = select(r.number, r.key, k.size).join(sketches, k.report == r.key)
        found = self._in(asked, r.number, list(numbers))
        sizes |= {row["number"]: row["size"] for row in found}
        return {row["number"]: row["key"] for row in found}

    def _keep_shingles(
        self,
        cut: Mapping[int, Sequence[int]],
        there: set[tuple[Any, ...]],
        many: Counter[int],
        most: int,
    ) -> None:
        """Keep shingles of reports, of which some are there and how often."""
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
            to.execute(
                update(reports).where(reports.c.key == old).values(current=False)
            )
            told = select(claims.c.event).where(claims.c.report == old)
            touch(to, to.execute(told).scalars().all())

    def replaced(self, keys: Sequence[str]) -> list[Row]:
        """Return what the versions of these reports took the place of."""
        return self._in(select(versions), versions.c.new, keys)

    def earlier(self, ids: Sequence[str], urls: Sequence[str]) -> list[Row]:
        """Return the reports, current or not, with one of these ids or addresses."""
        r = reports.c
        told = (r.published, r.dated_to, r.title, r.text)
        kept = select(r.key, r.id, r.url, r.outlet, r.current, *told)
        found = {row["key"]: row for row in self._in(kept, r.id, ids)}
        asked = [url for url in urls if url]
        return [*(found | {w["key"]: w for w in self._in(kept, r.url, asked)}).values()]

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


def is_one_of(to: Connection, column: Any, names: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition that a column is one of names, however many they are."""
    some = sorted(set(names))
    if to.dialect.name == "sqlite":
        given = text("SELECT value FROM json_each(:listed)")
        told = given.bindparams(bindparam("listed", json.dumps(some), String))
        found: ColumnElement[bool] = column.in_(told.columns(column))
        return found
    same: ColumnElement[bool] = column == any_(
        bindparam(None, some, ARRAY(column.type))
    )
    return same


def fill_numbers(
    to: Connection, table: Table, rows: Sequence[tuple[float, ...]]
) -> None:
    """Insert rows of a table that holds numbers alone, its columns in their order."""
    if rows:
        sign = "?" if to.dialect.name == "sqlite" else "%s"
        signs = ", ".join([sign] * len(table.columns))
        told = f"INSERT INTO {table.name} VALUES ({signs})"  # noqa: S608  our own name
        to.exec_driver_sql(told, list(rows))
