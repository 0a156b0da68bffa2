"""How merging stands what no news desk sends: a war of one day, a story of a year.

usage: benchmarks speed war CLAIMS...    for example 2000 10000 50000

Each count runs in a process of its own, over a store in a temporary folder. `war` is
so many claims of one dyad on one day, ten in a report, most without a place or a toll;
`year` is one story whose acts of one kind go on for 365 days, ten reports a day at the
most. Then one more report comes, and is merged too. Prints seconds of processor time,
peak memory, events, how many claims the largest holds, and the longest in days.
"""

import random
import resource
import sys
import tempfile
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Any

from dateline.events.cross_document import days_spanned
from dateline.events.event_summaries import summarise
from dateline.events.merging import merge_store
from dateline.model.record import Record, claim_record
from dateline.store.sql import Kept, SqlStore
from dateline.testing import MADE, REPORT, TEXT, sample

EACH = 10  # claims in a report
BEGIN = date(2024, 1, 1)
PLAIN = claim_record(sample(), TEXT)
WORDS = ("shelled", "attacked", "bombed", "strike", "raid", "fighting", "clashes")
MATTER = (
    "border grain water port mine school road bridge dam oil gas bread wages vote "
    "court army police hospital ship train market village farm forest island treaty"
).split()
PLACES = ("Harrow Bay", "Stony Ford", "Old Mill", "Northgate", "Low Weir")


def coded(chance: random.Random, number: int, day: date) -> Kept:
    """Return the coding of one made-up report of a war."""
    told = [
        f"Forces {chance.choice(WORDS)} the " + " and the ".join(chance.sample(MATTER, 4))
        for _ in range(EACH)
    ]
    text = ". ".join(told)
    name = f"r{number:06}"
    report = replace(REPORT, id=name, text=text, published=day, title="", url="")
    starts = [text.index(sentence) for sentence in told]
    made = [
        claim(chance, report, (start, sentence), day)
        for start, sentence in zip(starts, told, strict=True)
    ]
    return Kept(report, made, ())


def claim(chance: random.Random, report: Any, told: tuple[int, str], day: date) -> Record:
    """Return one claim of a made-up report: a fight of the same two."""
    start, sentence = told
    at = start + len("Forces ")
    word = sentence.split()[1]
    name = f"{chance.getrandbits(64):016x}"
    sides = (("Kenya", "KEN"), ("Uganda", "UGA"))
    actors, recipients = (
        [{**PLAIN["actors"][0], "name": n, "country": c, "sector": ["MIL"]}] for n, c in sides
    )
    where = {**PLAIN["where"], "name": chance.choice(PLACES), "precision": "city"}
    killed = chance.randint(1, 9)
    toll = {"what": "killed", "low": killed, "best": killed, "high": killed}
    toll |= {"start": start, "end": at, "text": sentence[:6], "scope": ""}
    return {
        **PLAIN,
        "id": name,
        "event": name[::-1],
        "report": report.id,
        "type": "ASSAULT",
        "deed": "ASSAULT",
        "mode": [],
        "trigger": {"start": at, "end": at + len(word), "text": word},
        "evidence": {"start": start, "end": start + len(sentence), "text": sentence},
        "actors": actors,
        "recipients": recipients,
        "when": {**PLAIN["when"], "from": str(day), "to": str(day)},
        "where": where if chance.random() < 0.2 else None,
        "quantities": [toll] if chance.random() < 0.2 else [],
    }


def war(count: int) -> list[Kept]:
    """Return reports of one day that tell `count` claims of one dyad."""
    chance = random.Random(count)
    return [coded(chance, n, BEGIN) for n in range(count // EACH)]


def year(count: int) -> list[Kept]:
    """Return reports of one story over a year."""
    chance, reports = random.Random(count), count // EACH
    days = [BEGIN + timedelta(days=n * 365 // reports) for n in range(reports)]
    return [coded(chance, n, day) for n, day in enumerate(days)]


MADE_OF = {"war": war, "year": year}


def run(kind: str, count: int) -> str:
    """Merge one kind of story; return the line to print."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(str(Path(folder) / "s.db"))
        *most, last = MADE_OF[kind](count)
        for i in range(0, len(most), 500):
            store.save_all(most[i : i + 500], MADE)
        spent = [process_time()]
        merge_store(store)
        spent.append(process_time())
        store.save_all([last], MADE)
        merge_store(store)
        spent.append(process_time())
        summarise(store)
        spent.append(process_time())
        homes = defaultdict(list)
        for row in store.claims({}):
            homes[row["event"]].append(row)
        told = store.merging.history(list(homes))
        store.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    seconds = [b - a for a, b in zip(spent, spent[1:], strict=False)]
    most_of, days = (
        max(map(len, homes.values())),
        [days_spanned([row["when"] for row in rows]) for rows in homes.values()],
    )
    bounded = {row["event"] for row in told if row["what"] == "bounded"}
    return (
        f"{kind:<5}{count:>7,} claims  {seconds[0]:7.1f} s merged,"
        f" {seconds[1]:.1f} s for one report more, {seconds[2]:.1f} s summed up;"
        f" {peak:.2f} GiB; {len(homes):,} events, the largest of {most_of} claims,"
        f" the longest {max(days)} days; {len(bounded):,} told as bounded,"
        f" {len(told):,} lines of history"
    )


def main() -> None:
    for asked in sys.argv[1:]:
        for name in MADE_OF:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                print(alone.submit(run, name, int(asked)).result(), flush=True)
