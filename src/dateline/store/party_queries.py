"""Who has a side in the events of a store, who is quoted, who relays whom: counts."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Join, Select, and_, case, distinct, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler

from dateline.resources.reference.countries import countries
from dateline.store.cache import remembered
from dateline.store.database import tables
from dateline.store.database.tables import SIDES
from dateline.store.listings import read_in_time, rows_in_time
from dateline.store.sql import SqlStore
from dateline.store.summaries import S, summaries

Record = dict[str, Any]
C, R, P = tables.claims.c, tables.reports.c, tables.parties.c
SPEAKER = P.side == "speaker"
REPORT = (tables.reports, R.key == C.report)
"""How the report of a claim is joined to it."""
BOTH = ("actor", "recipient")


class Ordered(Join):
    """A join that SQLite makes in the order told, whatever it believes of its tables.

    Where a few codes are in most claims it takes every code for frequent, and goes
    through all claims to find one party's.
    """

    inherit_cache = True


@compiles(Ordered, "sqlite")
def cross_join(join: Ordered, compiler: SQLCompiler, **how: Any) -> str:
    """Write the join as SQLite's CROSS JOIN, which it does not turn about."""
    how = {**how, "asfrom": True, "from_linter": None}
    left, right = (compiler.process(side, **how) for side in (join.left, join.right))
    assert join.onclause is not None
    return f"{left} CROSS JOIN {right} ON {compiler.process(join.onclause)}"


def join_in_order(first: FromClause, *then: tuple[FromClause, ColumnElement[bool]]) -> Join:
    """Return tables joined one after the other, each by its condition."""
    for table, here in then:
        first = Ordered(first, table, here)
    assert isinstance(first, Join)
    return first


def sides_of_party(who: str, sides: tuple[str, ...] = SIDES) -> Any:
    """Return where a party stands: this entity, or this code of a country or body.

    Each of the two is looked up in its own index: asked for together they make SQLite
    go through every party there is.
    """
    found = select(P.claim, P.side, P.rank).where(P.side.in_(sides))
    one, other = found.where(P.entity == who), found.where(P.country == who.upper())
    return one.union(other).cte("mine")


def claims_with_party(query: Select[Any], mine: Any) -> Select[Any]:
    """Return a query over the current claims in which a party stands."""
    joined = join_in_order(mine, (tables.claims, C.number == mine.c.claim), REPORT)
    return query.select_from(joined).where(R.current)


@remembered
def list_parties(store: SqlStore, after: str | None, limit: int) -> list[Record]:
    """Return who appears in claims, an id each, with how often and on which side."""
    who = func.coalesce(P.entity, P.country)
    query = select(
        who.label("id"),
        func.min(P.name).label("name"),
        func.min(P.country).label("country"),
        *(func.sum(case((P.side == side, 1), else_=0)).label(side) for side in SIDES),
    ).join(tables.claims, C.number == P.claim)
    query = query.join(*REPORT)
    query = query.where(R.current, who.is_not(None)).group_by(who).order_by(who)
    if after is not None:
        query = query.where(who > after)
    return [
        row | {"name": party_name(row["id"], row["name"])}
        for row in rows_in_time(store, query.limit(limit))
    ]


def party_name(who: str, told: str) -> str:
    """Return what a party is called: a state by its name, others as they are told.

    >>> party_name("RUS", "1,000 Russian soldiers"), party_name("person:x", "Ana Roy")
    ('Russia', 'Ana Roy')
    """
    return countries().name_of(who) if countries().by_code(who) else told


@remembered
def named_party(store: SqlStore, words: str) -> str:
    """Return the id or code of a party by its name, as told; a code stays.

    Of several who go by some words it is whom most claims name.
    """
    if state := countries().by_code(words.upper()) or countries().by_name(words):
        return state.code
    who = func.coalesce(P.entity, P.country)
    exact = func.max(case((func.lower(P.name) == words.lower(), 1), else_=0))
    query = select(who.label("id"), func.count().label("many"))
    query = query.where(P.name.icontains(words, autoescape=True), who.is_not(None))
    query = query.group_by(who).order_by(exact.desc(), func.count().desc(), who)
    with read_in_time(store) as to:
        known = select(P.entity).where((P.entity == words) | (P.country == words))
        if to.execute(known.limit(1)).first() is not None:
            return words
        row = to.execute(query.limit(1)).first()
    return str(row.id) if row else words


@remembered
def names_of_party(store: SqlStore, who: str) -> list[Record]:
    """Return the names and codes under which a party appears, the commonest first."""
    many = func.count().label("many")
    columns = (P.name, P.country, P.sector, P.side)
    mine = sides_of_party(who)
    query = select(*columns, many)
    names = ("claim", "side", "rank")
    same = and_(*(P[name] == mine.c[name] for name in names))
    here = (tables.claims, C.number == mine.c.claim)
    query = query.select_from(join_in_order(mine, (tables.parties, same), here, REPORT))
    query = query.where(R.current).group_by(*columns)
    return rows_in_time(store, query.order_by(many.desc(), P.name).limit(500))


@remembered
def latest_events_of_party(
    store: SqlStore, who: str, most: int, until: str | None = None
) -> tuple[int, list[str]]:
    """Return how many events a party has a side in, and the latest up to a day."""
    mine = sides_of_party(who, BOTH)
    day = func.max(S.day).label("day")
    query = claims_with_party(select(C.event, day), mine).group_by(C.event)
    query = query.join(summaries, S.event == C.event)
    rows = [(row["day"], row["event"]) for row in rows_in_time(store, query)]
    rows = [row for row in rows if not until or "" < row[0] <= until]
    rows.sort(key=lambda row: row[1])
    rows.sort(key=lambda row: row[0], reverse=True)
    return len(rows), [event for _, event in rows[:most]]


@remembered
def events_of_both(store: SqlStore, a: str, b: str, most: int) -> list[str]:
    """Return the latest events in which two parties both have a side."""
    day = func.max(S.day)
    with read_in_time(store) as to:
        # Whoever is told more seldom is gone through.
        often = {
            who: to.execute(
                select(func.count()).select_from(sides_of_party(who, BOTH))
            ).scalar_one()
            for who in (a, b)
        }
        rarer, other = sorted((a, b), key=lambda who: often[who])
        query = claims_with_party(select(C.event), sides_of_party(rarer, BOTH))
        query = query.join(summaries, S.event == C.event)
        here = (P.claim == C.number) & P.side.in_(BOTH)
        is_other = (P.entity == other) | (P.country == other.upper())
        query = query.where(select(P.rank).where(here, is_other).exists())
        query = query.group_by(C.event).order_by(day.desc(), C.event)
        return list(to.execute(query.limit(most)).scalars())


@remembered
def frequent_pairs(store: SqlStore, good: str, most: int = 40) -> list[Record]:
    """Return who meets whom in most events, with how many are of the `good` types."""
    other = tables.parties.alias()
    o = other.c
    one, two = (func.coalesce(side.entity, side.country) for side in (P, o))
    across = (P.claim == o.claim) & (o.side == "recipient")
    friendly = case((C.type.in_(good.split()), C.event))
    low, high = case((one < two, one), else_=two), case((one < two, two), else_=one)
    names = (case((one < two, a), else_=b) for a, b in ((P.name, o.name), (o.name, P.name)))
    query = (
        select(
            low.label("a"),
            high.label("b"),
            *(func.min(n).label(f"name_{s}") for s, n in zip("ab", names, strict=True)),
            func.count(distinct(C.event)).label("many"),
            func.count(distinct(friendly)).label("good"),
        )
        .select_from(tables.parties)
        .join(other, across)
        .join(tables.claims, C.number == P.claim)
        .join(*REPORT)
        .where(R.current, P.side == "actor", one != two)
        .group_by(low, high)
    )
    many = func.count(distinct(C.event)).desc()
    rows = rows_in_time(store, query.order_by(many, low, high).limit(most))
    for row in rows:
        row |= {f"name_{s}": party_name(row[s], row[f"name_{s}"]) for s in "ab"}
    return rows


@remembered
def counterparts(store: SqlStore, who: str, most: int = 15) -> list[Record]:
    """Return who stands on the other side of a party's events, and how often."""
    other = tables.parties.alias()
    o = other.c
    mine = sides_of_party(who, BOTH)
    m = mine.c
    across = (m.claim == o.claim) & (m.side != o.side)
    here, their = (tables.claims, C.number == m.claim), REPORT
    code = func.coalesce(o.entity, o.country)
    many = func.count(distinct(C.event)).label("many")
    query = (
        select(code.label("id"), func.min(o.name).label("name"), many)
        .select_from(join_in_order(mine, (other, across), here, their))
        .where(R.current, o.side.in_(BOTH), code.is_not(None))
        .group_by(code)
        .order_by(many.desc(), code)
        .limit(most)
    )
    return [
        row | {"name": party_name(row["id"], row["name"])} for row in rows_in_time(store, query)
    ]


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
        .join(*REPORT)
        .where(R.current)
        .group_by(s.name)
        .order_by(claims.desc(), s.name)
        .limit(most)
    )
    return rows_in_time(store, query)


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
        .select_from(join_in_order(mine, here, REPORT))
        .where(R.current)
    )
    return rows_in_time(store, query)[0]


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
        .join(*REPORT)
        .where(R.current, SPEAKER)
        .group_by(P.name, i.name)
    )
    first = (
        select(R.outlet.label("relay"), P.name.label("speaker"), claims)
        .select_from(tables.parties)
        .join(tables.claims, C.number == P.claim)
        .join(*REPORT)
        .where(R.current, SPEAKER, P.rank == 0, R.outlet != "")
        .group_by(R.outlet, P.name)
    )
    both = chain.union_all(first).subquery()
    b, every = both.c, func.sum(both.c.claims).label("claims")
    query = select(b.relay, b.speaker, every).group_by(b.relay, b.speaker)
    query = query.order_by(every.desc(), b.relay, b.speaker).limit(most)
    return rows_in_time(store, query)


@remembered
def count_own_voice(store: SqlStore) -> tuple[int, int]:
    """Return how many claims reports tell in their own voice, of how many."""
    with read_in_time(store) as to:
        every = select(func.count()).select_from(tables.claims)
        every = every.join(*REPORT).where(R.current)
        says = (P.claim == C.number) & SPEAKER
        own = every.where(~select(P.rank).where(says).exists())
        return int(to.execute(own).scalar() or 0), int(to.execute(every).scalar() or 0)


def count_problems(store: SqlStore, code: str, most: int) -> tuple[list[Record], list[Record]]:
    """Return how often each problem occurs, and the first of them, or of one code."""
    p = tables.problems.c
    many = func.count().label("many")
    kinds = select(p.stage, p.code, many).group_by(p.stage, p.code)
    rows = select(tables.problems).order_by(p.report, p.stage, p.code).limit(most)
    if code:
        rows = rows.where(p.code == code)
    counted = rows_in_time(store, kinds.order_by(many.desc(), p.code))
    return counted, rows_in_time(store, rows)


def problems_of(store: SqlStore, report: str) -> list[Record]:
    """Return what could not be done with one report."""
    p = tables.problems.c
    query = select(p.stage, p.code, p.message).where(p.report == report)
    return rows_in_time(store, query.order_by(p.stage, p.code))


def custody(store: SqlStore) -> Record:
    """Return how many records were read, and what became of them."""
    names = ("read", "stored", "rejected", "quarantined", "duplicate")
    sums = (func.coalesce(func.sum(tables.inputs.c[n]), 0).label(n) for n in names)
    return {n: int(v) for n, v in rows_in_time(store, select(*sums))[0].items()}


def captured(store: SqlStore, key: str) -> list[Record]:
    """Return where a version of a report was found, and when it was fetched."""
    c = tables.captures.c
    query = select(c.found_at, c.fetched, c.tool).where(c.report == key)
    return rows_in_time(store, query.order_by(c.found_at))
