"""Made-up stores for research: a line a claim, no text coded."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from dateline.events.event_summaries import summarise
from dateline.model.record import Record, claim_record
from dateline.store.sql import Kept, SqlStore
from dateline.testing import MADE, REPORT, TEXT, sample

PLAIN = claim_record(sample(), TEXT)
SCORES = {"ASSAULT": -9.0, "AID": 10.0, "CONSULT": 2.5, "RETREAT": 6.5}


@dataclass(frozen=True)
class Told:
    """One claim of an event in a report: who did what to whom, and when."""

    event: str
    report: str = "r1"
    type: str = "ASSAULT"
    actor: str | None = "KEN"
    recipient: str | None = "UGA"
    first: str | None = "2025-03-03"
    last: str | None = ""  # "" is the same day
    status: str = "happened"
    sure: float = 0.8
    killed: tuple[float, float, float] | None = None
    where: dict[str, Any] | None = None
    said_by: tuple[dict[str, Any], ...] = ()
    actors: tuple[str, ...] = ()
    name: str = ""
    id: str = ""


def speaker(name: str, country: str | None = None, *sectors: str) -> dict[str, Any]:
    at = {"text": name, "start": 0, "end": len(name), "name": name, "kind": "named"}
    return at | {"country": country, "sector": list(sectors), "entity": None}


def party(side: str, country: str | None, name: str = "") -> Record:
    told = name or f"{country} people"
    return {**PLAIN[side][0], "country": country, "name": told, "text": told}


def claim_of(told: Told, rank: int) -> Record:
    day = told.first
    last = day if told.last == "" else told.last
    when = {**PLAIN["when"], "from": day, "to": last} if day or last else None
    actors = told.actors or ((told.actor,) if told.actor else ())
    counted = {**PLAIN["quantities"][0], "what": "killed", "scope": "this act"}
    low, best, high = told.killed or (0, 0, 0)
    many = [{**counted, "low": low, "best": best, "high": high}] if told.killed else []
    at = told.where
    return {
        **PLAIN,
        "id": told.id or f"{told.event}-{told.report}-{rank}",
        "report": told.report,
        "event": told.event,
        "type": told.type,
        "deed": told.type,
        "score": SCORES.get(told.type, 0.0),
        "actors": [party("actors", c, told.name) for c in actors],
        "recipients": [party("recipients", told.recipient)] if told.recipient else [],
        "when": when,
        "where": {**PLAIN["where"], **at} if at is not None else None,
        "quantities": many,
        "said_by": list(told.said_by),
        "status": told.status,
        "confidence": told.sure,
    }


def text_of(name: str) -> str:
    """Return a report's text: the sample sentence, and words that no other has."""
    words = (sha256(f"{name} {n}".encode()).hexdigest()[:7] for n in range(60))
    return f"{TEXT} {' '.join(words)}."


def fill_store(
    store: SqlStore,
    claims: Sequence[Told],
    days: dict[str, str] | None = None,
    outlets: dict[str, str] | None = None,
    sentences: int = 10,
) -> SqlStore:
    """Keep claims, a report each name; `days` are of reports, without claims too."""
    days, outlets = days or {}, outlets or {}
    kept = []
    for name in dict.fromkeys([*days, *(c.report for c in claims)]):
        mine = [claim_of(c, i) for i, c in enumerate(claims) if c.report == name]
        report = replace(
            REPORT,
            id=name,
            title=text_of(name)[-60:],
            url=f"https://example.org/{name}",
            text=text_of(name),
            outlet=outlets.get(name, "Global Wire"),
            published=date.fromisoformat(days.get(name, "2025-03-04")),
        )
        kept.append(Kept(report, mine, (), sentences=sentences, left_out=[]))
    store.save_all(kept, MADE)
    summarise(store)
    return store


def make_store(folder: Path, claims: Sequence[Told], **more: Any) -> SqlStore:
    return fill_store(SqlStore(str(folder / "s.db")), claims, **more)
