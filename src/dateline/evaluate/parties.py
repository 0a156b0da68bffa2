"""Words of actor and recipient in single sentences, scored from claims."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from dateline.evaluate.figures import harmonic

Record = dict[str, Any]
Bounds = list[int]
SIDES = (("actors", "actor"), ("recipients", "recipient"))


def score(gold: Sequence[Record], claims: Sequence[Record]) -> dict[str, float]:
    """Score each sentence by the better-fitting of its two most confident claims."""
    mine: dict[str, list[Record]] = defaultdict(list)
    for claim in claims:
        mine[claim["report"]].append(claim)
    n: Counter[str] = Counter()
    for row in gold:
        ranked = sorted(mine[row["id"]], key=lambda c: -(c.get("confidence") or 0))
        tallies = [tally_spans(row, claim) for claim in ranked[:2] or [{}]]
        best: Counter[str] = max(tallies, key=rank_fit)
        n.update(best)
        n["silent"] += not ranked
    said, total = max(1, n["said"]), max(1, n["gold"])
    return {
        "sentences": len(gold),
        "silent": n["silent"],
        "exact_f1": round(harmonic(n["exact"] / said, n["exact"] / total), 4),
        "overlap_f1": round(harmonic(n["hit_said"] / said, n["hit_gold"] / total), 4),
    }


def rank_fit(n: Counter[str]) -> tuple[int, int, int]:
    """Return how well a claim fits, the better the greater."""
    return n["hit_gold"], n["exact"], -n["said"]


def tally_spans(row: Record, claim: Record) -> Counter[str]:
    """Count gold spans, said spans and hits of one claim against a gold line."""
    n: Counter[str] = Counter()
    every: list[Bounds] = []
    both = row["both"]
    for field, side in SIDES:
        want, said = row[side], party_spans(claim, field)
        every += said
        n["gold"] += len(want)
        n["exact"] += sum(s in want or s in both for s in said)
        n["hit_said"] += sum(
            any(share_a_character(s, w) for w in want + both) for s in said
        )
        n["hit_gold"] += sum(any(share_a_character(w, s) for s in said) for w in want)
    n["gold"] += len(both)  # a party of a reciprocal act may stand on either side
    n["hit_gold"] += sum(any(share_a_character(w, s) for s in every) for w in both)
    n["said"] += len(every)
    return n


def party_spans(claim: Record, field: str) -> list[Bounds]:
    """Return the words of a claim's parties, those without words left out."""
    parties = claim.get(field) or []
    return [[p["start"], p["end"]] for p in parties if p.get("start") is not None]


def share_a_character(a: Bounds, b: Bounds) -> bool:
    """Whether two stretches share a character.

    >>> share_a_character([0, 3], [3, 5])
    False
    """
    return min(a[1], b[1]) > max(a[0], b[0])
