"""What stands before every page: hosts, tokens, rates, sizes, headers, ETags."""

import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from ipaddress import ip_address
from threading import Lock
from time import monotonic
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse

from dateline.store.errors import StoreError
from dateline.store.remembered import OLD
from dateline.web.visitor import (
    NOBODY,
    READER,
    REVIEWER,
    VISITOR,
    Sessions,
    Visitor,
    are_equal_secrets,
    bearer_token,
)

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
LOG = logging.getLogger("dateline.web")


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
            answer = self.refused(request, who) if who else shut_out(request)
        answer = answer or await tagged(request, await go_on(request))
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
            return refusal(request, "no name of a host", 400)
        host = found[1].strip("[]").lower() if found else ""
        if self.hosts and host not in self.hosts:
            return refusal(request, "this host is not served here", 400)
        return None

    def refused(self, request: Request, who: Visitor) -> Response | None:
        """Return why a request is not let in, or None."""
        if "%00" in f"{request.scope.get('raw_path', b'')!r}?{request.url.query}":
            return refusal(request, "no name here holds a NUL", 400)
        if request.method not in ("GET", "HEAD") and not same_origin(request):
            return refusal(request, "asked from another site", 403)
        shut = self.token and not request.url.path.startswith(OPEN)
        return send_to_door(request) if shut and not who.role else None


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


def refusal(request: Request, why: str, status: int) -> Response:
    """Tell a person or a program why a request is refused."""
    if by_program(request):
        return JSONResponse({"error": why}, status)
    return PlainTextResponse(why, status)


def send_to_door(request: Request) -> Response:
    """Send a person to the door, and tell a program what it lacks."""
    if by_program(request):
        told = {"error": "a token is needed: Authorization: Bearer TOKEN"}
        return JSONResponse(told, 401, headers={"WWW-Authenticate": "Bearer"})
    return RedirectResponse("/login", 303)


def shut_out(request: Request) -> Response:
    """Tell who has tried too many tokens to wait."""
    answer = refusal(request, "too many wrong tokens from here: wait a minute", 429)
    answer.headers["Retry-After"] = "60"
    return answer


async def tagged(request: Request, answer: Response) -> Response:
    """Give an answer its ETag; tell who has it already that nothing changed."""
    stream = answer.headers.get("content-type", "").startswith("text/event-stream")
    download = stream or "content-disposition" in answer.headers
    if request.method != "GET" or answer.status_code != 200 or download:
        return answer
    body = b"".join([part async for part in answer.body_iterator])  # type: ignore[attr-defined]
    tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
    kept = [
        t.strip().removeprefix("W/")
        for t in request.headers.get("if-none-match", "").split(",")
    ]
    if tag in kept:
        return Response(status_code=304, headers={"ETag": tag})
    headers = {**answer.headers, "ETag": tag}
    return Response(body, 200, headers=headers)
