"""What differs between two releases, and why: every change has its cause."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from dateline.research.release import Release
from dateline.review.pins import pins_by_decision

Record = dict[str, Any]
CAUSES = (
    "new report",
    "correction",
    "withdrawn report",
    "review",
    "new codebook",
    "new models",
    "merging",
)
HEAD = ("outlet", "url", "language", "published")


@dataclass(slots=True)
class Change:
    """One cause: of what report or decision, and the claims and events it changed."""

    cause: str
    what: str
    detail: str = ""
    claims: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)


def compare_releases(old: Release, new: Release) -> list[Change]:
    """Return why a later release differs, each cause with what it changed.

    A report that came, went or was corrected is a cause, so is a decision of people,
    other weights, another codebook. An event is changed by the causes of its claims;
    what no cause of its own claims explains, merging with others does.
    """
    found: dict[tuple[str, str], Change] = {}

    def cause(name: str, what: str, detail: str = "") -> Change:
        return found.setdefault((name, what), Change(name, what, detail))

    by_report = report_causes(old, new)
    whole = [(name, report, told) for report, (name, told) in by_report.items()]
    fresh = new_decisions(old, new)
    whole += [
        ("review", d["claim"] or d["report"], decision_in_words(d)) for d in fresh
    ]
    remade = made_anew(old, new)
    words = settings_words(old, new, remade)
    for each in [*whole, *([(remade, *words)] if remade else [])]:
        cause(*each)
    decided = {d[side] for d in fresh for side in ("claim", "other")}
    decided |= {
        claim for d in fresh for pin in pins_by_decision(d) for claim in (pin.a, pin.b)
    }
    changed: set[str] = set()
    for key in sorted(old.claims.keys() | new.claims.keys()):
        before, after = old.claims.get(key), new.claims.get(key)
        if same_claim(before, after):
            continue
        report, claim = key
        if report in by_report:
            mine = cause(by_report[report][0], report)
        elif claim in decided:
            mine = cause("review", claim)
        else:
            rest = "merging", report, "read otherwise by the same settings"
            mine = cause(*((remade, *words) if remade else rest))
        mine.claims.add(claim)
        events = {c["event"] for c in (before, after) if c}
        mine.events |= events
        changed |= events
    for event in moved_events(old, new, changed):
        cause("merging", "claims in other events", "").events.add(event)
    order = {name: n for n, name in enumerate(CAUSES)}
    return sorted(found.values(), key=lambda c: (order[c.cause], c.what))


def decision_in_words(decision: Record) -> str:
    """Return a decision in words."""
    return f"{decision['kind']} {decision['question']}".strip()


def report_causes(old: Release, new: Release) -> dict[str, tuple[str, str]]:
    """Return the reports that came, went or were changed, each with how."""
    found = {}
    for report in sorted(old.reports.keys() | new.reports.keys()):
        before, after = old.reports.get(report), new.reports.get(report)
        if before is None:
            found[report] = "new report", (after or {}).get("outlet", "")
        elif after is None:
            found[report] = "withdrawn report", before["outlet"]
        elif before["sha256"] != after["sha256"]:
            found[report] = "correction", "its text"
        else:
            heads = [name for name in HEAD if before[name] != after[name]]
            if heads:
                found[report] = "correction", ", ".join(heads)
    return found


def new_decisions(old: Release, new: Release) -> list[Record]:
    """Return what people have decided since."""
    known = list(old.decisions)
    fresh = []
    for row in new.decisions:
        if row in known:
            known.remove(row)
        else:
            fresh.append(row)
    return fresh


def made_anew(old: Release, new: Release) -> str:
    """Return which settings differ: codebook, models, or none."""
    one, other = (r.settings["program"] for r in (old, new))
    runs = [[run["codebook"] for run in r.settings["runs"]] for r in (old, new)]
    if one["codebooks"] != other["codebooks"] or runs[0] != runs[1]:
        return "new codebook"
    if old.settings != new.settings:
        return "new models"
    return ""


def settings_words(old: Release, new: Release, remade: str) -> tuple[str, str]:
    """Return in words what made the newer record."""
    name = "codebooks" if remade == "new codebook" else "weights"
    ends = [r.settings["program"] for r in (old, new)]
    versions = " → ".join(dict.fromkeys(e["version"] for e in ends))
    one, other = (end[name][:8] for end in ends)
    same = f"the same {name}: other settings, or another version"
    return f"dateline {versions}", same if one == other else f"{name} {one} → {other}"


def same_claim(before: Record | None, after: Record | None) -> bool:
    """Whether a claim is as it was; to which event it belongs is merging's matter."""
    if before is None or after is None:
        return False
    return {**before, "event": ""} == {**after, "event": ""}


def moved_events(old: Release, new: Release, explained: Iterable[str]) -> set[str]:
    """Return the events whose claims changed place without a change of their own.

    An event that shares a claim with one that is explained is explained by it.
    """
    known = set(explained)
    moved: list[set[str]] = []
    for key in old.claims.keys() & new.claims.keys():
        pair = {old.claims[key]["event"], new.claims[key]["event"]}
        if len(pair) > 1:
            moved.append(pair)
    while near := [pair for pair in moved if pair & known and not pair <= known]:
        known.update(*near)
    return {event for pair in moved for event in pair} - known


def sum_causes(changes: Iterable[Change]) -> list[Record]:
    """Return how much each cause changed, the causes in order."""
    rows: dict[str, Record] = {}
    for change in changes:
        row = rows.setdefault(
            change.cause, {"cause": change.cause, "many": 0, "claims": 0, "events": 0}
        )
        row["many"] += 1
        row["claims"] += len(change.claims)
        row["events"] += len(change.events)
    return list(rows.values())
