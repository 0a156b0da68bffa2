"""Saved searches: filters with a name, and how far each has told of what is new.

Their table is made when the first search is saved: a store without one has none.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    insert,
    inspect,
    select,
    update,
)

from dateline.store import listings, summaries
from dateline.store.database.tables import Words
from dateline.store.errors import Missing, StoreError
from dateline.store.sql import SqlStore

Record = dict[str, Any]
LONGEST = 80  # characters of a name
searches = Table(
    "searches",
    MetaData(),
    Column("name", Words, primary_key=True),
    Column("asked", JSON, nullable=False),
    Column("saved_by", Words, nullable=False),
    Column("saved", String(40), nullable=False),
    Column("hook", Words, nullable=False),
    Column("last", Integer, nullable=False),
    Column("failures", Integer, nullable=False),
    Column("fault", Words, nullable=False),
)
N = searches.c


def save_search(
    store: SqlStore, name: str, asked: Mapping[str, str], by: str, hook: str = ""
) -> None:
    """Keep filters under a name, in the place of an older search of that name.

    What is new is told from now on. Raises StoreError for a name that is none, and for
    filters that no event could pass.
    """
    name = name.strip()
    if not name or len(name) > LONGEST or not name.isprintable() or "/" in name:
        told = f"a search's name is 1 to {LONGEST} printable characters without /"
        raise StoreError(told)
    if not asked:
        raise StoreError("a search without any filter is the whole record: set one")
    with listings.read_in_time(store) as to:
        listings.events_query(to, asked)
        last = summaries.newest_change(to)
    row: Record = {"name": name, "asked": dict(asked), "saved_by": by, "hook": hook}
    row |= {"saved": datetime.now(UTC).isoformat(timespec="seconds"), "last": last}
    row |= {"failures": 0, "fault": ""}

    def work(to: Connection) -> None:
        searches.create(to, checkfirst=True)
        to.execute(delete(searches).where(N.name == name))
        to.execute(insert(searches).values(**row))

    store.writing(work)


def list_searches(store: SqlStore) -> list[Record]:
    """Return the saved searches, by name; none of a store without their table."""
    with store.reading() as to:
        if not inspect(to).has_table(searches.name):
            return []
        asked = select(searches).order_by(N.name)
        return [dict(row) for row in to.execute(asked).mappings()]


def named_search(store: SqlStore, name: str) -> Record:
    """Return a saved search; raises Missing for none of that name."""
    found = next((row for row in list_searches(store) if row["name"] == name), None)
    if found is None:
        raise Missing(f"no saved search {name!r}: see `dateline searches list`")
    return found


def remove_search(store: SqlStore, name: str) -> None:
    """Take a saved search away; raises Missing for none of that name."""
    named_search(store, name)
    store.writing(lambda to: to.execute(delete(searches).where(N.name == name)))


def note_told(store: SqlStore, name: str, last: int, fault: str = "") -> None:
    """Keep how far a search has told of what is new, or why it could not."""
    mine = update(searches).where(N.name == name)
    if fault:
        mine = mine.values(failures=N.failures + 1, fault=fault)
    else:
        mine = mine.values(last=last, failures=0, fault="")
    store.writing(lambda to: to.execute(mine))


def newest_events(
    store: SqlStore, where: Mapping[str, str], after: int, most: int
) -> list[tuple[int, str]]:
    """Return the events that pass filters and were written after a number, in order.

    Where more than `most` were, they are the first; with `after` below 0 the last.
    """
    s = summaries.summaries.c
    with listings.read_in_time(store) as to:
        asked = listings.events_query(to, where).add_columns(s.number)
        if after < 0:
            rows = to.execute(asked.order_by(s.number.desc()).limit(most)).all()[::-1]
        else:
            asked = asked.where(s.number > after).order_by(s.number).limit(most)
            rows = list(to.execute(asked).all())
    return [(row.number, row.event) for row in rows]
