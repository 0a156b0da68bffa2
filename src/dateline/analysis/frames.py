"""A store's events and its reading as tables in DuckDB, for counting.

`ev` has a row an event (the sums that pages list), `side` a row a party of an event,
`read` a row a report that was read. A cell of a panel is counted from these alone.
"""

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import Any

import duckdb
import numpy as np

from dateline.analysis.scope import TOLLS, WEEK, YEAR, Scope
from dateline.analysis.source_exclusion import Dropped, drop_claims, keep_claims_of, rework
from dateline.events.event_summaries import worked_out
from dateline.model.folding import fold_name
from dateline.store import bulk_queries as sweeps
from dateline.store.database import filters
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore

AT_ONCE = 20_000  # records of events that are parsed together
MOST_CORES = 4  # that parse at once: each holds its lot in memory
WANTING = 500  # events that are summed up together where they are not yet
PARTY = {"name": "VARCHAR", "entity": "VARCHAR", "country": "VARCHAR", "sector": ["VARCHAR"]}
SHAPE = {
    "event": "VARCHAR",
    "type": "VARCHAR",
    "deed": "VARCHAR",
    "status": "VARCHAR",
    "confidence": "DOUBLE",
    "origins": "INTEGER",
    "reports": ["VARCHAR"],
    "when": {"from": "VARCHAR", "to": "VARCHAR", "precision": "VARCHAR"},
    "where": {
        "country": "VARCHAR",
        "admin1": "VARCHAR",
        "lat": "DOUBLE",
        "lon": "DOUBLE",
        "precision": "VARCHAR",
    },
    "actors": [PARTY],
    "recipients": [PARTY],
    "quantities": [{"what": "VARCHAR", **dict.fromkeys(TOLLS, "DOUBLE")}],
    "lead": {"id": "VARCHAR", "quad": "VARCHAR", "score": "DOUBLE", "confidence": "DOUBLE"},
}
EVENTS = """
SELECT r.event, r.type, r.deed, r.status, r.origins, r.reports,
  coalesce(r.confidence, r.lead.confidence) AS confidence,
  r.lead.id AS lead, r.lead.quad AS quad, r.lead.score AS score,
  r."when"."from" AS day_from, r."when"."to" AS day_to,
  r."when"."precision" AS day_precision,
  r."where".country AS country, r."where".admin1 AS admin1,
  r."where".lat AS lat, r."where".lon AS lon, r."where"."precision" AS place_precision,
  r.actors AS actors, r.recipients AS recipients, r.quantities AS quantities
FROM (SELECT json_transform(record, '{shape}') AS r FROM batch)
"""
SIDES = """
CREATE TABLE side AS
SELECT event, 'actor' AS role, who.country AS country, who.sector[1] AS sector
FROM (SELECT event, unnest(actors) AS who FROM ev)
UNION SELECT event, 'recipient', who.country, who.sector[1]
FROM (SELECT event, unnest(recipients) AS who FROM ev)
UNION SELECT event, 'place', country, NULL FROM ev WHERE country IS NOT NULL
"""
NAMED = "list_distinct([coalesce(who.entity, name_key(who.name)) for who in {side}])"
PARTS = """
CREATE TABLE part AS
WITH named AS (
  SELECT event, type, reports, coalesce(day_from, '0000') AS day_from,
    coalesce(day_to, '9999') AS day_to, {actors} AS actors, {recipients} AS recipients
  FROM ev WHERE day_from IS NOT NULL OR day_to IS NOT NULL
), told AS (SELECT * EXCLUDE (reports), unnest(reports) AS report FROM named)
SELECT DISTINCT part.event FROM told AS part JOIN told AS whole
  ON part.report = whole.report AND part.type = whole.type AND part.event <> whole.event
WHERE whole.day_from <= part.day_from AND part.day_to <= whole.day_to
  AND len(part.actors) > 0
  AND list_has_all(whole.actors, part.actors)
  AND list_has_all(whole.recipients, part.recipients)
  AND (
    len(part.actors) < len(whole.actors)
      AND (len(part.recipients) > 0 OR len(whole.recipients) = 0)
    OR len(part.recipients) > 0 AND len(part.recipients) < len(whole.recipients)
  )
"""
"""Events that are part of another that a report tells too, as merge.agree says it."""
TALLIED = ("killed", "injured", "arrested", "abducted", "displaced", "crowd")


class Frame:
    """The tables of a store, read once, from which many panels can be counted."""

    def __init__(self, store: SqlStore, scope: Scope) -> None:
        """Read the events that are left when the scope's disbelief is done.

        Raises StoreError for an empty store, or a name that nothing rests on.
        """
        self.store, self.scope = store, scope
        self.to = duckdb.connect()
        with store.reading() as to:
            if scope.types:
                filters.check_filter(to, {"type": ",".join(scope.types)})
        self._fill(self._records())
        self._fill_read_table()
        if not self.count("read"):
            told = f"{store.where} holds no report that was read: code some first"
            raise StoreError(told)
        self.to.execute(SIDES)
        sides = {side: NAMED.format(side=side) for side in ("actors", "recipients")}
        self.to.create_function("name_key", fold_name, ["VARCHAR"], "VARCHAR")
        self.to.execute(PARTS.format(**sides))

    def close(self) -> None:
        """Let the tables go."""
        self.to.close()

    def __enter__(self) -> "Frame":
        """Let them go at the end of a `with` block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Let them go whatever went wrong."""
        self.close()

    def count(self, table: str) -> int:
        """Return how many rows a table or a view has."""
        return int(self.one(f"SELECT count(*) FROM {table}"))

    def one(self, question: str, given: Sequence[Any] = ()) -> Any:
        """Return the first value of the first row."""
        row = self.to.execute(question, list(given)).fetchone()
        return row[0] if row else None

    def rows(self, question: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows."""
        return list(self.to.execute(question, list(given)).fetchall())

    def _records(self) -> Iterator[str]:
        """Yield the record of each event as JSON, worked out where it is wanting."""
        fallen: list[Dropped] = []
        if self.scope.without:
            fallen.append(drop_claims(self.store, self.scope.without))
        if self.scope.speakers:
            fallen.append(keep_claims_of(self.store, self.scope.speakers))
        dropped = Dropped(
            frozenset(chain.from_iterable(d.claims for d in fallen)),
            frozenset(chain.from_iterable(d.events for d in fallen)),
        )
        wanting: list[str] = []
        for event, record in sweeps.stream_summaries(self.store):
            if event in dropped.events:
                continue
            if record is None:
                wanting.append(event)
            else:
                yield record
        for some in in_lots(wanting, WANTING):
            for row in worked_out(self.store, some):
                yield json.dumps(row["record"])
        for left in rework(self.store, dropped):
            yield json.dumps(left)

    def _fill(self, records: Iterable[str]) -> None:
        """Parse the records into the table `ev`, in order, several lots at once."""
        made = EVENTS.format(shape=json.dumps(SHAPE))
        parts: list[str] = []
        waiting: deque[Future[None]] = deque()
        with ThreadPoolExecutor(min(MOST_CORES, os.cpu_count() or 1)) as cores:

            def parse(make: str, some: Sequence[str]) -> None:
                with self.to.cursor() as to:
                    to.register("batch", {"record": np.array(some, dtype=object)})
                    to.execute(make)
                    to.unregister("batch")

            for some in chain([["{}"]], in_lots(records, AT_ONCE)):
                where = "" if parts else " LIMIT 0"  # the first gives the columns alone
                parts.append(f"lot_{len(parts)}")
                make = f"CREATE TABLE {parts[-1]} AS {made}{where}"
                waiting.append(cores.submit(parse, make, some))
                if len(waiting) > MOST_CORES:
                    waiting.popleft().result()
            for each in waiting:
                each.result()
        every = " UNION ALL ".join(f"SELECT * FROM {part}" for part in parts)
        self.to.execute(f"CREATE TABLE ev AS {every}")
        for part in parts:
            self.to.execute(f"DROP TABLE {part}")

    def _fill_read_table(self) -> None:
        """Fill the table of what was read."""
        rows = list(sweeps.stream_read(self.store))
        found: dict[str, Any] = {
            name: np.array([row[name] or "" for row in rows], dtype=object)
            for name in ("id", "outlet", "day")
        }
        many = [-1 if r["sentences"] is None else r["sentences"] for r in rows]
        found["sentences"] = np.array(many, dtype=np.int64)
        self.to.register("given", found)
        self.to.execute(
            "CREATE TABLE read AS SELECT id, coalesce(nullif(outlet, ''), id) AS outlet"
            ", day, nullif(sentences, -1) AS sentences FROM given"
            if rows
            else "CREATE TABLE read (id TEXT, outlet TEXT, day TEXT, sentences BIGINT)"
        )
        self.to.unregister("given")


def in_lots(items: Iterable[str], many: int) -> Iterator[list[str]]:
    """Yield items so many together."""
    source = iter(items)
    while some := list(islice(source, many)):
        yield some


def scope_conditions(scope: Scope) -> Iterator[str]:
    """Yield what an event must be to count, in SQL; no word of it comes from data."""
    yield "true"
    for column, chosen in (
        ("type", scope.types),
        ("status", scope.statuses),
        ("day_precision", scope.precisions),
    ):
        if chosen:
            yield f"{column} IN ({', '.join(map(quote_sql, chosen))})"
    if scope.origins > 1:
        yield f"origins >= {scope.origins:d}"
    if scope.sure:
        yield f"confidence >= {scope.sure:f}"
    if scope.parts == "once":
        yield "event NOT IN (SELECT event FROM part)"
    if scope.grains:
        yield f"{GRAIN} IN ({', '.join(map(quote_sql, (*scope.grains, 'undated')))})"


LASTS = "date_diff('day', day_from::DATE, day_to::DATE) + 1"
GRAIN = (
    "CASE WHEN day_from IS NULL AND day_to IS NULL THEN 'undated' "
    "WHEN day_from IS NULL OR day_to IS NULL OR status = 'recurring' THEN 'summary' "
    f"WHEN {LASTS} <= {WEEK} THEN 'event' "
    f"WHEN {LASTS} <= {YEAR} THEN 'episode' ELSE 'summary' END"
)


def quote_sql(word: str) -> str:
    """Return a word as SQL writes it."""
    return "'" + word.replace("'", "''") + "'"
