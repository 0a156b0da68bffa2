"""Promises: what was planned or expected, and whether it came about."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from dateline.model.record import instant

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

Record = dict[str, Any]
PROMISED = frozenset(("planned", "expected"))
DONE = frozenset(("happened", "ongoing"))
OUTCOMES = ("happened", "cancelled", "contradicted", "unknown yet")
OUTCOME = {"negated": "cancelled", "denied": "contradicted"}
LONGEST = 31  # days of a promise in which another event may be its fulfilment
BY = ("speaker", "kind", "status")
SELF = "(the report itself)"


@dataclass(frozen=True, slots=True)
class Promise:
    """One claim of what is to come, and what came of it.

    `how` is "the same event" where a later telling of it says so, "the same deed, on
    its days" where another event of that deed and those two states does, "" where
    nothing tells; `by` are the claims that tell. `overdue` is true of what is unknown
    although its last day lies before the last report.
    """

    claim: str
    event: str
    report: str
    told: str
    speaker: str
    kind: str
    status: str
    due_from: str
    due_to: str
    evidence: str
    outcome: str
    how: str
    by: tuple[str, ...]
    overdue: bool


def follow_promises(store: "SqlStore") -> list[Promise]:
    """Return every planned or expected claim of a store with what came of it.

    Later is a report published later; one of the same day or without a day tells no
    outcome.
    """
    rows = store.merging.events()
    by_event: dict[str, list[Record]] = {}
    for row in rows:
        by_event.setdefault(row["event"], []).append(row)
    done: dict[tuple[Any, ...], list[Record]] = {}  # by deed and the two states
    for row in rows:
        if row["record"]["status"] in DONE and (key := deed_key(row["record"])):
            done.setdefault(key, []).append(row)
    newest = max((instant(row["published"]) for row in rows), default="")
    found = [
        follow_promise(row, by_event[row["event"]], done, newest)
        for row in rows
        if row["record"]["status"] in PROMISED
    ]
    return sorted(found, key=lambda p: (p.due_from or "9999", p.told, p.claim))


def deed_key(claim: Record) -> tuple[Any, ...] | None:
    """Return the deed and the states of a claim, None where one side has none."""
    sides = [
        frozenset(who["country"] for who in claim[side] if who["country"])
        for side in ("actors", "recipients")
    ]
    together = sides[0] | sides[1]
    if not sides[0] or len(together) < 2:
        return None
    return claim["deed"], tuple(sorted(together))


def follow_promise(
    row: Record,
    tellings: Sequence[Record],
    done: Mapping[tuple[Any, ...], Sequence[Record]],
    newest: str,
) -> Promise:
    """Return one promise with its outcome."""
    claim, told = row["record"], instant(row["published"])
    when = claim["when"] or {}
    due = when.get("from") or "", when.get("to") or ""
    later = [r for r in tellings if told and instant(r["published"]) > told]
    outcome, by = outcome_of(later)
    how = "the same event" if by else ""
    if not by:
        first, last = (date.fromisoformat(day) if day else None for day in due)
        short = first and last and (last - first).days <= LONGEST
        by = tuple(
            r["record"]["id"]
            for r in done.get(deed_key(claim) or ("",), ())
            if r["event"] != row["event"]
            and told
            and instant(r["published"]) > told
            and short
            and (when := r["record"]["when"])
            and when["from"]
            and when["to"]
            and due[0] <= when["from"]
            and when["to"] <= due[1]
        )
        outcome, how = ("happened", "the same deed, on its days") if by else (outcome, "")
    overdue = not by and bool(due[1]) and due[1] < newest[:10]
    says = claim["said_by"]
    return Promise(
        claim=claim["id"],
        event=row["event"],
        report=row["id"],
        told=(row["published"] or "")[:10],
        speaker=(says[-1]["name"] or says[-1]["text"]) if says else SELF,
        kind=claim["deed"],
        status=claim["status"],
        due_from=due[0],
        due_to=due[1],
        evidence=claim["evidence"]["text"],
        outcome=outcome,
        how=how,
        by=by,
        overdue=overdue,
    )


def outcome_of(later: Sequence[Record]) -> tuple[str, tuple[str, ...]]:
    """Return what later tellings of one event say came of it, and which say so.

    What was done was done, whoever denies it; else the last word counts.
    """
    done = [r for r in later if r["record"]["status"] in DONE]
    if done:
        return "happened", tuple(r["record"]["id"] for r in done)
    against = [r for r in later if r["record"]["status"] in OUTCOME]
    if not against:
        return "unknown yet", ()
    last = max(against, key=lambda r: (instant(r["published"]), r["record"]["id"]))
    return OUTCOME[last["record"]["status"]], (last["record"]["id"],)


def tally_promises(promises: Sequence[Promise], by: str) -> list[Record]:
    """Return the ledger by speaker, kind or status: a line each, the most first.

    `kept` is the share that happened of what is known; None where nothing is.
    """
    groups: dict[str, list[Promise]] = {}
    for promise in promises:
        groups.setdefault(getattr(promise, by), []).append(promise)
    rows = []
    for name, mine in groups.items():
        many = Counter(promise.outcome for promise in mine)
        known = len(mine) - many["unknown yet"]
        rows.append(
            {
                by: name,
                "promises": len(mine),
                **{outcome: many[outcome] for outcome in OUTCOMES},
                "overdue": sum(promise.overdue for promise in mine),
                "kept": round(many["happened"] / known, 3) if known else None,
            }
        )
    return sorted(rows, key=lambda row: (-row["promises"], row[by]))
