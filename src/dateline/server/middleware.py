"""What stands before every page: connections, bodies, hosts, tokens, rates, headers.

A request's head must be there in ten seconds and its body within fifteen, an answer
must be taken within a minute; where there are too many connections, who has waited
longest without a request goes. Who visits is told by a session in a signed cookie,
with the word that forms must bring back.
"""

import hmac
import json
import logging
import re
from asyncio import Transport, timeout
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b, sha256
from ipaddress import ip_address
from secrets import token_bytes
from threading import Lock
from time import monotonic, time
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

from dateline.store.cache import OLD
from dateline.store.errors import StoreError

COOKIE = "dateline"
LASTS = 12 * 3600  # seconds
READER, REVIEWER = "reader", "reviewer"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door: a role, a name where one is known, the word for forms."""

    role: str = ""
    name: str = ""
    csrf: str = ""

    @property
    def reviews(self) -> bool:
        """Whether this visitor may decide."""
        return self.role == REVIEWER


NOBODY = Visitor()
VISITOR: ContextVar[Visitor] = ContextVar("visitor", default=NOBODY)
"""Who asks for the page that is being made."""


@dataclass(frozen=True, slots=True)
class Sessions:
    """Makes and reads cookies; they end with the server, or after half a day."""

    key: bytes = field(default_factory=lambda: token_bytes(32), repr=False)

    def cookie(self, role: str, name: str = "") -> str:
        """Return the cookie of somebody who has shown a token."""
        told = json.dumps([role, name, int(time()) + LASTS]).encode()
        value = urlsafe_b64encode(told).decode().rstrip("=")
        return f"{value}.{self.sign('session', value)}"

    def visitor(self, request: Request) -> Visitor:
        """Return whom a request's cookie names, nobody where it is none of ours."""
        value, _, sign = request.cookies.get(COOKIE, "").partition(".")
        if not hmac.compare_digest(sign.encode(), self.sign("session", value).encode()):
            return NOBODY
        role, name, until = json.loads(urlsafe_b64decode(value + "=" * (-len(value) % 4)))
        if until < time():
            return NOBODY
        return Visitor(role, name, self.sign("form", value))

    def sign(self, purpose: str, value: str) -> str:
        """Return a signature that nobody else can make."""
        words = f"{purpose}|{value}".encode("utf-8", "replace")
        return hmac.new(self.key, words, sha256).hexdigest()


def are_equal_secrets(told: str, known: str) -> bool:
    """Whether two secrets are equal, in a time that tells nothing."""
    return bool(known) and hmac.compare_digest(told.encode(), known.encode())


def bearer_token(request: Request) -> str:
    """Return the token that a program bears, "" for none."""
    scheme, _, told = request.headers.get("authorization", "").partition(" ")
    return told.strip() if scheme.lower() == "bearer" else ""


MOST_BODY = 1 << 18  # bytes of a body
BODY_SECONDS = 15  # that it may take to come


class Bounded:
    """Counts what comes in, told beforehand or not, and waits only so long for it."""

    def __init__(self, app: ASGIApp, most: int = MOST_BODY, seconds: float = BODY_SECONDS) -> None:
        """Stand before `app`."""
        self.app, self.most, self.seconds = app, most, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on as long as its body is small enough and there in time."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body: bytes | None = b""
        try:
            async with timeout(self.seconds):
                body = await self.body(receive)
        except TimeoutError:
            await refuse_body(408, "the body did not come")(scope, receive, send)
            return
        except OverflowError:
            told = f"over {self.most:,} bytes"
            await refuse_body(413, told)(scope, receive, send)
            return
        if body is None:
            return
        left = [body]

        async def replay() -> Message:
            """Return the body that was read, then whatever else comes."""
            if left:
                return {"type": "http.request", "body": left.pop(), "more_body": False}
            return await receive()

        await self.app(scope, replay, send)

    async def body(self, receive: Receive) -> bytes | None:
        """Return a body, None where the asker is gone. Raises OverflowError."""
        body, more = bytearray(), True
        while more:
            message: Any = await receive()
            if message["type"] != "http.request":
                return None
            body += message.get("body", b"")
            more = message.get("more_body", False)
            if len(body) > self.most:
                raise OverflowError
        return bytes(body)


def refuse_body(status: int, told: str) -> JSONResponse:
    """Return why a body is not read, after which the connection is closed."""
    return JSONResponse({"error": told}, status, headers={"Connection": "close"})


HEAD = 10.0  # seconds for the head of a request, however slowly it drips
TAKEN = 60.0  # seconds in which some of an answer must be taken
MOST_CONNECTIONS = 300  # connections at once


class Patient(H11Protocol):
    """One connection of a server, closed where it waits for us to wait for ever."""

    heads: Any = None  # the timer of a head that is not there yet
    takes: Any = None  # the timer of an answer that nobody takes

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request, if need be in the place of another."""
        super().connection_made(transport)
        self.heads = self.later(HEAD, transport.close)
        if len(self.connections) > MOST_CONNECTIONS:
            waiting = (c for c in self.connections if isinstance(c, Patient))
            idle = [c for c in waiting if c is not self and not c.at_work]
            if idle:
                min(idle, key=Patient.since).transport.abort()

    @property
    def at_work(self) -> bool:
        """Whether a request is here whose answer is not."""
        return self.cycle is not None and not self.cycle.response_complete

    def since(self) -> float:
        """Return when the next request will have been waited for too long."""
        return float(self.heads.when()) if self.heads else 0.0

    def data_received(self, data: bytes) -> None:
        """Read on; the clock stops once the head of a request is whole."""
        super().data_received(data)
        if self.at_work and self.heads:
            self.heads.cancel()
            self.heads = None
        elif not self.at_work and self.heads is None:
            self.heads = self.later(HEAD, self.transport.close)

    def on_response_complete(self) -> None:
        """Go on; a next request that came in part already is waited for anew."""
        super().on_response_complete()
        if not self.at_work and self.heads is None and self.conn.trailing_data[0]:
            self.heads = self.later(HEAD, self.transport.close)

    def pause_writing(self) -> None:
        """Stop writing, and leave who takes nothing."""
        super().pause_writing()
        self.takes = self.takes or self.later(TAKEN, self.transport.abort)

    def resume_writing(self) -> None:
        """Write on."""
        super().resume_writing()
        if self.takes:
            self.takes.cancel()
            self.takes = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Let the clocks go with the connection."""
        for timer in (self.heads, self.takes):
            if timer:
                timer.cancel()
        super().connection_lost(exc)

    def later(self, seconds: float, what: Callable[[], None]) -> Any:
        """Do something in so many seconds."""
        return self.loop.call_later(seconds, what)


Next = Callable[[Request], Awaitable[Response]]
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not "no-referrer": then a browser sends no origin with our own forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
OPEN = ("/login", "/static/")
MOST_CLIENTS = 1000
LEAST_TOKEN = 16  # characters
HOST = re.compile(r"([\w.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?", re.A)
LOG = logging.getLogger("dateline.server")


def no_reviewer(_token: str) -> str:
    """Return that a token is no reviewer's."""
    return ""


def unnoted(_who: str, _what: str, _detail: str) -> None:
    """Keep nothing: a server without a desk has no audit log but its output."""


@dataclass(slots=True)
class Rate:
    """How often each client may ask: so many at once, so many a minute after."""

    burst: float = 10
    a_minute: float = 30
    left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def take(self, client: str) -> bool:
        """Whether a client may ask once more now; this counts as asked."""
        return self.change(client, -1)

    def give_back(self, client: str) -> None:
        """Let what a client asked count for nothing."""
        self.change(client, 1)

    def change(self, client: str, by: float) -> bool:
        """Add to what a client has left; False where it has too little."""
        with self.lock:
            now = monotonic()
            left, at = self.left.pop(client, (self.burst, now))
            left = min(self.burst, left + (now - at) * self.a_minute / 60)
            fine = left + by >= 0
            self.left[client] = (min(self.burst, left + by) if fine else left, now)
            while len(self.left) > MOST_CLIENTS:
                self.left.popitem(last=False)
            return fine


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in whom it should: `hosts` empty lets any name of this machine in.

    With a `token` only those are let in who have it, or a reviewer's. `reviewer` tells
    whose a token is, `may` whether a reviewer may still review. `guesses` is how many
    wrong tokens each address may bear, which `note` keeps in the audit log.
    """

    token: str = field(default="", repr=False)
    hosts: frozenset[str] = LOOPBACK
    reviewer: Callable[[str], str] = no_reviewer
    may: Callable[[str], bool] = bool
    sessions: Sessions = field(default_factory=Sessions)
    guesses: Rate = field(default_factory=lambda: Rate(10, 10))
    note: Callable[[str, str, str], None] = unnoted
    notes: Rate = field(default_factory=lambda: Rate(60, 60))

    async def __call__(self, request: Request, go_on: Next) -> Response:
        """Answer a request, or refuse it; every answer gets the headers."""
        old: list[datetime] = []
        OLD.set(old)
        answer = self.misdirected(request)
        if answer is None:
            who = await run_in_threadpool(self.visitor, request)
            VISITOR.set(who or NOBODY)
            if who:
                answer = self.refused(request, who)
            else:
                why = "too many wrong tokens from here: wait a minute"
                answer = refuse_request(request, why, 429)
                answer.headers["Retry-After"] = "60"
        answer = answer or await add_etag(request, await go_on(request))
        if old:
            answer.headers["Dateline-Counted"] = min(old).isoformat(timespec="seconds")
        for name, value in HEADERS.items():
            answer.headers[name] = value
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer

    def visitor(self, request: Request) -> Visitor | None:
        """Return who asks: by the token that a program bears, else by the cookie.

        None for an address that has borne too many wrong tokens: what it bears is not
        looked at until some time has passed.
        """
        if told := bearer_token(request):
            client = client_of(request)
            if not self.guesses.take(client):
                return None
            if (who := self.known(told)).role:
                self.guesses.give_back(client)
            elif self.token or self.reviewer is not no_reviewer:
                self.refuse_token(client)
            return who
        found = self.sessions.visitor(request)
        gone = found.reviews and not self.may(found.name)
        return NOBODY if gone else found

    def known(self, token: str) -> Visitor:
        """Return whose a token is."""
        if name := self.reviewer(token):
            return Visitor(REVIEWER, name)
        return Visitor(READER) if are_equal_secrets(token, self.token) else NOBODY

    def refuse_token(self, client: str) -> None:
        """Note that an address bore a wrong token; of a flood of them only some."""
        if not self.notes.take(""):
            return
        LOG.warning("refused: a wrong token from %s", client)
        try:
            self.note("nobody", "refused", f"a wrong token from {client}")
        except StoreError as error:
            LOG.warning("not in the audit log: %s", error)

    def misdirected(self, request: Request) -> Response | None:
        """Return why a request for another host, or for none, is not let in."""
        told = request.headers.get("host", "")
        found = HOST.fullmatch(told)
        if told and not found:
            return refuse_request(request, "no name of a host", 400)
        host = found[1].strip("[]").lower() if found else ""
        if self.hosts and host not in self.hosts:
            return refuse_request(request, "this host is not served here", 400)
        return None

    def refused(self, request: Request, who: Visitor) -> Response | None:
        """Return why a request is not let in, or None."""
        if "%00" in f"{request.scope.get('raw_path', b'')!r}?{request.url.query}":
            return refuse_request(request, "no name here holds a NUL", 400)
        if request.method not in ("GET", "HEAD") and not same_origin(request):
            return refuse_request(request, "asked from another site", 403)
        shut = self.token and not request.url.path.startswith(OPEN)
        if not shut or who.role:
            return None
        if by_program(request):
            told = {"error": "a token is needed: Authorization: Bearer TOKEN"}
            return JSONResponse(told, 401, headers={"WWW-Authenticate": "Bearer"})
        return RedirectResponse("/login", 303)


def same_origin(request: Request) -> bool:
    """Whether a request that sends something comes from our own pages, or a program."""
    origin = request.headers.get("origin")
    try:
        return origin is None or urlsplit(origin).netloc == request.headers.get("host")
    except ValueError:
        return False


def client_of(request: Request) -> str:
    """Return the address that asks, of IPv6 the network, which one machine has whole.

    Behind a proxy that is not configured it is the proxy's.
    """
    told = request.client.host if request.client else ""
    try:
        found = ip_address(told.partition("%")[0])
    except ValueError:
        return told[:80]
    mapped = getattr(found, "ipv4_mapped", None)
    if found.version == 4 or mapped:
        return str(mapped or found)
    return f"{ip_address(int(found) >> 64 << 64)}/64"


def by_program(request: Request) -> bool:
    """Whether a program asks, which is answered in JSON."""
    path = str(request.scope.get("path", ""))
    return path.startswith(("/api/", "/openapi"))


def refuse_request(request: Request, why: str, status: int) -> Response:
    """Tell a person or a program why a request is refused."""
    if by_program(request):
        return JSONResponse({"error": why}, status)
    return PlainTextResponse(why, status)


async def add_etag(request: Request, answer: Response) -> Response:
    """Give an answer its ETag; tell who has it already that nothing changed."""
    stream = answer.headers.get("content-type", "").startswith("text/event-stream")
    download = stream or "content-disposition" in answer.headers
    if request.method != "GET" or answer.status_code != 200 or download:
        return answer
    body = b"".join([part async for part in answer.body_iterator])  # type: ignore[attr-defined]
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    kept = [
        t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")
    ]
    if tag in kept:
        return Response(status_code=304, headers={"ETag": tag})
    headers = {**answer.headers, "ETag": tag}
    return Response(body, 200, headers=headers)
