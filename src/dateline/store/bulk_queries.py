"""What is taken out of a store in one sweep: sums of events, what was read, by whom."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, Text, cast, func, or_, select

from dateline.store.database import tables
from dateline.store.database.filters import RECORD, filter_on_side, with_records
from dateline.store.sql import SqlStore, streamed
from dateline.store.summaries import summaries

C, R, P, S = tables.claims.c, tables.reports.c, tables.problems.c, summaries.c
UNREAD = ("unsupported_language",)  # stored, but no sentence of it was looked at
Record = dict[str, Any]


def stream_summaries(store: SqlStore) -> Iterator[tuple[str, str | None]]:
    """Yield each event with its record as JSON, None where it is to be summed up."""
    asked = select(S.event, cast(S.record, Text)).order_by(S.event)
    with store.reading() as to, streamed(to, asked) as found:
        yield from map(tuple, found)


def stream_read(store: SqlStore) -> Iterator[Record]:
    """Yield the current reports that were read: their day, outlet and sentences.

    `day` is "" where none was told and `dated_from` to `dated_to` is no single month.
    """
    unread = select(P.report).where(P.code.in_(UNREAD))
    names = ("id", "outlet", "agency", "url", "language", "sentences")
    dated = (R.published, R.dated_from, R.dated_to)
    asked = select(*(R[name] for name in names), *dated)
    asked = asked.where(R.current, ~R.id.in_(unread)).order_by(R.id)
    with store.reading() as to, streamed(to, asked) as found:
        for row in found.mappings():
            first, last = row["dated_from"] or "", row["dated_to"] or ""
            month = len("2019-01")
            day = last if first and first[:month] == last[:month] else ""
            day = str(row["published"])[:10] if row["published"] else day
            yield {name: row[name] for name in names} | {"day": day}


def current_claims() -> Select[Any]:
    """Return the query for current claims, with outlet and agency of their reports."""
    asked = select(RECORD, R.outlet, R.agency).select_from(tables.claims)
    return with_records(asked.join(tables.reports, R.key == C.report)).where(R.current)


def said_or_run_by(store: SqlStore, words: str) -> Iterator[tuple[Record, Record]]:
    """Yield the current claims that a speaker, outlet or agency so called may bear.

    Each with the outlet and agency of its report. A code (PRK, PRK GOV) is a speaker's.
    """
    speaker = filter_on_side("speaker")(words)
    names = (R.outlet, R.agency)
    run = or_(*(name.icontains(words, autoescape=True) for name in names))
    asked = current_claims()
    asked = asked.where(or_(speaker, run)).order_by(R.id, C.rank)
    with store.reading() as to, streamed(to, asked) as found:
        for row in found:
            yield row.record, {"outlet": row.outlet, "agency": row.agency}


def run_in(store: SqlStore, outlets: list[str]) -> Iterator[tuple[Record, Record]]:
    """Yield the current claims of reports that some outlets or agencies ran."""
    asked = current_claims()
    asked = asked.where(or_(R.outlet.in_(outlets), R.agency.in_(outlets)))
    with store.reading() as to, streamed(to, asked.order_by(R.id, C.rank)) as found:
        for row in found:
            yield row.record, {"outlet": row.outlet, "agency": row.agency}


def outlet_names(store: SqlStore) -> list[str]:
    """Return every outlet and agency that a current report names."""
    with store.reading() as to:
        found: set[str] = set()
        for name in (R.outlet, R.agency):
            asked = select(func.distinct(name)).where(R.current, name != "")
            found |= set(to.execute(asked).scalars())
    return sorted(found)


def list_makers(store: SqlStore) -> list[Record]:
    """Return what made the current codings: version, codebook, settings."""
    r = tables.runs.c
    used = select(R.run).where(R.current)
    asked = select(tables.runs).where(r.id.in_(used)).order_by(r.id)
    with store.reading() as to:
        return [dict(row) for row in to.execute(asked).mappings()]
