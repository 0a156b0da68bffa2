"""From values and records to rows, within the caller's transaction."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    String,
    Table,
    any_,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from dateline.model import Problem, Report
from dateline.model.record import BESIDE, Record, instant, iso_day_or_none
from dateline.model.text import hash_words
from dateline.store import summaries
from dateline.store.database import tables
from dateline.store.database.tables import waiting
from dateline.store.records import Kept, report_key

Row = dict[str, Any]
LAST = "9999"  # after every moment
NAMING = (tables.records.c.number, tables.parties.c.claim, tables.modes.c.claim)
"""Columns that name a claim by its number."""
SIDES = {"actor": "actors", "recipient": "recipients", "speaker": "said_by"}


def keep_problems(to: Connection, report: str, problems: Iterable[Problem]) -> None:
    """Keep the problems of one report in place of those known before."""
    to.execute(delete(tables.problems).where(tables.problems.c.report == report))
    add_new(to, tables.problems, [*problem_rows(problems)])


def problem_rows(problems: Iterable[Problem]) -> Iterator[Row]:
    """Yield the rows of problems, of one kind with one report the last."""
    found = {(p.report_id, p.stage, p.code): p.message for p in problems}
    for (report, stage, code), message in found.items():
        yield {"report": report, "stage": stage, "code": code, "message": message}


def keep_run(to: Connection, run: str, made_by: Mapping[str, Any]) -> None:
    """Keep what made the rows, once."""
    settings = {k: v for k, v in made_by.items() if k not in ("version", "codebook")}
    row = {"id": run, "settings": settings}
    row |= {k: str(made_by.get(k, "")) for k in ("version", "codebook")}
    add_new(to, tables.runs, [row])


def keep_codings(to: Connection, codings: Sequence[Kept], run: str) -> list[int | None]:
    """Keep codings; return of each how many claims are new, None if it is known.

    Reports that no version of is kept go in together, in few statements, before the
    others.
    """
    if to.dialect.name == "postgresql":  # where others may keep the same reports
        for coding in codings:
            number = int(hash_words(coding.report.id), 16) >> 1
            to.exec_driver_sql(f"SELECT pg_advisory_xact_lock({number})")
    many, c = Counter(coding.report.id for coding in codings), tables.reports.c.id
    met = {name for name, times in many.items() if times > 1}
    for some in summaries.names_in_batches(many):
        met |= set(to.execute(select(c).where(c.in_(some))).scalars())
    fresh = [coding for coding in codings if coding.report.id not in met]
    keep_fresh(to, fresh, run)
    events = {claim["event"] for coding in fresh for claim in coding.claims}
    summaries.touch(to, events)
    return [
        keep_coding(to, coding, run)
        if coding.report.id in met
        else len({claim["id"] for claim in coding.claims})
        for coding in codings
    ]


def keep_coding(to: Connection, coding: Kept, run: str) -> int | None:
    """Keep one coding; return how many of its claims are new, None if it is known.

    Earlier versions of its report are no longer current.
    """
    report, r, c = coding.report, tables.reports.c, tables.claims.c
    key = report_key(report.id, report.text)
    keep_problems(to, report.id, coding.problems)
    head = (r.title, r.outlet, r.url, r.published)
    asked = select(r.key, r.run, r.current, r.number, *head).where(r.id == report.id)
    versions = {row.key: row for row in to.execute(asked)}
    old = versions.get(key)
    late = bool(versions) and overtaken(to, key, report)
    if old and old.run == run and not retold(old, report) and (old.current or late):
        return None
    before: set[str] = set()
    touched = {claim["event"] for claim in coding.claims}
    if versions:
        before = set(to.execute(select(c.id).where(c.report == key)).scalars())
        touched |= summaries.events_of_reports(to, [report.id])
        take_claims_out(to, c.report == key)
        if not late:
            others = update(tables.reports).where(r.id == report.id)
            to.execute(others.values(current=False))
        to.execute(delete(tables.reports).where(r.key == key))
    row = version_row(key, run, coding, not late)
    row |= {"number": old.number} if old else {}
    insert_rows(to, tables.reports, [row])
    add_new(to, waiting, [{"report": key}])
    keep_claims(to, {key: coding})
    summaries.touch(to, touched)
    return len({claim["id"] for claim in coding.claims} - before)


def keep_fresh(to: Connection, codings: Sequence[Kept], run: str) -> None:
    """Keep reports of which no version is kept, with their claims and problems."""
    if not codings:
        return
    p = tables.problems.c.report
    for some in summaries.names_in_batches(coding.report.id for coding in codings):
        to.execute(delete(tables.problems).where(p.in_(some)))
    told = [row for coding in codings for row in problem_rows(coding.problems)]
    add_new(to, tables.problems, told)
    by_key = {report_key(c.report.id, c.report.text): c for c in codings}
    insert_rows(to, tables.reports, [version_row(k, run, c, True) for k, c in by_key.items()])
    add_new(to, waiting, [{"report": key} for key in by_key])
    keep_claims(to, by_key)


def version_row(key: str, run: str, coding: Kept, current: bool) -> Row:
    """Return the row of one version of a report."""
    report, dating = coding.report, coding.dating
    names = ("id", "outlet", "title", "url", "language", "agency", "byline", "dateline")
    row = {name: getattr(report, name) for name in (*names, "text")}
    row |= {"key": key, "run": run, "current": current}
    row["published"] = report.published.isoformat() if report.published else None
    row["dated_from"] = iso_day_or_none(dating.earliest) if dating else None
    row["dated_to"] = iso_day_or_none(dating.latest) if dating else None
    row["marks"] = [[m.kind, m.span.start, m.span.end] for m in report.marks]
    left_out = coding.left_out
    row["sentences"] = None if left_out is None else coding.sentences
    return row | {"left_out": None if left_out is None else list(left_out)}


def overtaken(to: Connection, key: str, report: Report) -> bool:
    """Whether a version of a report that was published later is kept as current.

    Of two that tell the same day, or none, the one fetched later is the later one.
    """
    c, f = tables.reports.c, tables.captures.c
    fetched = select(func.max(f.fetched)).where(f.report == c.key).scalar_subquery()
    asked = select(c.published, fetched.label("fetched"))
    asked = asked.where(c.id == report.id, c.key != key, c.current)
    own = report.published
    day = own.isoformat() if own else None
    at = capture_moment(report.capture.fetched if report.capture else "")
    for other in to.execute(asked):
        if other.published == day and at < capture_moment(other.fetched):
            return True
        if not (own and other.published):
            continue
        late = datetime.fromisoformat(other.published)
        if isinstance(own, datetime) and bool(own.tzinfo) == bool(late.tzinfo):
            earlier = own < late
        else:  # of a day and a moment the day counts
            mine = own.date() if isinstance(own, datetime) else own
            earlier = mine < late.date()
        if earlier:
            return True
    return False


def capture_moment(told: str | None) -> str:
    """Return a moment of capture as it compares with others; untold ones are last.

    >>> early, late = "2025-03-06T10:00:00Z", "2025-03-06T14:00:00+03:00"
    >>> capture_moment(early) < capture_moment(late) < capture_moment("")
    True
    """
    try:
        return instant(told) or LAST
    except ValueError:
        return LAST


def retold(kept: Any, report: Report) -> bool:
    """Whether a report tells of itself what is not kept so; saying less is no news."""
    told = {name: getattr(report, name) for name in ("title", "outlet", "url")}
    told["published"] = report.published and report.published.isoformat()
    return any(words and words != getattr(kept, name) for name, words in told.items())


def take_claims_out(to: Connection, which: ColumnElement[bool]) -> None:
    """Take out the claims that a condition holds of, and all that names them."""
    c = tables.claims.c
    numbers = select(c.number).where(which)
    for column in NAMING:
        to.execute(delete(column.table).where(column.in_(numbers)))
    to.execute(delete(tables.claims).where(which))


def keep_claims(to: Connection, codings: Mapping[str, Kept]) -> None:
    """Keep the claims of reports, by key, with their parties, modes and senses."""
    told = []
    for key, made in codings.items():
        parts = unit_names(made.claims)
        for rank, claim in enumerate(made.claims):
            row = claim_row(key, rank, claim) | {"part": parts[claim["id"]]}
            told.append((row, claim, made.senses.get(claim["id"])))
    insert_claims(to, told)


def insert_claims(to: Connection, told: Sequence[tuple[Row, Record, bytes | None]]) -> None:
    """Insert claims by their rows, each with its record and its sense, if any."""
    numbers = next_numbers(to, tables.claims, len(told))
    claims, whole, sides, modes = [], [], [], []
    for number, (row, claim, sense) in zip(numbers, told, strict=True):
        claims.append({"number": number, **row})
        whole.append({"number": number, "record": claim, "sense": sense})
        sides += [
            {
                "claim": number,
                "side": side,
                "rank": rank,
                "words": who["text"] or "",
                "name": who["name"] or "",
                "country": who["country"],
                "sector": " ".join(who["sector"]),
                "entity": who.get("entity"),
            }
            for side, name in SIDES.items()
            for rank, who in enumerate(claim[name])
        ]
        modes += [{"claim": number, "mode": m} for m in dict.fromkeys(claim["mode"])]
    insert_rows(to, tables.claims, claims)
    insert_rows(to, tables.records, whole)
    insert_rows(to, tables.parties, sides)
    insert_rows(to, tables.modes, modes)


def next_numbers(to: Connection, table: Table, many: int) -> Sequence[int]:
    """Return so many numbers that no row of a table has, in order."""
    if to.dialect.name == "sqlite":  # where there is one writer at a time
        most = to.execute(select(func.max(table.c.number))).scalar() or 0
        return range(most + 1, most + 1 + many)
    given = func.nextval(func.pg_get_serial_sequence(table.name, "number"))
    asked = select(given).select_from(func.generate_series(1, many))
    return sorted(to.execute(asked).scalars())


def unit_names(claims: Sequence[Record]) -> dict[str, str]:
    """Return the name of the unit that each claim is, by its id.

    The first that tells a happening has the happening's name, each further one that
    name and its own: merging may take what a report tells as one for two.
    """
    first: dict[str, str] = {}
    for claim in sorted(claims, key=lambda c: (c["trigger"]["start"] or 0, c["id"])):
        first.setdefault(claim["event"], claim["id"])
    return {
        c["id"]: c["event"]
        if first[c["event"]] == c["id"]
        else f"{c['event'][:16]}{BESIDE}{c['id'][:14]}"
        for c in claims
    }


def claim_row(key: str, rank: int, claim: Record) -> Row:
    """Return the row of one claim."""
    when, where = claim["when"] or {}, claim["where"] or {}
    same = ("id", "event", "type", "deed", "status", "confidence")
    return {
        **{name: claim[name] for name in same},
        "report": key,
        "rank": rank,
        "reader": claim.get("reader", "own"),
        "part": claim["event"],
        "when_from": when.get("from"),
        "when_to": when.get("to"),
        "country": where.get("country"),
    }


def insert_rows(to: Connection, table: Table, found: Sequence[Row]) -> None:
    """Insert rows, if there are any."""
    if found:
        to.execute(insert(table), list(found))


def add_new(to: Connection, table: Table, found: Sequence[Row]) -> None:
    """Insert the rows that are not there yet, in one order for all writers."""
    if found:
        dialect = sqlite if to.dialect.name == "sqlite" else postgresql
        keys = [column.name for column in table.primary_key]
        rows = sorted(found, key=lambda row: [row[key] for key in keys])
        to.execute(dialect.insert(table).on_conflict_do_nothing(), rows)


def is_one_of(to: Connection, column: Any, names: Sequence[Any]) -> ColumnElement[bool]:
    """Return the condition that a column is one of names, however many they are."""
    some = sorted(set(names))
    if to.dialect.name == "sqlite":
        given = text("SELECT value FROM json_each(:listed)")
        told = given.bindparams(bindparam("listed", json.dumps(some), String))
        found: ColumnElement[bool] = column.in_(told.columns(column))
        return found
    same: ColumnElement[bool] = column == any_(bindparam(None, some, ARRAY(column.type)))
    return same


def fill_numbers(to: Connection, table: Table, rows: Sequence[tuple[float, ...]]) -> None:
    """Insert rows of a table that holds numbers alone, its columns in their order."""
    if rows:
        sign = "?" if to.dialect.name == "sqlite" else "%s"
        signs = ", ".join([sign] * len(table.columns))
        told = f"INSERT INTO {table.name} VALUES ({signs})"  # noqa: S608  our own name
        to.exec_driver_sql(told, list(rows))
