"""What a day costs: so many reports more, in a store that grows.

usage: benchmarks speed days CLAIMS... [--reports 100] [--store FILE]
          default 10000 100000
       benchmarks speed days --filled STORE...   stores filled before (past.py)

A store is filled with so many made-up claims and merged, a day at a time; at each size
a hundred reports of the next day are kept and merged, three times. Happenings are those
of `merge.py`, a thousand claims a day, so that a store of a year holds 365,000;
one in fifty is a fight of the same war. A report tells one to nine of them in 250 words
of a news lexicon. Prints claims kept a CPU second and CPU microseconds of merging a
claim since the size before, CPU milliseconds a report for keeping, merging and summing
up, the lowest of three, bytes a claim after VACUUM, the load of the machine and its
kind of CPU, and how far the figure grew from the smallest to the largest size. With
`--store` a file is left, and a later run goes on in it.
"""

import argparse
import os
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

import numpy as np

from benchmarks.speed.merge import DEEDS, MATTER, PARTIES, WORDS, sense
from benchmarks.speed.stages import processor
from dateline.events.event_summaries import summarise
from dateline.events.merging import merge_store
from dateline.extract.event_coref.lexicon import load_merge_lexicon
from dateline.model.record import Record, claim_record
from dateline.store.maintenance import compact_store
from dateline.store.sql import Kept, SqlStore
from dateline.testing import MADE, REPORT, TEXT, sample

A_DAY = 1000  # claims
LONG = 250  # words of a report
FULL = 500  # reports kept in one transaction while a store is filled
BEGIN = date(2020, 1, 1).toordinal()
PLAIN = claim_record(sample(), TEXT)
DYAD = (0, 1)


class News:
    """Reports from a seed, each telling some of a day's happenings."""

    def __init__(self, seed: int) -> None:
        """Begin on the first day."""
        self.chance = random.Random(seed)
        self.numbers = np.random.default_rng(abs(seed))
        words = load_merge_lexicon()
        order = np.argsort(words.idf)
        self.names = [words.names[i] for i in order]
        weights = np.exp(-words.idf[order].astype(np.float64))
        self.weights = weights / weights.sum()

    def day(self, number: int, claims: int) -> Iterator[Kept]:
        """Yield the reports of a day that tell so many claims."""
        told: list[dict[str, Any]] = []
        while sum(h["times"] for h in told) < claims:
            told.append(self.happening(BEGIN + number))
        slots = [h for h in told for _ in range(h["times"])]
        self.chance.shuffle(slots)
        while slots:
            some = slots[: self.chance.randint(1, 9)]
            del slots[: len(some)]
            yield self.report(BEGIN + number, some)

    def happening(self, day: int) -> dict[str, Any]:
        """Return what happened: deed, sides, place and matter."""
        chance = self.chance
        war = chance.random() < 0.02
        deed = "ASSAULT" if war else chance.choice(DEEDS)
        sides = DYAD if war else chance.sample(range(len(PARTIES)), 2)
        return {
            "deed": deed,
            "sides": [PARTIES[i] for i in sides],
            "place": chance.randrange(2000),
            "matter": chance.sample(MATTER, 6),
            "day": day,
            "times": chance.randint(1, 6),
            "killed": chance.randint(1, 99) if deed == "ASSAULT" else None,
            "about": self.words(12),
        }

    def words(self, count: int) -> list[str]:
        """Return so many words, as often as they stand in the news."""
        found = self.numbers.choice(len(self.names), count, p=self.weights)
        return [self.names[i] for i in found]

    def report(self, day: int, told: list[dict[str, Any]]) -> Kept:
        """Return one report that tells some happenings."""
        name = f"r{self.chance.getrandbits(48):012x}"
        clauses = []
        for each in told:
            trigger = self.chance.choice(WORDS[each["deed"]])
            some = " and the ".join(self.chance.sample(each["matter"], 4))
            clauses.append((trigger, f"{trigger} over the {some}"))
        body = self.words(LONG)
        text = ". ".join(
            f"{clause} {' '.join(each['about'])}"
            for (_, clause), each in zip(clauses, told, strict=True)
        )
        text = f"{text}. {' '.join(body)}."
        shown = date.fromordinal(day + self.chance.randint(0, 1))
        report = replace(REPORT, id=name, text=text, published=shown, title="", url="")
        report = replace(report, outlet=f"Outlet {self.chance.randrange(300)}")
        made = [
            self.claim(name, text, clause, each) for clause, each in zip(clauses, told, strict=True)
        ]
        read = {
            claim["id"]: sense(
                self.chance, each["deed"], " ".join(each["matter"]) + str(each["place"])
            )
            for claim, each in zip(made, told, strict=True)
        }
        return Kept(report, made, (), senses=read)

    def claim(self, name: str, text: str, told: tuple[str, str], each: dict[str, Any]) -> Record:
        """Return one claim of a report."""
        trigger, clause = told
        at, chance = text.index(clause), self.chance
        claim = f"{chance.getrandbits(64):016x}"
        sides = [
            [
                {
                    **PLAIN["actors"][0],
                    "name": who.name,
                    "country": who.country,
                    "sector": list(who.sectors),
                    "entity": None,
                }
            ]
            for who in each["sides"]
        ]
        day = str(date.fromordinal(each["day"]))
        spot = {"name": f"place {each['place']}", "country": f"C{each['place'] % 90:02}"}
        where = {**PLAIN["where"], **spot, "precision": "city"}
        number = each["killed"]
        toll = {"what": "killed", "low": number, "best": number, "high": number}
        toll |= {"start": at, "end": at + 4, "text": text[at : at + 4], "scope": ""}
        return {
            **PLAIN,
            "id": claim,
            "event": claim[::-1],
            "report": name,
            "type": each["deed"],
            "deed": each["deed"],
            "mode": [],
            "trigger": {"start": at, "end": at + len(trigger), "text": trigger},
            "evidence": {"start": at, "end": at + len(clause), "text": clause},
            "actors": sides[0],
            "recipients": sides[1],
            "when": None if chance.random() < 0.15 else {**PLAIN["when"], "from": day, "to": day},
            "where": None if chance.random() < 0.3 else where,
            "quantities": [toll] if number else [],
        }


def fill(store: SqlStore, claims: int) -> tuple[float, float, int]:
    """Fill a store day by day up to so many claims.

    Return CPU seconds of keeping and of merging, and how many claims came.
    """
    keeping = merging = 0.0
    before = held = store.counts()["claims"]
    while held < claims:
        day = next_day(store)
        some = list(News(day).day(day, min(A_DAY, claims - held)))
        began = process_time()
        for at in range(0, len(some), FULL):
            store.save_all(some[at : at + FULL], MADE)
        between = process_time()
        merge_store(store)
        keeping += between - began
        merging += process_time() - between
        held += sum(len(kept.claims) for kept in some)
    return keeping, merging, held - before


def next_day(store: SqlStore) -> int:
    """Return the number of the day after the last of which a report is kept."""
    with store.reading() as to:
        last = to.exec_driver_sql("SELECT max(published) FROM reports").scalar()
    return date.fromisoformat(last).toordinal() - BEGIN + 1 if last else 0


def day_more(store: SqlStore, some: list[Kept]) -> tuple[float, float, float]:
    """Keep, merge and sum up some reports; return CPU milliseconds a report of each."""
    marks = [process_time()]
    store.save_all(some, MADE)
    marks.append(process_time())
    merge_store(store)
    marks.append(process_time())
    summarise(store)
    marks.append(process_time())
    each = [(b - a) / len(some) * 1000 for a, b in zip(marks, marks[1:], strict=False)]
    return each[0], each[1], each[2]


def grow(store: SqlStore, claims: int, reports: int) -> float:
    """Measure one size; return CPU milliseconds a report of keeping and merging."""
    filled = fill(store, claims)
    summarise(store)
    return measure_day(store, claims, reports, filled)


def measure_day(
    store: SqlStore, claims: int, reports: int, filled: tuple[float, float, int]
) -> float:
    """Keep and merge some reports three times; print and return what they took."""
    keeping, merging, came = filled
    found = []
    for _ in range(3):
        day = next_day(store)
        more = list(islice(News(-day).day(day, A_DAY), reports))
        found.append(day_more(store, more))
    kept, merged, summed = min(found, key=lambda each: each[0] + each[1])
    filling = ""
    if came:
        compact_store(store)
        size = Path(store.where).stat().st_size / store.counts()["claims"]
        filling = (
            f" {came / keeping:,.0f} kept a CPU second, {merging / came * 1e6:.0f} µs"
            f" merging a claim; {size:,.0f} bytes a claim;"
        )
    print(
        f"{claims:>9,} claims:{filling}"
        f" {reports} reports more: {kept:.1f} ms a report kept, {merged:.1f} merged,"
        f" {summed:.1f} summed up; load {os.getloadavg()[0]:.1f}",
        flush=True,
    )
    return kept + merged


def day_in_copy(where: str, folder: Path, reports: int) -> float:
    """Measure a day in a copy of a store that was filled before."""
    copy = folder / "copy.db"
    shutil.copy(where, copy)
    try:
        with closing(SqlStore(str(copy))) as store:
            claims = store.counts()["claims"]
            return measure_day(store, claims, reports, (0.0, 0.0, 0))
    finally:
        for file in folder.glob("copy.db*"):
            file.unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("claims", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument("--reports", type=int, default=100)
    parser.add_argument("--store", default="", help="where to leave the store")
    parser.add_argument("--filled", nargs="+", default=[], help="stores to copy")
    given = parser.parse_args()
    print(processor())
    with tempfile.TemporaryDirectory() as folder:
        where = given.store or str(Path(folder) / "s.db")
        found = [day_in_copy(s, Path(folder), given.reports) for s in given.filled]
        if not found:
            with closing(SqlStore(where)) as store:
                found = [grow(store, n, given.reports) for n in sorted(given.claims)]
    print(f"largest against smallest: {found[-1] / found[0]:.2f}")
