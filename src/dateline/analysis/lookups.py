"""What programs and assistants ask of the record: the pages' answers, as records."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dateline.analysis.review.reviewed import reviewed_claim
from dateline.events.event_detail import dossier
from dateline.events.event_summaries import list_events
from dateline.resources.rules.reasons import explain_answers, explain_why
from dateline.store import listings, party_queries
from dateline.store.errors import Missing, StoreError
from dateline.store.listings import count_reports, find_passages
from dateline.store.provenance import find_report_id
from dateline.store.sql import SqlStore, list_ids, require_claim, require_report

Record = dict[str, Any]
OF_CALENDARS = "@dateline"  # stands behind the id of an event in a calendar
MOST_CLAIMS = 1000  # of one report
HEAD = ("id", "title", "outlet", "url", "language", "published", "text")


def write_cursor(key: tuple[str, ...] | None) -> str | None:
    """Return a place in a list as a word for an address.

    >>> read_cursor(write_cursor(("2025-03-07", "e1")), 2)
    ('2025-03-07', 'e1')
    """
    if key is None:
        return None
    return urlsafe_b64encode(json.dumps(key).encode()).decode().rstrip("=")


def read_cursor(told: str | None, parts: int) -> Any:
    """Return the place that a cursor names, None where there is none.

    Raises StoreError for one that we did not write.
    """
    if not told:
        return None
    try:
        key = json.loads(urlsafe_b64decode(told + "=" * (-len(told) % 4)))
        if len(key) != parts or not all(isinstance(part, str) for part in key):
            raise ValueError(told)
    except (ValueError, TypeError) as error:
        raise StoreError("this cursor is none of ours: begin again without") from error
    return tuple(key)


def look_up_events(
    store: SqlStore, where: Mapping[str, str], cursor: str = "", limit: int = 50, sort: str = "day"
) -> Record:
    """Return events that pass filters, the latest or surest first, and the cursor."""
    found, then = list_events(store, where, read_cursor(cursor, 2), limit, sort=sort)
    return {"events": found, "next": write_cursor(then)}


def look_up_event(store: SqlStore, name: str) -> Record:
    """Return all that the record holds of an event, by its id or the start of it."""
    return dossier(store, named_event(store, name))


def named_event(store: SqlStore, name: str) -> str:
    """Return the id of an event, told whole or by its start.

    Raises Missing for none, StoreError for several.
    """
    found: list[str] = store.merging.event_names(name) if name else []
    if not found:
        raise Missing(f"no event {name!r} in this store")
    if len(found) > 1:
        raise StoreError(f"several events begin with {name}: {list_ids(found)}")
    return found[0]


@dataclass(frozen=True, slots=True)
class Named:
    """What an id is of: a report, an event or a claim."""

    kind: str
    id: str


def named_items(store: SqlStore, name: str) -> list[Named]:
    """Return what goes by this id, else all whose ids begin so.

    An id may come from a file or a calendar: "ID-1" of POLECAT, "ID@dateline".
    """
    name = name.removesuffix(OF_CALENDARS)
    if not name:
        return []
    report = find_report_id(store, name)
    reports = [report] if store.report(report) is not None else []
    events, claims = store.merging.event_names(name), store.claim_ids(name)
    ids = {"report": reports, "event": events, "claim": claims}
    for kind, some in ids.items():
        if some == [name]:
            return [Named(kind, name)]
    found = [Named(kind, each) for kind, some in ids.items() for each in some]
    rest = name.partition("-")[0]
    return found or (named_items(store, rest) if rest != name else [])


def look_up_origins(store: SqlStore, name: str) -> Record:
    """Return who, in the end, vouches for an event, and who only relays them."""
    found = look_up_event(store, name)
    same = ("event", "type", "status", "outlets", "origins", "reports", "copies")
    told = {name: found[name] for name in (*same, "disagreements")}
    return {**told, "origin_list": found["origin_list"]}


def look_up_reasons(store: SqlStore, name: str) -> Record:
    """Return a claim, each answer with its reason and words, and what people decided.

    Raises Missing where no claim has that id, or begins with it.
    """
    claim = require_claim(store, name)
    text = require_report(store, claim["report"])["text"]
    names = ("question", "answer", "because", "words")
    lines = [dict(zip(names, line, strict=True)) for line in explain_answers(claim, text)]
    decided = store.review.decisions([claim["id"]])
    after = reviewed_claim(claim, decided)
    told = {"claim": claim, "reasons": lines, "decisions": decided}
    return {**told, "reviewed": after if decided else None}


def look_up_report(store: SqlStore, name: str) -> Record:
    """Return a report with its text and its claims.

    Raises Missing where no report has that id.
    """
    found = require_report(store, name)
    claims = listings.claims_after(store, {"report": name}, None, MOST_CLAIMS)
    told = {name: found[name] for name in HEAD}
    told |= {"sentences": found["sentences"], "left_out": look_up_left_out(found)}
    return {**told, "claims": claims}


def look_up_left_out(report: Record) -> list[Record] | None:
    """Return what no claim was made of, with words and reason; None if not kept."""
    if report["left_out"] is None:
        return None
    text = report["text"]
    return [
        {
            **each,
            "text": text[each["start"] : each["end"]],
            "because": explain_why(each) + (f": {each['said']}" if "said" in each else ""),
        }
        for each in report["left_out"]
    ]


def look_up_words(store: SqlStore, words: str, limit: int = 10) -> Record:
    """Return the reports that hold words, with the passages, and how many there are."""
    found, _ = find_passages(store, words, 0, limit)
    reports = [
        {
            **{name: row[name] for name in ("id", "title", "outlet", "published")},
            "passages": ["".join(part for part, _ in p.parts) for p in row["passages"]],
        }
        for row in found
    ]
    return {"reports": reports, "total": count_reports(store, {"search": words})}


def actors(store: SqlStore, words: str, limit: int = 10) -> Record:
    """Return whom words or a code name: ids, codes, names, and how many events."""
    who = party_queries.named_party(store, words.strip())
    names = party_queries.names_of_party(store, who)
    if not names:
        return {"actors": [], "beside": []}
    total, events = party_queries.latest_events_of_party(store, who, limit)
    told = {"id": who, "events": total, "latest": events, "names": names[:limit]}
    return {"actors": [told], "beside": party_queries.counterparts(store, who)[:limit]}


def in_brief(event: Record) -> Record:
    """Return an event as a small row: what a list of many of them needs."""
    when, where = event["when"] or {}, event["where"] or {}
    same = ("event", "type", "status", "outlets", "origins", "confidence")
    sides_ = {
        side: [
            " ".join(filter(None, (who["name"] or who["text"], who["country"])))
            for who in event[side]
        ]
        for side in ("actors", "recipients")
    }
    return {
        **{name: event[name] for name in same},
        **sides_,
        "from": when.get("from"),
        "to": when.get("to"),
        "where": where.get("name"),
        "told": event["lead"]["evidence"],
        "reports": event["reports"][:5],
    }
