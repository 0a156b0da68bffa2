"""The server: pages and API over one store; what people decide goes by another door."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException as StarletteError

from dateline import __version__
from dateline.analysis.review.decisions import book_of
from dateline.resources.knowledge_base.base import base
from dateline.server import (
    analysis_pages,
    api,
    formatting,
    overviews,
    review_pages,
    search_pages,
    views,
)
from dateline.server.charts import atlas, strongest_links
from dateline.server.code_page import Coding
from dateline.server.middleware import COOKIE, LOG, REVIEWER, Bounded, Guard, Rate, client_of
from dateline.server.overviews import latest_places
from dateline.server.reviewed_view import CODED, as_reviewed, listening_to
from dateline.server.reviewed_view import COOKIE as COOKIE_OF_RECORD
from dateline.server.views import latest_news
from dateline.store import listings, party_queries
from dateline.store.cache import remember
from dateline.store.errors import Missing, StoreError, StoreInUse, TooSlow
from dateline.store.listings import NAMES
from dateline.store.sql import SqlStore

TOLD = "Political events read in news reports, each answer with its reason."


@dataclass(frozen=True, slots=True)
class Parts:
    """What a server is made of besides its store.

    `desk` is the same store opened to keep what people decide; without it there is no
    review. `doors` is how often each client may show a token. `releases` are folders of
    releases that are shown.
    """

    guard: Guard = Guard()
    code: Coding = field(default_factory=Coding)
    rate: Rate = field(default_factory=Rate)
    desk: SqlStore | None = None
    doors: Rate = field(default_factory=lambda: Rate(10, 10))
    releases: tuple[Path, ...] = ()


def application(store: SqlStore, parts: Parts) -> FastAPI:
    """Return the server over a store."""

    shown, heard = as_reviewed(store)
    memory = remember(store)

    @asynccontextmanager
    async def life(_app: FastAPI) -> AsyncIterator[None]:
        yield
        parts.code.close()
        heard.close_copies()
        memory.close()

    made = FastAPI(
        title="Dateline",
        version=__version__,
        description=TOLD,
        docs_url=None,
        redoc_url=None,
        lifespan=life,
    )
    made.middleware("http")(listening_to(heard))
    made.middleware("http")(parts.guard)
    made.add_middleware(Bounded)
    made.mount("/static", StaticFiles(directory=formatting.HERE / "static"))
    made.include_router(api.stream_router(store))
    made.include_router(api.api_router(shown, store, parts.code, parts.rate))
    if parts.desk is not None:
        made.include_router(review_pages.review_router(parts.desk))
        made.include_router(review_pages.call_router(parts.desk))
    made.include_router(search_pages.serve_searches(shown, store, parts.desk))
    made.include_router(overviews.serve_figures(shown))
    made.include_router(analysis_pages.serve_research(shown, parts.releases))
    made.include_router(search_pages.serve_finding(shown))
    made.include_router(views.page_router(shown, store))
    add_door(made, parts)
    add_fault_pages(made)
    return made


def add_door(made: FastAPI, parts: Parts) -> None:
    """Add the page that asks for the token, and the one that tells of the API."""

    @made.get("/login", include_in_schema=False)
    def ask() -> HTMLResponse:
        return views.page("login.html", wrong="")

    @made.post("/login", include_in_schema=False)
    async def enter(request: Request) -> Response:
        sent = (await request.body()).decode("utf-8", "replace")
        token = parse_qs(sent).get("token", [""])[0]
        if not parts.doors.take(client_of(request)):
            return views.page("login.html", 429, wrong="Too many tries: wait a minute.")
        return await run_in_threadpool(entered, parts, request, token)

    @made.post("/logout", include_in_schema=False)
    def leave() -> Response:
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE)
        return answer

    @made.post("/record", include_in_schema=False)
    async def choose(request: Request) -> Response:
        form = parse_qs((await request.body()).decode("utf-8", "replace"))
        answer = RedirectResponse(formatting.own_path(form.get("back", [""])[0], "/"), 303)
        if form.get("show", [""])[0] == CODED:
            answer.set_cookie(COOKIE_OF_RECORD, CODED, httponly=True, samesite="strict")
        else:
            answer.delete_cookie(COOKIE_OF_RECORD)
        return answer

    @made.get("/api", include_in_schema=False)
    def about() -> HTMLResponse:
        return views.page("api.html", paths=made.openapi()["paths"])


def entered(parts: Parts, request: Request, token: str) -> Response:
    """Let somebody in who has a token, and note who came or failed to."""
    who = parts.guard.known(token)
    client = client_of(request)
    if not who.role:
        LOG.warning("refused: a wrong token at the door from %s", client)
    if parts.desk is not None:
        what = "login" if who.role else "refused"
        parts.desk.review.note(who.name or who.role or "nobody", what, f"from {client}")
    if not who.role:
        return views.page("login.html", 403, wrong="That is not the token.")
    answer = RedirectResponse("/review" if who.role == REVIEWER else "/", 303)
    safe = request.url.scheme == "https"
    kept: dict[str, Any] = {"httponly": True, "samesite": "strict", "secure": safe}
    answer.set_cookie(COOKIE, parts.guard.sessions.cookie(who.role, who.name), **kept)
    return answer


def add_fault_pages(made: FastAPI) -> None:
    """Tell what is wrong in a page to people, as JSON to programs."""

    @made.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"][1:])
        told = f"{name}: {first['msg']}"
        if first["type"] == "extra_forbidden" and request.method == "GET":
            told = f"no filter {name!r}: there are {', '.join(NAMES)}"
        return fault_response(request, 400, told)

    @made.exception_handler(StoreError)
    async def refused(request: Request, error: StoreError) -> Response:
        status = 400 if error.exit == StoreError.exit else 500
        if isinstance(error, Missing):
            status = 404
        elif isinstance(error, TooSlow | StoreInUse):
            status = 503
        return fault_response(request, status, str(error))

    @made.exception_handler(StarletteError)
    async def missing(request: Request, error: HTTPException) -> Response:
        answer = fault_response(request, error.status_code, str(error.detail))
        for name, value in (error.headers or {}).items():
            answer.headers[name] = value
        return answer


def fault_response(request: Request, status: int, told: str) -> Response:
    """Return what is wrong, in the form that the asker reads."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": told}, status)
    return views.page("fault.html", status, status_code=status, told=told)


def ready(store: SqlStore) -> None:
    """Read templates and tables now; sum up the whole record beside the first pages."""
    made = formatting.environment()
    for name in made.list_templates():
        made.get_template(name)
    atlas()
    base()
    views.offices("KEN", date(2020, 1, 1))
    book_of(store)
    memory = store.memory or remember(store)
    for work in (
        latest_news,
        sum_up_pages,
        party_queries.count_speakers,
        party_queries.relayed,
        strongest_links,
    ):
        memory.do_later(work, store)


def sum_up_pages(store: SqlStore) -> None:
    """Sum up what pages without a filter show."""
    listings.facets(store, {})
    listings.events_by_day(store, {})
    latest_places(store, {})
    party_queries.count_own_voice(store)
