"""The server: pages and API over one store, opened to be read and nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteError

from dateline import __version__
from dateline.store.errors import StoreError, StoreInUse
from dateline.store.pages import NAMES, TooSlow
from dateline.store.sql import SqlStore
from dateline.web import api, views, words
from dateline.web.coding import Coding
from dateline.web.guard import COOKIE, Guard, Rate, cookie, known
from dateline.web.size import Bounded

TOLD = "Political events read in news reports, each answer with its reason. Read-only."


@dataclass(frozen=True, slots=True)
class Parts:
    """What a server is made of besides its store."""

    guard: Guard = Guard()
    code: Coding = field(default_factory=Coding)
    rate: Rate = field(default_factory=Rate)


def application(store: SqlStore, parts: Parts) -> FastAPI:
    """Return the server over a store."""

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        parts.code.close()

    made = FastAPI(
        title="Dateline",
        version=__version__,
        description=TOLD,
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    made.middleware("http")(parts.guard)
    made.add_middleware(Bounded)
    made.mount("/static", StaticFiles(directory=words.HERE / "static"))
    made.include_router(api.router(store, parts.code, parts.rate))
    made.include_router(views.router(store))
    door(made, parts.guard)
    faults(made)
    return made


def door(made: FastAPI, guard: Guard) -> None:
    """Add the page that asks for the token, and the one that tells of the API."""

    @made.get("/login", include_in_schema=False)
    def ask() -> HTMLResponse:
        return views.page("login.html", wrong=False)

    @made.post("/login", include_in_schema=False)
    async def enter(request: Request) -> Response:
        sent = (await request.body()).decode("utf-8", "replace")
        token = parse_qs(sent).get("token", [""])[0]
        given = Request({**request.scope, "headers": bearer(token)})
        if not guard.token or not known(given, guard.token):
            return views.page("login.html", 403, wrong=True)
        answer = RedirectResponse("/", 303)
        safe = request.url.scheme == "https"
        kept: dict[str, Any] = {"httponly": True, "samesite": "strict", "secure": safe}
        answer.set_cookie(COOKIE, cookie(guard.token), **kept)
        return answer

    @made.get("/api", include_in_schema=False)
    def about() -> HTMLResponse:
        return views.page("api.html", paths=made.openapi()["paths"])


def bearer(token: str) -> list[tuple[bytes, bytes]]:
    """Return the header of a program that bears a token."""
    return [(b"authorization", f"Bearer {token}".encode("utf-8", "replace"))]


def faults(made: FastAPI) -> None:
    """Tell what is wrong in a page to people, as JSON to programs."""

    @made.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][1:])
        told = f"{name}: {first['msg']}"
        if first["type"] == "extra_forbidden" and request.method == "GET":
            told = f"no filter {name!r}: there are {', '.join(NAMES)}"
        return fault(request, 400, told)

    @made.exception_handler(StoreError)
    async def refused(request: Request, error: StoreError) -> Response:
        slow = isinstance(error, TooSlow | StoreInUse)
        wrong = error.exit == 2
        return fault(request, 503 if slow else 400 if wrong else 500, str(error))

    @made.exception_handler(StarletteError)
    async def missing(request: Request, error: HTTPException) -> Response:
        answer = fault(request, error.status_code, str(error.detail))
        for name, value in (error.headers or {}).items():
            answer.headers[name] = value
        return answer


def fault(request: Request, status: int, told: str) -> Response:
    """Return what is wrong, in the form that the asker reads."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": told}, status)
    return views.page("fault.html", status, status_code=status, told=told)
