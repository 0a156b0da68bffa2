"""The pages on which reports are looked for, saved searches, and their feeds.

Reports are found by words, with passages, or in a list; a feed (Atom, iCalendar) is of
any filters, saved or not.
"""

from collections.abc import Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl
from xml.etree import ElementTree as Xml

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic import BaseModel, ConfigDict, Field

from dateline.analysis import lookups
from dateline.events.event_summaries import summed_events
from dateline.export.agenda import calendar, list_agenda
from dateline.model.record import list_speakers
from dateline.server import formatting as words
from dateline.server.formatting import shown_page
from dateline.server.params import Filters, Happening
from dateline.server.review_pages import Sender, Sent
from dateline.store import listings
from dateline.store import party_queries as sides
from dateline.store.database import filters
from dateline.store.errors import StoreError, TooSlow
from dateline.store.listings import (
    OF_REPORTS,
    count_reports,
    find_passages,
    keep_passing,
    list_reports,
    outlets_of_reports,
)
from dateline.store.saved_searches import (
    list_searches,
    named_search,
    newest_events,
    remove_search,
    save_search,
)
from dateline.store.sql import SqlStore

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
        told = {name: str(getattr(self, name)).strip() for name in OF_REPORTS}
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
        claims = listings.claims_after(store, {"report": each["id"]}, None, 300)
        each["many"] = len(claims)
        claims.sort(key=lambda claim: claim["trigger"]["start"])
        each["told"] = [  # whose clause lies in the passage, in order of the text
            [
                claim
                for claim in claims
                if claim["evidence"]["start"] < passage.end
                and passage.start < claim["evidence"]["end"]
            ]
            for passage in each["passages"]
        ]
    told: Record = {"found": found, "more": more and page < FARTHEST, "events": None}
    try:
        told["total"] = count_reports(store, {"search": words})
        told["events"] = listings.count_events(store, {"search": words})
    except TooSlow:
        told["total"] = None
    who = sides.named_party(store, words)
    return told | {"actor": who if sides.names_of_party(store, who) else ""}


FED = 50  # entries of a feed
ATOM = "http://www.w3.org/2005/Atom"
NO_DAY = "1970-01-01"


def serve_searches(shown: SqlStore, store: SqlStore, desk: SqlStore | None) -> APIRouter:
    """Return the pages of the searches a store keeps, and feeds of what is `shown`."""
    made = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    add_feeds(made, shown, store)
    if desk is not None:
        add_saving(made, desk)
    return made


def add_feeds(made: APIRouter, shown: SqlStore, store: SqlStore) -> None:
    """Add the list of saved searches, and their feeds."""

    @made.get("/searches")
    def saved() -> HTMLResponse:
        return shown_page("searches.html", rows=list_searches(store), wrong="")

    @made.get("/events.atom")
    def atom(request: Request, asked: Annotated[Filters, Query()]) -> Response:
        return as_atom(shown, request, asked.where(), "")

    @made.get("/agenda.ics")
    def plans(asked: Annotated[Filters, Query()]) -> Response:
        return as_calendar(shown, asked.where(), "dateline-agenda")

    @made.get("/searches/{name}.{kind}")
    def of_saved(request: Request, name: str, kind: str) -> Response:
        where = named_search(store, name)["asked"]
        if kind == "atom":
            return as_atom(shown, request, where, name)
        if kind == "ics":
            return as_calendar(shown, where, name)
        raise HTTPException(404, f"no feed {kind!r}: there are atom, ics")


def add_saving(made: APIRouter, desk: SqlStore) -> None:
    """Add what reviewers do with saved searches."""

    @made.post("/searches")
    def save(form: Sent, who: Sender) -> Response:
        asked = {name: value for name, value in parse_qsl(form.get("asked", ""))}
        try:
            save_search(desk, form.get("name", ""), asked, who.name)
        except StoreError as error:
            if error.exit != StoreError.exit:
                raise
            rows = list_searches(desk)
            return shown_page("searches.html", 400, rows=rows, wrong=str(error))
        return RedirectResponse("/searches", 303)

    @made.post("/searches/remove")
    def remove(form: Sent, _who: Sender) -> Response:
        remove_search(desk, form.get("name", ""))
        return RedirectResponse("/searches", 303)


def as_calendar(store: SqlStore, asked: Mapping[str, str], name: str) -> Response:
    """Return what is planned or expected of some events as an iCalendar file."""
    where = dict(asked)
    days = where.pop("since", ""), where.pop("until", "")
    where.pop("status", "")
    found = calendar(list_agenda(store, *days, where))
    file = "".join(c if c.isascii() and c.isalnum() else "-" for c in name)
    headers = {"Content-Disposition": f'inline; filename="{file}.ics"'}
    return Response(found, 200, headers, "text/calendar")


def as_atom(store: SqlStore, request: Request, where: Mapping[str, str], name: str) -> Response:
    """Return the events of some filters that are new or changed, as an Atom feed."""
    rows = newest_events(store, where, -1, FED)[::-1]
    records = keep_passing(summed_events(store, [event for _, event in rows]), where)
    base = str(request.base_url).rstrip("/")
    at = f"{base}/events?{words.address_query(where)}"
    feed = Xml.Element("feed", xmlns=ATOM)
    told = [f"{n} {value}" for n, value in where.items()]
    title = name or "; ".join(told) or "every event"
    updated = max((last_day_told(record) for record in records), default=NO_DAY)
    put_element(feed, "title", f"Dateline: {title}")
    put_element(feed, "id", f"urn:dateline:events:{words.address_query(where)}")
    put_element(feed, "updated", f"{updated}T00:00:00Z")
    put_element(put_element(feed, "author", ""), "name", "Dateline")
    put_element(feed, "link", "", href=at)
    put_element(feed, "link", "", href=str(request.url), rel="self")
    for record in records:
        write_entry(feed, Happening(record), base)
    body = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, media_type="application/atom+xml")


def write_entry(feed: Xml.Element, each: Happening, base: str) -> None:
    """Add one event to a feed: what, by whom, when, by whose word, how well vouched."""
    record, lead = each.record, each.lead
    one = put_element(feed, "entry", "")
    sides = (
        ", ".join(words.display_name(who) for who in record[side]) or "nobody named"
        for side in ("actors", "recipients")
    )
    what = " ".join([record["type"], *lead["mode"]])
    put_element(one, "title", f"{what} ({record['status']}): {' → '.join(sides)}")
    put_element(one, "id", f"urn:dateline:event:{record['event']}")
    put_element(one, "updated", f"{last_day_told(record)}T00:00:00Z")
    put_element(one, "link", "", href=f"{base}/event/{words.address_part(record['event'])}")
    says = " › ".join(list_speakers(lead))
    place = record["where"] or {}
    lines = [
        f"“{lead['evidence']}”",
        f"when: {each.when}; where: {place.get('name') or 'not told'}",
        f"according to {says or 'the report itself'}",
        f"{len(record['reports'])} reports, {record['outlets']} outlets, "
        f"{record['origins']} independent origins; sure {record['confidence']:.2f}",
    ]
    put_element(one, "summary", "\n".join(lines))


def last_day_told(record: Record) -> str:
    """Return the day on which an event was last told, for a feed that must have one."""
    return str(record["last_told"] or record["first_told"] or NO_DAY)[:10]


def put_element(to: Xml.Element, tag: str, text: str, **given: str) -> Xml.Element:
    """Add an element; what XML cannot hold or would turn its line is made visible."""
    made = Xml.SubElement(to, tag, {n: words.show_invisible(v) for n, v in given.items()})
    kept = (c if c in "\n\t" or c >= " " else "·" for c in words.show_invisible(text))
    made.text = "".join(c if not 0xD800 <= ord(c) <= 0xDFFF else "·" for c in kept)
    return made
