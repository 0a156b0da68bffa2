"""How fast panels are counted over many claims.

usage: benchmarks speed panel [CLAIMS]   default 1,000,000; in a temporary folder

The claims are those of `store.py`, three to an event; each event's sum is written
as merging would leave it. Prints the seconds from opening the store to the last row of
a panel, and checks one against a plain count in SQL.
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import select

from benchmarks.speed.store import PLAIN, batches, claim
from dateline.analysis.frames import Frame
from dateline.analysis.panel import Asked, count_panel
from dateline.analysis.scope import Scope
from dateline.events.event_summaries import lead_of_claim
from dateline.store import maintenance, summaries
from dateline.store.sql import SqlStore
from dateline.testing import MADE

EACH = 10  # claims in a report, as `store.py` has them
YEARS = Asked(since="2015-01-01", until="2024-12-31")
PANELS = (
    replace(YEARS, measures=("events", "origins", "score")),
    replace(YEARS, by="type", ids=("gw", "cow")),
    replace(YEARS, unit="dyad-month", sparse=True),
    replace(YEARS, unit="priogrid-month", measures=("events", "killed")),
)
QUESTION = """
SELECT count(*) FROM (SELECT DISTINCT c.event, p.country FROM claims c JOIN parties p
ON p.report = c.report AND p.claim = c.id AND p.side = 'actor'
JOIN reports r ON r.key = c.report WHERE r.current)
"""


def summed(event: int, total: int) -> dict[str, Any]:
    """Return the sum of one event, as its three claims have it."""
    mine = range(event * 3, min(event * 3 + 3, total))
    told = [claim(n // EACH, n % EACH) for n in mine]
    first = told[0]
    names = ("type", "deed", "status", "when", "where")
    return {
        "event": first["event"],
        **{name: first[name] for name in names},
        "actors": [each["actors"][0] for each in told],
        "recipients": PLAIN["recipients"],
        "quantities": PLAIN["quantities"],
        "reports": sorted({each["report"] for each in told}),
        "outlets": 1,
        "origins": 1,
        "claims": [each["id"] for each in told],
        "lead": lead_of_claim(first),
    }


def sum_all(store: SqlStore, total: int) -> None:
    """Write the sum of every event."""
    s = summaries.summaries.c
    with store.reading() as to:
        rows = to.execute(select(s.number, s.event)).all()
    for start in range(0, len(rows), 5000):
        made = [
            {"number": number, "origins": 1, "weight": 1.0, "record": summed(int(event[1:]), total)}
            for number, event in rows[start : start + 5000]
        ]
        store.writing(lambda to, made=made: summaries.keep_summaries(to, made))


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(str(Path(folder) / "s.db"))
        for some in batches(0, total // EACH):
            store.save_all(some, MADE)
        sum_all(store, total)
        maintenance.compact_store(store)
        for asked in PANELS:
            began, clock = process_time(), perf_counter()
            with Frame(store, Scope()) as frame:
                read = perf_counter() - clock
                made = count_panel(frame, asked)
            spent, wall = process_time() - began, perf_counter() - clock
            cells = sum(row[made.columns.index("events")] or 0 for row in made.rows)
            print(
                f"{asked.unit} {asked.by}: {len(made.rows):,} rows, {cells:,} in"
                f" {wall:.1f} s ({read:.1f} s reading), {spent:.1f} CPU s",
                flush=True,
            )
        with store.reading() as to:
            print("plain SQL:", to.exec_driver_sql(QUESTION).scalar())
        store.close()
