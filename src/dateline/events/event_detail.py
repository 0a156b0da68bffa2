"""Events as a reader of the record meets them: one line each, and the whole dossier."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from dateline.events import aggregation as agree
from dateline.events.aggregation import parties_of_sides, whole_of
from dateline.events.independent_sources import Item, find_origins, known_to_be, vouching
from dateline.events.text_reuse import Copy
from dateline.model import Event, Span
from dateline.model.event import event_confidence, is_background, why_undated
from dateline.model.protocols import EventStore
from dateline.model.record import instant, list_speakers
from dateline.store import summaries
from dateline.store.sql import SqlStore

Row = dict[str, Any]
Record = dict[str, Any]


def event_lines(store: SqlStore, chosen: set[str] | None = None) -> Iterator[Event]:
    """Yield each event of a store in CONTRACTS form, in order of days; `chosen` ids."""
    rows = store.merging.events()
    wanted = None
    if chosen is not None:  # those that a report tells beside a chosen one may hold it
        reports = {row["id"] for row in rows if row["event"] in chosen}
        wanted = {row["event"] for row in rows if row["id"] in reports}
    made = [found for found, _ in events_with_claims(store, rows, wanted)]
    told_in: dict[str, list[Event]] = {}
    for found in made:
        for report in found["reports"]:
            told_in.setdefault(report, []).append(found)

    def place(event: Event) -> tuple[str, str]:
        """Return where an event stands in a list; untold days come last."""
        when = event["when"] or {}
        first = when.get("from") or when.get("to") or event["first_told"] or "9999"
        return first, event["event"]

    for found in sorted(made, key=place):
        if chosen is None or found["event"] in chosen:
            others = (e for report in found["reports"] for e in told_in[report])
            yield {**found, "part_of": whole_of(found, others)}


def events_with_claims(
    store: EventStore, rows: Sequence[Row], chosen: set[str] | None = None
) -> Iterator[tuple[Event, list[Record]]]:
    """Yield events with their claims; `rows` are those of all their reports, in order.

    The rows come in order of events.
    """
    items = items_of(rows)
    copied = copies_of(store, list(items))
    by_report: dict[str, list[Record]] = {}
    for row in rows:
        by_report.setdefault(row["id"], []).append(row["record"])
    for event, group in groupby(rows, key=lambda row: row["event"]):
        if chosen is None or event in chosen:
            claims = [row["record"] for row in group]
            reports = reports_of(claims)
            others = [c for r in reports for c in by_report[r]]
            shared = [c for c in copied if c.a in reports and c.b in reports]
            yield event_line(event, claims, others, (items, shared)), claims


def event_line(
    event: str,
    claims: Sequence[Record],
    others: Sequence[Record],
    about: tuple[Mapping[str, Item], Sequence[Copy]],
) -> Event:
    """Return one event with the answers that its claims add up to.

    `others` are all the claims of its reports; `about` the reports and their copies.
    """
    items, copied = about
    told = days_of(claims, items)
    series = agree.agreed_counts(claims, told, exclude_claims(claims, others))
    found = find_origins(claims, items, copied)
    days = [day for day in told.values() if day]
    kind = agree.commonest_answer(claims, "type")
    sides = parties_of_sides(claims)
    return {
        "event": event,
        "type": kind,
        "deed": agree.commonest_answer(claims, "deed"),
        "status": agree.agreed_status(claims),
        "confidence": event_confidence(claims, kind),
        "background": is_background(claims),
        "actors": sides["actors"],
        "recipients": sides["recipients"],
        "when": agree.agreed_days(claims),
        "no_day": why_undated(claims),
        "where": agree.agreed_place(claims),
        "quantities": [count_record(many) for many in series],
        "reports": reports_of(claims),
        # a report without an outlet is its own
        "outlets": len({items[r].outlet or f"report {r}" for r in reports_of(claims)}),
        "origins": vouching(found),
        "first_told": days[0] if days else None,
        "last_told": days[-1] if days else None,
        "claims": [claim["id"] for claim in claims],
    }


def exclude_claims(claims: Sequence[Record], others: Sequence[Record]) -> list[Record]:
    """Return the claims of some reports that are of other events than some are."""
    mine = {(c["report"], c["id"]) for c in claims}
    return [c for c in others if (c["report"], c["id"]) not in mine]


def count_record(many: agree.Counted) -> Record:
    """Return a count of an event: its spread, and the series with its speakers."""
    more = ("bound", "unit")
    names = ("told", "report", "claim", "speaker", "low", "best", "high", "scope", "of")
    series = [{name: getattr(c, name) for name in (*names, *more)} for c in many.series]
    spread = {n: getattr(many, n) for n in ("what", "low", "best", "high", *more)}
    own = any(c.scope != "running total" for c in many.series)
    scope = "this act" if own else "running total"
    return {**spread, "scope": scope, "series": series}


def reports_of(claims: Sequence[Record]) -> list[str]:
    """Return the reports that tell an event, each once."""
    return list(dict.fromkeys(claim["report"] for claim in claims))


def days_of(claims: Sequence[Record], items: Mapping[str, Item]) -> dict[str, str]:
    """Return the day of each report that tells an event, in the order they came."""
    told = sorted(reports_of(claims), key=lambda report: items[report].instant)
    return {report: items[report].day for report in told}


def items_of(rows: Sequence[Row]) -> dict[str, Item]:
    """Return what origins need to know of the reports of some rows."""
    return {
        row["id"]: Item(
            row["id"],
            row["outlet"],
            row["agency"],
            (row["published"] or "")[:10],
            instant(row["published"]),
        )
        for row in rows
    }


def copies_of(store: EventStore, reports: Sequence[str]) -> list[Copy]:
    """Return the copy that reports share among themselves, with its passages."""
    return [
        Copy(
            row["a"],
            row["b"],
            row["shared"],
            tuple((Span(*x), Span(*y)) for x, y in row["passages"]),
        )
        for row in store.merging.copies(reports)
    ]


def dossier(store: SqlStore, event: str) -> Record:
    """Return all that a store holds of one event.

    Beside the line: every telling in order of time, those of superseded reports marked;
    origins with their reasons, `origins_told` how many they are; disagreements; shared
    copy; and the event's history.
    """
    every = store.merging.of_event(event)
    every.sort(key=lambda row: instant(row["published"]))
    rows = [row for row in every if row["current"]] or every
    claims = [row["record"] for row in rows]
    items = items_of(every)
    copied = copies_of(store, reports_of(claims))
    others = [c for r in reports_of(claims) for c in store.claims({"report": r})]
    told = days_of(claims, items)
    vouched = find_origins(claims, items, copied)
    far = exclude_claims(claims, others)
    series = agree.agreed_counts(claims, told, far)
    found = event_line(event, claims, others, (items, copied))
    names = ("name", "kind", "denies", "unknown", "reports", "claims", "reasons")
    return {
        **found,
        "part_of": whole_of(found, event_sums(store, {c["event"] for c in others})),
        "tellings": [
            {
                "told": (row["published"] or "")[:10] or None,
                "report": row["id"],
                "outlet": row["outlet"],
                "superseded": not row["current"],
                "claim": row["record"]["id"],
                "status": row["record"]["status"],
                "said_by": list_speakers(row["record"]),
                "evidence": row["record"]["evidence"]["text"],
            }
            for row in every
        ],
        "origins_told": known_to_be(vouched),
        "origin_list": [{n: getattr(origin, n) for n in names} for origin in vouched],
        "disagreements": agree.disagreements(claims, series),
        "totals": [count_record(many) for many in agree.totals(claims, told, far)],
        "copies": [{"a": c.a, "b": c.b, "shared": c.shared} for c in copied],
        "history": event_history(store, every),
    }


def event_sums(store: SqlStore, events: set[str]) -> list[Event]:
    """Return events as they are summed up: as kept, worked out where it is wanting."""
    with store.reading() as to:
        kept = summaries.summaries_of_events(to, sorted(events))
    wanting = events - {event for event, found in kept.items() if found}
    rows = store.merging.around(sorted(wanting)) if wanting else []
    fresh = [found for found, _ in events_with_claims(store, rows, wanting)]
    return [*filter(None, kept.values()), *fresh]


def event_history(store: SqlStore, rows: Sequence[Row]) -> list[Record]:
    """Return the history of an event: joined, corrected, pinned."""
    names = sorted({row["event"] for row in rows})
    keys = {row["report"]: row["id"] for row in rows}
    found = [{"what": row["what"], "detail": row["detail"]} for row in store.merging.history(names)]
    mine = {row["record"]["id"] for row in rows}
    for pin in store.merging.pinned():
        if {pin["a"], pin["b"]} & mine:
            kind = "pinned as one" if pin["kind"] == "must" else "held apart"
            found.append({"what": "pin", "detail": f"{pin['a']} and {pin['b']}: {kind}"})
    told = {row["detail"] for row in found}
    for row in store.merging.replaced(list(keys)):
        if not any(row["why"] in detail for detail in told):
            found.append({"what": "version", "detail": row["why"]})
    return found
