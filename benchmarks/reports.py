"""Claims about whole reports against gold events: detection, fields, end to end."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.figures import group_by_report, harmonic, match_one_to_one
from benchmarks.texts import code_rows
from dateline.model.event import told_days

Record = dict[str, Any]
Check = Callable[[Record, Record], bool]
WEIGHT = {"core": 1.0, "secondary": 0.5, "arguable": 0.0}
TOUCH, SAME = 0.5, 0.3  # of the shorter trigger; of the union of two evidences
FIELDS = ("actor", "recipient", "mode", "status", "when", "where", "said_by")
BEYOND_STATES = frozenset(("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"))
STOP = frozenset("the a an of by in on at to and its his her their from for".split())


def read_annotated_reports(paths: Sequence[Path]) -> list[Record]:
    """Return the annotated reports of a folder with `gold/` and `texts/`."""
    found = []
    for path in sorted((paths[0] / "gold").glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        text = paths[0] / "texts" / f"{row['report']}.txt"
        with text.open(encoding="utf-8", newline="") as file:
            found.append({**row, "text": file.read()})
    if not found:
        raise ValueError("no gold/*.json in the folder")
    return found


def code_annotated_reports(rows: Sequence[Record]) -> list[Record]:
    """Return the program's claims about annotated reports."""
    return code_rows(
        {
            "id": g["report"],
            "text": g["text"],
            "published": (g["published"] or "")[:10] or None,
            "outlet": g["outlet"],
        }
        for g in rows
    )


def score_reports(rows: Sequence[Record], claims: Sequence[Record]) -> dict[str, float]:
    """Return precision, recall and F1, found and end to end, and field accuracies."""
    mine = group_by_report(claims)
    n: Counter[str] = Counter()
    w: dict[str, float] = defaultdict(float)
    for row in rows:
        count_report(row["events"], mine[row["report"]], n, w)
    return sum_figures(n, w)


def sum_figures(n: Counter[str], w: dict[str, float]) -> dict[str, float]:
    """Return the figures of what was counted of reports, and of their weights."""
    emitted = max(1, n["matched"] + n["false"])
    found: dict[str, float] = {}
    for name, right, part in (("detection", "matched", "found"), ("END-TO-END", "whole", "whole")):
        precision = n[right] / emitted
        recall = w[part] / w["all"] if w["all"] else 0.0
        found[f"{name} precision"] = precision
        found[f"{name} recall"] = recall
        found[f"{name} F1"] = harmonic(precision, recall)
        if name == "detection":
            found["core recall"] = n["core found"] / max(1, n["core"])
    for field in FIELDS:
        found[f"all matched: {field}"] = n[field] / max(1, n["matched"])
    for field in FIELDS:
        if n[f"told {field}"]:
            found[f"where told: {field}"] = n[f"right {field}"] / n[f"told {field}"]
    return found


def count_report(
    events: Sequence[Record], claims: Sequence[Record], n: Counter[str], w: dict[str, float]
) -> None:
    """Count one report."""
    pairs, repeats = align(claims, events)
    for event in events:
        w["all"] += WEIGHT[event["importance"]]
        n["core"] += event["importance"] == "core"
    n["false"] += len(claims) - len(pairs) - len(repeats)
    for i, j in sorted(pairs.items()):
        if events[j]["importance"] != "arguable":
            count_fields(claims[i], events[j], n, w)


def count_fields(claim: Record, event: Record, n: Counter[str], w: dict[str, float]) -> None:
    """Count the fields of a claim that fits an event."""
    right = {field: CHECKS[field](claim, event) for field in FIELDS}
    whole = right["actor"] and right["recipient"]
    n["matched"] += 1
    n["core found"] += event["importance"] == "core"
    n["whole"] += whole
    w["found"] += WEIGHT[event["importance"]]
    w["whole"] += WEIGHT[event["importance"]] * whole
    for field in FIELDS:
        n[field] += right[field]
        if TOLD[field](event):
            n[f"told {field}"] += 1
            n[f"right {field}"] += right[field]


def align(claims: Sequence[Record], events: Sequence[Record]) -> tuple[dict[int, int], set[int]]:
    """Return claim -> event, one to one and best first, and the claims that repeat one.

    A told event may be repeated as often as the report itself repeats it.
    """
    scored = [
        (-fits, i, j)
        for i, claim in enumerate(claims)
        for j, event in enumerate(events)
        if (fits := fit_event(claim, event)) is not None
    ]
    pairs = dict(match_one_to_one(scored))
    spare = {j: max(len(event["mentions"]) - 1, 0) for j, event in enumerate(events)}
    repeats: set[int] = set()
    for _, i, j in sorted(scored):
        if i not in pairs and i not in repeats and spare[j]:
            spare[j] -= 1
            repeats.add(i)
    return pairs, repeats


def fit_event(claim: Record, event: Record) -> float | None:
    """Return how well a claim fits an event; None where it cannot be the same."""
    read = {claim["type"], claim.get("deed") or claim["type"]}
    if read.isdisjoint((event["type"], *event["accept_types"])):
        return None
    touch = max(span_overlap(claim["trigger"], m)[0] for m in event["mentions"])
    same = span_overlap(claim["evidence"], event["evidence"])[1]
    if touch < TOUCH and same < SAME:
        return None
    text = same + (2 + touch if touch >= TOUCH else 0)
    alike = sum(CHECKS[f](claim, event) for f in ("actor", "recipient", "status", "when"))
    return float(text + 0.5 * (claim["type"] == event["type"]) + 0.2 * alike)


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
    return not tells_some_country(gold) or any(is_accepted_party(p, g) for p in found for g in gold)


def parties_of_both_sides(row: Record) -> list[Record]:
    """Return the parties of both sides."""
    return [*row["actors"], *row["recipients"]]


def actors_are_right(claim: Record, gold: Record) -> bool:
    """Whether the actors are right; of a mutual act either side will do."""
    if gold.get("reciprocal"):
        return party_is_found(parties_of_both_sides(claim), parties_of_both_sides(gold))
    return party_is_found(claim["actors"], gold["actors"])


def recipients_are_right(claim: Record, gold: Record) -> bool:
    """Whether the recipients are right; of a mutual act two countries are needed."""
    if not gold.get("reciprocal"):
        return party_is_found(claim["recipients"], gold["recipients"])
    said, wanted = parties_of_both_sides(claim), parties_of_both_sides(gold)
    need = {g["country"] for g in wanted if g["country"] and not g["implicit"]}
    met = {g["country"] for g in wanted if any(is_accepted_party(p, g) for p in said)}
    return actors_are_right(claim, gold) and len(met & need) >= min(2, len(need))


def mode_is_right(claim: Record, gold: Record) -> bool:
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
    return not chain or (len(chain) == 1 and any(same_speaker(chain[0], n) for n in names))


def speakers_are_right(claim: Record, gold: Record) -> bool:
    """Whether outermost and innermost speaker are those of an accepted chain."""
    chain = [s["text"] for s in claim["said_by"]]
    accepted = gold["said_by"] + gold.get("accept_said_by", [])
    if is_own_voice(chain, claim["actors"]):
        return any(is_own_voice(c, gold["actors"]) for c in accepted)
    return any(
        c and same_speaker(chain[0], c[0]) and same_speaker(chain[-1], c[-1]) for c in accepted
    )


CHECKS: dict[str, Check] = {
    "actor": actors_are_right,
    "recipient": recipients_are_right,
    "mode": mode_is_right,
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
