"""New events of saved searches, sent to where somebody waits for them.

Each sending is signed (Standard Webhooks: HMAC-SHA256 over id, moment and body), tried
again with growing pauses, and goes to a host that was named and to a checked address of
it alone; no redirect is followed. What could not be sent is sent the next time.
"""

import base64
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b, sha256
from http.client import HTTPException
from time import monotonic, time
from typing import Any
from urllib.parse import urlsplit

from tenacity import Retrying, retry_if_exception, stop_after_attempt
from tenacity.wait import wait_base, wait_exponential_jitter

from dateline.events.event_summaries import summed_events
from dateline.ingest.feeds.addresses import Hosts, mask_secrets
from dateline.ingest.feeds.fetch import Fetcher, NotFetched
from dateline.store.errors import StoreError
from dateline.store.listings import keep_passing
from dateline.store.saved_searches import list_searches, newest_events, note_told
from dateline.store.sql import SqlStore

Record = dict[str, Any]
AT_ONCE = 50  # events in one sending
TRIES = 5
LEAST_SECRET = 24  # characters
PATIENCE = 10.0  # seconds for one try
AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
Clock = Callable[[], float]


class NotSent(Exception):
    """Why something did not arrive; `again` where another try may help."""

    def __init__(self, why: str, again: bool) -> None:
        """Keep whether to try again beside the reason."""
        super().__init__(why)
        self.again = again


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one search: how many events went out, "" or why not."""

    name: str
    events: int
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """Sends to named hosts; `fetcher` judges their addresses as `watch` does."""

    secret: str = field(repr=False)
    hosts: Hosts
    fetcher: Fetcher
    pauses: wait_base = field(default_factory=lambda: wait_exponential_jitter(initial=1, max=60))
    clock: Clock = time

    def __post_init__(self) -> None:
        """Refuse a secret that could be guessed."""
        if len(self.secret) < LEAST_SECRET:
            told = f"a secret has {LEAST_SECRET} characters at least"
            raise StoreError(f"DATELINE_WEBHOOK_SECRET: {told}")

    def send(self, url: str, name: str, told: Record) -> None:
        """Send one body, several times if need be. Raises NotSent."""
        check_hook(url, self.hosts)
        body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode()
        # The same body has the same id: who got it already knows it again.
        number = blake2b(name.encode() + body, digest_size=12).hexdigest()
        trying = Retrying(
            stop=stop_after_attempt(TRIES),
            wait=self.pauses,
            retry=retry_if_exception(lambda e: isinstance(e, NotSent) and e.again),
            reraise=True,
        )
        trying(self.post, url, f"msg_{number}", body)

    def post(self, url: str, number: str, body: bytes) -> None:
        """Send a body once. Raises NotSent."""
        at = str(int(self.clock()))
        headers = {
            "Content-Type": "application/json",
            "User-Agent": self.fetcher.agent,
            "webhook-id": number,
            "webhook-timestamp": at,
            "webhook-signature": sign_body(self.secret, number, at, body),
        }
        inside = self.fetcher.hosts.hold(url)
        allowed = self.fetcher.judge_within if inside else self.fetcher.allowed
        try:
            connection, path = self.fetcher.connection(url, monotonic() + PATIENCE, allowed)
        except NotFetched as error:
            raise NotSent(str(error), error.code == "unreachable") from None
        with closing(connection):
            try:
                connection.request("POST", path, body, headers)
                status = connection.getresponse().status
            except (OSError, HTTPException, ValueError) as error:
                why = mask_secrets(f"{type(error).__name__}: {error}")
                raise NotSent(why, True) from None
        if not 200 <= status < 300:
            raise NotSent(f"it answered {status}", status in AGAIN)


def sign_body(secret: str, number: str, at: str, body: bytes) -> str:
    """Return the signature of a body that was given a number and a moment."""
    signed = b".".join((number.encode(), at.encode(), body))
    made = hmac.new(secret.encode(), signed, sha256).digest()
    return f"v1,{base64.b64encode(made).decode()}"


def check_hook(url: str, hosts: Hosts) -> None:
    """Refuse an address whose host was not named. Raises NotSent."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and hosts.hold(url)
    except ValueError:
        fine = False
    if not fine:
        told = f"{mask_secrets(url)} is no host of `webhook_hosts` in dateline.toml"
        raise NotSent(f"{told}, nor of --to-host", False)


def notify_all(store: SqlStore, sender: Sender) -> Iterator[Sent]:
    """Send what is new to every saved search that has a hook, one after the other."""
    for row in list_searches(store):
        if row["hook"]:
            yield notify_one(store, sender, row)


def notify_one(store: SqlStore, sender: Sender, row: Record) -> Sent:
    """Send what is new of one search; how far it came is kept as it goes."""
    many, last = 0, row["last"]
    while found := newest_events(store, row["asked"], last, AT_ONCE):
        records = summed_events(store, [event for _, event in found])
        told = keep_passing(records, row["asked"])
        last = found[-1][0]
        if told:
            try:
                # Its filters, the events, and how far they go.
                about = {"search": row["name"], "asked": row["asked"], "last": last}
                body = {"type": "events.changed", **about, "events": told}
                sender.send(row["hook"], row["name"], body)
            except NotSent as error:
                note_told(store, row["name"], 0, str(error))
                return Sent(row["name"], many, str(error))
        note_told(store, row["name"], last)
        many += len(told)
    return Sent(row["name"], many)
