"""Care of a store: is it sound, a copy of it, its room given back."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection, insert, select

from dateline.model.aside import write_aside
from dateline.store import tables
from dateline.store.connect import address, path_of, read_only_options
from dateline.store.errors import StoreDamaged, StoreError, StoreFull, StoreInUse
from dateline.store.keys import report_key
from dateline.store.sql import AT_ONCE, SqlStore, streamed


def find_store_faults(store: SqlStore) -> list[str]:
    """Return what is wrong with a store: its pages, its links, its words."""
    try:
        with store.reading() as to:
            found = list(pages(to)) if to.dialect.name == "sqlite" else []
        return found or [
            *find_broken_links(store),
            *find_misfit_words(store),
            *versions(store),
        ]
    except StoreDamaged as error:
        return [str(error)]


def pages(to: Connection) -> Iterator[str]:
    """Yield what SQLite itself finds."""
    for row in to.exec_driver_sql("PRAGMA integrity_check(20)"):
        if row[0] != "ok":
            yield str(row[0])
    for table, _, parent, _ in to.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"a row of {table} names a row of {parent} that is not there"


def find_broken_links(store: SqlStore) -> Iterator[str]:
    """Yield rows that belong to a claim or report that is not there."""
    c, k = tables.claims.c, tables.records.c
    with store.reading() as to:
        for name, column in (
            ("record", k.number),
            ("parties", tables.parties.c.claim),
            ("modes", tables.modes.c.claim),
        ):
            owner = select(c.number).where(c.number == column)
            asked = select(column).where(~owner.exists()).distinct().limit(5)
            for number in to.execute(asked).scalars():
                yield f"{name} of claim number {number} belong to no claim"
        asked = select(c.id).where(
            ~select(k.number).where(k.number == c.number).exists()
        )
        for claim in to.execute(asked.limit(5)).scalars():
            yield f"claim {claim} has no record"


def find_misfit_words(store: SqlStore) -> Iterator[str]:
    """Yield claims whose columns or words are not those of their report."""
    r, c, k = tables.reports.c, tables.claims.c, tables.records.c
    asked = (
        select(r.key, r.id, r.text, c.id.label("claim"), c.type, c.status, k.record)
        .join_from(tables.claims, tables.reports, r.key == c.report)
        .join(tables.records, k.number == c.number)
        .order_by(r.key)
    )
    with store.reading() as to, streamed(to, asked) as found:
        for row in found.mappings():
            yield from misfit(row)


def misfit(row: Any) -> Iterator[str]:
    """Yield what does not fit in one claim."""
    claim, at = row["record"], f"claim {row['claim']} of {row['id']}"
    for name in ("type", "status"):
        if claim[name] != row[name]:
            yield f"{at}: {name} is {row[name]} in its column, {claim[name]} in itself"
    for part in ("trigger", "evidence"):
        told = claim[part]
        if row["text"][told["start"] : told["end"]] != told["text"]:
            yield f"{at}: the words of its {part} are not in the report"


def versions(store: SqlStore) -> Iterator[str]:
    """Yield reports whose text is no longer what their key was made of.

    One that a person was taken out of says so itself.
    """
    forgotten = {p["report"] for p in store.problems() if p["code"] == "forgotten"}
    for row in store.reports():
        blotted = row["id"] in forgotten
        if not blotted and report_key(row["id"], row["text"]) != row["key"]:
            yield f"report {row['id']}: its text has been changed"


def compact_store(store: SqlStore) -> None:
    """Give room back, merge the index of words, renew what the planner knows."""
    if store.engine.dialect.name == "sqlite":
        statements = ["INSERT INTO reports_text(reports_text) VALUES ('optimize')"]
        store.writing(lambda to: [to.exec_driver_sql(s) for s in statements])
        statements = ["VACUUM", "ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"]
    else:
        statements = ["VACUUM ANALYZE"]
    with store.plainly():
        raw = store.engine.raw_connection()
        with closing(raw):
            if store.engine.dialect.name != "sqlite":
                raw.driver_connection.autocommit = True  # type: ignore[union-attr]
            for statement in statements:
                raw.cursor().execute(statement)


def copy_store(store: SqlStore, out: str) -> None:
    """Copy a store as it is at one moment, while others go on writing.

    A file is written aside, made safe and put in place in one step; into an empty
    store on a server the rows are copied.
    """
    target = path_of(address(out))
    if target is None or store.file is None:
        copy(store, out)
        return
    log = target.with_name(f"{target.name}-wal")
    if log.exists() and log.stat().st_size:
        told = f"{out} is a store that is written to (or its writer was killed)"
        raise StoreInUse(f"{told}: name another file")
    if target.exists() and target.samefile(store.file):
        raise StoreError(f"{out} is this store itself: name another file")
    try:
        with (
            write_aside(target) as path,
            closing(raw(store)) as source,
            closing(sqlite3.connect(path)) as to,
        ):
            source.backup(to)
    except (sqlite3.Error, OSError) as error:
        raise StoreFull(f"{out}: {error}") from error


def raw(store: SqlStore) -> sqlite3.Connection:
    """Return a plain connection that reads an SQLite store."""
    file: Any = store.file
    asked = urlencode({**read_only_options(file), "uri": "true"})
    return sqlite3.connect(f"{file.absolute().as_uri()}?{asked}", uri=True)


def go_on_counting(to: Connection) -> None:
    """Let a server number new rows after those that were copied with their numbers."""
    if to.dialect.name != "postgresql":
        return
    for table in tables.metadata.sorted_tables:
        counted = table.autoincrement_column
        if counted is not None and counted.name == "number":
            to.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'number'),"
                f" coalesce(max(number), 0) + 1, false) FROM {table.name}"
            )


def copy(store: SqlStore, out: str) -> None:
    """Copy all rows into an empty store of another kind."""

    def work(to: Connection) -> None:
        with store.reading() as source:
            for table in tables.metadata.sorted_tables:
                with streamed(source, select(table)) as found:
                    for rows in found.mappings().partitions(AT_ONCE):
                        to.execute(insert(table), [dict(row) for row in rows])
            go_on_counting(to)

    with SqlStore(out) as other:
        if other.counts()["reports"]:
            told = f"{other.where} holds reports already: name an empty store"
            raise StoreError(told)
        other.writing(work)
