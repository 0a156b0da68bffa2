"""Reviewed reports as gold files, for `dateline evaluate reports` and for training."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from dateline.model.sums import told_days
from dateline.review.reviewed import (
    added_claims,
    by_claim,
    latest_decisions,
    rejected,
    reviewed_claim,
    standing_decisions,
)

if TYPE_CHECKING:
    from dateline.store.sql import SqlStore

Record = dict[str, Any]


def reviewed_reports(store: "SqlStore", whole: bool = False) -> Iterator[Record]:
    """Yield the reports about which something was decided, with reviewed claims.

    Each claim tells in `judged` whether somebody looked at it. With `whole` only those
    reports of which somebody has said that they read all of it.
    """
    for name in store.review.judged_reports():
        report = store.report(name)
        if report is None:
            continue
        decided = store.review.decisions(report=name)
        complete = any(row["kind"] == "whole" for row in standing_decisions(decided))
        if complete or not whole:
            claims = list(reviewed_claims(store, name, decided))
            people = sorted({row["reviewer"] for row in decided})
            about = {"reviewers": people, "complete": complete}
            yield {**report, **about, "claims": claims, "decisions": decided}


def reviewed_claims(
    store: "SqlStore", report: str, decided: Sequence[Record]
) -> Iterator[Record]:
    """Yield the claims of a report as people left them, in order of the text."""
    from dateline.review.decide import book_of

    about, book = by_claim(decided), book_of(store)
    every = [*store.claims({"report": report}), *added_claims(decided)]
    for claim in sorted(every, key=lambda c: (c["trigger"]["start"], c["id"])):
        rows = about.get(claim["id"], [])
        made = None if rejected(rows) else reviewed_claim(claim, rows, book)
        if made:
            judged = any(row["kind"] in ("confirm", "correct", "add") for row in rows)
            yield {**made, "judged": judged}


def make_gold_report(report: Record, sentences: Sequence[tuple[int, int]]) -> Record:
    """Return one report's gold file.

    A claim at which nobody looked is `arguable`: neither rewarded nor punished.
    """
    tellings = [gold_telling(claim, sentences) for claim in report["claims"]]
    letters = {name: f"e{i}" for i, name in enumerate(events_in_order(report), 1)}
    for claim, told in zip(report["claims"], tellings, strict=True):
        told["event"] = letters[claim["event"]]
    return {
        "report": report["id"],
        "origin": "review",
        "outlet": report["outlet"],
        "published": (report["published"] or "")[:10] or None,
        "reviewers": report["reviewers"],
        "complete": report["complete"],
        "sentences": [list(span) for span in sentences],
        "traps": [],
        "tellings": tellings,
        "events": [
            gold_event(letter, [t for t in tellings if t["event"] == letter])
            for letter in letters.values()
        ],
    }


def events_in_order(report: Record) -> list[str]:
    """Return the events of a report, each once, in the order of their tellings."""
    return list(dict.fromkeys(claim["event"] for claim in report["claims"]))


def gold_telling(claim: Record, sentences: Sequence[tuple[int, int]]) -> Record:
    """Return one claim as a telling."""
    start = claim["trigger"]["start"]
    span = next(([a, b] for a, b in sentences if a <= start < b), None)
    deed = [claim["deed"]] if claim["deed"] != claim["type"] else []
    mutual = len(claim["actors"]) > 1 and not claim["recipients"]
    return {
        "sentence": span,
        "trigger": claim["trigger"],
        "evidence": claim["evidence"],
        "type": claim["type"],
        "accept_types": deed,
        "mode": claim["mode"],
        "accept_modes": [],
        "contexts": claim["contexts"],
        "actors": [gold_party(who) for who in claim["actors"]],
        "recipients": [gold_party(who) for who in claim["recipients"]],
        "reciprocal": mutual,
        "when": gold_interval(told_days(claim)),
        "where": gold_place(claim["where"]),
        "status": claim["status"],
        "accept_status": [],
        "said_by": [says["text"] or says["name"] for says in claim["said_by"]],
        "quantities": [gold_count(many) for many in claim["quantities"]],
        "importance": "core" if claim["judged"] else "arguable",
    }


def gold_party(who: Record) -> Record:
    """Return one party: its first sector, the others being right too."""
    first, others = (who["sector"] or [None])[0], who["sector"][1:]
    at = {name: who[name] for name in ("text", "start", "end")}
    known = {"name": who["name"], "country": who["country"], "sector": first}
    also = {"accept_countries": [], "accept_sectors": others}
    return {**at, **known, **also, "implicit": who["start"] is None}


def gold_interval(when: Record | None) -> Record | None:
    """Return an interval of days with the words that tell it."""
    names = ("from", "to", "text", "start", "end")
    return when and {**{name: when[name] for name in names}, "accept": []}


def gold_place(where: Record | None) -> Record | None:
    """Return a place with the words that tell it."""
    names = ("name", "country", "text", "start", "end")
    return where and {**{n: where[n] for n in names}, "accept_countries": []}


def gold_count(many: Record) -> Record:
    """Return one count with the words that tell it."""
    names = ("what", "low", "best", "high", "bound", "text", "start", "end")
    return {name: many[name] for name in names}


def gold_event(name: str, tellings: Sequence[Record]) -> Record:
    """Return one happening from its tellings; what any of them says is right of it."""
    first = min(tellings, key=lambda told: told["importance"] != "core")
    whens = [[t["when"]["from"], t["when"]["to"]] for t in tellings if t["when"]]
    lands = [t["where"]["country"] for t in tellings if t["where"]]
    types = dict.fromkeys(k for t in tellings for k in (t["type"], *t["accept_types"]))
    return {
        **first,
        "id": name,
        "event_id": name,
        "mentions": [told["trigger"] for told in tellings],
        "accept_types": [kind for kind in types if kind != first["type"]],
        "accept_modes": [told["mode"] for told in tellings],
        "actors": unique_parties(tellings, "actors"),
        "recipients": unique_parties(tellings, "recipients"),
        "accept_when": whens,
        "accept_where": lands,
        "accept_status": sorted({t["status"] for t in tellings} - {first["status"]}),
        "said_by": [told["said_by"] for told in tellings],
    }


def unique_parties(tellings: Sequence[Record], side: str) -> list[Record]:
    """Return the parties of a side over all tellings, each stretch of words once."""
    found = {(w["start"], w["end"], w["name"]): w for t in tellings for w in t[side]}
    return list(found.values())


def verdicts(decided: Sequence[Record]) -> Mapping[str, str]:
    """Return what was decided of each claim: confirmed, corrected, rejected."""
    told = {}
    for claim, rows in by_claim(decided).items():
        kinds = {row["kind"] for row in latest_decisions(rows).values()}
        for kind in ("reject", "correct", "confirm"):
            if kind in kinds:
                told[claim] = kind
                break
    return told
