"""Claims about attacks against MUC-4 templates of accomplished incidents."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from dateline.codebook.taught import deeds_with_traits

Record = dict[str, Any]
KINDS = {"ATTACK", "BOMBING", "ARSON", "KIDNAPPING"}
MODES = {"BOMBING": {"explosives", "suicide-attack"}, "KIDNAPPING": {"abduct"}}
REAL = ("happened", "ongoing", "recurring")
DULL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "in",
        "and",
        "or",
        "by",
        "to",
        "for",
        "on",
        "at",
        "from",
        "with",
        "some",
        "several",
        "members",
        "member",
        "group",
        "groups",
        "unidentified",
        "unknown",
        "other",
        "two",
        "three",
        "four",
        "five",
        "men",
        "man",
        "people",
        "persons",
    ]
)
SIDES = (("perpetrators", "actors"), ("targets", "recipients"))


def score(rows: Sequence[Record], claims: Sequence[Record]) -> dict[str, float]:
    """Return the shares found, and how many claims it took a document."""
    mine: dict[str, list[Record]] = defaultdict(list)
    for claim in claims:
        if claim["type"] in deeds_with_traits("force") and claim["status"] in REAL:
            mine[claim["report"]].append(claim)
    n: Counter[str] = Counter()
    for row in rows:
        count_incidents(row, mine[row["doc"]], n)
    names = ("perpetrators", "targets", "country", "mode", "killed")
    shares = {name: n[name] / max(1, n[f"all {name}"]) for name in names}
    each = n["claims"] / max(1, len(rows))
    return {
        "found": n["found"] / max(1, n["docs"]),
        **shares,
        "claims_a_document": each,
    }


def count_incidents(row: Record, claims: list[Record], n: Counter[str]) -> None:
    """Count one document's incidents."""
    n["claims"] += len(claims)
    told = [incident for incident in row["incidents"] if must_be_told(incident)]
    if not told:
        return
    n["docs"] += 1
    n["found"] += bool(claims)
    for incident in told:
        count_sides(incident, claims, n)
        setting(incident, claims, n)
    dead = [i["killed"] for i in told if i["killed"] is not None]
    if len(told) == 1 and dead:
        n["all killed"] += 1
        n["killed"] += any(tells_toll(claim, dead[0]) for claim in claims)


def must_be_told(incident: Record) -> bool:
    """Whether an incident is an accomplished attack that must be told."""
    kinds = set(incident["kind"].split(" / "))
    done = incident["stage"].startswith("ACCOMPLISHED")
    return bool(kinds & KINDS) and done and not incident["optional"]


def count_sides(incident: Record, claims: list[Record], n: Counter[str]) -> None:
    """Count whether the sides share a telling word with the claims'."""
    for field, side in SIDES:
        wanted = telling_words_of(incident[field])
        if wanted:
            told = [
                f"{x['text'] or ''} {x['name'] or ''}" for c in claims for x in c[side]
            ]
            n[f"all {field}"] += 1
            n[field] += bool(wanted & telling_words_of(told))


def setting(incident: Record, claims: list[Record], n: Counter[str]) -> None:
    """Count country and mode."""
    if incident["country"]:
        where = {(c["where"] or {}).get("country") for c in claims}
        n["all country"] += 1
        n["country"] += incident["country"] in where
    if wanted := MODES.get(incident["kind"]):
        n["all mode"] += 1
        n["mode"] += any(wanted & set(c["mode"]) for c in claims)


def tells_toll(claim: Record, dead: int) -> bool:
    """Whether a claim tells exactly this number of dead, of this act."""
    return any(
        q["what"] == "killed" and q["best"] == dead and q["scope"] != "running total"
        for q in claim["quantities"]
    )


def telling_words_of(texts: Sequence[str]) -> set[str]:
    """Return the telling words."""
    return {w for t in texts for w in re.findall(r"\w+", t.lower())} - DULL
