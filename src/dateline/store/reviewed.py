"""Puts one claim in the place of another, in the copy of a store as reviewed."""

from typing import Any

from sqlalchemy import Connection, func, select

from dateline.store import rows, summaries, tables
from dateline.store.happenings import waiting
from dateline.store.sql import SqlStore

Record = dict[str, Any]
C = tables.claims.c


def replace_claim(store: SqlStore, old: Record, new: Record | None) -> None:
    """Put a claim in the place of one that may be there; None takes that one out."""

    def work(to: Connection) -> None:
        r = tables.reports.c
        asked = select(r.key).where(r.id == old["report"], r.current)
        key = to.execute(asked).scalar()
        if key is None:
            return
        rank, part = taken_out(to, key, old["id"])
        if new is not None:
            insert_claim(to, key, (rank, part or new["event"]), new)
        if not part:  # what takes the place of another stands in its event
            rows.add_new(to, waiting, [{"report": key}])
        summaries.touch(to, {old["event"], (new or old)["event"]})

    store.writing(work)


def taken_out(to: Connection, key: str, claim: str) -> tuple[int, str]:
    """Take a claim out; return its rank and part, or the next rank and no part."""
    mine = (C.report == key) & (C.id == claim)
    old = to.execute(select(C.rank, C.part).where(mine)).first()
    rows.take_claims_out(to, mine)
    if old is not None:
        return int(old.rank), str(old.part)
    most = to.execute(select(func.max(C.rank)).where(C.report == key)).scalar()
    return (0 if most is None else most + 1), ""


def insert_claim(to: Connection, key: str, at: tuple[int, str], claim: Record) -> None:
    """Put a claim in at a rank, as a part."""
    rank, part = at
    row = rows.claim_row(key, rank, claim) | {"part": part}
    rows.insert_claims(to, [(row, claim, None)])
