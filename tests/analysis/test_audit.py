"""Audits: blind sheets, what people say of them, and intervals that hold."""

import csv
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

from dateline.analysis.audit import (
    Key,
    allot_draws,
    appraise,
    coder_agreement,
    draw_audit,
    key_path,
    read_audit_key,
    read_sheet,
    recall,
    write_audit,
)
from dateline.analysis.error_correction import correct_panel
from dateline.analysis.estimate import (
    Stratum,
    Z,
    correct_count,
    mean_of_strata,
    share_of_strata,
    wilson_share,
)
from dateline.analysis.frames import Frame
from dateline.analysis.panel import Asked, count_panel
from dateline.analysis.scope import Scope
from dateline.store.errors import StoreError
from tests.analysis.made import Told, make_store

DRAWS = 1000


def store_of(folder: Path, many: int = 60) -> Any:
    told = [
        Told(f"e{n:03}", f"r{n % 7}", "AID" if n % 3 else "ASSAULT", sure=0.4 + n / 120)
        for n in range(many)
    ]
    return make_store(folder, told, days={f"r{n}": "2025-03-04" for n in range(7)})


def filled(path: Path, key: Key, wrong: set[str] | None = None) -> None:
    """Fill a sheet in as somebody does who agrees but for some items."""
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        told = key.items[row["item"]]
        row["type"] = "none" if row["item"] in (wrong or ()) else told["type"].lower()
        row["actor"], row["recipient"] = (" ".join(told[s]) for s in ("actor", "recipient"))
    with path.open("w", newline="") as file:
        out = csv.DictWriter(file, list(rows[0]))
        out.writeheader()
        out.writerows(rows)


def test_a_sheet_is_blind_and_drawn_by_its_seed(tmp_path: Path) -> None:
    with store_of(tmp_path) as kept:
        drawn = [draw_audit(kept, 20, ("type", "confidence"), 7, 5) for _ in range(2)]
        other = draw_audit(kept, 20, ("type",), 8, 0)
    (key, rows, gaps), again = drawn
    assert (key, rows) == again[:2]
    assert other[1] != rows
    assert len(rows) >= 20
    assert gaps == []
    assert {row["type"] for row in rows} == {""}
    assert all("[[freed]]" in row["text"] for row in rows)
    assert sum(key.sizes.values()) == 60
    assert allot_draws({"a": range(100), "b": range(3)}, 10) == {"a": 9, "b": 2}


def test_what_people_say_is_summed_up(tmp_path: Path) -> None:
    with store_of(tmp_path) as kept:
        key, rows, gaps = draw_audit(kept, 30, ("type",), 1, 0)
    sheet = tmp_path / "audit.csv"
    write_audit(sheet, key, rows, gaps)
    wrong = {row["item"] for row in rows[:6]}
    filled(sheet, key, wrong)
    key = read_audit_key(key_path(sheet))
    found = appraise(key, [read_sheet(sheet, key)], None)
    share = found["precision"]["claim"]
    assert share.judged == len(rows)
    assert share.value == pytest.approx(1 - 6 / len(rows), abs=0.02)
    assert share.low < share.value < share.high
    assert {(name, value) for name, value, _ in found["strata"]} == {
        ("type", "AID"),
        ("type", "ASSAULT"),
    }
    assert 0 < found["calibration"]["gap"] < 1


def test_altered_sheets_are_told(tmp_path: Path) -> None:
    with store_of(tmp_path) as kept:
        key, rows, gaps = draw_audit(kept, 10, ("type",), 1, 0)
    sheet = tmp_path / "audit.csv"
    write_audit(sheet, key, rows, gaps)
    with pytest.raises(StoreError, match="rows are without a type"):
        read_sheet(sheet, key)
    filled(sheet, key)
    lines = sheet.read_text().splitlines()
    for change, told in (
        (lines[:-2], "rows are missing: c00"),
        ([*lines, lines[-1]], "rows are twice there"),
        ([line.replace("Kenya", "Mali", 1) for line in lines], "rows are altered"),
        ([line.replace(",aid,", ",aidd,") for line in lines], "a type that there is none of"),
        (["item,text", "c0001,x"], "needs the columns item"),
    ):
        sheet.write_text("\n".join(change) + "\n")
        with pytest.raises(StoreError, match=told):
            read_sheet(sheet, key)
    with pytest.raises(StoreError, match="is no key of an audit"):
        read_audit_key(sheet)


def test_two_coders_agree_as_krippendorff_has_it() -> None:
    one = {
        f"c{n}": {"type": "AID", "actor": ["KEN"], "recipient": [], "status": ""} for n in range(10)
    }
    other = {item: {**told} for item, told in one.items()}
    one["c1"]["type"] = other["c1"]["type"] = "ASSAULT"
    one["c2"]["type"] = "ASSAULT"
    found = coder_agreement(one, other)
    # By hand: observed disagreement 2/20, expected 2*3*17/(20*19).
    assert found["type"] == pytest.approx(1 - (2 / 20) / (2 * 3 * 17 / (20 * 19)))
    assert found["actor"] is None


def test_recall_of_the_gate() -> None:
    items = {"s0001": {"stratum": "skipped"}, "s0002": {"stratum": "skipped"}}
    key = Key(("type",), {"AID": 80}, (), items, 40, ("AID",), 1)
    gaps = {"s0001": {"type": "AID"}, "s0002": {"type": "none"}}

    told = recall(key, gaps, wilson_share(10, 10))
    assert told["of gate"].value == pytest.approx(80 / 100)
    assert told["of gate"].low < 0.8 < told["of gate"].high


def test_intervals_of_means_cover_the_truth_and_the_bias_is_gone() -> None:
    """A coder of known error: half the mistakes of one stratum are one-sided."""
    luck = np.random.default_rng(3)
    sizes, drawn = (6000, 3000, 1000), (90, 60, 50)
    truth, told = [], []
    for size, share, error in zip(sizes, (0.3, 0.5, 0.2), (0.1, 0.25, 0.4), strict=True):
        true = (luck.random(size) < share).astype(float)
        wrong = luck.random(size) < error
        truth.append(true)
        told.append(np.where(wrong, 1.0, true))  # it sees what is not there
    mean = float(np.concatenate(truth).mean())
    raw = float(np.concatenate(told).mean())
    assert raw - mean > 0.1
    met, found = 0, []
    for _ in range(DRAWS):
        strata = []
        for true, said, many in zip(truth, told, drawn, strict=True):
            at = luck.choice(len(true), many, replace=False)
            strata.append(Stratum(len(true), list(said[at]), list(true[at])))
        estimate = mean_of_strata(raw, strata)
        met += estimate.low <= mean <= estimate.high
        found.append(estimate.value)
    assert 0.93 <= met / DRAWS <= 0.97
    assert abs(float(np.mean(found)) - mean) < 0.003


def test_intervals_of_shares_and_counts_cover_the_truth() -> None:
    luck = np.random.default_rng(5)
    sizes, rights, drawn = (4000, 1500, 500), (0.9, 0.6, 0.8), (110, 60, 30)
    sets = [luck.random(n) < p for n, p in zip(sizes, rights, strict=True)]
    mean = float(np.concatenate(sets).mean())
    cell = {"a": 400, "b": 150, "c": 50}  # with the errors of its strata
    true = sum(n * s.mean() for n, s in zip(cell.values(), sets, strict=True))
    met = counted = 0
    for _ in range(DRAWS):
        right = [
            int(luck.choice(s, n, replace=False).sum()) for s, n in zip(sets, drawn, strict=True)
        ]
        share = share_of_strata(list(zip(sizes, drawn, right, strict=True)))
        met += share.low <= mean <= share.high
        rates = dict(zip(cell, zip(right, drawn, strict=True), strict=True))
        estimate = correct_count(cell, rates)
        assert estimate is not None
        counted += estimate.low <= true <= estimate.high
    assert 0.93 <= met / DRAWS <= 0.97
    assert 0.93 <= counted / DRAWS <= 0.97


def test_a_corrected_panel_loses_the_bias(tmp_path: Path) -> None:
    """A third of what is coded as aid is an attack: people say so."""
    with store_of(tmp_path, 90) as kept, Frame(kept, Scope()) as frame:
        key, rows, gaps = draw_audit(kept, 45, ("type",), 2, 0)
        sheet = tmp_path / "audit.csv"
        write_audit(sheet, key, rows, gaps)
        aid = [r["item"] for r in rows if key.items[r["item"]]["type"] == "AID"]
        filled(sheet, key)
        attacks = set(Random(1).sample(aid, len(aid) // 3))
        with sheet.open(newline="") as file:
            told = list(csv.DictReader(file))
        for row in told:
            row["type"] = "ASSAULT" if row["item"] in attacks else row["type"]
        with sheet.open("w", newline="") as file:
            out = csv.DictWriter(file, list(told[0]))
            out.writeheader()
            out.writerows(told)
        panel = count_panel(frame, Asked(by="type"))
        made = correct_panel(frame, panel, sheet)
        with pytest.raises(StoreError, match="by --role of those"):
            correct_panel(frame, count_panel(frame, Asked(role="place")), sheet)
    found = {row["type"]: row for row in made.records()}
    assert (found["AID"]["events"], found["ASSAULT"]["events"]) == (60, 30)
    assert found["AID"]["events_corrected"] == pytest.approx(40, abs=0.01)
    assert found["ASSAULT"]["events_corrected"] == pytest.approx(50, abs=0.01)
    assert found["AID"]["corrected_low"] < 40 < found["AID"]["corrected_high"]


def test_the_estimator_is_that_of_prediction_powered_inference() -> None:
    """What `ppi_py` 0.2.3 gave for the same made-up coder (ppi_mean_ci, lam=1).

    It takes the items for a sample of something larger: without the part that a whole
    population has no need of, and with what the program's own mean varies, its
    interval is ours.
    """
    point, low, high = 0.3672, 0.31400334, 0.42039666
    many, judged = 5000, 250
    luck = np.random.default_rng(7)
    true = luck.random(many) < 0.35
    told = np.where(luck.random(many) < 0.8, true, ~true)
    drawn = luck.permutation(many)[:judged]
    y, f = (part[drawn].astype(float).tolist() for part in (true, told))
    found = mean_of_strata(float(told.mean()), [Stratum(many, f, y)])
    assert found.value == pytest.approx(point, abs=1e-9)
    half = (found.high - found.low) / 2 / Z
    gaps = half**2 / (1 - judged / many) * (judged - 1) / judged
    wider = Z * float(np.sqrt(gaps + told.var() / many))
    assert (point - wider, point + wider) == pytest.approx((low, high), abs=1e-5)
