"""One happening as one record: what its tellings add up to."""

from typing import Any

from dateline.export.source import Record, Told
from dateline.model import Event
from dateline.model.event import INFERRED, event_confidence, is_background, why_undated
from dateline.model.record import instant, list_speakers

FIRM = frozenset(("happened", "ongoing", "recurring"))
CODED = FIRM | {"planned", "expected"}
"""What other projects' tables take in: not what is denied, negated or supposed."""


def event_record(told: list[Told]) -> Event:
    """Return the record of an event from the claims that tell it.

    Its own answers are those of the surest claim that says that it happened, else of
    the surest of all; counts span what the claims say, and are never added up.
    """
    claims = [claim for claim, _ in told]
    best = max(claims, key=lambda c: (c["status"] in FIRM, c["confidence"]))
    when = max(claims, key=lambda c: date_precision(c["when"]))["when"]
    areas = ("region", "country", "admin1", "admin2", "city", "site")
    places = (claim["where"] for claim in claims)
    where = max(places, key=lambda w: areas.index(w["precision"]) if w else -1)
    days = sorted((h["published"] for _, h in told if h["published"]), key=instant)
    outlets = {head["outlet"] for _, head in told if head["outlet"]}
    return {
        "event": best["event"],
        "type": best["type"],
        "deed": best["deed"],
        "status": best["status"],
        "actors": best["actors"],
        "recipients": best["recipients"],
        "confidence": event_confidence(claims, best["type"]),
        "background": is_background(claims),
        "when": when,
        "no_day": why_undated(claims),
        "where": where,
        "quantities": spans_of_counts(claims),
        "reports": sorted({claim["report"] for claim in claims}),
        "outlets": len(outlets),
        "origins": most_origins(told),
        "first_told": days[0] if days else None,
        "last_told": days[-1] if days else None,
        "claims": [claim["id"] for claim in claims],
    }


def name_voices(told: list[Told]) -> str:
    """Return who says so, the chain of each telling; "" is the reports themselves."""
    chains = (" > ".join(list_speakers(claim)) for claim, _ in told)
    return "; ".join(dict.fromkeys(filter(None, chains)))


def date_precision(when: Record | None) -> tuple[int, int]:
    """Return how precisely an interval is told: days first."""
    order = ("range", "year", "season", "month", "week", "day")
    if not when:
        return (-2, 0)
    if when.get("answer") == INFERRED:
        return (-1, 0)
    precise = order.index(when["precision"]) if when["precision"] in order else 0
    return (precise, bool(when["from"] and when["to"]))


def most_origins(told: list[Told]) -> int:
    """Return how many independent origins an event has at the most.

    Reports that name the same speaker have one origin, and so have reports of one
    outlet in its own voice.
    """
    found = set()
    for claim, head in told:
        inner = claim["said_by"][-1] if claim["said_by"] else None
        named = inner and (inner["name"] or inner["text"])
        found.add(("said", named) if named else ("own", head["outlet"] or claim["report"]))
    return len(found)


def spans_of_counts(claims: list[Record]) -> list[Record]:
    """Return what the claims count, the lowest to the highest of each kind."""
    found: dict[tuple[str, str], list[Record]] = {}
    for claim in claims:
        for many in claim["quantities"]:
            if many["scope"] == "this act":
                found.setdefault((many["what"], many["unit"] or ""), []).append(many)
    return [span_of_count(what, many) for (what, _), many in sorted(found.items())]


def span_of_count(what: str, many: list[Record]) -> Record:
    """Return one count over its tellings; the best is what most of them say."""
    best = [m["best"] for m in many if m["best"] is not None]
    known: Any = [m[n] for m in many for n in ("low", "best", "high")]
    known = [number for number in known if number is not None]
    open_below = ("up to", "at most")  # "up to 50" has no lowest figure
    ends = ("low", "best", "high")
    lows = [m[n] for m in many for n in ends[: 1 if m["bound"] in open_below else 3]]
    bounds = {m["bound"] for m in many}
    return {
        "what": what,
        "low": min((n for n in lows if n is not None), default=None),
        "best": max(sorted(set(best)), key=best.count) if best else None,
        "high": max(known, default=None),
        "bound": bounds.pop() if len(bounds) == 1 else "exact",
        "scope": "this act",
        "unit": many[0]["unit"],
    }


def pick_count(quantities: list[Record], what: str) -> Record:
    """Return one kind of count of a claim or an event, empty where none is told."""
    for many in quantities:
        if many["what"] == what and many.get("scope", "this act") == "this act":
            return many
    return dict.fromkeys(("low", "best", "high", "bound", "unit"))
