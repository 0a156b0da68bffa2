"""Promises are followed to what came of them."""

from pathlib import Path

from dateline.analysis.planned_outcomes import follow_promises, tally_promises
from tests.analysis.made import Told, make_store, speaker

DAYS = {f"r{n}": f"2025-03-{n + 1:02}" for n in range(1, 9)}
MINISTER = (speaker("the minister", "KEN", "GOV"),)


def test_outcomes(tmp_path: Path) -> None:
    spring = {"first": "2025-03-06", "last": "2025-03-08"}
    told = [
        Told("kept", "r1", "AID", status="planned", said_by=MINISTER),
        Told("kept", "r2", "AID"),
        Told("off", "r1", "RETREAT", status="expected", said_by=MINISTER),
        Told("off", "r3", "RETREAT", status="negated"),
        Told("denied", "r1", "ASSAULT", status="planned"),
        Told("denied", "r2", "ASSAULT", status="denied"),
        Told("open", "r1", "CONSULT", status="planned", first="2025-03-05"),
        Told("before", "r4", "ACCUSE", status="planned", first="2025-04-01"),
        Told("before", "r3", "ACCUSE"),
        Told("words", "r1", "COERCE", status="planned", **spring),
        Told("deed", "r7", "COERCE", first="2025-03-07"),
        Told("far", "r7", "AID", first="2025-02-01", actor="FRA"),
    ]
    with make_store(tmp_path, told, days=DAYS) as kept:
        found = follow_promises(kept)
    outcomes = {p.event: (p.outcome, p.how) for p in found}
    assert outcomes == {
        "kept": ("happened", "the same event"),
        "off": ("cancelled", "the same event"),
        "denied": ("contradicted", "the same event"),
        "open": ("unknown yet", ""),
        "before": ("unknown yet", ""),
        "words": ("happened", "the same deed, on its days"),
    }
    assert {p.event for p in found if p.overdue} == {"open"}
    ledger = {row["speaker"]: row for row in tally_promises(found, "speaker")}
    assert (ledger["the minister"]["promises"], ledger["the minister"]["kept"]) == (2, 0.5)
    assert ledger["(the report itself)"]["kept"] == 0.5
    assert {row["kind"] for row in tally_promises(found, "kind")} >= {"AID", "CONSULT"}
