"""What pages and their API ask of a store: events and reports page by page, in time.

Reports are listed newest first, or those that hold words, with passages.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    case,
    distinct,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.exc import OperationalError

from dateline.store.cache import remembered
from dateline.store.database import filters, tables
from dateline.store.database.filters import (
    AHEAD,
    FILTERS,
    OF_PAGES,
    RECORD,
    choose_claims,
    match_claims,
    matching_reports,
)
from dateline.store.errors import StoreError, TooSlow
from dateline.store.sql import SqlStore
from dateline.store.summaries import summaries

Record = dict[str, Any]
Told = tuple[Record, Record]
Key = tuple[str, str]
C, R, S = tables.claims.c, tables.reports.c, summaries.c
SECONDS = 5.0  # that one page may take
STEPS = 500_000  # of SQLite's machine between two looks at the clock
FIRM = ("happened", "ongoing", "recurring")
DENIED = ("denied", "negated")
OF_EVENTS = ("told_by", "origins")
SURE = S.record["confidence"].as_float()
"""How sure an event is, as it was summed up."""
MORE = (*OF_PAGES, *OF_EVENTS, "search")
NAMES = (*FILTERS, *MORE)
"""Every filter that a page or the API may have."""
SORTS = ("day", "sure")
"""In what order events may be listed: the latest or the surest first."""
FACETS = {"type": C.type, "status": C.status, "country": C.country, "outlet": R.outlet}
OWN_DAY = S.record[("when", "precision")].as_string().is_not(None)
"""Whether an event has a day of its own: others are filed under their publication."""
AGAINST = S.record["status"].as_string().in_(DENIED)
REPORT_HEAD = (R.key, R.id, R.title, R.outlet, R.published, R.url, R.language)
PUBLISHED = func.coalesce(func.substr(R.published, 1, 10), "")
OF_REPORTS = ("outlet", "since", "until", "search")
"""The filters over reports; days are of publication."""
BEGIN, END = "\ue000", "\ue001"  # around each word that was looked for
MARKED = re.compile(f"{BEGIN}([^{END}]*){END}")
BESIDE = 90  # characters shown on each side of a word that was looked for
MOST_PASSAGES = 3


@contextmanager
def read_in_time(store: SqlStore, seconds: float = SECONDS) -> Iterator[Connection]:
    """Read a store for so many seconds at the most."""
    ends = monotonic() + seconds
    with store.reading() as to:
        plain: Any = to.connection.driver_connection
        lite = to.dialect.name == "sqlite"
        if lite:
            plain.set_progress_handler(lambda: monotonic() > ends, STEPS)
        else:
            limit = int(seconds * 1000)
            to.exec_driver_sql(f"SET LOCAL statement_timeout = {limit}")
        try:
            yield to
        except OperationalError as error:
            if monotonic() < ends:
                raise
            told = f"this took more than {seconds:g} seconds: narrow the filters"
            raise TooSlow(told) from error
        finally:
            if lite:
                plain.set_progress_handler(None, 0)


def rows_in_time(store: SqlStore, query: Any) -> list[Record]:
    """Return the rows that a query gives, in the time that a page may take."""
    with read_in_time(store) as to:
        return [dict(row) for row in to.execute(query).mappings()]


def count_rows(to: Connection, query: Select[Any]) -> int:
    """Return how many rows a query gives."""
    return to.execute(select(func.count()).select_from(query.subquery())).scalar_one()


def claims_query(
    to: Connection, where: Mapping[str, str], *columns: ColumnElement[Any]
) -> Select[Any]:
    """Return the query for columns of the claims that pass filters of `NAMES`.

    Raises StoreError for a filter or a value that does not exist.
    """
    unknown = sorted(set(where) - set(NAMES))
    if unknown:
        raise StoreError(f"no filter {unknown[0]!r}: there are {', '.join(NAMES)}")
    filters.check_filter(to, where)
    plain = {name: value for name, value in where.items() if name not in OF_EVENTS}
    return choose_claims(plain, to.dialect.name, *columns)


def events_query(to: Connection, where: Mapping[str, str]) -> Select[Any]:
    """Return the query for the events of which a claim passes filters: day, event."""
    query = select(S.day, S.event)
    if "sure" in where:
        sure = filters.read_share(where["sure"])
        query = query.where((sure <= SURE) | S.record.is_(None))
        where = {name: value for name, value in where.items() if name != "sure"}
    if least := filter_number(where, "origins"):
        # One that is still to be summed up may have them: it is looked at later.
        query = query.where((S.origins >= least) | S.origins.is_(None))
    if not set(where) - {"origins"}:
        return query
    told = claims_query(to, where, C.event)
    if least := filter_number(where, "told_by"):
        every = choose_claims({}, to.dialect.name, C.event)
        often = func.count(distinct(C.report)) >= least
        query = query.where(S.event.in_(every.group_by(C.event).having(often)))
    return query.where(S.event.in_(told))


def keep_passing(records: Iterable[Record], where: Mapping[str, str]) -> list[Record]:
    """Return the records that pass what the store could not ask of them yet."""
    least, sure = (filter_number(where, "origins"), filters.read_share(where.get("sure", "0")))
    return [
        record
        for record in records
        if record["origins"] >= least and record.get("confidence", 1) >= sure
    ]


def filter_number(where: Mapping[str, str], name: str) -> int:
    """Return a filter that is a number, 0 where it is not set."""
    told = where.get(name, "0")
    if not (told.isascii() and told.isdecimal()) or len(told) > 9:
        raise StoreError(f"{name} {told!r} is no number")
    return int(told)


def event_ids(
    store: SqlStore, where: Mapping[str, str], after: Key | None, limit: int, sort: str = "day"
) -> list[Key]:
    """Return (day, event) of the events that pass filters, the latest day first.

    With `sort` "sure" it is (how sure, event), the surest first. Raises StoreError for
    another sort, and for a place in a list that is of the other one.
    """
    if sort not in SORTS:
        raise StoreError(f"no sort {sort!r}: there are {', '.join(SORTS)}")
    by: Any = S.day if sort == "day" else func.coalesce(SURE, 0.0)
    with read_in_time(store) as to:
        query = events_query(to, where).add_columns(by.label("place"))
        if after is not None:
            place, event = after
            try:
                value = place if sort == "day" else float(place)
            except ValueError as error:
                raise StoreError("this cursor is of a list in another order") from error
            query = query.where((by < value) | ((by == value) & (S.event > event)))
        query = query.order_by(by.desc(), S.event).limit(limit)
        return [(str(row.place), row.event) for row in to.execute(query)]


@remembered
def count_events(store: SqlStore, where: Mapping[str, str]) -> int:
    """Return how many events pass filters."""
    with read_in_time(store) as to:
        return count_rows(to, events_query(to, where))


@remembered
def facets(
    store: SqlStore, where: Mapping[str, str], most: int = 12
) -> dict[str, list[tuple[str, int]]]:
    """Return the frequent values of types, statuses … among the events that pass."""
    with read_in_time(store) as to:
        free = [name for name in FACETS if name not in where]
        counted = tally_facets(to, where, free, most)
        for name in FACETS.keys() - free:
            # What else there is to choose: its own filter does not count.
            rest = {n: v for n, v in where.items() if n != name}
            counted |= tally_facets(to, rest, [name], most)
    return {name: counted.get(name, []) for name in FACETS}


def tally_facets(
    to: Connection, where: Mapping[str, str], names: list[str], most: int
) -> dict[str, list[tuple[str, int]]]:
    """Return the frequent values of some facets; the filters are gone through once."""
    columns = [FACETS[name].label(name) for name in names]
    # A planned meeting counts under both names by which the filter finds it.
    to_come = case((C.status.in_(AHEAD), C.deed)).label("to_come")
    columns += [to_come] if "type" in names else []
    whole = {n: v for n, v in where.items() if n in (*OF_EVENTS, "sure")}
    rest = {n: v for n, v in where.items() if n != "sure"}
    query = claims_query(to, rest, C.event, *columns)
    if whole:
        query = query.where(C.event.in_(events_query(to, whole).with_only_columns(S.event)))
    told = query.distinct().cte("told")
    counted: dict[str, list[tuple[str, int]]] = {}
    parts = []
    for name in names:
        both = [name, "to_come"] if name == "type" else [name]
        some = (select(told.c[n].label("value"), told.c.event) for n in both)
        every = union_all(*some).subquery().c
        pairs = select(every.value, every.event).distinct()
        pair = pairs.where(every.value.is_not(None), every.value != "").subquery().c
        many = func.count().label("many")
        part = select(literal(name).label("facet"), pair.value, many)
        parts.append(part.group_by(pair.value))
    for row in to.execute(union_all(*parts)) if parts else ():
        counted.setdefault(row.facet, []).append((row.value, row.many))
    return {
        name: sorted(rows, key=lambda row: (-row[1], row[0]))[:most]
        for name, rows in counted.items()
    }


@remembered
def undrawn(store: SqlStore, where: Mapping[str, str]) -> dict[str, int]:
    """Return how many events a timeline does not draw: of no day, and denied ones."""
    with read_in_time(store) as to:
        query = events_query(to, where).where(S.record.is_not(None))
        tests = {"undated": ~OWN_DAY & ~AGAINST, "denied": AGAINST}
        return {n: count_rows(to, query.where(test)) for n, test in tests.items()}


@remembered
def events_by_day(store: SqlStore, where: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """Return how many events each day and class of act has, in order of days.

    They are those that have a day of their own and are not denied.
    """
    with read_in_time(store) as to:
        many = func.count().label("many")
        query = events_query(to, where).with_only_columns(S.day, S.quad, many)
        query = query.where(S.record.is_(None) | (OWN_DAY & ~AGAINST))
        query = query.where(S.day != "").group_by(S.day, S.quad)
        query = query.order_by(S.day, S.quad)
        return [(row.day, row.quad or "", row.many) for row in to.execute(query)]


def tellings_of_events(store: SqlStore, events: list[str]) -> dict[str, list[Told]]:
    """Return the current claims of events, each with the head of its report."""
    named: dict[str, list[Told]] = {event: [] for event in events}
    with read_in_time(store) as to:
        query = match_claims({}, to.dialect.name).where(C.event.in_(events))
        for row in to.execute(query.order_by(None).order_by(R.published, R.id, C.rank)):
            head = {n: getattr(row, n) for n in row._fields if n != "record"}
            named[row.record["event"]].append((row.record, head))
    return {event: told for event, told in named.items() if told}


def claims_after(
    store: SqlStore, where: Mapping[str, str], after: Key | None, limit: int
) -> list[Record]:
    """Return claims that pass filters in order of reports and ids, after a key."""
    with read_in_time(store) as to:
        query = claims_query(to, where, RECORD)
        if set(where) & set(OF_EVENTS):
            told = events_query(to, where)
            if filter_number(where, "origins"):
                told = told.where(S.origins.is_not(None))
            named = told.subquery().c
            query = query.where(C.event.in_(select(named.event)))
        if after is not None:
            report, claim = after
            later = (R.id == report) & (C.id > claim)
            query = query.where((R.id > report) | later)
        query = query.order_by(R.id, C.id).limit(limit)
        return [row.record for row in to.execute(query)]


def reports_after(store: SqlStore, after: str | None, limit: int) -> list[Record]:
    """Return the heads of the current reports in order of ids, after an id."""
    names = ("id", "outlet", "title", "url", "language", "published")
    query = select(*(R[name] for name in names)).where(R.current)
    if after is not None:
        query = query.where(R.id > after)
    return rows_in_time(store, query.order_by(R.id).limit(limit))


@remembered
def contradicted_events(store: SqlStore, most: int) -> list[str]:
    """Return events that one telling affirms and another denies."""
    c, r = tables.claims.alias().c, tables.reports.alias().c
    yes = select(c.id).where(c.report == r.key, r.current, c.event == C.event)
    affirmed = yes.where(c.status.in_(FIRM)).exists()
    with read_in_time(store) as to:
        query = claims_query(to, {}, C.event).distinct()
        query = query.where(C.status.in_(DENIED), affirmed)
        return list(to.execute(query.order_by(C.event).limit(most)).scalars())


def newest_day(store: SqlStore) -> str:
    """Return the last day on which a current report was published, "" if untold."""
    with read_in_time(store) as to:
        day = func.max(func.substr(R.published, 1, 10))
        return str(to.execute(select(day).where(R.current)).scalar() or "")


def replaced_reports(store: SqlStore, most: int) -> list[Record]:
    """Return reports of which an older version is kept too."""
    old = select(R.id).where(~R.current).distinct()
    query = select(R.id, R.title, R.outlet, R.published)
    query = query.where(R.current, R.id.in_(old)).order_by(R.id).limit(most)
    return rows_in_time(store, query)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report with words that were looked for.

    `parts` are its pieces in order, each with whether it was looked for; `start` and
    `end` are offsets in the report's text; `before` and `after` tell if text is left.
    """

    parts: tuple[tuple[str, bool], ...]
    start: int
    end: int
    before: bool
    after: bool


def choose_reports(where: Mapping[str, str], dialect: str) -> Select[Any]:
    """Return the query for the current reports that pass filters.

    Raises StoreError for a filter that there is none of, or a day that is none.
    """
    unknown = sorted(set(where) - set(OF_REPORTS))
    if unknown:
        raise StoreError(f"no filter {unknown[0]!r}: there are {', '.join(OF_REPORTS)}")
    query = select(*REPORT_HEAD).where(R.current)
    if outlet := where.get("outlet"):
        query = query.where(R.outlet == outlet)
    for name in ("since", "until"):
        if told := where.get(name):
            day = filters.parse_filter_day(name, told).isoformat()
            query = query.where(PUBLISHED != "")
            early = day > PUBLISHED if name == "since" else day < PUBLISHED
            query = query.where(~early)
    if words := where.get("search"):
        query = query.where(matching_reports(words, dialect))
    return query


def list_reports(
    store: SqlStore, where: Mapping[str, str], after: Key | None, limit: int
) -> tuple[list[Record], Key | None]:
    """Return reports that pass filters, the newest first, and where the list goes on.

    Each is its head with `claims` and `events`, how many it tells.
    """
    with read_in_time(store) as to:
        query = choose_reports(where, to.dialect.name)
        if after is not None:
            day, name = after
            at = literal(day)
            query = query.where((at > PUBLISHED) | ((at == PUBLISHED) & (R.id > name)))
        query = query.order_by(PUBLISHED.desc(), R.id).limit(limit + 1)
        rows = [dict(row) for row in to.execute(query).mappings()]
        found = rows[:limit]
        asked = (
            select(C.report, func.count(), func.count(distinct(C.event)))
            .where(C.report.in_([row["key"] for row in found]))
            .group_by(C.report)
        )
        many = {key: (claims, events) for key, claims, events in to.execute(asked)}
    for row in found:
        row["claims"], row["events"] = many.get(row.pop("key"), (0, 0))
    last = found[-1] if len(rows) > limit else None
    then = ((last["published"] or "")[:10], last["id"]) if last else None
    return found, then


@remembered
def count_reports(store: SqlStore, where: Mapping[str, str]) -> int:
    """Return how many reports pass filters."""
    with read_in_time(store) as to:
        return count_rows(to, choose_reports(where, to.dialect.name))


@remembered
def outlets_of_reports(
    store: SqlStore, where: Mapping[str, str], most: int
) -> list[tuple[str, int]]:
    """Return the outlets that ran most of the reports that pass the other filters."""
    rest = {name: value for name, value in where.items() if name != "outlet"}
    with read_in_time(store) as to:
        sub = choose_reports(rest, to.dialect.name).subquery().c
        many = func.count().label("many")
        asked = select(sub.outlet, many).where(sub.outlet != "").group_by(sub.outlet)
        asked = asked.order_by(many.desc(), sub.outlet).limit(most)
        return [(outlet, n) for outlet, n in to.execute(asked)]


def find_passages(store: SqlStore, words: str, skip: int, limit: int) -> tuple[list[Record], bool]:
    """Return the reports that hold words, the best first, and if there are more.

    Each is its head with `passages`. At most `limit` come, after the first `skip`.
    """
    with read_in_time(store) as to:
        lite = f"highlight(reports_text, 1, '{BEGIN}', '{END}')"
        shape = f"StartSel={BEGIN}, StopSel={END}, HighlightAll=true"
        asked = filters.rank_reports(words, to.dialect.name, lite, shape, *REPORT_HEAD)
        asked = asked.offset(skip).limit(limit + 1)
        rows = [dict(row) for row in to.execute(asked).mappings()]
    for row in rows:
        row["passages"] = cut_passages(row.pop("brief") or "")
    return rows[:limit], len(rows) > limit


def cut_passages(marked: str) -> list[Passage]:
    """Return the first stretches of a text in which words are marked.

    >>> [p.parts for p in cut_passages("the \\ue000talks\\ue001 begin")]
    [(('the ', False), ('talks', True), (' begin', False))]
    """
    bare, spans = "", []
    at = 0
    for hit in MARKED.finditer(marked):
        bare += marked[at : hit.start()]
        spans.append((len(bare), len(bare) + len(hit[1])))
        bare += hit[1]
        at = hit.end()
    bare += marked[at:]
    groups: list[list[tuple[int, int]]] = []
    for span in spans:
        if groups and span[0] - groups[-1][-1][1] <= BESIDE:
            groups[-1].append(span)
        elif len(groups) < MOST_PASSAGES:
            groups.append([span])
        else:
            break
    return [cut_one(bare, group) for group in groups]


def cut_one(bare: str, spans: list[tuple[int, int]]) -> Passage:
    """Return one stretch of text around some words, cut between words."""
    start, end = max(0, spans[0][0] - BESIDE), min(len(bare), spans[-1][1] + BESIDE)
    if start and (gap := bare.find(" ", start, spans[0][0])) >= 0:
        start = gap + 1
    if end < len(bare) and (gap := bare.rfind(" ", spans[-1][1], end)) >= 0:
        end = gap
    parts: list[tuple[str, bool]] = []
    at = start
    for first, last in spans:
        parts += [(bare[at:first], False), (bare[first:last], True)]
        at = last
    parts.append((bare[at:end], False))
    kept = tuple(part for part in parts if part[0])
    return Passage(kept, start, end, start > 0, end < len(bare))
