"""The pages on which reports are looked for: by words, with passages, or in a list."""

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from dateline import lookups
from dateline.store import pages, sides
from dateline.store.database import filters
from dateline.store.errors import StoreError, TooSlow
from dateline.store.pages import (
    NAMES,
    Passage,
    count_reports,
    find_passages,
    list_reports,
    outlets_of_reports,
)
from dateline.store.sql import SqlStore
from dateline.web.words import shown_page

Record = dict[str, Any]
AT_ONCE = 20  # reports on one page of what was found
LISTED = 50  # reports on one page of the list
FARTHEST = 50  # pages of what was found


class Sought(BaseModel):
    """Words that are looked for, and which page of what was found."""

    model_config = ConfigDict(extra="forbid", str_max_length=200)

    search: str = ""
    page: int = Field(1, ge=1, le=FARTHEST)


class ReportsAsked(BaseModel):
    """Filters over reports, and where in the list."""

    model_config = ConfigDict(extra="forbid", str_max_length=1000)

    outlet: str = ""
    since: str = ""
    until: str = ""
    search: str = ""
    cursor: str = ""

    def where(self) -> dict[str, str]:
        """Return the filters that are set."""
        told = {name: str(getattr(self, name)).strip() for name in NAMES}
        return {name: value for name, value in told.items() if value}


def serve_finding(store: SqlStore) -> APIRouter:
    """Return the pages that look for reports."""
    made = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

    @made.get("/search")
    def search(asked: Annotated[Sought, Query()]) -> HTMLResponse:
        sought = asked.search.strip()
        told: Record = {"words": sought, "page": asked.page, "found": [], "more": False}
        told |= {"total": 0, "events": None, "actor": ""}
        if sought:
            told |= look_for(store, sought, asked.page)
        return shown_page("search.html", **told)

    @made.get("/reports")
    def reports(asked: Annotated[ReportsAsked, Query()]) -> HTMLResponse:
        where, faults = asked.where(), {}
        for name in {"since", "until"} & where.keys():
            try:
                filters.parse_filter_day(name, where[name])
            except StoreError as error:
                faults[name] = str(error).removeprefix("--")
        told: Record = {"asked": where, "faults": faults, "found": [], "next": None}
        told |= {"total": None, "outlets": [], "first": not asked.cursor}
        if not faults:
            after = lookups.read_cursor(asked.cursor, 2)
            told["found"], then = list_reports(store, where, after, LISTED)
            told["next"] = lookups.write_cursor(then)
            told |= {"total": count_reports(store, where)}
            told["outlets"] = outlets_of_reports(store, where, 12)
        return shown_page("reports.html", 400 if faults else 200, **told)

    return made


def look_for(store: SqlStore, words: str, page: int) -> Record:
    """Return the reports that hold words, with passages and the claims told in them."""
    found, more = find_passages(store, words, (page - 1) * AT_ONCE, AT_ONCE)
    for each in found:
        claims = pages.claims_after(store, {"report": each["id"]}, None, 300)
        each["many"] = len(claims)
        each["told"] = [claims_within(passage, claims) for passage in each["passages"]]
    told: Record = {"found": found, "more": more and page < FARTHEST, "events": None}
    try:
        told["total"] = count_reports(store, {"search": words})
        told["events"] = pages.count_events(store, {"search": words})
    except TooSlow:
        told["total"] = None
    who = sides.named_party(store, words)
    return told | {"actor": who if sides.names_of_party(store, who) else ""}


def claims_within(passage: Passage, claims: list[Record]) -> list[Record]:
    """Return the claims whose clause lies in a passage, in order of the text."""
    found = [
        claim
        for claim in claims
        if claim["evidence"]["start"] < passage.end
        and passage.start < claim["evidence"]["end"]
    ]
    return sorted(found, key=lambda claim: claim["trigger"]["start"])
