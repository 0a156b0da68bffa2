"""The API under /api/v1: the pages' filters, cursors, news; a text coded, not stored.

What is new in the store is asked for once, or told as it happens.
"""

import json
from asyncio import sleep
from collections.abc import AsyncIterator, Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field, field_validator

from dateline.analysis import lookups
from dateline.analysis.lookups import read_cursor, write_cursor
from dateline.events.event_summaries import summed_events
from dateline.server.code_page import Busy, Coding, TooLong
from dateline.server.middleware import Rate, client_of
from dateline.server.params import Listed, Record
from dateline.store import listings, party_queries, summaries
from dateline.store.sql import SqlStore

LONGEST = 50_000  # characters of a text to be coded
Id = Annotated[str, Path(max_length=400)]
Cursor = Annotated[str, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=500)]


class Fault(BaseModel):
    """What is wrong with a request."""

    error: str


class Events(BaseModel):
    """Some events, and where the list goes on."""

    events: list[Record]
    next: str | None


class Claims(BaseModel):
    """Some claims, and where the list goes on."""

    claims: list[Record]
    next: str | None


class Reports(BaseModel):
    """The heads of some reports, and where the list goes on."""

    reports: list[Record]
    next: str | None


class Actors(BaseModel):
    """Some parties with how often they appear, and where the list goes on."""

    actors: list[Record]
    next: str | None


class Text(BaseModel):
    """A text to be coded."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, max_length=LONGEST)
    title: str = Field("", max_length=1000)
    outlet: str = Field("", max_length=200)
    url: str = Field("", max_length=2000)
    published: str | None = Field(None, examples=["2019-01-08"])

    @field_validator("published")
    @classmethod
    def day(cls, told: str | None) -> str | None:
        """Refuse what is no day."""
        return date.fromisoformat(told).isoformat() if told else None


class Coded(BaseModel):
    """What was read in a text."""

    claims: list[Record]
    problems: list[Record]


WRONG: dict[int | str, dict[str, Any]] = {400: {"model": Fault}}
GONE: dict[int | str, dict[str, Any]] = {**WRONG, 404: {"model": Fault}}
LIMITED: dict[int | str, dict[str, Any]] = {n: {"model": Fault} for n in (400, 413, 429, 503)}


def api_router(shown: SqlStore, store: SqlStore, code: Coding, rate: Rate) -> APIRouter:
    """Return the routes of the API: lists of `shown`, and what has an id in a store."""
    made = APIRouter(prefix="/api/v1", tags=["record"])
    add_lists(made, shown)
    add_items_by_id(made, store)
    add_text_coding(made, code, rate)
    return made


def add_lists(made: APIRouter, store: SqlStore) -> None:
    """Add the lists."""

    @made.get("/events", responses=WRONG)
    def events(asked: Annotated[Listed, Query()]) -> Events:
        """List events, the latest day first, or with `sort=sure` the surest."""
        where, cursor, limit = asked.where(), asked.cursor, asked.limit
        return Events(**lookups.look_up_events(store, where, cursor, limit, asked.sort))

    @made.get("/claims", responses=WRONG)
    def claims(asked: Annotated[Listed, Query()]) -> Claims:
        """List claims, in order of reports."""
        after = read_cursor(asked.cursor, 2)
        found = listings.claims_after(store, asked.where(), after, asked.limit + 1)
        then = cut_to_limit(found, asked.limit, lambda c: (c["report"], c["id"]))
        return Claims(claims=found, next=then)

    @made.get("/reports", responses=WRONG)
    def reports(cursor: Cursor = "", limit: Limit = 50) -> Reports:
        """List the heads of the current reports, in order of ids."""
        after = read_cursor(cursor, 1)
        found = listings.reports_after(store, after and after[0], limit + 1)
        return Reports(reports=found, next=cut_to_limit(found, limit, lambda r: (r["id"],)))

    @made.get("/actors", responses=WRONG)
    def actors(cursor: Cursor = "", limit: Limit = 50) -> Actors:
        """List who appears, in order of ids."""
        after = read_cursor(cursor, 1)
        found = list(party_queries.list_parties(store, after and after[0], limit + 1))
        return Actors(actors=found, next=cut_to_limit(found, limit, lambda a: (a["id"],)))


def add_items_by_id(made: APIRouter, store: SqlStore) -> None:
    """Add what has an id."""

    @made.get("/events/{event}", responses=GONE)
    def event(event: Id) -> Record:
        """Return one event: tellings, origins with reasons, disagreements, history."""
        return lookups.look_up_event(store, event)

    @made.get("/events/{event}/origins", responses=GONE)
    def origins(event: Id) -> Record:
        """Return who vouches for an event, who relays them, and why that is so."""
        return lookups.look_up_origins(store, event)

    @made.get("/claims/{claim}", responses=GONE)
    def claim(claim: Id) -> Record:
        """Return one claim: each answer's reason, and what reviewers decided."""
        return lookups.look_up_reasons(store, claim)

    @made.get("/reports/{report:path}", responses=GONE)
    def report(report: Id) -> Record:
        """Return one report, with its text and its claims."""
        return lookups.look_up_report(store, report)

    @made.get("/actors/{actor:path}", responses=GONE)
    def actor(actor: Id) -> Record:
        """Return one party: names, codes, counterparts, and how many events."""
        names = party_queries.names_of_party(store, actor)
        if not names:
            raise HTTPException(404, f"no actor {actor!r}")
        total, _ = party_queries.latest_events_of_party(store, actor, 1)
        beside = party_queries.counterparts(store, actor)
        return {"id": actor, "names": names, "events": total, "counterparts": beside}


def add_text_coding(made: APIRouter, code: Coding, rate: Rate) -> None:
    """Add the coding of a text."""

    @made.post("/code", responses=LIMITED)
    def coded(request: Request, asked: Text) -> Coded:
        """Code a text without storing it: bounded in size, rate and time."""
        if not rate.take(client_of(request)):
            raise HTTPException(429, "too many texts", headers={"Retry-After": "60"})
        try:
            return Coded(**code(asked.model_dump()))
        except (Busy, TooLong) as error:
            told = {"Retry-After": "30"}
            raise HTTPException(503, str(error), headers=told) from error
        except ValueError as error:
            raise HTTPException(400, str(error)) from error


def cut_to_limit(
    found: list[Record], limit: int, key: Callable[[Record], tuple[str, ...]]
) -> str | None:
    """Shorten a list to its limit; return the cursor of the rest, None if none."""
    if len(found) <= limit:
        return None
    del found[limit:]
    return write_cursor(key(found[-1]))


PAUSE = 2.0  # seconds between two looks
QUIET = 8  # looks without news after which a line shows that we are here
MOST_LISTENERS = 50  # listeners at once
AT_ONCE = 100  # events in one answer
After = Annotated[int | None, Query(ge=0, le=2**53, description="`last` of before.")]


class Changes(BaseModel):
    """Events written since a moment, and the number to go on from."""

    events: list[Record]
    last: int


def changed_events(store: SqlStore, after: int) -> Changes:
    """Return the events that were written anew after a number, the oldest first."""
    with listings.read_in_time(store) as to:
        found = summaries.events_since(to, after, AT_ONCE)
    records = summed_events(store, [event for _, event in found])
    return Changes(events=records, last=found[-1][0] if found else after)


def newest_event(store: SqlStore) -> int:
    """Return the number of the event that was written last."""
    with listings.read_in_time(store) as to:
        return summaries.newest_change(to)


def stream_router(store: SqlStore) -> APIRouter:
    """Return the routes that tell what is new."""
    made = APIRouter(prefix="/api/v1", tags=["news"])
    listening: set[object] = set()

    @made.get("/changes")
    def since(after: After = None) -> Changes:
        """Return events that are new or changed after a number, or that number."""
        if after is None:
            return Changes(events=[], last=newest_event(store))
        return changed_events(store, after)

    @made.get("/stream", responses={200: {"content": {"text/event-stream": {}}}})
    async def stream(
        request: Request,
        after: After = None,
        last_event_id: Annotated[str, Header(max_length=20)] = "",
    ) -> StreamingResponse:
        """Tell each new or changed event as it is stored (server-sent events)."""
        if len(listening) >= MOST_LISTENERS:
            raise HTTPException(503, "too many listeners", headers={"Retry-After": "30"})
        begin = int(last_event_id) if last_event_id.isdecimal() else after
        if begin is None:
            begin = await run_in_threadpool(newest_event, store)
        told = tell_news(store, request, min(begin, 2**53), listening)
        return StreamingResponse(told, media_type="text/event-stream")

    return made


async def tell_news(
    store: SqlStore, request: Request, last: int, listening: set[object]
) -> AsyncIterator[str]:
    """Yield what is new until the listener is gone."""
    me = object()
    listening.add(me)
    quiet = 0
    try:
        yield f"retry: 5000\nid: {last}\n\n"
        while not await request.is_disconnected():
            found = await run_in_threadpool(changed_events, store, last)
            left = len(found.events)
            for record in found.events:
                left -= 1
                told = json.dumps(record, ensure_ascii=False)
                # Who is cut off within an answer gets all of it again.
                at = "" if left else f"id: {found.last}\n"
                yield f"event: happening\n{at}data: {told}\n\n"
            quiet = 0 if found.events else quiet + 1
            last = found.last
            if quiet >= QUIET:
                quiet = 0
                yield ": nothing new\n\n"
            await sleep(PAUSE)
    finally:
        listening.discard(me)
