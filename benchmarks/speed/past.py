"""A store of years for the benches: a merged store, told again of the days before it.

usage: benchmarks speed past STORE CLAIMS OUT    an SQLite store, merged and summed up

Claims, reports, units and links of STORE are written again under other ids, so many
days earlier that the copies lie one behind the other, until there are so many claims.
What they are compared by is made anew for the other days (ranks, blocks, packed rows);
shingles are other ones, so that no report is a copy of its model. The last weeks are
those that were merged in earnest. A hundred thousand claims take half a minute of CPU,
where keeping and joining them takes ten.
"""

import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from typing import Any

import numpy as np

from dateline.events.merging import unit_number
from dateline.extract.event_coref.clustering import place_in_blocks, rank_rows
from dateline.extract.event_coref.mention_table import (
    AT,
    FIRST,
    Columns,
    chosen_rows,
    packed_rows,
    unpacked_rows,
)
from dateline.store.records import report_key

MIX = 7_919_317
LETTERS = "ghijklmnopqrstuvwxyz"  # that stand in no name of a store
WORDS = "INSERT INTO {} VALUES ({})"  # of a table, with a sign a column


def told_before(name: str, copy: int) -> str:
    """Return the name of a claim, an event or a part in one of the copies.

    >>> told_before("59994c872a6ff168", 7)
    '59994c872a6fgn68'
    """
    mark = LETTERS[copy // 20] + LETTERS[copy % 20]
    return f"{name[:12]}{mark}{name[14:]}" if len(name) > 14 else name


class Past:
    """A store that is told again of days before its own."""

    def __init__(self, to: sqlite3.Connection) -> None:
        """Read what is told again."""
        self.to = to
        self.held = {
            name: to.execute(f"SELECT * FROM {name}").fetchall()
            for name in (
                *("reports", "claim_rows", "claim_records", "claim_parties"),
                *("claim_modes", "units", "links", "sketches", "shingles"),
                *("summaries", "blocks"),
            )
        }
        self.step = {
            name: max(row[0] for row in self.held[name]) + 1
            for name in ("reports", "claim_rows", "units")
        }
        first, last = to.execute("SELECT min(published), max(published) FROM reports").fetchone()
        self.days = (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
        self.blocks = [np.array(self.held["blocks"], np.int64)]
        self.shingles = [np.array(self.held["shingles"], np.int64)]
        self.rows = unpacked_rows([row[-1] for row in self.held["units"]])

    def fill(self, table: str, rows: Iterator[Any]) -> None:
        """Insert rows of a table."""
        for first in rows:
            signs = ", ".join("?" * len(first))
            self.to.execute(WORDS.format(table, signs), first)
            self.to.executemany(WORDS.format(table, signs), rows)

    def tell(self, copy: int, most: int) -> int:
        """Tell all again, so many copies earlier; return how many claims came."""
        back = copy * self.days
        step = copy * self.step["reports"]
        some = self.chosen(most)
        if not some:
            return 0
        key = {row[1]: report_key(f"{row[2]}-{copy}", row[15]) for row in some}
        reports = (
            (row[0] + step, key[row[1]], f"{row[2]}-{copy}", *row[3:9])
            + (earlier(row[9], back), *row[10:])
            for row in some
        )
        self.fill("reports", reports)
        claims = [row for row in self.held["claim_rows"] if row[1] in key]
        names = {row[4]: told_before(row[4], copy) for row in claims}
        called = {row[1]: row[2] for row in some}
        told = {row[0]: row for row in claims}
        more = copy * self.step["claim_rows"]
        self.fill("claim_rows", (self.claim(row, key[row[1]], copy, back) for row in claims))
        self.fill(
            "claim_records",
            (
                (n + more, self.record(record, told[n], called, copy, back), sense)
                for n, record, sense in self.held["claim_records"]
                if n in told
            ),
        )
        for table in ("claim_parties", "claim_modes"):
            rows = ((n + more, *x) for n, *x in self.held[table] if n in told)
            self.fill(table, rows)
        self.fill("sketches", ((key[r], *x) for r, *x in self.held["sketches"] if r in key))
        self.fill("summaries", self.summaries(names, back))
        self.units(key, copy, back)
        kept = {row[0] for row in some}
        hashes = self.shingles[0]
        hashes = hashes[np.isin(hashes[:, 1], [*kept])]
        other = (hashes[:, 0] + copy * MIX + 2**31) % 2**32 - 2**31
        self.shingles.append(np.stack([other, hashes[:, 1] + step], 1))
        return len(claims)

    def chosen(self, most: int) -> list[Any]:
        """Return the last reports that tell no more than so many claims."""
        if most >= len(self.held["claim_rows"]):
            return self.held["reports"]
        told: dict[str, int] = {}
        for row in self.held["claim_rows"]:
            told[row[1]] = told.get(row[1], 0) + 1
        found = []
        for row in sorted(self.held["reports"], reverse=True):
            most -= told.get(row[1], 0)
            if most < 0:
                break
            found.append(row)
        return found[::-1]

    def claim(self, row: Any, key: str, copy: int, back: int) -> Any:
        """Return the row of a claim, told of another day by a report of another key."""
        number, _, name, rank, event, *_ = row
        own = (told_before(name, copy), rank, told_before(event, copy))
        days = [earlier(day, back) for day in row[8:10]]
        named = (number + copy * self.step["claim_rows"], key, *own, *row[5:8], *days)
        return (*named, *row[10:13], told_before(row[13], copy))

    def record(self, record: str, row: Any, called: dict[str, str], copy: int, back: int) -> str:
        """Return the record of a claim, told of another day by another report."""
        for old in (row[2], row[4]):
            record = record.replace(old, told_before(old, copy))
        renamed = {day: earlier(day, back) for day in row[8:10]}
        report = called[row[1]]
        renamed[report] = f"{report}-{copy}"
        for old, new in renamed.items():
            record = record.replace(f'"{old}"', f'"{new}"')
        return record

    def summaries(self, names: dict[str, str], back: int) -> Iterator[Any]:
        """Yield the sums of events, told of other days."""
        number = count(self.to.execute("SELECT max(number) FROM summaries").fetchone()[0])
        next(number)
        for _, event, day, *told, record, quad in self.held["summaries"]:
            if event in names:
                renamed = record and record.replace(event, names[event])
                yield (next(number), names[event], earlier(day, back), *told, renamed, quad)

    def units(self, key: dict[str, str], copy: int, back: int) -> None:
        """Tell the units of some reports again, with their blocks and links."""
        at = [i for i, row in enumerate(self.held["units"]) if row[3] in key]
        mine = [self.held["units"][i] for i in at]
        more = copy * self.step["units"]
        number = [unit_number(key[row[3]], told_before(row[2], copy)) for row in mine]
        rows = shifted(chosen_rows(self.rows, at), copy, back)
        ranks, packed = rank_rows(rows).tolist(), packed_rows(rows)
        told = (
            (row[0] + more, n, told_before(row[2], copy), key[row[3]])
            + (told_before(row[4], copy), int(same), rank, whole)
            for row, n, same, rank, whole in zip(
                mine, number, rows.same.tolist(), ranks, packed, strict=True
            )
        )
        self.fill("units", told)
        places = np.array([row[0] + more for row in mine], np.int64)
        where = place_in_blocks(rows, places)
        self.blocks.append(np.array(where, np.int64).reshape(-1, 3))
        # Of a pair the unit of the lesser number comes first.
        called = {row[0]: (n, row[0] + more) for row, n in zip(mine, number, strict=True)}
        both = (
            (*(place for _, place in sorted((called[a], called[b]))), *rest)
            for a, b, *rest in self.held["links"]
            if a in called and b in called
        )
        self.fill("links", both)

    def end(self) -> None:
        """Write what is kept in the order of its keys."""
        for table, parts in (("blocks", self.blocks), ("shingles", self.shingles)):
            self.to.execute(f"DELETE FROM {table}")
            whole = np.concatenate(parts)
            whole = whole[np.lexsort(whole.T[::-1])]
            parts.clear()
            for i in range(0, len(whole), 100_000):
                self.fill(table, map(tuple, whole[i : i + 100_000].tolist()))


def earlier(day: str | None, back: int) -> str | None:
    """Return a day so many days before."""
    return str(date.fromisoformat(day[:10]) - timedelta(back)) if day else day


def shifted(rows: Columns, copy: int, back: int) -> Columns:
    """Return rows as they would be of other reports, so many days before."""
    plain = rows.plain.copy()
    for name in ("first", "last", "day"):
        told = plain[:, AT[name]]
        told[told > 0] -= back
    for name in ("report", "told"):
        told = plain[:, AT[name]].astype(np.int64)
        other = FIRST + (told - FIRST + copy * MIX) % (2**31 - FIRST)
        plain[:, AT[name]] = np.where(told > 0, other, 0)
    return replace(rows, plain=plain, same=rows.same ^ (copy * MIX))


def tell_of_the_past(model: str, claims: int, out: str) -> int:
    """Write a store of so many claims; return how many it holds."""
    shutil.copy(model, out)
    with closing(sqlite3.connect(out)) as to:
        to.execute("PRAGMA journal_mode = WAL")
        to.execute("PRAGMA synchronous = OFF")
        to.execute("PRAGMA cache_size = -262144")
        past = Past(to)
        held = len(past.held["claim_rows"])
        for copy in count(1):
            came = past.tell(copy, claims - held)
            held += came
            if held >= claims or not came:
                break
        past.end()
        to.commit()
        to.execute("ANALYZE")
        to.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return held


def main() -> None:
    model, claims, out = sys.argv[1:4]
    print(f"{out}: {tell_of_the_past(model, int(claims), out):,} claims")
