"""What stands before every page: hosts, tokens, rates, sizes, headers, ETags."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from time import monotonic
from urllib.parse import urlsplit

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse, RedirectResponse

from dateline.store.remembered import OLD
from dateline.web.visitor import (
    NOBODY,
    READER,
    REVIEWER,
    VISITOR,
    Sessions,
    Visitor,
    bearer,
    same,
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


def nobody(_token: str) -> str:
    """Return that a token is no reviewer's."""
    return ""


@dataclass(slots=True)
class Rate:
    """How often each client may ask: so many at once, so many a minute after."""

    burst: float = 10
    a_minute: float = 30
    left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def take(self, client: str) -> bool:
        """Whether a client may ask once more now."""
        now = monotonic()
        left, at = self.left.pop(client, (self.burst, now))
        left = min(self.burst, left + (now - at) * self.a_minute / 60)
        self.left[client] = (left - 1 if left >= 1 else left, now)
        while len(self.left) > MOST_CLIENTS:
            self.left.popitem(last=False)
        return left >= 1


@dataclass(frozen=True, slots=True)
class Guard:
    """Lets in whom it should: `hosts` empty lets any name of this machine in.

    With a `token` only those are let in who have it, or a reviewer's. `reviewer` tells
    whose a token is, `may` whether a reviewer may still review.
    """

    token: str = ""
    hosts: frozenset[str] = LOOPBACK
    reviewer: Callable[[str], str] = nobody
    may: Callable[[str], bool] = bool
    sessions: Sessions = field(default_factory=Sessions)

    async def __call__(self, request: Request, go_on: Next) -> Response:
        """Answer a request, or refuse it; every answer gets the headers."""
        who = await run_in_threadpool(self.visitor, request)
        VISITOR.set(who)
        old: list[datetime] = []
        OLD.set(old)
        answer = self.refused(request, who)
        answer = answer or await tagged(request, await go_on(request))
        if old:
            answer.headers["Dateline-Counted"] = min(old).isoformat(timespec="seconds")
        for name, value in HEADERS.items():
            answer.headers[name] = value
        answer.headers.setdefault("Cache-Control", "private, no-cache")
        return answer

    def visitor(self, request: Request) -> Visitor:
        """Return who asks: by the token that a program bears, else by the cookie."""
        if told := bearer(request):
            return self.known(told)
        found = self.sessions.visitor(request)
        gone = found.reviews and not self.may(found.name)
        return NOBODY if gone else found

    def known(self, token: str) -> Visitor:
        """Return whose a token is."""
        if name := self.reviewer(token):
            return Visitor(REVIEWER, name)
        return Visitor(READER) if same(token, self.token) else NOBODY

    def refused(self, request: Request, who: Visitor) -> Response | None:
        """Return why a request is not let in, or None."""
        host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
        if self.hosts and host not in self.hosts:
            return refusal(request, "this host is not served here", 400)
        if "%00" in f"{request.scope.get('raw_path', b'')!r}?{request.url.query}":
            return refusal(request, "no name here holds a NUL", 400)
        if request.method not in ("GET", "HEAD") and not same_origin(request):
            return refusal(request, "asked from another site", 403)
        shut = self.token and not request.url.path.startswith(OPEN)
        return unknown(request) if shut and not who.role else None


def same_origin(request: Request) -> bool:
    """Whether a request that sends something comes from our own pages, or a program."""
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def by_program(request: Request) -> bool:
    """Whether a program asks, which is answered in JSON."""
    return request.url.path.startswith(("/api/", "/openapi"))


def refusal(request: Request, why: str, status: int) -> Response:
    """Tell a person or a program why a request is refused."""
    if by_program(request):
        return JSONResponse({"error": why}, status)
    return PlainTextResponse(why, status)


def unknown(request: Request) -> Response:
    """Send a person to the door, and tell a program what it lacks."""
    if by_program(request):
        told = {"error": "a token is needed: Authorization: Bearer TOKEN"}
        return JSONResponse(told, 401, headers={"WWW-Authenticate": "Bearer"})
    return RedirectResponse("/login", 303)


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
