"""How fast a store keeps claims and finds them again.

usage: benchmarks speed store [CLAIMS]   default 1,000,000; in a temporary folder

Prints claims kept a CPU second with all their rows (parties, modes, words): the first
ones in a transaction a report, then all the others on average, and of those the last
tenth; bytes a claim; and how long it takes to find those of one actor, type and month
among CLAIMS that are spread evenly over 100 countries, 16 types and 120 months.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from dateline.model.record import Record, claim_record
from dateline.resources.reference.countries import countries
from dateline.store import maintenance
from dateline.store.sql import Kept, SqlStore
from dateline.testing import MADE, REPORT, TEXT, sample

EACH = 10  # claims in a report
TIMED = 5_000  # claims that are timed one report at a time
CODES = sorted({c.code for c in countries() if c.kind == "state"})[:100]
TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT"
KINDS = [*TYPES.split(), *"THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()]
PLAIN = claim_record(sample(), TEXT)


def kept(number: int) -> Kept:
    """Return the coding of one made-up report."""
    report = replace(REPORT, id=f"r{number}", text=f"{TEXT} {number}")
    return Kept(report, [claim(number, rank) for rank in range(EACH)], ())


def claim(number: int, rank: int) -> Record:
    """Return one claim: its party, type and month are told by its number."""
    n = number * EACH + rank
    month = n // 1600 % 120
    day = f"{2015 + month // 12}-{month % 12 + 1:02}-{n % 28 + 1:02}"
    actor = {**PLAIN["actors"][0], "country": CODES[n % 100]}
    when = {**PLAIN["when"], "from": day, "to": day}
    kind = KINDS[n // 100 % 16]
    told = {"id": f"{n:016x}", "event": f"e{n // 3}", "type": kind, "deed": kind}
    return {**PLAIN, **told, "report": f"r{number}", "actors": [actor], "when": when}


def batches(first: int, last: int) -> Iterator[list[Kept]]:
    """Yield reports, some hundreds together."""
    for start in range(first, last, 500):
        yield [kept(n) for n in range(start, min(start + 500, last))]


def found(store: SqlStore, where: dict[str, str]) -> tuple[int, float]:
    """Return how many claims pass, and the seconds until the last was read."""
    began = perf_counter()
    count = sum(1 for _ in store.claims(where))
    return count, perf_counter() - began


def main() -> None:
    total = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(str(Path(folder) / "s.db"))
        ready = [kept(n) for n in range(TIMED // EACH)]
        began, clock = process_time(), perf_counter()
        for coding in ready:
            store.save_all([coding], MADE)
        cpu, wall = process_time() - began, perf_counter() - clock
        rates = f"{TIMED / cpu:,.0f} a CPU second, {TIMED / wall:,.0f} a second"
        print(f"claims kept: {rates}")
        last = total - total // 10
        spent = {False: [0.0, 0], True: [0.0, 0]}
        for some in batches(TIMED // EACH, total // EACH):
            began = process_time()
            store.save_all(some, MADE)
            late = int(some[0].report.id[1:]) * EACH >= last
            spent[late][0] += process_time() - began
            spent[late][1] += len(some) * EACH
        told = [sum(column) for column in zip(*spent.values(), strict=True)]
        for name, (seconds, many) in (
            ("on average to the end", told),
            ("the last tenth", spent[True]),
        ):
            rate = many / seconds if seconds else float("nan")
            print(f"{name}: {rate:,.0f} claims a CPU second")
        maintenance.compact_store(store)
        size = Path(folder, "s.db").stat().st_size
        print(f"{size / total:,.0f} bytes a claim; load {os.getloadavg()[0]:.1f}")
        ask(store)
        store.close()


def ask(store: SqlStore) -> None:
    """Print how long the questions take that people ask most."""
    one: dict[str, Any] = {"actor": CODES[7], "type": KINDS[3]}
    month = {"since": "2019-05-01", "until": "2019-05-31"}
    for where in ({**one, **month}, {**one, "since": "2024-06-01"}, {"event": "e1234"}):
        times = [found(store, where) for _ in range(3)]
        best = min(seconds for _, seconds in times)
        print(f"{where}: {times[0][0]} claims in {1000 * best:.0f} ms")
