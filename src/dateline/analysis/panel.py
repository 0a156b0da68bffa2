"""Panels: events counted by unit and period, with what was read beside each count."""

import csv
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TextIO

from dateline.analysis.frames import TALLIED, Frame, quote_sql, scope_conditions
from dateline.analysis.scope import Scope
from dateline.analysis.states import SYSTEMS, state_code, states_in
from dateline.model.atomic_write import write_aside
from dateline.resources.reference.countries import countries
from dateline.store.database import filters
from dateline.store.errors import StoreError

UNITS = ("country", "dyad", "admin1", "priogrid")
PERIODS = ("day", "week", "month", "quarter", "year")
IDS = ("iso3", *SYSTEMS)
ROLES = ("actor", "recipient", "place", "any")
BY = ("type", "deed", "quad", "status", "sector")
MEASURES = ("events", "origins", "score", *TALLIED)
EXPOSURE = ("reports_read", "outlets_read", "sentences_read")
MOST = 5_000_000  # rows of one panel
FINE = ("site", "city")  # places that lie in one cell of a grid
WITHIN = (*FINE, "admin2", "admin1")  # places that lie in one province
PERIOD = {
    "day": "{0}",
    "week": "strftime({0}::DATE, '%G-W%V')",
    "month": "substr({0}, 1, 7)",
    "quarter": "substr({0}, 1, 4) || '-Q' || quarter({0}::DATE)",
    "year": "substr({0}, 1, 4)",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What panel is wanted; `unit` is as in country-month, `by` may be "".

    `sparse` leaves out cells without an event; `states` fills the rectangle with the
    members of a system. `since` and `until` are days; "" is what the reports span.
    """

    unit: str = "country-month"
    ids: tuple[str, ...] = ()
    role: str = "actor"
    by: str = ""
    measures: tuple[str, ...] = ("events",)
    undirected: bool = False
    sparse: bool = False
    states: str = ""
    since: str = ""
    until: str = ""
    trace: bool = False

    @property
    def of(self) -> str:
        """What a row is of: country, dyad, admin1 or priogrid."""
        return self.unit.split("-")[0]

    @property
    def period(self) -> str:
        """How long a row lasts."""
        return self.unit.split("-")[-1]

    @property
    def keys(self) -> tuple[str, ...]:
        """The names of the columns that say which unit a row is of."""
        sides = ("side_a", "side_b") if self.undirected else ("actor", "recipient")
        named = {"country": ("country",), "dyad": sides}
        return named.get(self.of) or (("country", "admin1") if self.of == "admin1" else ("gid",))


def check_asked(asked: Asked) -> None:
    """Refuse a panel that there is none of. Raises StoreError with what there is."""
    of, _, period = asked.unit.partition("-")
    if of not in UNITS or period not in PERIODS:
        units = ", ".join(f"{u}-month" for u in UNITS)
        told = f"no unit {asked.unit!r}: there are {units}"
        raise StoreError(f"{told}; and -day, -week, -quarter, -year of each")
    choices: list[tuple[str, str, tuple[str, ...]]]
    choices = [("id", i, IDS) for i in asked.ids]
    choices += [("role", asked.role, ROLES)]
    choices += [("measure", m, MEASURES) for m in asked.measures]
    choices += [("breakdown", asked.by, BY)] if asked.by else []
    choices += [("state system", asked.states, SYSTEMS)] if asked.states else []
    for name, told, legal_ones in choices:
        if told not in legal_ones:
            raise StoreError(f"no {name} {told!r}: there are {', '.join(legal_ones)}")
    if asked.states and of not in ("country", "dyad"):
        raise StoreError("a rectangle of states is of country or dyad units")
    for name, day in (("since", asked.since), ("until", asked.until)):
        try:
            date.fromisoformat(day or "2000-01-01")
        except ValueError as error:
            raise StoreError(f"--{name} {day!r} is no date like 2019-01-08") from error


@dataclass(frozen=True)
class Panel:
    """A panel: `columns`, `rows`, what it was asked for, and what was left out.

    A count is None where no report of the period was read: unread is never zero.
    `notes` are the lines of its header: scope, sums, cells without any reading.
    """

    asked: Asked
    scope: Scope
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]
    sums: dict[str, int]

    @property
    def notes(self) -> list[str]:
        """The header of the panel, a line each."""
        s = self.sums
        left = ", ".join(f"{n} {words}" for words, n in s.items() if words != "in scope")
        told = [f"{self.asked.unit}; events in scope: {s['in scope']}; {left}"]
        return told + [x for x in self.scope.as_toml().splitlines()[1:] if x]

    def records(self) -> Iterator[dict[str, Any]]:
        """Yield the rows by the names of their columns."""
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def to_pandas(self) -> Any:
        """Return a pandas DataFrame; the scope is in its `attrs`."""
        from dateline.export.tables import require_library

        frame = require_library("pandas").DataFrame(self.rows, columns=list(self.columns))
        for name in (*EXPOSURE, "events"):
            if name in self.columns:
                frame[name] = frame[name].astype("Int64")
        frame.attrs["scope"] = self.scope.as_toml()
        return frame

    def to_polars(self) -> Any:
        """Return a polars DataFrame."""
        from dateline.export.tables import require_library

        polars = require_library("polars")
        made = {c: [row[i] for row in self.rows] for i, c in enumerate(self.columns)}
        return polars.DataFrame(made, strict=False, infer_schema_length=None)


def count_panel(frame: Frame, asked: Asked, scope: Scope | None = None) -> Panel:
    """Count a panel over the tables of a store.

    Raises StoreError for a unit, code or period that there is none of, and for a
    rectangle of more than five million rows.
    """
    check_asked(asked)
    chosen = scope or frame.scope
    begin_counting(frame, asked, chosen)
    lay_out_cells(frame, asked)
    columns, question = final_question(asked, columns_of_ids(asked))
    number_states(frame, asked)
    rows = frame.rows(question)
    return Panel(asked, chosen, tuple(columns), rows, sum_up(frame, asked))


def begin_counting(frame: Frame, asked: Asked, scope: Scope) -> None:
    """Make the views that a panel is counted from: scoped, placed, cells, exposure."""
    run = frame.to.execute
    period = PERIOD[asked.period]
    first, last = period.format("day_from"), period.format("day_to")
    run(
        "CREATE OR REPLACE TEMP VIEW scoped AS"
        f" SELECT * FROM ev WHERE {' AND '.join(scope_conditions(scope))}"
    )
    if scope.days == "first":
        begin = period.format("coalesce(day_from, day_to)")
        placed = f"SELECT *, {begin} AS period FROM scoped WHERE {begin} IS NOT NULL"
    else:
        placed = f"SELECT *, {first} AS period FROM scoped WHERE {first} = {last}"
    run(f"CREATE OR REPLACE TEMP VIEW placed AS {placed}")
    with frame.store.reading() as to:
        books = [filters.codebook_of_run(name) for name in filters.books(to)]
    together = {  # deeds that all parties do together, by the store's codebooks
        kind for book in books if book for kind, row in book.types.items() if "mutual" in row.traits
    }
    mutual = ", ".join(map(quote_sql, sorted(together))) or "''"
    run(f"CREATE OR REPLACE TEMP TABLE cells AS {cells_of(asked, mutual)}")
    read = f"SELECT *, {period.format('day')} AS period FROM read WHERE day <> ''"
    run(f"CREATE OR REPLACE TEMP TABLE dated AS {read}")


def cells_of(asked: Asked, mutual: str) -> str:
    """Return the query for the unit of each event: event, sector, k1 and perhaps k2.

    Whoever does a mutual deed with another is a dyad with him in both directions.
    """
    if asked.of == "priogrid":
        row = "least(floor((lat + 90) * 2), 359)"
        column = "least(floor((lon + 180) * 2), 719)"
        return (
            f"SELECT event, NULL AS sector, CAST({row} * 720 + {column} + 1 AS INTEGER)"
            f" AS k1 FROM ev WHERE lat IS NOT NULL AND place_precision IN {FINE}"
        )
    if asked.of == "admin1":
        return (
            "SELECT event, NULL AS sector, country AS k1, admin1 AS k2 FROM ev"
            f" WHERE admin1 IS NOT NULL AND place_precision IN {WITHIN}"
        )
    if asked.of == "country":
        role = "true" if asked.role == "any" else f"role = {quote_sql(asked.role)}"
        sector = "sector" if asked.by == "sector" else "NULL AS sector"
        return (
            f"SELECT DISTINCT event, {sector}, country AS k1 FROM side"
            f" WHERE {role} AND country IS NOT NULL"
        )
    a, b = "a.country", "b.country"
    if asked.undirected:
        a, b = "least(a.country, b.country)", "greatest(a.country, b.country)"
    sector = "a.sector" if asked.by == "sector" else "NULL"
    both = (
        "(a.role = 'actor' AND b.role = 'recipient') OR (a.role = 'actor'"
        f" AND b.role = 'actor' AND e.deed IN ({mutual}) AND NOT EXISTS (SELECT 1 FROM"
        " side o WHERE o.event = a.event AND o.role = 'recipient'"
        " AND o.country IS NOT NULL))"
    )
    return (
        f"SELECT DISTINCT a.event, {sector} AS sector, {a} AS k1, {b} AS k2"
        " FROM side a JOIN side b ON a.event = b.event AND a.country <> b.country"
        f" JOIN ev e ON e.event = a.event WHERE {both}"
    )


def lay_out_cells(frame: Frame, asked: Asked) -> None:
    """Make the periods and the rectangle of rows that the counts are laid into."""
    run, keys = frame.to.execute, key_columns(asked)
    first, last = span_of(frame, asked)
    periods = list(dict.fromkeys(periods_between(first, last, asked.period)))
    run("CREATE OR REPLACE TEMP TABLE periods (period TEXT)")
    run("INSERT INTO periods SELECT unnest(?)", [periods])
    by = {"": "''", "sector": "coalesce(c.sector, 'UNK')"}.get(asked.by)
    by = by or f"coalesce(e.{asked.by}, '')"
    run(
        "CREATE OR REPLACE TEMP TABLE counted AS"
        f" SELECT e.* EXCLUDE (recipients, reports), {by} AS part, {keys}"
        " FROM placed e JOIN cells c USING (event) SEMI JOIN periods USING (period)"
    )
    if asked.sparse:
        rows = f"SELECT DISTINCT {keys}, period, part FROM counted"
    else:
        units = f"SELECT DISTINCT {keys} FROM counted"
        if asked.states:
            units = member_units(frame, asked, periods)
        parts = "SELECT DISTINCT part FROM counted"
        parts = parts if asked.by else "SELECT '' AS part"
        on = "u.year = substr(p.period, 1, 4)" if asked.states else "true"
        rows = f"SELECT {keys}, p.period, part FROM ({units}) u JOIN periods p ON {on}"
        rows += f" CROSS JOIN ({parts})"
    many = int(frame.one(f"SELECT count(*) FROM ({rows})"))
    if many > MOST:
        told = f"this panel would have {many:,} rows, more than {MOST:,}"
        raise StoreError(f"{told}: --sparse, a longer period or --since and --until")
    run(f"CREATE OR REPLACE TEMP TABLE grid AS {rows}")


def key_columns(asked: Asked) -> str:
    """Return the columns that hold the unit of a cell."""
    return "k1, k2" if len(asked.keys) > 1 else "k1"


def span_of(frame: Frame, asked: Asked) -> tuple[str, str]:
    """Return the first and last day that a panel spans: of the reports, else of events.

    Raises StoreError where neither is known.
    """
    row = frame.rows("SELECT min(day), max(day) FROM read WHERE day <> ''")[0]
    if row[0] is None:
        row = frame.rows("SELECT min(day_from), max(day_to) FROM ev")[0]
    first, last = asked.since or row[0], asked.until or row[1]
    if not first or not last:
        told = "no report and no event of this store has a day"
        raise StoreError(f"{told}: give --since and --until, or code with --published")
    if first > last:
        raise StoreError(f"--since {first} is after --until {last}")
    return first, last


def periods_between(first: str, last: str, period: str) -> Iterator[str]:
    """Yield every period from one day to another.

    >>> list(dict.fromkeys(periods_between("2024-12-30", "2025-01-02", "month")))
    ['2024-12', '2025-01']
    """
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    while day <= end:
        week = day.isocalendar()
        yield {
            "day": day.isoformat(),
            "week": f"{week.year:04}-W{week.week:02}",
            "month": f"{day:%Y-%m}",
            "quarter": f"{day:%Y}-Q{(day.month + 2) // 3}",
            "year": f"{day:%Y}",
        }[period]
        day += timedelta(days=1)


def member_units(frame: Frame, asked: Asked, periods: Sequence[str]) -> str:
    """Return the query for the members of a system of states, year by year."""
    years = sorted({int(period[:4]) for period in periods})
    rows = [(str(y), iso) for y in years for iso in states_in(asked.states, y, True)]
    if not rows:
        raise StoreError("the table of states begins in 1990: leave out --states")
    frame.to.execute("CREATE OR REPLACE TEMP TABLE members (year TEXT, iso TEXT)")
    made = "INSERT INTO members SELECT unnest(?), unnest(?)"
    frame.to.execute(made, [[y for y, _ in rows], [iso for _, iso in rows]])
    if asked.of == "country":
        return "SELECT year, iso AS k1 FROM members"
    sign = "<" if asked.undirected else "<>"
    return (
        "SELECT a.year, a.iso AS k1, b.iso AS k2 FROM members a JOIN members b"
        f" ON a.year = b.year AND a.iso {sign} b.iso"
    )


def columns_of_ids(asked: Asked) -> list[tuple[str, str, str]]:
    """Return the columns of codes: system, the key that it numbers, its name."""
    if asked.of == "priogrid":
        return []
    sides = [(k, f"k{i + 1}") for i, k in enumerate(asked.keys) if k != "admin1"]
    return [
        (system, key, f"{system}_{name}" if len(sides) > 1 else system)
        for system in asked.ids
        for name, key in sides
    ]


def number_states(frame: Frame, asked: Asked) -> None:
    """Make the table of codes of states that a panel's years need."""
    frame.to.execute(
        "CREATE OR REPLACE TEMP TABLE codes (system TEXT, iso TEXT, year TEXT, code INTEGER)"
    )
    wanted = [system for system in asked.ids if system in SYSTEMS]
    if not wanted or asked.of == "priogrid":
        return
    years = [y for (y,) in frame.rows("SELECT DISTINCT substr(period,1,4) FROM grid")]
    known = [c.code for c in countries()]
    rows = [
        (system, iso, year, code)
        for system in wanted
        for iso in known
        for year in years
        if (code := state_code(system, iso, int(year))) is not None
    ]
    if rows:
        made = "INSERT INTO codes SELECT unnest(?), unnest(?), unnest(?), unnest(?)"
        frame.to.execute(made, [list(column) for column in zip(*rows, strict=True)])


def final_question(asked: Asked, ids: Sequence[tuple[str, str, str]]) -> tuple[list[str], str]:
    """Return the columns of a panel and the query for its rows, in order."""
    keys = [f"k{i + 1}" for i in range(len(asked.keys))]
    columns = [*asked.keys, *(name for _, _, name in ids), asked.period]
    shown = [f"g.{key}" for key in keys]
    joins = ""
    for n, (system, key, _) in enumerate(ids):
        if system == "iso3":
            shown.append(f"g.{key}")
            continue
        shown.append(f"i{n}.code")
        joins += (
            f" LEFT JOIN codes i{n} ON i{n}.system = '{system}' AND i{n}.iso = g.{key}"
            f" AND i{n}.year = substr(g.period, 1, 4)"
        )
    shown.append("g.period")
    if asked.by:
        columns.append(asked.by)
        shown.append("g.part")
    unread = "t.events IS NULL AND coalesce(x.reports_read, 0) = 0"
    for measure in asked.measures:
        # a toll has its least and its most beside it
        ends = ("", "_low", "_high") if measure in TALLIED else ("",)
        for name in (measure + end for end in ends):
            columns.append(name)
            none = "NULL" if name == "score" else f"CASE WHEN {unread} THEN NULL ELSE 0 END"
            shown.append(f"coalesce(t.{name}, {none})")
    columns += [*EXPOSURE, "reports_about", "outlets_about"]
    shown += ["coalesce(x.reports_read, 0)", "coalesce(x.outlets_read, 0)"]
    shown.append("CASE WHEN coalesce(x.reports_read, 0) = 0 THEN 0 ELSE x.sentences_read END")
    shown += ["coalesce(n.reports_about, 0)", "coalesce(n.outlets_about, 0)"]
    if asked.trace:
        columns.append("event_ids")
        shown.append("coalesce(t.event_ids, '')")
    same = " AND ".join(f"g.{key} = {{0}}.{key}" for key in keys)
    question = (
        f"WITH {tallies(asked)} SELECT {', '.join(shown)} FROM grid g"
        f" LEFT JOIN tally t ON {same.format('t')} AND g.period = t.period"
        " AND g.part = t.part"
        " LEFT JOIN exposed x ON g.period = x.period"
        f" LEFT JOIN named n ON {same.format('n')} AND g.period = n.period{joins}"
        f" ORDER BY {', '.join(f'g.{key}' for key in keys)}, g.period, g.part"
    )
    return columns, question


def tallies(asked: Asked) -> str:
    """Return the sums by cell, the reading by period, and the reports about a unit."""
    keys = key_columns(asked)
    sums = ["count(DISTINCT event) AS events", "sum(origins) AS origins"]
    sums.append("round(avg(score), 4) AS score")
    for what in (m for m in asked.measures if m in TALLIED):
        for end, first in (("", "best"), ("_low", "low"), ("_high", "high")):
            figure = f"coalesce(q.{first}, q.best, q.low, q.high)"
            most = f"list_max([{figure} FOR q IN quantities IF q.what = '{what}'])"
            sums.append(f"coalesce(sum({most}), 0) AS {what}{end}")
    if asked.trace:
        sums.append("string_agg(event, ' ' ORDER BY event) AS event_ids")
    cell = f"SELECT DISTINCT ON ({keys}, part, event) * FROM counted"
    return (
        f"tally AS (SELECT {keys}, period, part, {', '.join(sums)}"
        f" FROM ({cell}) GROUP BY {keys}, period, part),"
        " exposed AS (SELECT period, count(*) AS reports_read,"
        " count(DISTINCT outlet) AS outlets_read,"
        " sum(sentences)::BIGINT AS sentences_read FROM dated GROUP BY period),"
        f" named AS (SELECT {keys}, d.period, count(DISTINCT d.id) AS reports_about,"
        " count(DISTINCT d.outlet) AS outlets_about"
        " FROM (SELECT event, unnest(reports) AS id FROM ev) JOIN cells USING (event)"
        f" JOIN dated d USING (id) GROUP BY {keys}, d.period)"
    )


def sum_up(frame: Frame, asked: Asked) -> dict[str, int]:
    """Return what became of the events in scope, so that the sum can be checked."""
    every = frame.count("scoped")
    undated = int(
        frame.one("SELECT count(*) FROM scoped WHERE day_from IS NULL AND day_to IS NULL")
    )
    placed = frame.count("placed")
    here = int(frame.one("SELECT count(*) FROM placed SEMI JOIN periods USING (period)"))
    counted = int(
        frame.one(
            "SELECT count(DISTINCT event) FROM counted"
            f" SEMI JOIN grid USING ({key_columns(asked)}, period, part)"
        )
    )
    unread = int(frame.one("SELECT count(*) FROM periods ANTI JOIN dated USING (period)"))
    return {
        "in scope": every,
        "counted": counted,
        "without a day": undated,
        "across periods": every - undated - placed,
        "outside the span": placed - here,
        "without such a unit": here - counted,
        "reports without a day": frame.count("read") - frame.count("dated"),
        "periods without any report": unread,
    }


def write_panel(panel: Panel, out: Path, format: str) -> list[Path]:
    """Write a panel and, beside it, its scope; return the files.

    Parquet has the scope in its metadata too, under `dateline`.
    """
    beside = out.with_name(out.name + ".scope.toml")
    about = {"asked": asdict(panel.asked), "sums": panel.sums}
    head = "".join(f"# {line}\n" for line in json.dumps(about).splitlines())
    with write_aside(out) as path:
        if format == "parquet":
            save_parquet(panel, path, json.dumps({**about, "scope": panel.scope.as_toml()}))
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                print_panel(panel, file)
    with write_aside(beside) as path:
        path.write_text(head + panel.scope.as_toml(), encoding="utf-8")
    return [out, beside]


def print_panel(panel: Panel, file: TextIO) -> None:
    """Write a panel as CSV; what is not known is an empty cell."""
    to = csv.writer(file, lineterminator="\n")
    to.writerow(panel.columns)
    to.writerows(panel.rows)


def save_parquet(panel: Panel, path: Path, about: str) -> None:
    """Write a panel as Parquet with what it is in its metadata."""
    import duckdb
    import numpy as np

    made: dict[str, Any] = {}
    for i, name in enumerate(panel.columns):
        cells = [row[i] for row in panel.rows]
        none = np.array([cell is None for cell in cells], dtype=bool)
        kind: Any = np.float64 if any(isinstance(c, float) for c in cells) else np.int64
        blank: Any = 0
        if any(isinstance(cell, str) for cell in cells):
            kind, blank = object, ""
        filled = np.array([cell or blank for cell in cells], dtype=kind)
        made[name] = np.ma.masked_array(filled, none)
    with duckdb.connect() as to:
        to.register("panel", made)
        words = about.replace("'", "''")
        where = str(path).replace("'", "''")
        to.execute(
            f"COPY (SELECT * FROM panel) TO '{where}'"
            f" (FORMAT parquet, KV_METADATA {{dateline: '{words}'}})"
        )
