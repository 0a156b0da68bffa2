"""A claim, an event or a report as one row of a table: lists joined, codes split."""

from collections.abc import Mapping
from typing import Any

from dateline.model import Event
from dateline.model.record import list_speakers
from dateline.model.sums import why_undated
from dateline.write.columns import CLAIM, COUNTED, EVENT, REPORT, Column
from dateline.write.days import file_under
from dateline.write.events import pick_count
from dateline.write.given import Record, Told

BEYOND_STATES = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))
AUXILIARY = {
    "planned": "future",
    "expected": "future",
    "possible": "hypothetical",
    "hypothetical": "hypothetical",
    "denied": "negation",
    "negated": "negation",
}
NO_HEAD: Record = {}
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def flat(claim: Record, head: Record = NO_HEAD) -> Record:
    """Return the row of one claim; `head` is what its report says of itself."""
    same = ("report", "id", "event", "type", "deed", "cameo", "quad", "score", "status")
    many = claim["quantities"]
    money = pick_count(many, "money")
    past = "historical" if claim.get("background") else ""
    return {
        **{name: claim[name] for name in (*same, "confidence")},
        **{name: head.get(name) for name in ("published", "outlet", "title", "url")},
        "mode": join_cells(claim["mode"]),
        "contexts": join_cells(claim["contexts"]),
        "auxiliary": AUXILIARY.get(claim["status"], past),
        **side("actor", claim["actors"]),
        **side("recipient", claim["recipients"]),
        **when_where(claim, head.get("published")),
        **{what: pick_count(many, what)["best"] for what in COUNTED},
        **count_bounds(many, ("killed", "injured"), ("low", "high")),
        "money": money["best"],
        "money_unit": money["unit"],
        "said_by": " > ".join(list_speakers(claim)),
        "reader": claim.get("reader", "own"),
        "trigger": claim["trigger"]["text"],
        "evidence": claim["evidence"]["text"],
        "start": claim["trigger"]["start"],
        "end": claim["trigger"]["end"],
    }


def flat_event_row(event: Event, told: list[Told]) -> Record:
    """Return the row of one event; what claims alone have is taken from its surest."""
    claims = [claim for claim, _ in told]
    surest = max(claims, key=lambda c: (c["type"] == event["type"], c["confidence"]))
    both = ("low", "best", "high")
    return {
        "event": event["event"],
        "type": event["type"],
        "deed": event["deed"],
        "status": event["status"],
        "confidence": event["confidence"],
        "outlets": event["outlets"],
        "origins": event["origins"],
        "first_told": event["first_told"],
        "last_told": event["last_told"],
        "mode": join_cells(dict.fromkeys(m for c in claims for m in c["mode"])),
        **{name: surest[name] for name in ("cameo", "quad", "score")},
        **side("actor", event["actors"]),
        **side("recipient", event["recipients"]),
        **when_where(event, event["first_told"]),
        **count_bounds(
            event["quantities"], ("killed", "injured", "arrested", "crowd"), both
        ),
        "claims": len(event["claims"]),
        "reports": len(event["reports"]),
        "report_ids": join_cells(event["reports"]),
    }


def report_row(report: Record) -> Record:
    """Return the row of one report."""
    return {column.name: report[column.name] for column in REPORT}


def flat_rows(given: Any) -> tuple[tuple[Column, ...], Any]:
    """Return the columns and the rows of what is to be written."""
    if given.of == "events":
        return EVENT, (flat_event_row(event, told) for event, told in given.events())
    if given.of == "reports":
        return REPORT, map(report_row, given.reports())
    return CLAIM, (flat(claim, head) for claim, head in given.claims())


def when_where(found: Mapping[str, Any], published: str | None) -> Record:
    """Return the columns of time and place of a claim or event."""
    when, where = found["when"] or {}, found["where"] or {}
    reason = found["no_day"] if "no_day" in found else why_undated([found])
    return {
        "when_from": when.get("from"),
        "when_to": when.get("to"),
        "when_precision": when.get("precision"),
        **file_under(found["when"], published),
        "no_day": reason,
        "background": "yes" if found.get("background") else None,
        **{f"where_{n}": where.get(n) for n in ("name", "country", "admin1", "admin2")},
        **{name: where.get(name) for name in ("lat", "lon", "geonameid")},
        "where_precision": where.get("precision"),
    }


def count_bounds(
    many: list[Record], kinds: tuple[str, ...], names: tuple[str, ...]
) -> Record:
    """Return the lowest, best or highest figures of kinds of count."""
    return {
        f"{what}_{name}": pick_count(many, what)[name]
        for what in kinds
        for name in names
    }


def side(name: str, parties: list[Record]) -> Record:
    """Return the columns of one side, states apart from other codes."""
    codes = [who["country"] for who in parties if who["country"]]
    return {
        f"{name}_names": join_cells(
            who["name"] or who.get("text") or "" for who in parties
        ),
        f"{name}_words": join_cells(who.get("text") or "" for who in parties),
        f"{name}_countries": join_cells(c for c in codes if c not in BEYOND_STATES),
        f"{name}_others": join_cells(c for c in codes if c in BEYOND_STATES),
        f"{name}_sectors": join_cells(" ".join(who["sector"]) for who in parties),
    }


def join_cells(cells: Any) -> str:
    """Return cells in one, parted by semicolons."""
    return "; ".join(filter(None, cells))


def plain_number(cell: Any) -> Any:
    """Return a figure as people write it: no more than two places, no empty ones.

    >>> plain_number(16600000.000000002), plain_number(0.8512), plain_number(-4.05)
    (16600000, 0.8512, -4.05)
    """
    if not isinstance(cell, float):
        return cell
    figure = round(cell, 2) if abs(cell) >= 1000 else cell
    return int(figure) if figure.is_integer() else figure


def disarmed(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula.

    >>> disarmed("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULAS):
        return f"'{cell}"
    return cell
