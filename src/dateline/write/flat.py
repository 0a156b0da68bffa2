"""A claim as one row of a table: lists joined, codes split, formulas disarmed."""

from typing import Any

Record = dict[str, Any]
BEYOND_STATES = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))
COLUMNS = [
    "report",
    "id",
    "event",
    "type",
    "deed",
    "mode",
    "contexts",
    "cameo",
    "quad",
    "score",
    "status",
    "auxiliary",
    "actor_names",
    "actor_countries",
    "actor_others",
    "actor_sectors",
    "recipient_names",
    "recipient_countries",
    "recipient_others",
    "recipient_sectors",
    "when_from",
    "when_to",
    "when_precision",
    "where_name",
    "where_country",
    "where_admin1",
    "lat",
    "lon",
    "geonameid",
    "where_precision",
    "killed",
    "injured",
    "said_by",
    "confidence",
    "trigger",
    "evidence",
    "start",
    "end",
]
AUXILIARY = {
    "planned": "future",
    "expected": "future",
    "possible": "hypothetical",
    "hypothetical": "hypothetical",
    "denied": "negation",
    "negated": "negation",
}


def flat(claim: Record) -> Record:
    """Return the row of one claim; cells that a spreadsheet would run are quoted."""
    when = claim["when"] or {}
    where = claim["where"] or {}
    row = {name: claim[name] for name in ("report", "id", "event", "type", "deed")}
    row |= {name: claim[name] for name in ("cameo", "quad", "score", "status")}
    row |= {
        "mode": joined(claim["mode"]),
        "contexts": joined(claim["contexts"]),
        "auxiliary": AUXILIARY.get(claim["status"], ""),
        **side("actor", claim["actors"]),
        **side("recipient", claim["recipients"]),
        "when_from": when.get("from"),
        "when_to": when.get("to"),
        "when_precision": when.get("precision"),
        "where_name": where.get("name"),
        "where_country": where.get("country"),
        "where_admin1": where.get("admin1"),
        "lat": where.get("lat"),
        "lon": where.get("lon"),
        "geonameid": where.get("geonameid"),
        "where_precision": where.get("precision"),
        "killed": toll(claim, "killed"),
        "injured": toll(claim, "injured"),
        "said_by": " > ".join(s["name"] or s["text"] for s in claim["said_by"]),
        "confidence": claim["confidence"],
        "trigger": claim["trigger"]["text"],
        "evidence": claim["evidence"]["text"],
        "start": claim["trigger"]["start"],
        "end": claim["trigger"]["end"],
    }
    return {name: disarmed(cell) for name, cell in row.items()}


def side(name: str, parties: list[Record]) -> Record:
    """Return the columns of one side, states apart from other codes."""
    codes = [who["country"] for who in parties if who["country"]]
    return {
        f"{name}_names": joined(who["name"] or who["text"] or "" for who in parties),
        f"{name}_countries": joined(c for c in codes if c not in BEYOND_STATES),
        f"{name}_others": joined(c for c in codes if c in BEYOND_STATES),
        f"{name}_sectors": joined(" ".join(who["sector"]) for who in parties),
    }


def toll(claim: Record, what: str) -> float | None:
    """Return the count of this act, never a running total."""
    for many in claim["quantities"]:
        if many["what"] == what and many["scope"] == "this act":
            best: float | None = many["best"]
            return best
    return None


def joined(cells: Any) -> str:
    """Return cells in one, parted by semicolons."""
    return "; ".join(filter(None, cells))


def disarmed(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula.

    >>> disarmed("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell
