"""Who is quoted, who relays whom, what went wrong: counts over a store for pages."""

from typing import Any

from sqlalchemy import case, distinct, func, select

from dateline.store import tables
from dateline.store.ordered import join_in_order
from dateline.store.pages import read_in_time
from dateline.store.remembered import remembered
from dateline.store.sides import sides_of_party
from dateline.store.sql import SqlStore

Record = dict[str, Any]
C, R, P = tables.claims.c, tables.reports.c, tables.parties.c
SPEAKER = P.side == "speaker"


@remembered
def count_speakers(store: SqlStore, most: int = 100) -> list[Record]:
    """Return the speakers, how many claims and reports rest on each, and outlets."""
    claims = func.count().label("claims")
    named = case((P.name != "", P.name), else_=P.words).label("name")
    said = select(named, P.country, P.entity, P.claim).where(SPEAKER).subquery()
    s = said.c
    query = (
        select(
            s.name,
            func.min(s.country).label("country"),
            func.min(s.entity).label("entity"),
            claims,
            func.count(distinct(R.id)).label("reports"),
            func.count(distinct(R.outlet)).label("outlets"),
        )
        .select_from(said)
        .join(tables.claims, C.number == s.claim)
        .join(tables.reports, R.key == C.report)
        .where(R.current)
        .group_by(s.name)
        .order_by(claims.desc(), s.name)
        .limit(most)
    )
    with read_in_time(store) as to:
        return [dict(row) for row in to.execute(query).mappings()]


@remembered
def count_quotes(store: SqlStore, who: str) -> Record:
    """Return how often a party is quoted: claims, reports, outlets."""
    mine = sides_of_party(who, ("speaker",))
    m = mine.c
    here = (tables.claims, C.number == m.claim)
    query = (
        select(
            func.count(distinct(m.claim)).label("claims"),
            func.count(distinct(C.report)).label("reports"),
            func.count(distinct(R.outlet)).label("outlets"),
        )
        .select_from(join_in_order(mine, here, (tables.reports, R.key == C.report)))
        .where(R.current)
    )
    with read_in_time(store) as to:
        return dict(to.execute(query).mappings().one())


@remembered
def relayed(store: SqlStore, most: int = 100) -> list[Record]:
    """Return who relays whom: outer and inner speaker, or the outlet and its first."""
    inner = tables.parties.alias()
    i = inner.c
    next_in = (P.claim == i.claim) & (i.rank == P.rank + 1)
    claims = func.count().label("claims")
    chain = (
        select(P.name.label("relay"), i.name.label("speaker"), claims)
        .select_from(tables.parties)
        .join(inner, next_in & (i.side == "speaker"))
        .join(tables.claims, C.number == P.claim)
        .join(tables.reports, R.key == C.report)
        .where(R.current, SPEAKER)
        .group_by(P.name, i.name)
    )
    first = (
        select(R.outlet.label("relay"), P.name.label("speaker"), claims)
        .select_from(tables.parties)
        .join(tables.claims, C.number == P.claim)
        .join(tables.reports, R.key == C.report)
        .where(R.current, SPEAKER, P.rank == 0, R.outlet != "")
        .group_by(R.outlet, P.name)
    )
    both = chain.union_all(first).subquery()
    b, every = both.c, func.sum(both.c.claims).label("claims")
    query = select(b.relay, b.speaker, every).group_by(b.relay, b.speaker)
    query = query.order_by(every.desc(), b.relay, b.speaker).limit(most)
    with read_in_time(store) as to:
        return [dict(row) for row in to.execute(query).mappings()]


@remembered
def count_own_voice(store: SqlStore) -> tuple[int, int]:
    """Return how many claims reports tell in their own voice, of how many."""
    with read_in_time(store) as to:
        every = select(func.count()).select_from(tables.claims)
        every = every.join(tables.reports, R.key == C.report).where(R.current)
        says = (P.claim == C.number) & SPEAKER
        own = every.where(~select(P.rank).where(says).exists())
        return int(to.execute(own).scalar() or 0), int(to.execute(every).scalar() or 0)


def count_problems(
    store: SqlStore, code: str, most: int
) -> tuple[list[Record], list[Record]]:
    """Return how often each problem occurs, and the first of them, or of one code."""
    p = tables.problems.c
    many = func.count().label("many")
    kinds = select(p.stage, p.code, many).group_by(p.stage, p.code)
    rows = select(tables.problems).order_by(p.report, p.stage, p.code).limit(most)
    if code:
        rows = rows.where(p.code == code)
    with read_in_time(store) as to:
        counted = to.execute(kinds.order_by(many.desc(), p.code)).mappings()
        return [dict(k) for k in counted], [
            dict(r) for r in to.execute(rows).mappings()
        ]


def problems_of(store: SqlStore, report: str) -> list[Record]:
    """Return what could not be done with one report."""
    p = tables.problems.c
    query = select(p.stage, p.code, p.message).where(p.report == report)
    with read_in_time(store) as to:
        return [dict(r) for r in to.execute(query.order_by(p.stage, p.code)).mappings()]


def custody(store: SqlStore) -> Record:
    """Return how many records were read, and what became of them."""
    names = ("read", "stored", "rejected", "quarantined", "duplicate")
    sums = (func.coalesce(func.sum(tables.inputs.c[n]), 0).label(n) for n in names)
    with read_in_time(store) as to:
        return {
            n: int(v) for n, v in to.execute(select(*sums)).mappings().one().items()
        }


def captured(store: SqlStore, key: str) -> list[Record]:
    """Return where a version of a report was found, and when it was fetched."""
    c = tables.captures.c
    query = select(c.found_at, c.fetched, c.tool).where(c.report == key)
    with read_in_time(store) as to:
        return [dict(r) for r in to.execute(query.order_by(c.found_at)).mappings()]
