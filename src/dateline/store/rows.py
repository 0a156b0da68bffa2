"""From values and records to rows, within the caller's transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from dateline.model import Problem, Report
from dateline.model.record import BESIDE, Record, instant, iso_day_or_none
from dateline.store import summaries, tables
from dateline.store.happenings import waiting
from dateline.store.kept import Kept
from dateline.store.keys import report_key

Row = dict[str, Any]
LAST = "9999"  # after every moment
NAMING = (tables.records.c.number, tables.parties.c.claim, tables.modes.c.claim)
"""Columns that name a claim by its number."""
SIDES = {"actor": "actors", "recipient": "recipients", "speaker": "said_by"}


def count_rows(to: Connection, table: Table) -> int:
    """Return how many rows a table holds."""
    return to.execute(select(func.count()).select_from(table)).scalar_one()


def claim_ids(to: Connection, key: str) -> set[str]:
    """Return the ids of the claims kept for one version of a report."""
    c = tables.claims.c
    return set(to.execute(select(c.id).where(c.report == key)).scalars())


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


def known_reports(to: Connection, ids: Iterable[str]) -> set[str]:
    """Return those of some ids of which a version of a report is kept."""
    c = tables.reports.c.id
    found: set[str] = set()
    for some in summaries.names_in_batches(ids):
        found |= set(to.execute(select(c).where(c.in_(some))).scalars())
    return found


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
    insert_rows(
        to, tables.reports, [version_row(k, run, c, True) for k, c in by_key.items()]
    )
    add_new(to, waiting, [{"report": key} for key in by_key])
    keep_claims(to, by_key)


def keep_report(
    to: Connection, key: str, run: str, coding: Kept, known: bool = True
) -> None:
    """Keep one version of a report; earlier versions are no longer current.

    `known` is false where no version of it can have been kept.
    """
    c, report = tables.reports.c, coding.report
    newest, number = True, None
    if known:
        clear(to, key)
        newest = not overtaken(to, key, report)
        if newest:
            others = update(tables.reports).where(c.id == report.id)
            to.execute(others.values(current=False))
        number = to.execute(select(c.number).where(c.key == key)).scalar()
        to.execute(delete(tables.reports).where(c.key == key))
    row = version_row(key, run, coding, newest)
    row |= {} if number is None else {"number": number}
    insert_rows(to, tables.reports, [row])
    add_new(to, waiting, [{"report": key}])


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
    day = report.published.isoformat() if report.published else None
    at = fetch(report.capture.fetched if report.capture else "")
    others = to.execute(asked).all()
    if any(other.published == day and at < fetch(other.fetched) for other in others):
        return True
    told = [datetime.fromisoformat(row.published) for row in others if row.published]
    return any(lies_before(report.published, other) for other in told)


def fetch(told: str | None) -> str:
    """Return a moment of capture as it compares with others; untold ones are last.

    >>> fetch("2025-03-06T10:00:00Z") < fetch("2025-03-06T14:00:00+03:00") < fetch("")
    True
    """
    try:
        return instant(told) or LAST
    except ValueError:
        return LAST


def lies_before(one: date | datetime | None, other: datetime) -> bool:
    """Whether one day or moment lies before another; of two days, the day counts."""
    if isinstance(one, datetime) and bool(one.tzinfo) == bool(other.tzinfo):
        return one < other
    day = one.date() if isinstance(one, datetime) else one
    return day is not None and day < other.date()


def retold(kept: Any, report: Report) -> bool:
    """Whether a report tells of itself what is not kept so; saying less is no news."""
    told = {name: getattr(report, name) for name in ("title", "outlet", "url")}
    told["published"] = report.published and report.published.isoformat()
    return any(words and words != getattr(kept, name) for name, words in told.items())


def clear(to: Connection, key: str) -> None:
    """Take out the rows that an earlier coding of this version left."""
    take_claims_out(to, tables.claims.c.report == key)


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


def insert_claims(
    to: Connection, told: Sequence[tuple[Row, Record, bytes | None]]
) -> None:
    """Insert claims by their rows, each with its record and its sense, if any."""
    numbers = next_numbers(to, tables.claims, len(told))
    every = [(n, *each) for n, each in zip(numbers, told, strict=True)]
    rows = [{"number": n, **row} for n, row, _, _ in every]
    whole = [{"number": n, "record": r, "sense": s} for n, _, r, s in every]
    insert_rows(to, tables.claims, rows)
    insert_rows(to, tables.records, whole)
    sides = [row for n, _, claim, _ in every for row in party_rows(n, claim)]
    insert_rows(to, tables.parties, sides)
    modes = [row for n, _, claim, _ in every for row in mode_rows(n, claim)]
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


def party_rows(number: int, claim: Record) -> Iterable[Row]:
    """Yield the rows of a claim's actors, recipients and speakers."""
    for side, name in SIDES.items():
        for rank, who in enumerate(claim[name]):
            yield {
                "claim": number,
                "side": side,
                "rank": rank,
                "words": who["text"] or "",
                "name": who["name"] or "",
                "country": who["country"],
                "sector": " ".join(who["sector"]),
                "entity": who.get("entity"),
            }


def mode_rows(number: int, claim: Record) -> Iterable[Row]:
    """Yield the rows of a claim's modes."""
    for mode in dict.fromkeys(claim["mode"]):
        yield {"claim": number, "mode": mode}


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
