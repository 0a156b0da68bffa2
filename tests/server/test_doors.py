"""Who stands at the door: hosts, tokens that are guessed, requests that never end."""

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient

from dateline.cli.serve import addresses_of, listening
from dateline.server import middleware as guard
from dateline.server.middleware import Bounded, Guard, Patient, Rate, client_of
from dateline.store.errors import StoreInUse
from tests.command import run
from tests.server.conftest import HERE

GOOD = "sixteen-letters-"
REVIEWS = "of-a-reviewer---"


def served(guard: Guard, client: str = "192.0.2.7") -> TestClient:
    """Return a browser's side of one page behind a guard."""
    made = FastAPI()
    made.middleware("http")(guard)

    @made.api_route("/api/here", methods=["GET", "POST"])
    def here(request: Request) -> str:
        return client_of(request)

    return TestClient(made, client=(client, 1), follow_redirects=False)


def bear(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


@pytest.mark.parametrize(
    "host",
    ["[", "[::1", "]", "[]", "a[", "[v1.x]", "me@testserver", "testserver/x", "a b"]
    + ["testserver:x", "testserver:999999", "[::1]x", "é", "testserver,evil", "#", "?"],
)
@pytest.mark.parametrize("hosts", [HERE, frozenset[str]()])
def test_no_name_of_a_host_is_a_bad_request(host: str, hosts: frozenset[str]) -> None:
    with served(Guard(hosts=hosts)) as asking:
        for method in ("GET", "POST"):
            sent = {"host": host.encode("latin-1")}
            answer = asking.request(method, "/api/here", headers=sent)  # type: ignore[arg-type]
            assert answer.status_code == 400
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_other_hosts_are_not_served_and_ours_is_whatever_its_spelling() -> None:
    with served(Guard(hosts=frozenset(("localhost", "::1")))) as asking:
        told = {
            host: asking.get("/api/here", headers={"host": host}).status_code
            for host in ("localhost", "LOCALHOST:80", "[::1]:8000", "evil.example")
        }
    assert list(told.values()) == [200, 200, 200, 400]


@pytest.mark.parametrize("origin", ["http://[", "null", "http://evil.example", "", "["])
def test_no_odd_origin_is_a_fault_of_ours(origin: str) -> None:
    with served(Guard(hosts=HERE)) as asking:
        answer = asking.post("/api/here", headers={"origin": origin})
        assert answer.status_code == 403


def test_wrong_tokens_are_counted_noted_and_then_not_looked_at() -> None:
    noted: list[tuple[str, str, str]] = []
    looked: list[str] = []

    def reviewer(token: str) -> str:
        looked.append(token)
        return "ana" if token == REVIEWS else ""

    def note(*line: str) -> None:
        noted.append(line)  # type: ignore[arg-type]

    guard = Guard(GOOD, HERE, reviewer, guesses=Rate(3, 0), note=note)
    with served(guard) as asking:
        fine = [asking.get("/api/here", headers=bear(GOOD)) for _ in range(9)]
        fine += [asking.get("/api/here", headers=bear(REVIEWS)) for _ in range(9)]
        assert {answer.status_code for answer in fine} == {200}
        wrong = [asking.get("/api/here", headers=bear(f"x{n}")) for n in range(6)]
        assert [a.status_code for a in wrong] == [401] * 3 + [429] * 3
        assert wrong[-1].headers["retry-after"] == "60"
        assert "x3" not in looked
        shut = asking.get("/api/here", headers=bear(GOOD))
        assert shut.status_code == 429  # else guessing on would pay
    assert noted == [("nobody", "refused", "a wrong token from 192.0.2.7")] * 3
    with served(guard, "192.0.2.8") as other:
        assert other.get("/api/here", headers=bear(GOOD)).status_code == 200


def test_a_busy_audit_log_stops_nobody() -> None:
    def note(*_: str) -> None:
        raise StoreInUse("in use")

    with served(Guard(GOOD, HERE, note=note)) as asking:
        assert asking.get("/api/here", headers=bear("x")).status_code == 401


def test_guesses_at_once_are_counted_too() -> None:
    rate = Rate(10, 0)
    with_luck: list[bool] = []
    threads = [
        Thread(target=lambda: with_luck.extend(rate.take("a") for _ in range(20))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(with_luck) == 10


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("fe80::1%eth0", "fe80::/64"),
        ("x" * 500, "x" * 80),
    ],
)
def test_a_network_of_one_machine_is_one_client(address: str, name: str) -> None:
    with served(Guard(hosts=HERE), address) as asking:
        assert asking.get("/api/here").json() == name


@pytest.mark.parametrize("words", [["--token", "a"], ["--token", "fifteen-letters"]])
def test_a_short_token_is_refused(tmp_path: Any, words: list[str]) -> None:
    done = run(tmp_path, "serve", *words, "--port", "0")
    assert done.returncode == 2
    assert "--token new" in done.stderr and "http://" not in done.stderr


def test_a_taken_port_is_told_before_an_address_is(tmp_path: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run(tmp_path, "serve", "demo", "--port", port)
    assert done.returncode == 2
    assert f"port {port}" in done.stderr and "taken" in done.stderr
    assert "http://" not in done.stderr and "coding" not in done.stderr


@pytest.mark.parametrize("told", ["*", "proxy.example", "", "10.0.0.0/99"])
def test_a_proxy_is_an_address(told: str) -> None:
    with pytest.raises(SystemExit):
        addresses_of([told])
    assert addresses_of(["10.0.0.0/24", "::1"]) == ["10.0.0.0/24", "::1"]


async def page(scope: Any, receive: Any, send: Any) -> None:
    """Tell who asks; of /long a great deal."""
    if scope["type"] != "http":
        return
    body = str(scope["client"][0]).encode()
    body += b"x" * (64 << 20) if scope["path"] == "/long" else b""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def server() -> Iterator[Callable[..., int]]:
    """Starts servers of one page at a free port of loopback."""
    ended = []

    def start(app: Any = page, **given: Any) -> int:
        door = socket.create_server(("127.0.0.1", 0))
        told: dict[str, Any] = {"proxy_headers": False, "lifespan": "off", **given}
        made = uvicorn.Config(app, http=Patient, ws="none", log_level="critical", **told)
        running = uvicorn.Server(made)
        thread = Thread(target=running.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        ended.append((running, thread, door))
        while not running.started:
            sleep(0.01)
        return int(door.getsockname()[1])

    yield start
    for running, thread, door in ended:
        running.force_exit = running.should_exit = True
        thread.join(5)
        door.close()


def reach(port: int, words: bytes = b"") -> socket.socket:
    made = socket.create_connection(("127.0.0.1", port), 5)
    made.sendall(words)
    return made


def asked(port: int, *lines: str) -> bytes:
    words = "\r\n".join(("GET / HTTP/1.1", "Host: a", "Connection: close", *lines))
    with closing(reach(port, f"{words}\r\n\r\n".encode())) as made:
        found = b""
        while part := made.recv(1 << 16):
            found += part
        return found


def test_half_sent_requests_hold_up_nobody(
    server: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "MOST_CONNECTIONS", 8)
    port = server()
    half = [reach(port, b"GET / HTTP/1.1\r\nHost:") for _ in range(40)]
    began = monotonic()
    assert asked(port).startswith(b"HTTP/1.1 200")
    assert monotonic() - began < 4
    for each in half:
        each.close()


@pytest.mark.parametrize(
    "words",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: a\r\nX: ",
        b"GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHo",
    ],
)
def test_a_head_that_does_not_come_is_not_waited_for(
    server: Callable[..., int], monkeypatch: pytest.MonkeyPatch, words: bytes
) -> None:
    monkeypatch.setattr(guard, "HEAD", 0.2)
    with closing(reach(server(), words)) as made:
        while made.recv(1 << 16):
            pass  # a timeout of the test's own would raise


def test_an_answer_that_nobody_takes_is_let_go(
    server: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    let_go = Event()

    def lose(connection: Patient, why: Exception | None) -> None:
        connection_lost(connection, why)
        let_go.set()

    connection_lost = Patient.connection_lost
    monkeypatch.setattr(Patient, "connection_lost", lose)
    monkeypatch.setattr(guard, "TAKEN", 0.2)
    port = server()
    with closing(reach(port, b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n")) as made:
        assert let_go.wait(20)
        got = 0
        with pytest.raises(ConnectionResetError):
            while part := made.recv(1 << 20):
                got += len(part)
            raise ConnectionResetError  # closed in the middle is as good
    assert got < 64 << 20


def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    sent: list[Any] = []

    async def receive() -> Any:
        await asyncio.sleep(60)

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "headers": []}
    asyncio.run(Bounded(page, seconds=0.05)(scope, receive, send))
    assert sent[0]["status"] == 408


def test_only_a_configured_proxy_tells_who_asks(server: Callable[..., int]) -> None:
    told = "X-Forwarded-For: 203.0.113.9"
    assert b"127.0.0.1" in asked(server(), told)
    other = server(proxy_headers=True, forwarded_allow_ips=["10.0.0.7"])
    assert b"127.0.0.1" in asked(other, told)
    ours = server(proxy_headers=True, forwarded_allow_ips=["127.0.0.0/8"])
    assert b"203.0.113.9" in asked(ours, told)


def test_a_free_port_is_found_and_told() -> None:
    with listening("127.0.0.1", 0) as door:
        assert door.getsockname()[1] > 0
