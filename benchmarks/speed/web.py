"""How long pages take while many read and one writes.

usage: benchmarks speed web [--claims N] [--readers N] [--seconds N] [--pause S]
                            [--store FILE]

Fills a store with made-up claims (those of store.py), starts `dateline serve`
over it as a process of its own, and lets READERS ask for pages and calls, each the next
one PAUSE seconds on average (2) after the last was read: somebody who looks at a page
before going on. With --pause 0 nobody looks: that measures how much the server can do.
As a browser does, each sends the ETag of what it has. Meanwhile one writer keeps a
report of ten claims each tenth of a second and sums up its events. Prints the times
until an answer was read whole, how many answers were no good, how many held sums that
were some seconds old, and what else the machine had to do.
"""

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import tempfile
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, perf_counter, sleep

from benchmarks.speed.store import CODES, KINDS, MADE, batches, kept
from dateline.events.event_summaries import summarise
from dateline.store import maintenance
from dateline.store.sql import SqlStore

EACH = 10  # claims in a report
RUN = "from dateline.cli import main; main()"
MIX = {
    "/": 2,
    "/events": 2,
    "/events?actor={code}": 2,
    "/events?type={kind}&since=2019-05-01&until=2019-05-31": 2,
    "/events?search=pilots+{report}": 1,
    "/event/e{event}": 4,
    "/report/r{report}": 4,
    "/actor/{code}": 1,
    "/dyad?a={code}&b={other}": 1,
    "/map": 1,
    "/timeline": 1,
    "/speakers": 1,
    "/problems": 1,
    "/api/v1/events?type={kind}&limit=50": 2,
    "/api/v1/events/e{event}": 2,
    "/api/v1/changes?after=0": 1,
}
"""What is asked for, and how often."""


@dataclass
class Times:
    """Seconds of each kind of question, and what went wrong."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    old: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """Who asks whom, and until when."""

    port: int
    claims: int
    ends: float
    pause: float


def fill(where: str, claims: int) -> None:
    """Make the store, its events summed up."""
    with SqlStore(where) as store:
        for some in batches(0, claims // EACH):
            store.save_all(some, MADE)
        summarise(store)
        maintenance.compact_store(store)


def write(where: str, first: int, ends: float) -> None:
    """Keep report after report until the time is over; print how many."""
    number = first
    with SqlStore(where) as store:
        while monotonic() < ends:
            store.save_all([kept(number)], MADE)
            number += 1
            if number % 20 == 0:
                summarise(store)
            sleep(0.1)
    print(f"written meanwhile: {number - first:,} reports", flush=True)


def read(plan: Plan, seed: int, told: Times) -> None:
    """Ask for one thing after another, as one who reads."""
    chosen = random.Random(seed)
    asking = http.client.HTTPConnection("127.0.0.1", plan.port, timeout=30)
    tags: dict[str, str] = {}
    sleep(chosen.uniform(0, plan.pause))
    while monotonic() < plan.ends:
        shape = chosen.choices(list(MIX), list(MIX.values()))[0]
        path = shape.format(
            code=chosen.choice(CODES),
            other=chosen.choice(CODES),
            kind=chosen.choice(KINDS),
            event=chosen.randrange(plan.claims // 3),
            report=chosen.randrange(plan.claims // EACH),
        )
        began = perf_counter()
        try:
            asking.request("GET", path, headers={"If-None-Match": tags.get(path, "")})
            answer = asking.getresponse()
            answer.read()
        except OSError as error:
            told.wrong.append(f"{path}: {error}")
            asking.close()
            continue
        told.took[shape].append(perf_counter() - began)
        tags[path] = answer.headers.get("ETag", "")
        told.old += filter(None, [answer.headers.get("Dateline-Counted")])
        if answer.status not in (200, 304):
            told.wrong.append(f"{path}: {answer.status}")
        sleep(chosen.expovariate(1 / plan.pause) if plan.pause else 0)


def serve(where: str) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server; return it and its port when it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    words = [sys.executable, "-c", RUN, "serve", where, "--port", str(port)]
    running = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    while running.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return running, port
        except OSError:
            sleep(0.1)
    raise SystemExit("the server ended")


def share(times: list[float], part: float) -> float:
    """Return how many milliseconds a part of the answers took at the most."""
    return 1000 * sorted(times)[min(len(times) - 1, int(part * len(times)))]


def show(told: Times, seconds: float) -> None:
    """Print the times."""
    rows = sorted(told.took.items(), key=lambda row: -share(row[1], 0.95))
    every = [one for _, times in rows for one in times]
    for name, times in [*rows, ("all", every)]:
        parts = " ".join(f"{share(times, p):7.0f}" for p in (0.5, 0.95, 0.99, 1))
        print(f"{name:58} {len(times):6} {parts}  (n, p50 p95 p99 max, ms)")
    rate = len(every) / seconds
    print(f"{rate:.1f} answers a second; no good: {len(told.wrong)} {told.wrong[:3]}")
    print(f"with sums that were some seconds old: {len(told.old)} of {len(every)}")


def measure(where: str, asked: argparse.Namespace) -> None:
    """Let them read and write, and print how it went."""
    running, port = serve(where)
    told = Times()
    ends = monotonic() + asked.seconds
    plan = Plan(port, asked.claims, ends, asked.pause)
    first = asked.claims // EACH + int(monotonic())  # what an earlier run has not kept
    words = [
        sys.executable,
        "-m",
        "benchmarks",
        "speed",
        "web",
        "--write",
        where,
        str(first),
        str(ends),
    ]
    writer = subprocess.Popen(words)
    readers = [threading.Thread(target=read, args=(plan, n, told)) for n in range(asked.readers)]
    for one in readers:
        one.start()
    for one in readers:
        one.join()
    writer.wait()
    running.terminate()
    _, _, used = os.wait4(running.pid, 0)
    spent = (used.ru_utime + used.ru_stime) / asked.seconds
    pace = f"{asked.pause:g} s on average between an answer and the next question"
    print(f"{asked.readers} readers, {pace}")
    load = os.getloadavg()[0]
    print(f"{os.cpu_count()} cores, load {load:.1f}; the server took {spent:.2f} cores")
    show(told, asked.seconds)


def main() -> None:
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
        return
    parser = argparse.ArgumentParser()
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=2)
    parser.add_argument("--store", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = asked.store or str(Path(folder) / "s.db")
        if not Path(where).exists():
            fill(where, asked.claims)
        measure(where, asked)
