"""Panels drawn, somebody not believed, promises kept or not, releases shown."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import BaseModel, ConfigDict

from dateline.analysis.frames import TALLIED, Frame
from dateline.analysis.panel import PERIODS, ROLES, UNITS, Asked, Panel, count_panel
from dateline.analysis.planned_outcomes import BY, OUTCOMES, follow_promises, tally_promises
from dateline.analysis.release import read_release
from dateline.analysis.scope import make_scope
from dateline.analysis.source_exclusion import disbelieve, tell_changes
from dateline.model.record import STATUSES
from dateline.server import formatting
from dateline.server.formatting import shown_page
from dateline.server.overviews import figure_file
from dateline.store import listings
from dateline.store import party_queries as sides
from dateline.store.cache import remembered
from dateline.store.errors import StoreError
from dateline.store.listings import outlets_of_reports
from dateline.store.sql import SqlStore

Record = dict[str, Any]
DRAWN = 12  # units on one page
PERIODS_DRAWN = 120
MOST_EVENTS = 200_000  # that a page counts
MEASURES = ("events", "origins", *TALLIED)
TALL, STRIP, BROAD = 70.0, 24.0, 340.0
ONE = Lock()  # one counts at a time: it takes memory


class PanelAsked(BaseModel):
    """What panel is drawn; names in `without` are parted by semicolons."""

    model_config = ConfigDict(extra="forbid", str_max_length=400)

    unit: str = "country-month"
    role: str = "actor"
    measure: str = "events"
    by: str = ""
    status: str = ""
    without: str = ""
    origins: str = ""
    since: str = ""
    until: str = ""

    def given(self) -> dict[str, str]:
        """Return what differs from the usual."""
        usual = PanelAsked()
        told = {n: str(getattr(self, n)).strip() for n in PanelAsked.model_fields}
        return {n: v for n, v in told.items() if v and v != getattr(usual, n)}

    def every_choice(self) -> dict[str, str]:
        """Return every choice."""
        return {**PanelAsked().model_dump(), **self.given()}


@dataclass(frozen=True, slots=True)
class Column:
    """One period of a unit as it is drawn.

    `count` is None where nothing was read; `all` is the count with everybody believed.
    """

    period: str
    count: float | None
    all: float | None
    read: int
    about: int
    x: float
    width: float
    tall: float
    ghost: float
    strip: float
    inner: float


@dataclass(frozen=True, slots=True)
class Multiple:
    """One unit of a panel, drawn over the periods; `total` is its sum."""

    name: str
    columns: list[Column]
    total: float


def serve_research(store: SqlStore, releases: Sequence[Path]) -> APIRouter:
    """Return the pages of research over a store, and of some folders of releases."""
    made = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    panel_pages(made, store)
    promise_pages(made, store)
    release_pages(made, releases)
    return made


def panel_pages(made: APIRouter, store: SqlStore) -> None:
    """Add panels, and the record as it is when somebody is not believed."""

    @made.get("/panel")
    def panel(asked: Annotated[PanelAsked, Query()]) -> HTMLResponse:
        told: Record = {"asked": asked.every_choice(), "given": asked.given(), "wrong": ""}
        told |= {"units": [f"{u}-{p}" for u in UNITS for p in PERIODS], "roles": ROLES}
        told |= {"measures": MEASURES, "statuses": STATUSES, "shown": [], "notes": []}
        told |= {"others": 0, "most": 0, "busiest": 0, "unread": 0, "cut": False}
        told["doubted"] = split_names(asked.without)
        told["voices"] = believable(store, told["doubted"])
        try:
            told |= drawn_panel(store, asked)
        except StoreError as error:
            if error.exit != StoreError.exit:
                raise
            told["wrong"] = str(error)
        status = 400 if told["wrong"] and asked.given() else 200
        return shown_page("panel.html", status, **told)

    @made.get("/panel.csv")
    def panel_file(request: Request, asked: Annotated[PanelAsked, Query()]) -> Response:
        found = panel_of(store, asked.every_choice())
        return figure_file(request, "panel", found.columns, found.rows, found.notes)

    @made.get("/without")
    def without(who: Annotated[str, Query(max_length=400)] = "") -> HTMLResponse:
        doubted, wrong, rows = split_names(who), "", list[Record]()
        try:
            rows = doubt_names(store, ";".join(doubted)) if doubted else []
        except StoreError as error:
            if error.exit != StoreError.exit:
                raise
            wrong = str(error)
        told: Record = {"doubted": doubted, "wrong": wrong}
        told["rows"] = [{**row, "told": tell_changes(row)} for row in rows]
        told["voices"] = believable(store, doubted)
        status = 400 if wrong else 200
        return shown_page("without.html", status, **told)

    @made.get("/without.csv")
    def without_file(request: Request, who: Annotated[str, Query(max_length=400)] = "") -> Response:
        rows = [
            [r["event"], r["change"], tell_changes(r), r["type"], r["status"]]
            for r in doubt_names(store, ";".join(split_names(who)))
        ]
        columns = ("event", "change", "what changes", "type", "status")
        return figure_file(request, "without", columns, rows)


def promise_pages(made: APIRouter, store: SqlStore) -> None:
    """Add the ledger of promises."""

    @made.get("/promises")
    def promises(
        by: str = "speaker", outcome: Annotated[str, Query(max_length=40)] = ""
    ) -> HTMLResponse:
        by = by if by in BY else "speaker"
        found = follow_ledger(store)
        chosen = [p for p in found if not outcome or p.outcome == outcome]
        told: Record = {"by": by, "kinds": BY, "outcomes": OUTCOMES}
        told |= {"rows": tally_promises(found, by)[:50], "outcome": outcome}
        known = sum(p.outcome != "unknown yet" for p in found)
        told |= {"total": len(found), "known": known, "each": chosen[:100]}
        return shown_page("promises.html", **told, many=len(chosen))

    @made.get("/promises.csv")
    def promises_file(request: Request) -> Response:
        rows = [asdict(promise) for promise in follow_ledger(store)]
        columns = tuple(rows[0]) if rows else ("claim",)
        cells = [[" ".join(c) if isinstance(c, tuple) else c for c in row.values()] for row in rows]
        return figure_file(request, "promises", columns, cells)


def release_pages(made: APIRouter, folders: Sequence[Path]) -> None:
    """Add the releases that the server was started with: data sheets and files."""
    there = {folder.resolve().name: folder for folder in folders}

    @made.get("/releases")
    def releases() -> HTMLResponse:
        return shown_page("releases.html", rows=[sheet_of(f) for f in there.values()])

    @made.get("/release/{name}")
    def release(name: str) -> HTMLResponse:
        if name not in there:
            raise HTTPException(404, f"no release {name!r} is served here")
        return shown_page("release.html", r=sheet_of(there[name]))

    @made.get("/release/{name}/{file}")
    def release_file(name: str, file: str) -> Response:
        folder = there.get(name)
        if folder is None or file not in {*files_of(folder), "SHA256SUMS"}:
            raise HTTPException(404, f"no file {file!r} of release {name!r}")
        return FileResponse(folder / file, filename=f"{name}-{file}")


def files_of(folder: Path) -> list[str]:
    """Return the files of a release that its checksums name; none lies outside."""
    lines = (folder / "SHA256SUMS").read_text("utf-8").splitlines()
    names = [line.split("  ", 1)[-1] for line in lines]
    return [name for name in names if name == Path(name).name]


def sheet_of(folder: Path) -> Record:
    """Return what a release says of itself, and whether it is as it was released."""
    found: Record = {"folder": folder.resolve().name, "wrong": "", "sheet": []}
    found |= {"name": found["folder"], "files": [], "citation": ""}
    try:
        held = read_release(folder)
        found |= {"name": held.name, "files": files_of(folder)}
        found["sheet"] = sheet_lines((folder / "README.md").read_text("utf-8"))
        found["citation"] = (folder / "CITATION.cff").read_text("utf-8")
    except (StoreError, OSError) as error:
        found["wrong"] = str(error)
    return found


def sheet_lines(text: str) -> list[tuple[str, Any]]:
    """Return a data sheet as headings, paragraphs, items and rows of tables.

    >>> sheet_lines("# A\\n\\n## B\\n- c: 1\\n| x | y |\\n|---|---|\\n")
    [('title', 'A'), ('heading', 'B'), ('item', 'c: 1'), ('row', ['x', 'y'])]
    """
    found: list[tuple[str, Any]] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("## "):
            found.append(("heading", line[3:]))
        elif line.startswith("# "):
            found.append(("title", line[2:]))
        elif line.startswith("- "):
            found.append(("item", line[2:]))
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if set("".join(cells)) - set("-"):
                found.append(("row", cells))
        else:
            found.append(("text", line))
    return found


def split_names(told: str) -> list[str]:
    """Return the names of a list with semicolons, each once."""
    return list(dict.fromkeys(filter(None, (n.strip() for n in told.split(";")))))


def believable(store: SqlStore, doubted: Sequence[str]) -> list[Record]:
    """Return whom to believe or not, with the names that each switch would leave."""
    names = [name for name, _ in outlets_of_reports(store, {}, 6)]
    names += [row["name"] for row in sides.count_speakers(store)[:8]]
    fine = (name for name in names if name and ";" not in name and len(name) < 80)
    return [
        {
            "name": name,
            "off": name in doubted,
            "then": ";".join(
                [n for n in doubted if n != name] if name in doubted else [*doubted, name]
            ),
        }
        for name in dict.fromkeys([*doubted, *fine])
    ]


@remembered
def panel_of(store: SqlStore, given: Mapping[str, str]) -> Panel:
    """Return the panel of some choices, as `dateline panel` counts it.

    Raises StoreError for what there is none of, and for a record too large for a page.
    """
    if (many := listings.count_events(store, {})) > MOST_EVENTS:
        how = f"dateline panel --unit {given['unit']} --format csv"
        raise StoreError(f"{many:,} events are too many for a page: `{how}` counts them")
    told: Record = {"statuses": given["status"].split()} if given["status"] else {}
    told |= {"without": split_names(given["without"])} if given["without"] else {}
    if given["origins"]:
        told["origins"] = listings.filter_number(given, "origins")
    scope = make_scope(told, "panel")
    asked = Asked(
        unit=given["unit"],
        role=given["role"],
        by=given["by"],
        measures=tuple(dict.fromkeys(("events", given["measure"]))),
        since=given["since"],
        until=given["until"],
    )
    with ONE, Frame(store, scope) as frame:
        return count_panel(frame, asked, scope)


@remembered
def doubt_names(store: SqlStore, names: str) -> list[Record]:
    """Return how events change when nobody of these names is believed."""
    if not names:
        raise StoreError("name who is not believed: /without?who=KCNA")
    with ONE:
        return disbelieve(store, split_names(names))


@remembered
def follow_ledger(store: SqlStore) -> list[Any]:
    """Return every promise of a store with what came of it."""
    with ONE:
        return follow_promises(store)


def drawn_panel(store: SqlStore, asked: PanelAsked) -> Record:
    """Return the largest units of a panel as they are drawn, and what is not drawn."""
    given = asked.every_choice()
    found = panel_of(store, given)
    believed = found
    if given["without"]:
        believed = panel_of(store, {**given, "without": ""})
    measure = given["measure"]
    mine, every = unit_rows(found, measure), unit_rows(believed, measure)
    names = sorted(every, key=lambda n: (-sum_counts(every[n]), n))
    periods = list(dict.fromkeys(p for rows in every.values() for p in rows))
    periods = sorted(periods)[-PERIODS_DRAWN:]
    cells = [row for rows in every.values() for row in rows.values()]
    most = max((row["count"] or 0 for row in cells), default=0) or 1
    busiest = max((row["read"] for row in cells), default=0) or 1
    shown = [
        Multiple(
            name,
            draw_columns(mine.get(name, {}), every[name], periods, (most, busiest)),
            sum_counts(mine.get(name, {})),
        )
        for name in names[:DRAWN]
    ]
    return {
        "shown": shown,
        "others": len(names) - len(shown),
        "most": most,
        "busiest": busiest,
        "notes": found.notes,
        "unread": found.sums["periods without any report"],
        "cut": len({p for rows in every.values() for p in rows}) > PERIODS_DRAWN,
    }


def unit_rows(panel: Panel, measure: str) -> dict[str, dict[str, Record]]:
    """Return a panel's counts by unit, and part where it has any, and period."""
    found: dict[str, dict[str, Record]] = {}
    asked = panel.asked
    for row in panel.records():
        keys = [str(row[key]) for key in asked.keys]
        if asked.of in ("country", "dyad"):
            keys = [formatting.display_state(key) for key in keys]
        name = " and ".join(keys) if asked.of == "dyad" else ", ".join(keys)
        if asked.by:
            name = f"{name}: {row[asked.by] or 'untold'}"
        found.setdefault(name, {})[row[asked.period]] = {
            "count": row[measure],
            "read": row["reports_read"],
            "about": row["reports_about"],
        }
    return found


def sum_counts(rows: Mapping[str, Record]) -> float:
    """Return the sum of what is known."""
    return float(sum(row["count"] or 0 for row in rows.values()))


def draw_columns(
    mine: Mapping[str, Record],
    every: Mapping[str, Record],
    periods: Sequence[str],
    scale: tuple[float, int],
) -> list[Column]:
    """Return the columns of one unit; all units share one scale."""
    most, busiest = scale
    step = BROAD / max(len(periods), 1)
    none: Record = {"count": None, "read": 0, "about": 0}
    found = []
    for at, period in enumerate(periods):
        base = every.get(period, none)
        count = mine.get(period, {**base, "count": base["count"] and 0})["count"]
        found.append(
            Column(
                period,
                count,
                base["count"],
                base["read"],
                base["about"],
                round(34 + at * step, 2),
                round(max(step * 0.82, 0.6), 2),
                round(TALL * (count or 0) / most, 2),
                round(TALL * (base["count"] or 0) / most, 2),
                round(STRIP * base["read"] / busiest, 2),
                round(STRIP * base["about"] / busiest, 2),
            )
        )
    return found
