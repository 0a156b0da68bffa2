"""Who has a side in the events of a store, and with whom: counts for pages."""

from typing import Any

from sqlalchemy import ColumnElement, case, distinct, func, select

from dateline.store import tables
from dateline.store.pages import asked, in_time
from dateline.store.sql import SqlStore
from dateline.store.summaries import DAY

Record = dict[str, Any]
C, R, P = tables.claims.c, tables.reports.c, tables.parties.c


def is_party(who: str) -> ColumnElement[bool]:
    """Whether a party is this entity, or bears this code of a country or body."""
    return (P.entity == who) | (P.country == who.upper())


def parties(store: SqlStore, after: str | None, limit: int) -> list[Record]:
    """Return who appears in claims, an id each, with how often and on which side."""
    who = func.coalesce(P.entity, P.country)
    query = select(
        who.label("id"),
        func.min(P.name).label("name"),
        func.min(P.country).label("country"),
        *(
            func.sum(case((P.side == side, 1), else_=0)).label(side)
            for side in ("actor", "recipient", "speaker")
        ),
    ).join(tables.reports, R.key == P.report)
    query = query.where(R.current, who.is_not(None)).group_by(who).order_by(who)
    if after is not None:
        query = query.where(who > after)
    with in_time(store) as to:
        return [dict(row) for row in to.execute(query.limit(limit)).mappings()]


def party(store: SqlStore, who: str) -> list[Record]:
    """Return the names and codes under which a party appears, the commonest first."""
    many = func.count().label("many")
    columns = (P.name, P.country, P.sector, P.side)
    query = select(*columns, many).join(tables.reports, R.key == P.report)
    query = query.where(R.current, is_party(who)).group_by(*columns)
    with in_time(store) as to:
        rows = to.execute(query.order_by(many.desc(), P.name).limit(500)).mappings()
        return [dict(row) for row in rows]


def events_of(store: SqlStore, who: str, most: int) -> tuple[int, list[str]]:
    """Return how many events a party has a side in, and the latest of them."""
    here = (P.report == C.report) & (P.claim == C.id) & (P.side != "speaker")
    with in_time(store) as to:
        day = func.max(func.coalesce(DAY, "")).label("day")
        query = asked(to, {}).join(tables.parties, here).where(is_party(who))
        query = query.with_only_columns(C.event, day).group_by(C.event)
        rows = [(row.day, row.event) for row in to.execute(query.order_by(None))]
    rows.sort(key=lambda row: row[1])
    rows.sort(key=lambda row: row[0], reverse=True)
    return len(rows), [event for _, event in rows[:most]]


def shared(store: SqlStore, a: str, b: str, most: int) -> list[str]:
    """Return the latest events in which two parties both have a side."""
    with in_time(store) as to:
        day = func.max(func.coalesce(DAY, "")).label("day")
        query = asked(to, {}).with_only_columns(C.event, day).order_by(None)
        for who in (a, b):
            here = (P.report == C.report) & (P.claim == C.id) & (P.side != "speaker")
            query = query.where(select(P.rank).where(here, is_party(who)).exists())
        query = query.group_by(C.event).order_by(day.desc(), C.event)
        return [row.event for row in to.execute(query.limit(most))]


def counterparts(store: SqlStore, who: str, most: int = 15) -> list[Record]:
    """Return who stands on the other side of a party's events, and how often."""
    other = tables.parties.alias()
    o = other.c
    across = (P.report == o.report) & (P.claim == o.claim) & (P.side != o.side)
    sides = P.side.in_(("actor", "recipient")) & o.side.in_(("actor", "recipient"))
    code = func.coalesce(o.entity, o.country)
    many = func.count(distinct(C.event)).label("many")
    query = (
        select(code.label("id"), func.min(o.name).label("name"), many)
        .select_from(tables.parties)
        .join(other, across)
        .join(tables.claims, (C.report == P.report) & (C.id == P.claim))
        .join(tables.reports, R.key == C.report)
        .where(R.current, is_party(who), sides, code.is_not(None))
        .group_by(code)
        .order_by(many.desc(), code)
        .limit(most)
    )
    with in_time(store) as to:
        return [dict(row) for row in to.execute(query).mappings()]
