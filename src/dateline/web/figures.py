"""What a picture shows as a file: a table whose first lines say what was asked."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from dateline import __version__, lookups
from dateline.store import pages
from dateline.store.sql import SqlStore
from dateline.web import overviews
from dateline.web.asking import Filters
from dateline.web.series import CLASSES, bin_days

Record = dict[str, Any]
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
    return Response(
        to.getvalue(), 200, {"Content-Disposition": named}, "text/csv; charset=utf-8"
    )


def serve_figures(store: SqlStore) -> APIRouter:
    """Return the files of what the timeline, dyads, map and tolls draw."""
    made = APIRouter(include_in_schema=False)

    @made.get("/timeline.csv")
    def timeline(request: Request, asked: Annotated[Filters, Query()]) -> Response:
        where = asked.where()
        shown = bin_days(pages.events_by_day(store, where))
        rows = [
            [b.name, b.since, b.until, b.events, *of_classes(b.parts)]
            for b in shown.bins
        ]
        columns = (shown.kind, "since", "until", "events", *CLASSES)
        left = pages.undrawn(store, where) | {"outside": shown.outside}
        notes = [f"not drawn, {why}: {many}" for why, many in left.items()]
        return figure_file(request, "timeline", columns, rows, notes)

    @made.get("/dyad.csv")
    def dyad(
        request: Request, a: Words = "", b: Words = "", measure: Words = "score"
    ) -> Response:
        told = overviews.dyads(store, a, b, measure)
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
    def chart(
        request: Request, asked: Annotated[overviews.Mapped, Query()]
    ) -> Response:
        told = overviews.map_events(store, asked)
        shown = told["shown"]
        rows = [[dot.name, dot.precision, dot.events] for dot in shown.dots]
        rows += [[code, "country", many] for code, many in shown.countries.items()]
        notes = [f"not on the map: {shown.elsewhere}"]
        notes += ["only the latest are drawn"] if told["cut"] else []
        return figure_file(
            request, "map", ("place", "precise to", "events"), rows, notes
        )

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


def of_classes(parts: Sequence[tuple[str, float, float, int]]) -> list[int]:
    """Return how many events of each class a column of a chart stands for."""
    many = {quad: n for quad, _, _, n in parts}
    return [many.get(quad, 0) for quad in CLASSES]
