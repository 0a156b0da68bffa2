"""The pages: each reads the store, and is rendered here whole, without a script."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Response
from fastapi import Path as PathOf
from fastapi.responses import HTMLResponse, RedirectResponse

from dateline.analysis import lookups
from dateline.analysis.review.decisions import book_of, claim_of, text_of_kept_report
from dateline.analysis.review.forms import QUESTIONS
from dateline.analysis.review.gold import verdicts
from dateline.analysis.review.reviewed import added_claims
from dateline.export.agenda import AHEAD, list_agenda
from dateline.export.source import Given
from dateline.model.record import STATUSES
from dateline.resources import plugins
from dateline.resources.knowledge_base.base import base
from dateline.resources.knowledge_base.values import Entity, Role
from dateline.resources.rules.reasons import explain_answers
from dateline.server import formatting, overviews, params, report_pages
from dateline.server.params import Exported, Filters, Listed, happenings_by_id, list_happenings
from dateline.server.report_pages import LAYERS, cut_into_pieces, list_notes
from dateline.server.series import bin_days, told_tolls
from dateline.store import listings as pages
from dateline.store import party_queries, summaries
from dateline.store.cache import remembered
from dateline.store.errors import Missing, TooSlow
from dateline.store.sql import SqlStore

Record = dict[str, Any]
OFFICES = (
    "monarch",
    "supreme leader",
    "president",
    "prime minister",
    "foreign minister",
    "defense minister",
)


def look_up_actor(actor: str, at: date | None) -> Record | None:
    """Return what the base holds of an entity or a state, and who it is on a day.

    None where it holds nothing.
    """
    code = actor.upper()
    entity = base().get(actor)
    if entity is None:
        held = offices(code, at) if len(code) == 3 else []
        return {"entity": None, "roles": (), "then": (), "offices": held} if held else None
    roles = base().roles(actor)
    then = [(role, role.surely(at, at)) for role in base().roles(actor, at)] if at else []
    held = offices(entity.country or "", at) if entity.kind == "state" else []
    return {"entity": entity, "roles": roles, "then": then, "offices": held}


def offices(country: str, at: date | None) -> list[tuple[str, Entity, Role, bool]]:
    """Return who held the offices of a state on a day: office, who, role, surely."""
    if at is None or not country:
        return []
    return [
        (office, base().entity(role.entity), role, role.surely(at, at))
        for office in OFFICES
        for role in base().holders(country, office, at)
    ]


def day_or_none(told: str) -> date | None:
    """Return a day, None for what is none.

    >>> day_or_none("2019-01-08"), day_or_none("Monday")
    (datetime.date(2019, 1, 8), None)
    """
    try:
        return date.fromisoformat(told)
    except ValueError:
        return None


KINDS = {"csv": "text/csv", "jsonl": "application/jsonl", "geojson": "application/json"}
MOST_REASONS = 60  # tellings of an event that are shown with the words they read
Words = Annotated[str, Query(max_length=200)]


page = formatting.shown_page


def page_router(shown: SqlStore, store: SqlStore) -> APIRouter:
    """Return the pages: lists and sums of `shown`, and what has an id in a store."""
    made = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    add_event_lists(made, shown, store)
    add_items(made, store, shown)
    add_overviews(made, shown)
    return made


def add_event_lists(made: APIRouter, store: SqlStore, base: SqlStore) -> None:
    """Add Today, Events and the export of what Events shows."""

    @made.get("/")
    def today() -> HTMLResponse:
        return page("today.html", where=store.where, **latest_news(store), live=newest_number(base))

    @made.get("/events")
    def events(asked: Annotated[Listed, Query()]) -> HTMLResponse:
        where = asked.where()
        told: Record = {"asked": where, "live": newest_number(base), "choices": offered(store)}
        told |= {"sort": "" if asked.sort == "day" else asked.sort}
        told |= {"found": [], "next": None, "first": not asked.cursor}
        if faults := params.faults_in(store, where):
            told |= {"faults": faults, "total": None, "facets": {}, "slow": False}
            return page("events.html", 400, **told)
        after = lookups.read_cursor(asked.cursor, 2)
        found, then = list_happenings(store, where, after, min(asked.limit, 100), asked.sort)
        told |= {"faults": {}, "found": found, "next": lookups.write_cursor(then)}
        return page("events.html", **told, **tally_events(store, where))

    @made.get("/events/export.{kind}")
    def export(kind: str, asked: Annotated[Exported, Query()]) -> Response:
        if kind not in KINDS:
            raise HTTPException(404, f"no export {kind!r}: there are {', '.join(KINDS)}")
        events, most = pages.count_events(store, asked.where()), params.MOST_EXPORTED
        if events > most:  # a file would not hold all that was asked for
            told = f"{events:,} events pass these filters"
            why = f"{told}, and a page's file holds {most:,}."
            how = f"dateline export --of events --format {kind} --out events.{kind}"
            narrow = f"Narrow them, by days for one, or run `{how}`."
            raise HTTPException(413, f"{why} {narrow}")
        masked = None if asked.names else params.sheltered_people(store)
        chosen = params.Chosen(store, asked.where(), masked)
        named = f'attachment; filename="dateline-events.{kind}"'
        headers = {"Content-Disposition": named}
        write = plugins.load_plugin("writers", kind)
        with TemporaryDirectory() as folder:  # as `dateline export` writes it
            out = Path(folder) / "events"
            write(Given(chosen, {}, known=lambda _: chosen.known), out)
            return Response(out.read_bytes(), 200, headers, KINDS[kind])


def offered(store: SqlStore) -> Record:
    """Return what may be chosen of the lists that are closed."""
    book = book_of(store)
    modes = sorted({mode.name for mode in book.modes})
    sure = (".5", ".6", ".7", ".8", ".9")
    return {
        "type": [(name, name) for name in book.types],
        "mode": [(name, name) for name in modes],
        "status": [(name, name) for name in STATUSES],
        "sure": [(share, f"{float(share) * 100:.0f}%") for share in sure],
        "country": formatting.country_choices(),
    }


def latest_news(store: SqlStore) -> Record:
    """Return what the first page tells: what is new, planned, contradicted, changed."""
    newest = pages.newest_day(store)
    return {
        "newest": newest,
        "total": pages.count_events(store, {}),
        "latest": list_happenings(store, {}, None, 8)[0],
        "planned": happenings_by_id(store, [row["event"] for row in coming_events(store, 8)]),
        "week": coming_week(store, newest),
        "against": happenings_by_id(store, pages.contradicted_events(store, 8)),
        "changed": pages.replaced_reports(store, 8),
        "sums": party_queries.custody(store),
        "kinds": party_queries.count_problems(store, "", 1)[0],
    }


def coming_week(store: SqlStore, newest: str) -> dict[str, dict[str, str]]:
    """Return the filters of what is planned in the seven days after the newest report.

    Once for meetings, the acts that somebody hosts, and once for all; none of a record
    without a day.
    """
    if not newest:
        return {}
    last = date.fromisoformat(newest) + timedelta(days=7)
    every = {"status": " ".join(AHEAD), "since": newest, "until": last.isoformat()}
    types = book_of(store).types.values()
    hosted = ",".join(kind.name for kind in types if "hosted" in kind.traits)
    meetings = {"meetings": {"type": hosted, **every}} if hosted else {}
    return meetings | {"everything": every}


@remembered
def coming_events(store: SqlStore, most: int) -> list[Record]:
    """Return what is planned or expected from the newest report's day on, the nearest.

    Of those that have one, it is the day: not the farthest year that a report names.
    """
    return list_agenda(store)[:most]


def newest_number(store: SqlStore) -> int:
    """Return the number after which an event is news to who has this page."""
    with pages.read_in_time(store) as to:
        return summaries.newest_change(to)


def tally_events(store: SqlStore, where: dict[str, str]) -> Record:
    """Return how many events there are, and of which kind, as far as time allows."""
    told: Record = {"total": None, "facets": {}, "slow": False}
    try:
        told["total"] = pages.count_events(store, where)
        told["facets"] = pages.facets(store, where)
    except TooSlow:
        told["slow"] = True
    return told


def add_items(made: APIRouter, base: SqlStore, shown: SqlStore) -> None:
    """Add what has an id: events, reports, actors."""

    def whose(event: str) -> tuple[SqlStore, str]:
        try:
            return base, lookups.named_event(base, event)
        except Missing:  # one that is only in the record as people left it
            return shown, lookups.named_event(shown, event)

    @made.get("/event/{event:path}")
    def event(event: str) -> Response:
        store, name = whose(event)
        if name != event:
            return RedirectResponse(f"/event/{formatting.address_part(name)}", 307)
        told = tellings_of(store, name)
        whole = lookups.look_up_event(store, name)
        decided = store.review.decisions([claim["id"] for claim, _ in told])
        claims = [claim for claim, _ in told]
        some = dict.fromkeys(claim["report"] for claim in claims[:MOST_REASONS])
        add_reports = {name: text_of_kept_report(store, name) for name in some}
        given: Record = {"whys": explain_claims(claims[:MOST_REASONS], add_reports)}
        given |= {"whole": whole, "told": told, "tolls": told_tolls(whole)}
        given |= {"decided": decided, "verdicts": verdicts(decided)}
        return page("event.html", each=happenings_by_id(store, [name])[0], **given)

    add_reports(made, base)

    @made.get("/beside/{event}")
    def outlets(event: str, a: Words = "", b: Words = "") -> Response:
        store, name = whose(event)
        told = report_pages.compare_outlets(
            lookups.look_up_event(store, name), tellings_of(store, name), (a, b)
        )
        return page("beside.html", each=happenings_by_id(store, [name])[0], **told)

    @made.get("/actor/{actor:path}")
    def actor(actor: str, day: Annotated[str, Query(max_length=10)] = "") -> Response:
        names = party_queries.names_of_party(base, actor)
        newest = pages.newest_day(base)
        at = day_or_none(day) or day_or_none(newest)
        known = look_up_actor(actor, at)
        if not names and known is None:
            raise HTTPException(404, f"nobody of id or code {actor!r} in this store")
        until = at.isoformat() if day and at else None
        total, ids = party_queries.latest_events_of_party(base, actor, 25, until)
        told: Record = {"names": names, "total": total, "at": at, "day": day}
        told |= {"events": happenings_by_id(base, ids), "newest": newest}
        told |= {"beside": party_queries.counterparts(base, actor)}
        told |= {"quoted": party_queries.count_quotes(base, actor)}
        return page("actor.html", actor=actor, known=known, **told)


def tellings_of(store: SqlStore, event: str) -> list[tuple[Record, Record]]:
    """Return the current claims of an event with the heads of their reports.

    Raises Missing where no current report tells it any more.
    """
    found = pages.tellings_of_events(store, [event]).get(event)
    if not found:
        raise Missing(f"no current report tells event {event}")
    return found


def add_reports(made: APIRouter, store: SqlStore) -> None:
    """Add reports."""

    @made.get("/claim/{claim}")
    def claim(claim: Annotated[str, PathOf(max_length=64)]) -> Response:
        found = claim_of(store, claim)
        at = f"/report/{formatting.address_part(found['report'])}"
        asked = formatting.address_query({"claim": found["id"]})
        return RedirectResponse(f"{at}?{asked}#w-{found['id']}", 307)

    @made.get("/report/{report:path}")
    def report(report: str, claim: Words = "") -> HTMLResponse:
        found = store.report(report)
        if found is None:
            raise HTTPException(404, f"no report {report!r} in this store")
        claims = pages.claims_after(store, {"report": report}, None, 1000)
        claims.sort(key=lambda claim: claim["trigger"]["start"])
        rest = lookups.look_up_left_out(found)
        read = list(list_notes(claims, found["marks"], rest or []))
        told: Record = {"pieces": list(cut_into_pieces(found["text"], read)), "claims": claims}
        told |= {"layers": LAYERS, "problems": party_queries.problems_of(store, report)}
        told |= {"chosen": claim, "whys": explain_claims(claims, {report: found["text"]})}
        told |= {"captures": party_queries.captured(store, found["key"]), "rest": rest}
        decided = store.review.decisions(report=report)
        told |= {"decided": decided, "verdicts": verdicts(decided)}
        told |= {"added": added_claims(decided), **list_choices(store)}
        return page("report.html", report=found, **told)


def explain_claims(
    claims: Iterable[Record], add_reports: Mapping[str, str]
) -> dict[str, list[Record]]:
    """Return why each claim is as it is: question, answer, reason, the words read."""
    names = ("question", "answer", "because", "words")
    return {
        claim["id"]: [
            dict(zip(names, line, strict=True))
            for line in explain_answers(claim, add_reports.get(claim["report"], ""))
        ]
        for claim in claims
    }


def list_choices(store: SqlStore) -> Record:
    """Return what a form offers: the ontology's types, the statuses, the questions."""
    types = list(book_of(store).types)
    return {"types": types, "statuses": STATUSES, "questions": QUESTIONS}


def add_overviews(made: APIRouter, store: SqlStore) -> None:
    """Add dyads, the map, speakers and problems."""

    @made.get("/dyad")
    def dyad(a: Words = "", b: Words = "", measure: Words = "score") -> HTMLResponse:
        return page("dyad.html", **overviews.dyads(store, a, b, measure))

    @made.get("/map")
    def chart(asked: Annotated[overviews.Mapped, Query()]) -> HTMLResponse:
        return page("map.html", **overviews.map_events(store, asked))

    @made.get("/timeline")
    def timeline(asked: Annotated[Filters, Query()]) -> HTMLResponse:
        where = asked.where()
        counts = pages.events_by_day(store, where)
        found, then = list_happenings(store, where, None, 40)
        told: Record = {"asked": where, "shown": bin_days(counts), "found": found}
        told["undrawn"] = pages.undrawn(store, where)
        return page("timeline.html", more=then is not None, **told)

    @made.get("/speakers")
    def speakers() -> HTMLResponse:
        own, every = party_queries.count_own_voice(store)
        quoted, relayed = party_queries.count_speakers(store), party_queries.relayed(store)
        told: Record = {"own": own, "every": every}
        return page("speakers.html", quoted=quoted, relayed=relayed, **told)

    @made.get("/problems")
    def problems(code: Words = "") -> HTMLResponse:
        kinds, rows = party_queries.count_problems(store, code, 200)
        told: Record = {"sums": party_queries.custody(store), "code": code}
        return page("problems.html", kinds=kinds, rows=rows, **told)
