"""When a field of a claim is right, as the annotation of whole reports defines it."""

import re
from collections.abc import Callable
from typing import Any

from dateline.model.sums import told_days

Record = dict[str, Any]
Check = Callable[[Record, Record], bool]
FIELDS = ("actor", "recipient", "mode", "status", "when", "where", "said_by")
BEYOND_STATES = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))
STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "by",
        "in",
        "on",
        "at",
        "to",
        "and",
        "its",
        "his",
        "her",
        "their",
        "from",
        "for",
    ]
)


def span_overlap(a: Record | None, b: Record | None) -> tuple[float, float]:
    """Return shared characters as a share of the shorter span, and of the union."""
    if not a or not b or None in (a["start"], a["end"], b["start"], b["end"]):
        return 0.0, 0.0
    x, y = a["end"] - a["start"], b["end"] - b["start"]
    both = max(0, min(a["end"], b["end"]) - max(a["start"], b["start"]))
    return both / max(1, min(x, y)), both / max(1, x + y - both)


def is_accepted_party(party: Record, gold: Record) -> bool:
    """Whether a party has an accepted country and sector."""
    found = set(party["sector"][:2])
    wanted = {gold["sector"], *gold["accept_sectors"]}
    free = gold["country"] in BEYOND_STATES
    right = party["country"] in {gold["country"], *gold["accept_countries"]}
    return right and (free or bool(found & wanted) or (not found and None in wanted))


def tells_some_country(gold: list[Record]) -> bool:
    """Whether the text has words for a party of some country."""
    return any(g["country"] and not g["implicit"] for g in gold)


def party_is_found(found: list[Record], gold: list[Record]) -> bool:
    """Whether one gold party is found and no party of a country without a part."""
    allowed = {c for g in gold for c in (g["country"], *g["accept_countries"])}
    if any(p["country"] and p["country"] not in allowed for p in found):
        return False
    return not tells_some_country(gold) or any(
        is_accepted_party(p, g) for p in found for g in gold
    )


def both(row: Record) -> list[Record]:
    """Return the parties of both sides."""
    return [*row["actors"], *row["recipients"]]


def actors_are_right(claim: Record, gold: Record) -> bool:
    """Whether the actors are right; of a mutual act either side will do."""
    if gold.get("reciprocal"):
        return party_is_found(both(claim), both(gold))
    return party_is_found(claim["actors"], gold["actors"])


def recipient(claim: Record, gold: Record) -> bool:
    """Whether the recipients are right; of a mutual act two countries are needed."""
    if not gold.get("reciprocal"):
        return party_is_found(claim["recipients"], gold["recipients"])
    need = {g["country"] for g in both(gold) if g["country"] and not g["implicit"]}
    hits = (g for g in both(gold) if any(is_accepted_party(p, g) for p in both(claim)))
    found = {g["country"] for g in hits}
    return actors_are_right(claim, gold) and len(found & need) >= min(2, len(need))


def mode(claim: Record, gold: Record) -> bool:
    """Whether the modes are the gold's or an accepted set."""
    accepted = [gold["mode"], *gold.get("accept_modes", [])]
    return set(claim["mode"]) in [set(m) for m in accepted if m or not gold["mode"]]


def status_is_right(claim: Record, gold: Record) -> bool:
    """Whether the status is accepted; an asking was done whatever was asked."""
    accepted = {gold["status"], *gold["accept_status"]}
    if accepted & {"requested", "refused"}:
        accepted |= {"happened", "ongoing"}
    return claim["status"] in accepted


def interval_is_right(claim: Record, gold: Record) -> bool:
    """Whether both ends of the interval are accepted."""
    said, wanted = told_days(claim) or {}, gold["when"]
    given = (said.get("from"), said.get("to"))
    if given == (None, None):
        return wanted is None
    accepted = {tuple(pair) for pair in gold.get("accept_when", [])}
    if wanted:
        accepted |= {(wanted["from"], wanted["to"]), *map(tuple, wanted["accept"])}
    return given in accepted


def country_is_right(claim: Record, gold: Record) -> bool:
    """Whether the country is accepted."""
    country, wanted = (claim["where"] or {}).get("country"), gold["where"]
    if wanted is None:
        return country is None or country in gold.get("accept_where", [])
    return country in {wanted["country"], *wanted.get("accept_countries", [])}


def same_speaker(a: str, b: str) -> bool:
    """Whether two names of a speaker share half of their telling words."""
    x, y = (set(re.findall(r"\w+", t.lower())) - STOP for t in (a, b))
    alike = bool(x and y) and 2 * len(x & y) >= min(len(x), len(y))
    return a.strip().lower() == b.strip().lower() or alike


def is_own_voice(chain: list[str], actors: list[Record]) -> bool:
    """Whether the report tells it itself, or only the actor says so of himself."""
    names = [a.get(k) or "" for a in actors for k in ("text", "name")]
    return not chain or (
        len(chain) == 1 and any(same_speaker(chain[0], n) for n in names)
    )


def speakers_are_right(claim: Record, gold: Record) -> bool:
    """Whether outermost and innermost speaker are those of an accepted chain."""
    chain = [s["text"] for s in claim["said_by"]]
    accepted = gold["said_by"] + gold.get("accept_said_by", [])
    if is_own_voice(chain, claim["actors"]):
        return any(is_own_voice(c, gold["actors"]) for c in accepted)
    return any(
        c and same_speaker(chain[0], c[0]) and same_speaker(chain[-1], c[-1])
        for c in accepted
    )


CHECKS: dict[str, Check] = {
    "actor": actors_are_right,
    "recipient": recipient,
    "mode": mode,
    "status": status_is_right,
    "when": interval_is_right,
    "where": country_is_right,
    "said_by": speakers_are_right,
}
TOLD: dict[str, Callable[[Record], bool]] = {  # where a blank cannot be right
    "actor": lambda g: tells_some_country(g["actors"]),
    "recipient": lambda g: tells_some_country(g["recipients"]),
    "mode": lambda g: bool(g["mode"]),
    "status": lambda g: "happened" not in {g["status"], *g["accept_status"]},
    "when": lambda g: g["when"] is not None,
    "where": lambda g: g["where"] is not None,
    "said_by": lambda g: [] not in g["said_by"],
}
