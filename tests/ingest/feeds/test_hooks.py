"""What is new of a saved search is sent: signed, tried again, to named hosts."""

import base64
import hmac
import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tenacity import wait_none

from dateline.events.event_summaries import summarise
from dateline.ingest.feeds.addresses import Hosts
from dateline.ingest.feeds.fetch import Fetcher
from dateline.ingest.feeds.webhooks import Sender, Sent, notify_all, sign_body
from dateline.store.errors import StoreError
from dateline.store.saved_searches import list_searches, save_search
from dateline.store.sql import SqlStore
from tests.claims import REPORT, claim

SECRET = "a-secret-of-this-test-alone"
MADE = {"codebook": "plover", "version": "1"}


class Waiting(BaseHTTPRequestHandler):
    """Somebody who waits for events, and answers as he is told."""

    def do_POST(self) -> None:
        told: Any = self.server
        body = self.rfile.read(int(self.headers["content-length"]))
        told.got.append((dict(self.headers), body))
        self.send_response(told.answers.pop(0) if told.answers else 204)
        self.send_header("location", "http://127.0.0.1:9/elsewhere")
        self.end_headers()

    def log_message(self, *_told: Any) -> None:
        """Say nothing."""


@pytest.fixture
def waiting() -> Iterator[Any]:
    server: Any = HTTPServer(("127.0.0.1", 0), Waiting)
    server.got, server.answers = [], []
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[SqlStore]:
    with SqlStore(str(tmp_path / "s.db")) as store:
        save(store, "e1", "happened")
        yield store


def save(store: SqlStore, event: str, status: str) -> None:
    told = replace(claim(status=status, report=event), event=event)
    store.save(replace(REPORT, id=event), [told], [], MADE)
    summarise(store)


def hook(server: Any) -> str:
    return f"http://127.0.0.1:{server.server_port}/in?desk=1"


def sender(*hosts: str) -> Sender:
    named = Hosts.of(hosts or ["127.0.0.1"])
    return Sender(SECRET, named, Fetcher("test", hosts=named), wait_none(), lambda: 7.0)


def test_what_is_new_is_sent_once_and_signed(kept: SqlStore, waiting: Any) -> None:
    save_search(kept, "plans", {"status": "planned"}, "ana", hook(waiting))
    assert list(notify_all(kept, sender())) == [Sent("plans", 0)]
    save(kept, "e2", "planned")
    save(kept, "e3", "happened")
    assert list(notify_all(kept, sender())) == [Sent("plans", 1)]
    assert list(notify_all(kept, sender())) == [Sent("plans", 0)]
    ((headers, body),) = waiting.got
    told = json.loads(body)
    assert (told["search"], told["asked"]) == ("plans", {"status": "planned"})
    assert [event["event"] for event in told["events"]] == ["e2"]
    assert headers["webhook-timestamp"] == "7"
    signed = f"{headers['webhook-id']}.7.".encode() + body
    mine = hmac.new(SECRET.encode(), signed, sha256).digest()
    assert headers["webhook-signature"] == f"v1,{base64.b64encode(mine).decode()}"


def test_a_signature_is_that_of_the_standard() -> None:
    # printf 'm.1.{}' | openssl dgst -sha256 -hmac k -binary | base64
    assert sign_body("k", "m", "1", b"{}") == "v1,5HDAuTkTpxOhkrk9bBHzAsIh9dH985cPnRX2CFqL5iI="


def test_it_is_tried_again_with_the_same_id(kept: SqlStore, waiting: Any) -> None:
    save_search(kept, "all", {"actor": "KEN"}, "ana", hook(waiting))
    save(kept, "e2", "planned")
    waiting.answers = [503, 429]
    assert list(notify_all(kept, sender())) == [Sent("all", 1)]
    assert len({headers["webhook-id"] for headers, _ in waiting.got}) == 1
    assert len(waiting.got) == 3


@pytest.mark.parametrize(("status", "tries"), [(500, 5), (400, 1), (302, 1), (410, 1)])
def test_what_did_not_arrive_is_sent_the_next_time(
    kept: SqlStore, waiting: Any, status: int, tries: int
) -> None:
    save_search(kept, "all", {"actor": "KEN"}, "ana", hook(waiting))
    save(kept, "e2", "planned")
    waiting.answers = [status] * tries
    (sent,) = notify_all(kept, sender())
    assert sent.events == 0 and sent.fault == f"it answered {status}"
    assert len(waiting.got) == tries
    (row,) = list_searches(kept)
    assert (row["failures"], row["fault"]) == (1, sent.fault)
    assert list(notify_all(kept, sender())) == [Sent("all", 1)]
    assert list_searches(kept)[0]["failures"] == 0


def test_only_named_hosts_are_sent_to_and_only_named_private_ones(
    kept: SqlStore, waiting: Any
) -> None:
    save_search(kept, "all", {"actor": "KEN"}, "ana", hook(waiting))
    save(kept, "e2", "planned")
    (sent,) = notify_all(kept, sender("hooks.example"))
    assert "no host of `webhook_hosts`" in sent.fault
    named = Hosts.of(["127.0.0.1"])
    shut = Sender(SECRET, named, Fetcher("test"), wait_none())
    (sent,) = notify_all(kept, shut)
    assert "no public address" in sent.fault
    assert waiting.got == []


def test_one_that_fails_stops_no_other(kept: SqlStore, waiting: Any) -> None:
    save_search(kept, "a", {"actor": "KEN"}, "ana", "http://nowhere.invalid/")
    save_search(kept, "b", {"actor": "KEN"}, "ana", hook(waiting))
    save(kept, "e2", "planned")
    bad, good = notify_all(kept, sender())
    assert bad.fault and good == Sent("b", 1)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(StoreError, match="24 characters"):
        Sender("short", Hosts(), Fetcher("test"))
