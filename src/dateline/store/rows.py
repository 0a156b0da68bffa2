"""From values to rows. Every function works inside the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from dateline.model import Actor, Claim, Dating, Problem, Report
from dateline.model.record import day, record
from dateline.store import tables

Row = dict[str, Any]


def count(to: Connection, table: Table) -> int:
    """Return how many rows a table holds."""
    return to.execute(select(func.count()).select_from(table)).scalar_one()


def claim_ids(to: Connection, key: str) -> set[str]:
    """Return the ids of the claims kept for one version of a report."""
    c = tables.claims.c
    return set(to.execute(select(c.id).where(c.report == key)).scalars())


def keep_problems(to: Connection, report: str, problems: Iterable[Problem]) -> None:
    """Keep the problems of one report in place of those known before."""
    to.execute(delete(tables.problems).where(tables.problems.c.report == report))
    found = {(p.report_id, p.stage, p.code): p.message for p in problems}
    add(
        to,
        tables.problems,
        [
            {"report": report, "stage": stage, "code": code, "message": message}
            for (_, stage, code), message in found.items()
        ],
    )


def keep_run(to: Connection, run: str, made_by: Mapping[str, Any]) -> None:
    """Keep what made the rows, once."""
    if to.execute(select(tables.runs.c.id).where(tables.runs.c.id == run)).first():
        return
    settings = {k: v for k, v in made_by.items() if k not in ("version", "codebook")}
    row = {"id": run, "settings": settings}
    row |= {k: str(made_by.get(k, "")) for k in ("version", "codebook")}
    add(to, tables.runs, [row])


def keep_report(
    to: Connection, key: str, run: str, report: Report, dating: Dating | None
) -> None:
    """Keep one version of a report; earlier versions are no longer current."""
    clear(to, key)
    c = tables.reports.c
    to.execute(update(tables.reports).where(c.id == report.id).values(current=False))
    to.execute(delete(tables.reports).where(c.key == key))
    names = ("id", "outlet", "title", "url", "language", "agency", "byline", "dateline")
    row = {name: getattr(report, name) for name in (*names, "text")}
    row |= {"key": key, "run": run, "current": True}
    row["published"] = report.published.isoformat() if report.published else None
    row["dated_from"] = day(dating.earliest) if dating else None
    row["dated_to"] = day(dating.latest) if dating else None
    row["marks"] = [[m.kind, m.span.start, m.span.end] for m in report.marks]
    add(to, tables.reports, [row])


def clear(to: Connection, key: str) -> None:
    """Take out the rows that an earlier coding of this version left."""
    c, e = tables.claims.c, tables.events.c
    told = set(to.execute(select(c.event).where(c.report == key)).scalars())
    for table in (tables.claims, tables.parties, tables.modes, tables.reasons):
        to.execute(delete(table).where(table.c.report == key))
    elsewhere = select(c.event).where(c.event == e.id).exists()
    to.execute(delete(tables.events).where(e.id.in_(told), ~elsewhere))


def keep_claims(to: Connection, key: str, claims: Sequence[Claim], text: str) -> None:
    """Keep the claims of one report with their parties, modes and reasons."""
    events = {c.event: c.action.deed for c in claims}
    kept = select(tables.events.c.id).where(tables.events.c.id.in_(events))
    for known in to.execute(kept).scalars().all():
        del events[known]
    add(to, tables.events, [{"id": i, "deed": d} for i, d in events.items()])
    add(to, tables.claims, [claim(key, i, c, text) for i, c in enumerate(claims)])
    add(to, tables.parties, [row for c in claims for row in party_rows(key, c, text)])
    add(
        to,
        tables.modes,
        [
            {"report": key, "claim": c.id, "mode": m}
            for c in claims
            for m in c.action.modes
        ],
    )
    add(to, tables.reasons, [row for c in claims for row in reason_rows(key, c)])


def claim(key: str, rank: int, kept: Claim, text: str) -> Row:
    """Return the row of one claim."""
    return {
        "report": key,
        "id": kept.id,
        "rank": rank,
        "event": kept.event,
        "type": kept.type,
        "deed": kept.action.deed,
        "status": kept.certainty.status,
        "when_from": day(kept.when.first),
        "when_to": day(kept.when.last),
        "country": kept.where.country,
        "confidence": kept.action.sure,
        "evidence": kept.action.evidence.of(text),
        "record": record(kept, text),
    }


def party_rows(key: str, kept: Claim, text: str) -> Iterable[Row]:
    """Yield the rows of a claim's actors, recipients and speakers."""
    for side, found in (("actor", kept.actors), ("recipient", kept.recipients)):
        for rank, who in enumerate(found):
            words = who.span.of(text) if who.span else ""
            yield party(key, kept.id, (side, rank), (words, who))
    for rank, says in enumerate(kept.attribution.speakers):
        yield party(key, kept.id, ("speaker", rank), (says.text, says.who))


def party(
    key: str, claim_id: str, at: tuple[str, int], who: tuple[str, Actor | None]
) -> Row:
    """Return the row of one party."""
    words, actor = who
    return {
        "report": key,
        "claim": claim_id,
        "side": at[0],
        "rank": at[1],
        "words": words,
        "name": actor.name if actor else words,
        "country": actor.country if actor else None,
        "sector": " ".join(actor.sectors) if actor else "",
        "entity": actor.entity if actor else None,
    }


def reason_rows(key: str, kept: Claim) -> Iterable[Row]:
    """Yield the rows of a claim's reasons."""
    for rank, (question, why) in enumerate(kept.why):
        yield {
            "report": key,
            "claim": kept.id,
            "rank": rank,
            "question": question,
            "rule": why.rule,
            "start": why.span.start if why.span else None,
            "end": why.span.end if why.span else None,
        }


def add(to: Connection, table: Table, found: Sequence[Row]) -> None:
    """Insert rows, if there are any."""
    if found:
        to.execute(insert(table), list(found))
