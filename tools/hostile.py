"""A hostile round at the doors: fresh inputs by a seed, against the real code.

python tools/hostile.py [SEED] [EACH]     to 127.0.0.1 alone, at most EACH a kind

Kinds: headers of a feed's host, addresses that lead inside, requests to `serve`,
questions in SQL, answers of a child that reads, states and lists of feeds. A fault is
what a person would see as one: an error that is not told, an answer 5xx, a connection
to a refused address, a limit that is broken, a store that has changed.
"""

import json
import logging
import random
import resource
import socket
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from time import monotonic, process_time, sleep
from typing import Any
from urllib.parse import quote

from dateline.ingest.feeds import formats as feeds
from dateline.ingest.feeds.addresses import mask_secrets
from dateline.ingest.feeds.fetch import Fetcher, NotFetched
from dateline.ingest.feeds.formats import BadList, Feed, read_feeds
from dateline.ingest.feeds.poll import Turn, after_poll, conditional_headers, retry_after
from dateline.ingest.reading.worker import NotCarried, carry_item, deliver_item
from dateline.model import Problem, Report
from dateline.store.database.sql_query import Limits, ask_store
from dateline.store.errors import StoreError
from dateline.store.query_limits import bounded_memory
from dateline.store.sql import SqlStore
from dateline.testing import MADE, REPORT, sample

TEXT = "Kenya freed two Ugandan pilots on Monday, the army said in Lamu."
FEED = (
    f"<rss><channel><title>Coast</title><item><title>Freed</title><description>{TEXT}"
    "</description></item></channel></rss>"
).encode()
ODD = (
    "² ① ٣ -5 +5 1e9 nan inf 0x10 1_0 ' \" [ ] [::1] http://[ // @ : ; , = % %zz %00"
    ' \x01 \x7f \x85 \xa0 é 𝟙 \ud800 \u202e max-age max-age= max-age=² max-age="9"'
    " Mon, 01 Jan 99999 00:00:00 GMT|Fri, 31 Dec 9999 23:59:59 -2359|../../etc/passwd"
    " Bearer Basic null None true {} [] 99999999999999999999 GMT gzip deflate br"
).split(" ")


def words(dice: random.Random) -> str:
    """Return a few odd pieces, run together or apart."""
    picked = [dice.choice(ODD) for _ in range(dice.randint(0, 4))]
    made = dice.choice(("", " ", ",", ";")).join(picked)
    return made * (dice.choice((1, 1, 1, 50, 3000)) if len(made) < 30 else 1)


class Round:
    """Counts what became of each input."""

    def __init__(self, seed: int, each: int, folder: Path) -> None:
        self.dice, self.each, self.folder = random.Random(seed), each, folder
        self.count: Counter[tuple[str, str]] = Counter()
        self.slowest: Counter[str] = Counter()
        self.faults: list[str] = []

    def play(self, kind: str, once: Callable[[], str]) -> None:
        """Play one kind; `once` returns how an input ended."""
        for _ in range(self.each):
            began = monotonic()
            try:
                ended = once()
            except Exception as error:  # noqa: BLE001  this is what is looked for
                ended = f"fault: {type(error).__name__}: {error}"[:200]
            if ended.startswith("fault"):
                self.faults.append(f"{kind}: {ended!r}")
            self.count[kind, ended.partition(":")[0]] += 1
            spent = int(1000 * (monotonic() - began))
            self.slowest[kind] = max(self.slowest[kind], spent)

    def told(self) -> None:
        """Print the counts."""
        for kind in dict.fromkeys(kind for kind, _ in self.count):
            ends = {end: n for (of, end), n in self.count.items() if of == kind}
            print(f"{kind}: {sum(ends.values())} {ends}, slowest {self.slowest[kind]} ms")
        print(f"{sum(self.count.values())} inputs, {len(self.faults)} faults")
        for fault in self.faults:
            print(fault)


@contextmanager
def host(answers: list[bytes]) -> Iterator[int]:
    """Give the port of a host that gives the last of some answers, as bytes."""
    door = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                made, _ = door.accept()
            except OSError:
                return
            with closing(made):
                made.settimeout(2)
                try:
                    made.recv(1 << 16)
                    made.sendall(answers[-1])
                except OSError:
                    continue

    Thread(target=serve, daemon=True).start()
    yield door.getsockname()[1]
    door.close()


def headers(game: Round) -> None:
    """A host says odd things of itself; the watcher heeds them or not."""
    answers = [b""]
    with host(answers) as port:
        url = f"http://127.0.0.1:{port}/feed"
        feed, fetcher = Feed(url), Fetcher("round", lambda _: True, seconds=3)

        def once() -> str:
            dice = game.dice
            status = dice.choice(("200 OK", "302 Found", "503 No", "304 Same", words(dice)))
            names = "Retry-After Cache-Control ETag Last-Modified Content-Type Location"
            told = [f"{name}: {words(dice)}" for name in (*names.split(), words(dice))]
            told.append(dice.choice(("", "Content-Encoding: gzip", "Content-Length: ²")))
            raw = "\r\n".join((f"HTTP/1.1 {status}", *filter(None, told), "", ""))
            answers.append(raw.encode("utf-8", "surrogatepass") + FEED)
            try:
                found = fetcher.get(url, {}, lambda _: None)
            except NotFetched as error:
                return f"refused: {error.code}"
            now = after_poll(feed, found, Turn(feeds.State(), 0.0))
            wait = retry_after(found.headers.get("retry-after", ""))
            fetcher.agent.encode()
            if not 0 <= wait < 1e12 or not now.due > 0:
                return "fault: a wait without end"
            for value in conditional_headers(now).values():
                value.encode("ascii")
            return "heeded"

        game.play("headers", once)


def inside(dice: random.Random) -> str:
    """Return an address within, spelled in one of many ways."""
    four = dice.choice(
        [(127, 0, 0, 1), (10, 1, 2, 3), (169, 254, 169, 254), (192, 168, 7, 9)]
        + [(172, 16, 0, 1), (100, 64, 1, 1), (0, 0, 0, 0), (224, 0, 0, 1)]
    )
    number = int.from_bytes(bytes(four))
    dotted, high, low = ".".join(map(str, four)), number >> 16, number & 0xFFFF
    return dice.choice(
        [dotted, str(number), hex(number), f"0{number:o}", f"{four[0]}.{number & 0xFFFFFF}"]
        + [".".join(f"0{n:o}" for n in four), ".".join(map(hex, four)), dotted + "."]
        + [f"[::ffff:{dotted}]", f"[::{dotted}]", f"[64:ff9b::{dotted}]"]
        + [f"[64:ff9b:1::{dotted}]", f"[2002:{high:x}:{low:x}::1]", f"[fec0::{low:x}]"]
        + [f"[2001:0:{high:x}:{low:x}::1]", f"[2a00:1::5efe:{dotted}]", f"[fe80::{low:x}]"]
        + [f"[fd00::{low:x}]", f"[::ffff:0:{dotted}]", f"me@{dotted}", "a:b@[::1]"]
        + [f"{dotted}:99999", f"[{dotted}", f"{words(dice)}@{dotted}", dotted + "\n"]
    )


def addresses(game: Round) -> None:
    """No address within is connected to, however it is spelled."""
    reached: list[Any] = []
    numeric, connect = socket.getaddrinfo, socket.create_connection

    def resolve(name: str, port: int, **more: Any) -> Any:
        return numeric(name, port, flags=socket.AI_NUMERICHOST, **more)

    def never(to: Any, *_: Any) -> Any:
        reached.append(to)
        raise OSError("not here")

    def once() -> str:
        dice = game.dice
        scheme = dice.choice(("http", "https", "HTTP", "ftp", "file", words(dice)))
        url = f"{scheme}://{inside(dice)}{dice.choice(('', '/', '/?token=S3CRET'))}"
        try:
            Fetcher("round").get(url, {}, lambda _: None)
        except NotFetched as error:
            if reached or "S3CRET" in f"{error}{mask_secrets(url)}":
                return f"fault: {url} was reached or told"
            return f"refused: {error.code}"
        return "fault: it was asked"

    socket.getaddrinfo, socket.create_connection = resolve, never  # type: ignore[assignment]
    try:
        game.play("addresses", once)
    finally:
        socket.getaddrinfo, socket.create_connection = numeric, connect


TOKEN = "sixteen-letters-"
PATHS = "/ /events /events?actor= /api/v1/events?cursor= /event/ /report/ /login /api/v1/"
PATHS += " /api/v1/code /map?month= /timeline?since= /search?q= /static/ /dyad?a= //"


def request(dice: random.Random) -> bytes:
    """Return a request that is odd in one way or two; most have the right token."""

    def rarely(share: float, odd: Any, usual: Any) -> Any:
        return odd if dice.random() < share else usual

    local, short = "127.0.0.1", words(dice)[:300]
    method = rarely(0.3, dice.choice(("POST", "HEAD", "OPTIONS", short)), "GET")
    path = dice.choice(PATHS.split(" ")) + quote(words(dice)[:300], errors="replace")
    path += rarely(0.1, short, "")
    host = rarely(0.2, dice.choice(("[", "[::1", f"x@{local}", short)), local)
    told = [f"{method} {path} HTTP/1.{dice.choice('01')}", f"Host: {host}"]
    told.append(f"Authorization: Bearer {rarely(0.2, short, TOKEN)}")
    for name in ("Origin", "Cookie", "If-None-Match", "Range", "Accept"):
        if dice.random() < 0.15:
            told.append(f"{name}: {dice.choice(('', 'dateline=', '*'))}{short}")
    if dice.random() < 0.05:
        told.append(f"Transfer-Encoding: {dice.choice(('chunked', short))}")
    body = dice.choice(("token=x", '{"text": "Kenya freed two."}', words(dice), "{"))
    raw = body.encode("utf-8", "surrogatepass") if method == "POST" else b""
    length = rarely(0.05, dice.choice((10**9, 10**5, short)), len(raw))
    told += [f"Content-Length: {length}", "Content-Type: application/json"]
    head = "\r\n".join((*told, "Connection: close", "", ""))
    return head.encode("utf-8", "surrogatepass") + raw


def requests(game: Round, where: str) -> None:
    """A server of ours answers odd requests: never with a fault of its own."""
    import uvicorn

    from dateline.server.app import Parts, application
    from dateline.server.code_page import Coding
    from dateline.server.middleware import LOOPBACK, Guard, Patient, Rate

    door = socket.create_server(("127.0.0.1", 0))
    with SqlStore(where, write=False) as kept:
        coding = Coding(lambda asked: {"claims": [], "problems": []})
        guard = Guard(TOKEN, LOOPBACK, guesses=Rate(1e9, 1))
        made: Any = application(kept, Parts(guard, coding, Rate(0, 0), None, Rate(9, 9)))
        given = uvicorn.Config(made, http=Patient, ws="none", log_level="critical")
        server = uvicorn.Server(given)
        Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True).start()
        while not server.started:
            sleep(0.02)
        port = door.getsockname()[1]

        def answered(raw: bytes) -> bytes:
            with closing(socket.create_connection(("127.0.0.1", port), 5)) as asking:
                asking.sendall(raw)
                asking.settimeout(2)  # a body that does not come is waited for
                found = b""
                try:
                    while part := asking.recv(1 << 16):
                        found += part
                except OSError:
                    pass
                return found

        def once() -> str:
            raw = request(game.dice)
            status = answered(raw)[:12].decode("latin-1").split(" ")
            if len(status) < 2:
                return "cut or waiting"
            return f"fault: {status[1]}" if status[1][0] == "5" else status[1]

        game.play("requests", once)
        plain = b"GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
        if not answered(plain).startswith(b"HTTP/1.1 200"):
            game.faults.append("requests: the server is gone")
        server.should_exit = True
        sleep(0.5)


def question(dice: random.Random) -> str:
    """Return a question in SQL that is large, slow, or means to write."""
    size = dice.choice((10, 10**6, 15 * 10**6, 10**9, 10**12))
    cell = dice.choice(
        (f"zeroblob({size})", f"hex(zeroblob({size}))", f"randomblob({size})")
        + (f"printf('%.{size}c', 'x')", f"replace(hex(zeroblob({size % 10**7})),'0','ab')")
        + ("x", "text", f"group_concat(text, hex(zeroblob({size % 10**6})))")
        + ("load_extension('x')", "readfile('/etc/passwd')", "fts3_tokenizer('a')")
    )
    rows = dice.choice((1, 100, 10**5, 10**9))
    more = f"UNION ALL SELECT x + 1 FROM n WHERE x < {rows}"
    numbers = f"(WITH RECURSIVE n(x) AS (SELECT 1 {more}) SELECT x FROM n)"
    cells = ", ".join([cell] * dice.choice((1, 1, 3, 200, 1000)))
    tail = dice.choice(("", f" FROM {numbers}", f" FROM {numbers}, reports", " FROM reports"))
    tail += dice.choice(("", " ORDER BY 1", " GROUP BY 1", " LIMIT 5", "; DELETE FROM claims"))
    first = dice.choice(("SELECT", "SELECT", "SELECT DISTINCT", "EXPLAIN SELECT", "-- x\nSELECT"))
    other = dice.choice(
        ("DELETE FROM claims", "PRAGMA query_only=0", "ATTACH 'x.db' AS x", "VACUUM")
        + ("WITH a AS (SELECT 1) DELETE FROM reports", "/*", "--", "(", words(dice))
        + ("SELECT " + "(" * 2000, "SELECT 1" + " UNION SELECT 1" * 999, "VALUES (1)")
    )
    return other if dice.random() < 0.3 else f"{first} {cells}{tail}"


def sql(game: Round, where: str) -> None:
    """A store answers a question within its limits, or tells why not."""
    with SqlStore(where, write=False) as kept:
        before, seconds = kept.counts(), 0.5
        base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

        def once() -> str:
            began = process_time()
            try:
                with bounded_memory(1 << 30):
                    ask_store(kept, question(game.dice), Limits(seconds, 10_000))
                ended = "answered"
            except StoreError:
                ended = "refused"
            late = process_time() - began
            grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) >> 10
            if kept.counts() != before:
                return "fault: the store has changed"
            if grown > 1200 or late > 5:
                return f"fault: {grown} MB, {late:.1f} s"
            return ended

        game.play("questions", once)
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) >> 10
        print(f"questions: the process grew by {grown} MB at the most")


def answers_of_a_child(game: Round) -> None:
    """No bytes of a child that was taken over do more than give a report."""
    good = carry_item(REPORT)

    def once() -> str:
        dice = game.dice
        told = json.loads(good)
        for _ in range(dice.randint(1, 3)):
            name = dice.choice((*told, *told, *told, "more", "path"))
            same = dice.choice(("", words(dice), "2024-01-01")) if told.get(name) else None
            told[name] = (
                same
                if dice.random() < 0.7
                else dice.choice((words(dice), None, 3, True, [], {}, [[[]]], 1e999))
            )
        raw = json.dumps(told).encode()
        cut = dice.randint(0, len(raw))
        raw = dice.choice((raw, raw, raw, raw[:cut], raw[:cut] + b"\xff[" + raw[cut:], raw * 2))
        try:
            found = deliver_item(raw)
        except NotCarried:
            return "refused"
        if not isinstance(found, Report | Problem):
            return "fault: something else came"
        return (
            "taken"
            if isinstance(found.report_id if isinstance(found, Problem) else found.text, str)
            else "fault: no text"
        )

    game.play("answers of a child", once)


def files(game: Round) -> None:
    """A state is begun anew where it is damaged; a bad list is told."""
    path, listed = game.folder / "s.json", game.folder / "f.toml"

    def states() -> str:
        dice = game.dice
        row = {
            n: dice.choice((words(dice), 1e999, -1, None, [], {}, [3], True))
            for n in ("due", "etag", "modified", "failures", "gone", "read", "tried", "store")
        }
        raw = json.dumps({"http://a.example/": row, words(dice): dice.choice((row, 3))})
        path.write_text(raw[: dice.choice((len(raw), dice.randint(0, len(raw))))])
        for known in feeds.load_states(path).values():
            if not known.due < 1e12 or not conditional_headers(known).keys() <= {
                "If-None-Match",
                "If-Modified-Since",
            }:
                return "fault: a state without end"
        return "read"

    def lists() -> str:
        dice = game.dice
        url = dice.choice(("http://a.example/", f"http://{words(dice)}", words(dice)))
        every = dice.choice(("15m", "999999d", "0", "٣m", words(dice)))
        raw = f"[[feed]]\nurl = {json.dumps(url)}\nevery = {json.dumps(every)}\n"
        listed.write_bytes(raw.encode("utf-8", "surrogatepass"))
        try:
            found = read_feeds(listed)
        except BadList:
            return "refused"
        return "read" if all(60 <= each.every < 1e8 for each in found) else "fault: every"

    game.play("states", states)
    game.play("lists", lists)


def main(seed: int = 36, each: int = 60) -> None:
    """Play all kinds and print what became of the inputs."""
    logging.disable(logging.CRITICAL)
    with TemporaryDirectory() as folder:
        where = str(Path(folder) / "s.db")
        with SqlStore(where) as kept:
            kept.save(REPORT, [sample()], [], MADE)
        game = Round(seed, each, Path(folder))
        headers(game)
        addresses(game)
        answers_of_a_child(game)
        files(game)
        requests(game, where)
        sql(game, where)
        game.told()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
