"""Reports as pages list them: newest first, or those that hold words, with passages."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, distinct, func, literal, literal_column, select, text

from dateline.store import legal, tables
from dateline.store.errors import StoreError
from dateline.store.pages import read_in_time
from dateline.store.remembered import remembered
from dateline.store.search import DOCUMENT, fts, matching_reports
from dateline.store.sql import SqlStore

Record = dict[str, Any]
Key = tuple[str, str]
R, C = tables.reports.c, tables.claims.c
HEAD = (R.key, R.id, R.title, R.outlet, R.published, R.url, R.language)
PUBLISHED = func.coalesce(func.substr(R.published, 1, 10), "")
NAMES = ("outlet", "since", "until", "search")
"""The filters over reports; days are of publication."""
BEGIN, END = "\ue000", "\ue001"  # around each word that was looked for
MARKED = re.compile(f"{BEGIN}([^{END}]*){END}")
BESIDE = 90  # characters shown on each side of a word that was looked for
MOST_PASSAGES = 3


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
    unknown = sorted(set(where) - set(NAMES))
    if unknown:
        raise StoreError(f"no filter {unknown[0]!r}: there are {', '.join(NAMES)}")
    query = select(*HEAD).where(R.current)
    if outlet := where.get("outlet"):
        query = query.where(R.outlet == outlet)
    for name in ("since", "until"):
        if told := where.get(name):
            day = legal.parse_filter_day(name, told).isoformat()
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
        sub = choose_reports(where, to.dialect.name).subquery()
        return int(to.execute(select(func.count()).select_from(sub)).scalar() or 0)


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


def find_passages(
    store: SqlStore, words: str, skip: int, limit: int
) -> tuple[list[Record], bool]:
    """Return the reports that hold words, the best first, and if there are more.

    Each is its head with `passages`. At most `limit` come, after the first `skip`.
    """
    with read_in_time(store) as to:
        if to.dialect.name == "sqlite":
            whole = f"highlight(reports_text, 1, '{BEGIN}', '{END}')"
            asked = (
                select(*HEAD, literal_column(whole).label("marked"))
                .join(text("reports_text"), text("reports_text.rowid = reports.number"))
                .where(text("reports_text MATCH :words").bindparams(words=fts(words)))
                .order_by(text("rank"))
            )
        else:
            query = func.websearch_to_tsquery("english", words)
            document: Any = literal_column(DOCUMENT)
            shape = f"StartSel={BEGIN}, StopSel={END}, HighlightAll=true"
            marked = func.ts_headline("english", R.text, query, shape).label("marked")
            asked = (
                select(*HEAD, marked)
                .where(document.op("@@")(query))
                .order_by(func.ts_rank(document, query).desc())
            )
        asked = asked.where(R.current).order_by(R.id).offset(skip).limit(limit + 1)
        rows = [dict(row) for row in to.execute(asked).mappings()]
    for row in rows:
        row["passages"] = cut_passages(row.pop("marked") or "")
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
