"""What a store holds of shared copy and of versions, and how its queries are asked."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    Table,
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from dateline.store.happenings import copies, shingles, versions
from dateline.store.summaries import touch, touch_reports
from dateline.store.tables import claims, reports
from dateline.store.turns import turn

Row = dict[str, Any]
SOME = 400  # names in one query
SAMPLE = 50  # common shingles by which much-relayed copy is known


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

    def candidates(self, hashes: Sequence[int], most: int, least: float) -> set[str]:
        """Return the reports that share rare shingles: at least two, and this share.

        The share is of the report that has fewer. Where most shingles are common, as
        in copy that many outlets run, also the reports that share most of those,
        `most` at the most.
        """
        c, found, relayed = shingles.c, Counter[str](), set[str]()
        if len(common := self._common(hashes, most)) * 2 > len(hashes):
            told, n = sorted(common)[:SAMPLE], func.count().label("n")
            asked = select(c.report, n).where(c.hash.in_(told)).group_by(c.report)
            asked = asked.having(n * 2 >= len(told)).order_by(n.desc(), c.report)
            relayed = {row["report"] for row in self._rows(asked.limit(most))}
        for some in batches(list(hashes)):
            rare = (
                select(c.hash)
                .where(c.hash.in_(some))
                .group_by(c.hash)
                .having(func.count() <= most)
            )
            asked = (
                select(c.report, func.count().label("n"))
                .where(c.hash.in_(rare))
                .group_by(c.report)
            )
            found.update({row["report"]: row["n"] for row in self._rows(asked)})
        met = [report for report, n in found.items() if n > 1]
        sizes = select(c.report, func.count().label("n")).group_by(c.report)
        for row in self._in(sizes, c.report, met):
            if found[row["report"]] >= least * min(row["n"], len(hashes)):
                relayed.add(row["report"])
        return relayed

    def _common(self, hashes: Sequence[int], most: int) -> list[int]:
        """Return the shingles that more reports have than `most`."""
        c = shingles.c
        asked = select(c.hash).group_by(c.hash).having(func.count() > most)
        return [row["hash"] for row in self._in(asked, c.hash, hashes)]

    def sharing(self, report: str) -> list[str]:
        """Return the keys of the current reports that were found to share its copy."""
        c, r = copies.c, reports.c
        beside = [select(c.b).where(c.a == report), select(c.a).where(c.b == report)]
        asked = select(r.key).where(r.current, or_(*map(r.id.in_, beside)))
        return self._column(asked)

    def keep_shingles(self, report: str, hashes: Iterable[int]) -> None:
        """Keep the shingles of one version of a report."""
        with self.writing() as to:
            to.execute(delete(shingles).where(shingles.c.report == report))
            fill(to, shingles, [{"hash": h, "report": report} for h in set(hashes)])

    def keep_copies(self, report: str, found: Sequence[Row]) -> None:
        """Keep the copy that a report shares with others, in place of what was."""
        c = copies.c
        with self.writing() as to:
            to.execute(delete(copies).where(or_(c.a == report, c.b == report)))
            fill(to, copies, found)
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
        """Return the rows whose column is one of many names, a batch at a time."""
        return [
            row
            for some in batches(sorted(set(names)))
            for row in self._rows(asked.where(column.in_(some)))
        ]


def batches(names: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """Yield names a few hundred at a time: a query holds only so many."""
    for i in range(0, len(names), SOME):
        yield names[i : i + SOME]


def fill(to: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Insert rows, if there are any."""
    if rows:
        to.execute(insert(table), list(rows))
