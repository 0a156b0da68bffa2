"""Silence where nothing is done: quiet sentences without a claim, acts with one."""

from collections.abc import Sequence
from typing import Any

Record = dict[str, Any]


def score(gold: Sequence[Record], claims: Sequence[Record]) -> dict[str, float]:
    """Return the share of quiet sentences left alone and of acts found.

    >>> gold = [{"id": "a", "class": "4", "quiet": False}]
    >>> score(gold, [{"report": "a"}])["found_of_acts"]
    1.0
    """
    told = {claim["report"] for claim in claims}
    quiet = [g for g in gold if g["quiet"]]
    acts = [g for g in gold if str(g["class"]) != "0"]
    silent = sum(g["id"] not in told for g in quiet)
    found = sum(g["id"] in told for g in acts)
    return {
        "quiet": len(quiet),
        "silent_on_quiet": round(silent / max(1, len(quiet)), 4),
        "acts": len(acts),
        "found_of_acts": round(found / max(1, len(acts)), 4),
    }
