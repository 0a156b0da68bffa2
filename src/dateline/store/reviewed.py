"""Puts one claim in the place of another, in the copy of a store as reviewed."""

from typing import Any

from sqlalchemy import Connection, delete, func, select

from dateline.store import rows, summaries, tables
from dateline.store.sql import SqlStore

Record = dict[str, Any]
C = tables.claims.c
BESIDE = (tables.parties, tables.modes, tables.reasons)


def put(store: SqlStore, old: Record, new: Record | None) -> None:
    """Put a claim in the place of one that may be there; None takes that one out."""

    def work(to: Connection) -> None:
        r = tables.reports.c
        asked = select(r.key).where(r.id == old["report"], r.current)
        key = to.execute(asked).scalar()
        if key is None:
            return
        rank = taken_out(to, key, old["id"])
        if new is not None:
            put_in(to, key, rank, new)
        summaries.touch(to, {old["event"], (new or old)["event"]})

    store.writing(work)


def taken_out(to: Connection, key: str, claim: str) -> int:
    """Take a claim out; return its rank, or the next one where it was not there."""
    mine = (C.report == key) & (C.id == claim)
    rank = to.execute(select(C.rank).where(mine)).scalar()
    for table in BESIDE:
        to.execute(delete(table).where(table.c.report == key, table.c.claim == claim))
    to.execute(delete(tables.claims).where(mine))
    if rank is None:
        most = to.execute(select(func.max(C.rank)).where(C.report == key)).scalar()
        rank = 0 if most is None else most + 1
    return int(rank)


def put_in(to: Connection, key: str, rank: int, claim: Record) -> None:
    """Put a claim in at a rank."""
    event = {"id": claim["event"], "deed": claim["deed"]}
    rows.add_new(to, tables.events, [event])
    rows.add(to, tables.claims, [rows.claim_row(key, rank, claim)])
    rows.add(to, tables.parties, list(rows.party_rows(key, claim)))
    rows.add(to, tables.modes, list(rows.mode_rows(key, claim)))
    rows.add(to, tables.reasons, list(rows.reason_rows(key, claim)))
