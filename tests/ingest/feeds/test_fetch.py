"""Only public addresses are asked, whatever a link, a name or a redirect says."""

import gzip
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest

from dateline.ingest.feeds import fetch
from dateline.ingest.feeds.addresses import public
from dateline.ingest.feeds.fetch import Fetcher, NotFetched

pytestmark = pytest.mark.fault
WRONG = [
    "file:///etc/passwd",
    "/etc/passwd",
    "gopher://example.org/",
    "ftp://example.org/",
    "http://169.254.169.254/latest",
    "http://127.0.0.1/",
    "http://[::1]/",
    "http://[::ffff:10.0.0.1]/",
    "http://0x7f000001/",
    "http://2130706433/",
    "http://localhost/",
    "http://10.0.0.1/",
    "http://user:word@example.org/",
    "http://[bad/",
    "http://example.org:99999999/",
]


@pytest.mark.parametrize("url", WRONG)
def test_nothing_but_public_addresses_is_asked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("connected")

    monkeypatch.setattr(socket, "create_connection", never)
    with pytest.raises(NotFetched) as told:
        Fetcher("test").get(url, {}, anywhere)
    assert told.value.code == "address_not_allowed"


@pytest.mark.parametrize(
    ("address", "well"),
    [("8.8.8.8", True), ("100.64.0.1", False), ("224.0.0.1", False), ("fe80::1%e", False)],
)
def test_which_addresses_are_public(address: str, well: bool) -> None:
    assert public(address) is well


def anywhere(_: str) -> None:
    """Be welcome everywhere."""


class Answers(BaseHTTPRequestHandler):
    """A host that redirects, says too much, or answers plainly."""

    def do_GET(self) -> None:  # noqa: N802  the library's name
        goals = {
            "/file": "file:///etc/passwd",
            "/inner": "http://169.254.169.254/",
            "/round": "/round",
            "/once": "/plain",
            "/words": "/новини dnja?q=ч",
        }
        if goal := goals.get(self.path):
            self.send_response(302)
            self.send_header("Location", goal.encode().decode("latin-1"))
            self.end_headers()
            return
        self.send_response(200)
        if self.path == "/cut":
            self.send_header("Content-Length", "100")
        if self.path == "/packed":
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(gzip.compress(b"It rained in Mombasa. " * 50)[:-9])
            return
        self.end_headers()
        if self.path == "/drip":
            drip(self.wfile)
            return
        body = b"x" * (1 << 20)
        for _ in range(25 if self.path == "/big" else 0):
            try:
                self.wfile.write(body)
            except OSError:
                return
        self.wfile.write(b"plain")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def drip(out: Any) -> None:
    """Write a little now and then, for ten seconds or until nobody listens."""
    for _ in range(200):
        try:
            out.write(b"x")
            sleep(0.05)
        except OSError:
            return


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def local(address: str) -> bool:
    return address == "127.0.0.1" or public(address)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/file", "address_not_allowed"),
        ("/inner", "address_not_allowed"),
        ("/round", "too_many_redirects"),
        ("/big", "too_large"),
        ("/cut", "truncated"),
        ("/packed", "truncated"),
    ],
)
def test_redirects_and_sizes_are_bounded(host: str, path: str, code: str) -> None:
    with pytest.raises(NotFetched) as told:
        Fetcher("test", local).get(host + path, {}, anywhere)
    assert told.value.code == code


def test_a_redirect_to_a_page_is_followed(host: str) -> None:
    found = Fetcher("test", local).get(f"{host}/once", {}, anywhere)
    assert (found.status, found.body, found.url) == (200, b"plain", f"{host}/plain")


def test_a_host_that_keeps_silent_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        with pytest.raises(NotFetched) as told:
            Fetcher("test", local, seconds=0.2).get(url, {}, anywhere)
    assert told.value.code == "timeout"
    assert fetch.SECONDS == 30


def test_a_host_that_drips_is_left_in_time(host: str) -> None:
    began = monotonic()
    with pytest.raises(NotFetched) as told:
        Fetcher("test", local, seconds=0.4).get(f"{host}/drip", {}, anywhere)
    assert told.value.code == "timeout"
    assert monotonic() - began < 4


def test_an_address_may_have_letters_beyond_ascii_and_blanks(host: str) -> None:
    found = Fetcher("test", local).get(f"{host}/words", {}, anywhere)
    assert found.body == b"plain"


def test_where_one_address_of_a_host_is_deaf_the_next_is_asked(host: str) -> None:
    port = int(host.rpartition(":")[2])
    with fetch.connected(["127.0.0.2", "127.0.0.1"], port, 2) as found:
        assert found.getpeername() == ("127.0.0.1", port)
