"""Events summed up, one row each, so that a list of them reads no claims.

A row is written anew, with a new number, whenever a claim of its event or the standing
of one of its reports changes; `record` is then empty until `record.happenings` has
worked it out. Whoever remembers the highest number has seen all that changed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    JSON,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from dateline.model import EventSum
from dateline.store.database.tables import claims, metadata, reports

Row = dict[str, Any]
C, R = claims.c, reports.c
DAY = func.coalesce(C.when_to, C.when_from, R.dated_to, func.substr(R.published, 1, 10))
SOME = 400  # names in one query
TURN = 5_550_119  # a number of ours for the server's lock
WANTING = text("record IS NULL")

summaries = Table(
    "summaries",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("event", String(32), nullable=False),
    Column("day", String(10), nullable=False),
    Column("origins", Integer),
    Column("weight", Float),
    Column("record", JSON(none_as_null=True)),
    Column("quad", String(32)),
    Index("summaries_by_event", "event", unique=True),
    Index("summaries_by_day", "day", "event"),
    Index("summaries_by_quad", "day", "quad"),
    Index("summaries_wanting", "number", sqlite_where=WANTING, postgresql_where=WANTING),
    sqlite_autoincrement=True,
)
S = summaries.c


def events_of_reports(to: Connection, report_ids: Iterable[str]) -> set[str]:
    """Return the events that any version of these reports tells."""
    found: set[str] = set()
    for some in names_in_batches(report_ids):
        asked = select(C.event).join(reports, R.key == C.report).where(R.id.in_(some))
        found |= set(to.execute(asked).scalars())
    return found


def touch(to: Connection, events: Iterable[str]) -> None:
    """Begin the summaries of events anew; those that no current report tells go."""
    for some in names_in_batches(events):
        if to.dialect.name == "postgresql":
            # Two that join the same events would else each put in what the other has.
            to.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")
        to.execute(delete(summaries).where(S.event.in_(some)))
        day = func.max(func.coalesce(DAY, ""))
        told = select(C.event, day).join(reports, R.key == C.report)
        told = told.where(R.current, C.event.in_(some)).group_by(C.event)
        told = told.order_by(C.event)
        to.execute(insert(summaries).from_select(["event", "day"], told))


def touch_reports(to: Connection, report_ids: Iterable[str]) -> None:
    """Begin the summaries of the events of some reports anew."""
    touch(to, events_of_reports(to, report_ids))


def unsummed(to: Connection, most: int) -> list[tuple[int, str]]:
    """Return the number and event of summaries that are to be worked out."""
    asked = select(S.number, S.event).where(S.record.is_(None))
    return [(n, e) for n, e in to.execute(asked.order_by(S.number).limit(most))]


def keep_summaries(to: Connection, rows: Sequence[Row]) -> None:
    """Keep what was worked out, unless its event has been touched since."""
    for row in rows:
        told = {name: row[name] for name in ("origins", "weight", "record")}
        told["quad"] = row["record"]["lead"]["quad"]
        if when := row["record"]["when"]:
            # A telling a year later ("last year") does not move the event there.
            told["day"] = when["to"] or when["from"]
        to.execute(update(summaries).where(S.number == row["number"]).values(**told))


def summaries_of_events(to: Connection, events: Sequence[str]) -> dict[str, EventSum | None]:
    """Return the kept records of events, None for those still to be worked out."""
    found: dict[str, EventSum | None] = {}
    for some in names_in_batches(events):
        rows = to.execute(select(S.event, S.record).where(S.event.in_(some)))
        found |= {row.event: row.record for row in rows}
    return found


def places_of_events(to: Connection, events: Sequence[str]) -> dict[str, Row | None]:
    """Return of the same records no more than the place and the count of origins."""
    where, wanting = S.record["where"].label("place"), S.record.is_(None)
    found: dict[str, Row | None] = {}
    for some in names_in_batches(events):
        asked = select(S.event, S.origins, where, wanting.label("wanting"))
        for row in to.execute(asked.where(S.event.in_(some))):
            told = {"event": row.event, "origins": row.origins, "where": row.place}
            found[row.event] = None if row.wanting else told
    return found


def events_since(to: Connection, number: int, most: int) -> list[tuple[int, str]]:
    """Return the events written after a number, each with its own, in that order."""
    asked = select(S.number, S.event).where(S.number > number)
    return [(n, e) for n, e in to.execute(asked.order_by(S.number).limit(most))]


def newest_change(to: Connection) -> int:
    """Return the highest number, 0 in an empty store."""
    return int(to.execute(select(func.max(S.number))).scalar() or 0)


def summary_state(to: Connection) -> tuple[int, int]:
    """Return what changes whenever an event is written, or has been summed up."""
    wanting = select(func.min(S.number)).where(S.record.is_(None))
    return newest_change(to), int(to.execute(wanting).scalar() or 0)


def names_in_batches(names: Iterable[str]) -> Iterable[list[str]]:
    """Yield names in order, each once, some hundreds at a time."""
    every = sorted(set(names))
    return (every[i : i + SOME] for i in range(0, len(every), SOME))
