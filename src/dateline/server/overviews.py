"""What the map and the page of dyads show, and every picture as a file.

A file is a table whose first lines say what was asked.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from dateline import __version__
from dateline.analysis import lookups
from dateline.events.event_summaries import list_events
from dateline.export.events import FIRM
from dateline.server.charts import (
    MEASURES,
    SHADES,
    VIEWS,
    Drawn,
    atlas,
    bars,
    draw_events,
    find_changes,
    happened_in_known_month,
    label_dots,
    monthly_counts,
    spanned,
    strongest_links,
    tallest,
)
from dateline.server.params import Filters, happenings_by_id
from dateline.server.series import CLASSES, REACH_WORDS, bin_days, slider
from dateline.store import listings as pages
from dateline.store import party_queries, summaries
from dateline.store.cache import remembered
from dateline.store.errors import TooSlow
from dateline.store.sql import SqlStore

Record = dict[str, Any]
MAPPED = 2000  # events on one map
LISTED_BESIDE = 10  # events that are listed beside it
COMPARED = 6  # dyads on one page


class Mapped(Filters):
    """Filters, and which part of the world is wanted."""

    view: str = "world"
    month: int | None = Field(None, ge=0, le=9999 * 12 + 11)
    reach: str = "month"


def map_events(store: SqlStore, asked: Mapped) -> Record:
    """Return what the map shows of the events that pass filters."""
    where = asked.where()
    first, last = where.get("since", ""), where.get("until", "9999")
    try:
        # An event that reaches over the days asked for is told within them.
        counts = [
            (max(first, min(day, last)), quad, many)
            for day, quad, many in pages.events_by_day(store, where)
        ]
        slide = slider(counts, asked.month, asked.reach)
    except TooSlow:
        slide = None
    days = slide.days(where) if slide else where
    shown, cut = latest_places(store, days)
    shapes = atlas()
    view = asked.view if asked.view in VIEWS else "world"
    told: Record = {"shown": shown, "view": view, "views": VIEWS, "atlas": shapes}
    told |= {"asked": where, "days": days, "cut": cut}
    told["labels"] = label_dots(shown.dots, VIEWS[view])
    told |= {"slide": slide, "reaches": REACH_WORDS, "shades": SHADES}
    return {**told, "count": shown.count}


@remembered
def latest_places(store: SqlStore, where: Mapping[str, str]) -> tuple[Drawn, bool]:
    """Return where the latest events that pass filters lie, and if there are others."""
    found, then = list_events(store, where, None, MAPPED, summaries.places_of_events)
    shapes = atlas()
    shown, rest = draw_events(found, [*shapes["paths"], *shapes["small"]])
    return replace(shown, some=happenings_by_id(store, rest[:LISTED_BESIDE])), then is not None


def compare_pairs(store: SqlStore, pairs: Sequence[tuple[str, str]], measure: str) -> list[Record]:
    """Return what pairs of actors did to each other, by month, on one scale for all."""
    found = [
        happenings_by_id(store, party_queries.events_of_both(store, *pair, MAPPED))
        for pair in pairs
    ]
    firm = [happened_in_known_month(events) for events in found]
    names = spanned([each for events in firm for each in events])
    series = [monthly_counts(events, names, measure) if events else [] for events in firm]
    most = tallest([month for each in series for month in each])
    return [
        {
            **{"a": a, "b": b, "events": events, "months": each, "most": most},
            "bars": bars(each, most),
            "changes": find_changes([month.level for month in each]),
            "loose": sum(e.record["status"] in FIRM and not e.month for e in events),
        }
        for (a, b), events, each in zip(pairs, found, series, strict=True)
    ]


def dyads(store: SqlStore, a: str, b: str, measure: str) -> Record:
    """Return the series of one actor with some others, or who deals with whom."""
    codes = all(len(word) == len("KEN") for word in b.split())
    told_b = b.replace(",", " ").split() if codes else b.split(",")
    others = [other.strip() for other in told_b if other.strip()][:COMPARED]
    one = party_queries.named_party(store, a.strip()) if a.strip() else ""
    pairs = [(one, party_queries.named_party(store, other)) for other in others if one]
    told: Record = {"a": a, "b": b, "measures": MEASURES}
    told["measure"] = measure if measure in MEASURES else "score"
    told["links"] = [] if pairs else strongest_links(store)
    return {**told, "pairs": compare_pairs(store, pairs, told["measure"])}


Words = Annotated[str, Query(max_length=200)]


def figure_file(
    request: Request,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    notes: Sequence[str] = (),
) -> Response:
    """Return a table as CSV; lines that begin with # tell its query and its notes.

    The query is the address of the page that draws it, so that the file can be asked
    for again. What is not known is an empty cell.
    """
    page = request.url.path.removesuffix(".csv")
    asked = f"?{request.url.query}" if request.url.query else ""
    head = [f"Dateline {__version__}: {name}", f"query: {page}{asked}", *notes]
    to = io.StringIO()
    for line in head:
        to.write("# " + " ".join(line.split()) + "\n")
    writer = csv.writer(to, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    named = f'attachment; filename="dateline-{name.replace(" ", "-")}.csv"'
    return Response(to.getvalue(), 200, {"Content-Disposition": named}, "text/csv; charset=utf-8")


def serve_figures(store: SqlStore) -> APIRouter:
    """Return the files of what the timeline, dyads, map and tolls draw."""
    made = APIRouter(include_in_schema=False)

    @made.get("/timeline.csv")
    def timeline(request: Request, asked: Annotated[Filters, Query()]) -> Response:
        where = asked.where()
        shown = bin_days(pages.events_by_day(store, where))
        rows = []
        for each in shown.bins:
            many = {quad: n for quad, _, _, n in each.parts}
            cells = [many.get(quad, 0) for quad in CLASSES]
            rows.append([each.name, each.since, each.until, each.events, *cells])
        columns = (shown.kind, "since", "until", "events", *CLASSES)
        left = pages.undrawn(store, where) | {"outside": shown.outside}
        notes = [f"not drawn, {why}: {many}" for why, many in left.items()]
        return figure_file(request, "timeline", columns, rows, notes)

    @made.get("/dyad.csv")
    def dyad(request: Request, a: Words = "", b: Words = "", measure: Words = "score") -> Response:
        told = dyads(store, a, b, measure)
        if not told["pairs"]:
            rows = [[x.a.id, x.b.id, x.many, x.good] for x in told["links"]]
            columns: tuple[str, ...] = ("a", "b", "events", "cooperation")
            return figure_file(request, "network", columns, rows)
        rows = [
            [pair["a"], pair["b"], m.name, m.good, m.bad, m.events, m.origins]
            + [m.classes[quad] for quad in CLASSES]
            for pair in told["pairs"]
            for m in pair["months"]
        ]
        columns = ("a", "b", "month", "cooperation", "conflict", "events", "origins")
        classes = [f"{quad}, {told['measures'][told['measure']]}" for quad in CLASSES]
        notes = [
            f"{pair['a']} and {pair['b']}, month not told: {pair['loose']}"
            for pair in told["pairs"]
        ]
        return figure_file(request, "dyads", (*columns, *classes), rows, notes)

    @made.get("/map.csv")
    def chart(request: Request, asked: Annotated[Mapped, Query()]) -> Response:
        told = map_events(store, asked)
        shown = told["shown"]
        rows = [[dot.name, dot.precision, dot.events] for dot in shown.dots]
        rows += [[code, "country", many] for code, many in shown.countries.items()]
        notes = [f"not on the map: {shown.elsewhere}"]
        notes += ["only the latest are drawn"] if told["cut"] else []
        return figure_file(request, "map", ("place", "precise to", "events"), rows, notes)

    @made.get("/numbers/{event}.csv")
    def numbers(request: Request, event: str) -> Response:
        whole = lookups.look_up_event(store, event)
        names = ("told", "low", "best", "high", "bound", "scope", "speaker", "report")
        rows = [
            [many["what"], *(row.get(name) for name in names)]
            for many in whole["quantities"]
            for row in many["series"]
        ]
        return figure_file(request, "numbers as told", ("what", *names), rows)

    return made
