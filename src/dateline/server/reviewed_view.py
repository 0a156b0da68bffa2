"""The record as people left it, which lists, counts and exports show by default.

A copy of the store in which decisions have taken the place of answers is made beside
the server, anew after each decision and change. Who asks for the record as it was coded
gets the store itself, and what has an id is always shown with both.
"""

import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as Late
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any, cast

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from sqlalchemy import func, select

from dateline.analysis.review.decisions import write_reviewed_copy
from dateline.analysis.review.reviewed import standing_decisions
from dateline.store import summaries
from dateline.store.cache import OLD, remember
from dateline.store.database import tables
from dateline.store.database.tables import decisions
from dateline.store.errors import StoreError
from dateline.store.sql import SqlStore

Next = Callable[[Request], Awaitable[Response]]
KINDS = ("confirm", "correct", "reject", "add")
COOKIE = "dateline-record"
CODED = "coded"
PATIENCE = 4.0  # seconds that a page waits for the copy
LOG = logging.getLogger("dateline.server")


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page that is being made shows: `store` is the copy or the store itself.

    `decided` is how many decisions there are to hear, `heard` whether they are heard,
    `why` why not ("coded", "being made"), `events` those that a decision is about. It
    was made `at` a moment.
    """

    store: SqlStore
    decided: int = 0
    heard: bool = False
    why: str = ""
    events: frozenset[str] = frozenset()
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


HERE_AT: ContextVar[str] = ContextVar("here", default="/")
"""The address of the page that is being made."""
SHOWN: ContextVar[Shown | None] = ContextVar("shown", default=None)


class AsReviewed:
    """A store that is its copy as reviewed while a page that asks for it is made."""

    def __init__(self, base: SqlStore) -> None:
        """Stand before a store."""
        self.base = base
        self.maker = ThreadPoolExecutor(1)
        self.lock = Lock()
        self.copies: list[tuple[Any, SqlStore, Any, Shown]] = []
        self.making: tuple[Any, Future[Shown]] | None = None

    def __getattr__(self, name: str) -> Any:
        """Return what the store has that is shown."""
        shown = SHOWN.get()
        return getattr(shown.store if shown else self.base, name)

    def choose(self, coded: bool) -> Shown:
        """Return what a page is to show, made anew where something was decided."""
        if not (number := self.newest_decision()):
            return Shown(self.base)
        if coded:
            return Shown(self.base, len(self.to_hear()), False, CODED)
        with self.base.reading() as to:
            key = number, summaries.summary_state(to)
        with self.lock:
            copies = [copy[3] for copy in self.copies]
            kept = next((c[3] for c in self.copies if c[0] == key), None)
            if kept is None and (self.making is None or self.making[0] != key):
                if self.making is not None:
                    self.making[1].cancel()  # where it waits still: it would be old
                self.making = key, self.maker.submit(self.make, key)
            making = self.making
        if kept is None and making is not None:
            try:
                kept = making[1].result(PATIENCE)
            except (Late, CancelledError):
                if copies:  # the newest of before, and how old it is for the page
                    kept = copies[-1]
                    if (seen := OLD.get()) is not None:
                        seen.append(kept.at)
            except StoreError as error:
                LOG.warning("the record as reviewed cannot be made: %s", error)
        return kept or Shown(self.base, len(self.to_hear()), False, "being made")

    def newest_decision(self) -> int:
        """Return the number of the newest decision that a copy has to hear, or 0."""
        newest = func.max(decisions.c.number)
        undone = decisions.c.kind.in_((*KINDS, "undo"))
        with self.base.reading() as to:
            return int(to.execute(select(newest).where(undone)).scalar() or 0)

    def to_hear(self) -> list[dict[str, Any]]:
        """Return the decisions that stand and that a copy has to hear."""
        every = standing_decisions(self.base.review.decisions())
        return [row for row in every if row["kind"] in KINDS]

    def make(self, key: Any) -> Shown:
        """Make the copy as reviewed, unless what was decided was all taken back."""
        began, about = datetime.now(UTC), self.to_hear()
        folder: Any = TemporaryDirectory(prefix="dateline-reviewed-")
        if about:
            where = str(Path(folder.name) / "reviewed.db")
            write_reviewed_copy(self.base, where).close()
            copy = SqlStore(where, write=False)
            remember(copy)
            events = events_about(copy, about)
            shown = Shown(copy, len(about), True, "", events, began)
        else:
            copy, shown = self.base, Shown(self.base)
        with self.lock:
            self.copies.append((key, copy, folder, shown))
            gone = self.copies[:-2]  # whoever is being answered may still read the last
            self.copies = self.copies[-2:]
        for old in gone:
            self.drop(old)
        return shown

    def drop(self, old: tuple[Any, SqlStore, Any, Shown]) -> None:
        """Let a copy go."""
        _, copy, folder, _ = old
        if copy is not self.base:
            if copy.memory is not None:
                copy.memory.close()
            copy.close()
        folder.cleanup()

    def close_copies(self) -> None:
        """Let all copies go."""
        self.maker.shutdown(cancel_futures=True)
        for old in self.copies:
            self.drop(old)
        self.copies = []


def events_about(copy: SqlStore, about: list[dict[str, Any]]) -> frozenset[str]:
    """Return the events of the claims that decisions are about, as they now are."""
    c, found = tables.claims.c, set[str]()
    names = {row["claim"] for row in about} - {""}
    with copy.reading() as to:
        for some in summaries.names_in_batches(names):
            asked = select(c.event).where(c.id.in_(some))
            found |= set(to.execute(asked).scalars())
    return frozenset(found)


def as_reviewed(store: SqlStore) -> tuple[SqlStore, AsReviewed]:
    """Return a store that pages list from, and what stands behind it."""
    made = AsReviewed(store)
    return cast(SqlStore, made), made


def listening_to(made: AsReviewed) -> Callable[[Request, Next], Awaitable[Response]]:
    """Return what chooses, before each answer, which record it shows."""

    async def choose(request: Request, go_on: Next) -> Response:
        if request.url.path.startswith("/static/"):
            return await go_on(request)
        told = request.headers.get("dateline-record") or request.cookies.get(COOKIE)
        shown = await run_in_threadpool(made.choose, told == CODED)
        SHOWN.set(shown)
        asked = f"?{request.url.query}" if request.url.query else ""
        HERE_AT.set(request.url.path + asked)
        answer = await go_on(request)
        if shown.decided:
            which = "as reviewed" if shown.heard else "as coded"
            answer.headers["Dateline-Record"] = which
            answer.headers["Vary"] = "Cookie, Dateline-Record"
        return answer

    return choose
