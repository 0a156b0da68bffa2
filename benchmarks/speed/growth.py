"""Whether a long run stays as fast and as small as a short one.

usage: benchmarks speed growth [REPORTS...]   default 1000 10000 20000

Codes so many short invented reports, full of names that no report had before, as
`dateline code` does: one process, kept in a store in a temporary folder, joined into
events at the end. After so many it prints CPU milliseconds a report since the last such
line, and the memory held then (what was swapped out included); at the end, the largest
of these times against the smallest, and how much the memory grew after the first line.
"""

import gc
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from dateline.events.event_summaries import join
from dateline.ingest.run import Ingest
from dateline.ingest.scale.pool import coding_pool
from dateline.model import Source
from dateline.pipeline.factory import Options
from dateline.store.sql import SqlStore

HEADS = "Ba Cho Da Fe Ga Hu Ji Ka Lo Mi Na O Pe Ra So Ta U Vo Wa Ya Ze Bro Dri Kle".split()
MIDDLES = "ba cha do fe gu la mi no pu ra shi ta ve zo li ro".split()
TAILS = "n r s k vic man dor ssa ne di ko li ton berg ez u".split()
PLACES = "Nairobi Kampala Seoul Cairo Lima Kyiv Manila Tunis Bogota Ankara Delhi".split()
STATES = "Kenya Uganda Egypt Peru Ukraine Tunisia Colombia Turkey India Japan".split()
SORTS = "journalists students farmers miners soldiers officers pilots teachers".split()
PLAIN = (
    "Police in {state} arrested {n} {sort} in {place} on Monday, {name} said.",
    "{state} expelled {n} {sort} of {other} on Tuesday, spokeswoman {name} said.",
    "{name}, the foreign minister of {state}, met {second} of {other} in {place}.",
    "Rebels led by {name} killed {n} {sort} near {made} on Friday, the army said.",
    "The {made} Choir sang for {n} guests and {name} played the harp.",
)
AFTER = (
    "“We shall not give in,” {second} told the {made} Gazette.",
    "{second} demanded that {other} free them.",
    "Thousands protested against {name} in {place}, {second} said.",
)


def name(chance: random.Random) -> str:
    """Return a word that looks like a name, seldom the same."""
    middle = "".join(chance.choices(MIDDLES, k=chance.randint(1, 2)))
    return chance.choice(HEADS) + middle + chance.choice(TAILS)


def text(number: int) -> str:
    """Return the report of a number: one sentence, or two."""
    chance = random.Random(number)
    told = {
        "state": chance.choice(STATES),
        "other": chance.choice(STATES),
        "place": chance.choice(PLACES),
        "sort": chance.choice(SORTS),
        "made": name(chance),
        "n": chance.randint(2, 9999),
        "name": f"{name(chance)} {name(chance)}",
        "second": f"{name(chance)} {name(chance)}",
    }
    some = [chance.choice(PLAIN), *chance.choices(AFTER, k=chance.randint(0, 1))]
    return " ".join(some).format(**told)


def sources(count: int) -> Iterator[Source]:
    """Yield so many reports as files of a folder."""
    for n in range(count):
        yield Source(f"{n}.txt", raw=text(n).encode())


def held() -> float:
    """Return the MiB that this process holds of its own, swapped out or not."""
    gc.collect()
    lines = Path("/proc/self/status").read_text("utf-8").splitlines()
    told = dict(line.split(":", 1) for line in lines)
    return sum(int(told[n].split()[0]) for n in ("RssAnon", "VmSwap")) / 1024


def coded(store: SqlStore, marks: list[int]) -> Iterator[tuple[int, float, float]]:
    """Code the reports; yield at each mark how many, CPU ms each, and MiB held."""
    options = Options()
    ingest = Ingest(coding_pool(options, 1), store, options.made_by())
    before, began = 0, 0.0
    for done, _ in enumerate(ingest.run(sources(marks[-1] + 1))):
        if done == 0:  # everything is loaded
            began = process_time()
        if done in marks:
            spent = process_time() - began
            yield done, spent / (done - before) * 1000, held()
            before, began = done, process_time()


def main() -> None:
    marks = sorted(map(int, sys.argv[1:])) or [1_000, 10_000, 20_000]
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(str(Path(folder) / "s.db"))
        found = []
        for done, each, room in coded(store, marks):
            found.append((each, room))
            print(f"{done} reports: {each:.1f} ms of CPU each; {room:,.0f} MiB", flush=True)
        times, rooms = zip(*found, strict=True)
        print(f"slowest / fastest {max(times) / min(times):.2f};", end=" ")
        print(f"memory grew by {max(rooms) - rooms[0]:,.0f} MiB after {marks[0]} reports")
        began = process_time()
        events = join(store).events
        used = (process_time() - began) / marks[-1] * 1000
        print(f"joined into {events} events: {used:.1f} ms of CPU a report")
        store.close()
