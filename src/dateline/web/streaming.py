"""What is new in the store, as it comes: asked for once, or told as it happens."""

import json
from asyncio import sleep
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from dateline.record.happenings import summed_events
from dateline.store import pages, summaries
from dateline.store.sql import SqlStore

Record = dict[str, Any]
PAUSE = 2.0  # seconds between two looks
QUIET = 8  # looks without news after which a line shows that we are here
MOST = 50  # listeners at once
AT_ONCE = 100  # events in one answer
After = Annotated[int | None, Query(ge=0, le=2**53, description="`last` of before.")]


class Changes(BaseModel):
    """Events written since a moment, and the number to go on from."""

    events: list[Record]
    last: int


def changed_events(store: SqlStore, after: int) -> Changes:
    """Return the events that were written anew after a number, the oldest first."""
    with pages.read_in_time(store) as to:
        found = summaries.events_since(to, after, AT_ONCE)
    records = summed_events(store, [event for _, event in found])
    return Changes(events=records, last=found[-1][0] if found else after)


def newest_event(store: SqlStore) -> int:
    """Return the number of the event that was written last."""
    with pages.read_in_time(store) as to:
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
        if len(listening) >= MOST:
            raise HTTPException(
                503, "too many listeners", headers={"Retry-After": "30"}
            )
        begin = int(last_event_id) if last_event_id.isdecimal() else after
        if begin is None:
            begin = await run_in_threadpool(newest_event, store)
        told = listened(store, request, min(begin, 2**53), listening)
        return StreamingResponse(told, media_type="text/event-stream")

    return made


async def listened(
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
