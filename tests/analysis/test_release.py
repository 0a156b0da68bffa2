"""Releases: the same bytes twice, every change with its cause, ids that never die."""

import json
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml

from dateline.analysis.describe import REST, About
from dateline.analysis.release import (
    compare_releases,
    cut_release,
    moved_events,
    read_release,
    sum_causes,
)
from dateline.events.event_summaries import summarise
from dateline.export.columns import Line
from dateline.llm.cache import (
    AnswerBook,
    Came,
    KeptAnswer,
    forget_answers,
    frame_question,
    place_answers,
)
from dateline.llm.messages import Prompt
from dateline.llm.policy import Server
from dateline.store.errors import StoreError
from dateline.store.maintenance import forget_person
from dateline.store.sql import Kept, SqlStore
from dateline.testing import MADE, REPORT
from tests.analysis.made import Told, claim_of, make_store, text_of

ABOUT = About("2025.1", "Lake events", ("Lake Institute",), "CC-BY-4.0")
TOLD = [
    Told("e1", "r1", killed=(2, 3, 5), id="c1"),
    Told("e2", "r2", "AID", id="c2"),
    Told("e3", "r3", "CONSULT", id="c3"),
    Told("e1", "r4", id="c4"),
]


def hashes(folder: Path) -> dict[str, str]:
    return {p.name: sha256(p.read_bytes()).hexdigest() for p in sorted(folder.iterdir())}


def add_report(store: SqlStore, name: str, told: Told, text: str) -> None:
    day = date(2026, 1, 9)  # later than all that is there
    heads: dict[str, Any] = {"title": text[-60:], "outlet": "Global Wire", "published": day}
    heads["url"] = f"https://example.org/{name}"
    report = replace(REPORT, id=name, text=text, **heads)
    store.save_all([Kept(report, [claim_of(told, 0)], (), sentences=1)], MADE)
    summarise(store)


def reject(store: SqlStore, claim: str, report: str) -> None:
    row = {"reviewer": "Ann", "kind": "reject", "report": report, "claim": claim}
    rest = {"other": "", "question": "", "told": {}, "answer": None, "reason": "x"}
    store.review.decide([{**row, **rest}])


def test_the_same_store_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        order = TOLD if name == "a" else TOLD[::-1]
        with make_store(tmp_path / name, order) as kept:
            cut_release(kept, ABOUT, tmp_path / name / "out")
        made.append(hashes(tmp_path / name / "out"))
    assert made[0] == made[1]
    told = (tmp_path / "a" / "out" / "claims.jsonl").read_text()
    assert "freed" not in told
    assert "Kenya freed" not in (tmp_path / "a" / "out" / "README.md").read_text()


@pytest.mark.parametrize(
    ("corrected", "events", "fate"),
    [  # the same act again goes on as the event that it was; another one is new
        (Told("e5", "r2", "AID", id="c5"), {"e2"}, ("current", "")),
        (Told("e5", "r2", "PROTEST", "PER", "CHL", id="c5"), {"e2", "e5"}, ("gone", "")),
    ],
)
def test_three_changes_are_three_causes(
    tmp_path: Path, corrected: Told, events: set[str], fate: tuple[str, str]
) -> None:
    with make_store(tmp_path, TOLD) as kept:
        cut_release(kept, ABOUT, tmp_path / "one")
        add_report(kept, "r9", Told("e9", "r9", "PROTEST", "FRA", "DEU", id="c9"), text_of("r9"))
        add_report(kept, "r2", corrected, text_of("r2 corrected"))
        reject(kept, "c3", "r3")
        cut_release(kept, replace(ABOUT, name="2025.2"), tmp_path / "two", tmp_path / "one")
    old, new = read_release(tmp_path / "one"), read_release(tmp_path / "two")
    changes = compare_releases(old, new)
    assert [(c.cause, c.what) for c in changes] == [
        ("new report", "r9"),
        ("correction", "r2"),
        ("review", "c3"),
    ]
    assert [c.events for c in changes] == [{"e9"}, events, {"e3"}]
    assert [row["many"] for row in sum_causes(changes)] == [1, 1, 1]
    assert compare_releases(old, old) == []
    fates = {event: (row["fate"], row["now"]) for event, row in new.ids.items()}
    assert fates["e1"] == ("current", "")
    assert fates["e2"] == fate
    told = "its report was corrected, and tells it no longer"
    assert new.ids["e2"]["why"] == (told if fate[0] == "gone" else "")
    assert fates["e3"] == ("gone", "")
    assert "review" in new.ids["e3"]["why"]


def test_merged_and_split_ids_point_on(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with make_store(tmp_path / "one", TOLD) as kept:
        cut_release(kept, ABOUT, tmp_path / "a")
    moved = [
        replace(t, event={"e1": "x" + t.report, "e2": "x0", "e3": "x0"}[t.event]) for t in TOLD
    ]
    with make_store(tmp_path / "two", moved) as kept:
        cut_release(kept, ABOUT, tmp_path / "b", tmp_path / "a")
    new = read_release(tmp_path / "b")
    assert (new.ids["e1"]["fate"], new.ids["e1"]["now"]) == ("split", "xr1 xr4")
    assert (new.ids["e2"]["fate"], new.ids["e2"]["now"]) == ("merged", "x0")
    changes = compare_releases(read_release(tmp_path / "a"), new)
    assert {c.cause for c in changes} == {"merging"}


def test_old_ids_stand_in_order_and_what_moved_on_is_explained(tmp_path: Path) -> None:
    many = [Told(f"e{n:02}", f"r{n}", id=f"c{n:02}") for n in range(12)]
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    with make_store(tmp_path / "one", many) as kept:
        cut_release(kept, ABOUT, tmp_path / "a")
    moved = [replace(t, event=f"x{n:02}") for n, t in enumerate(many)]
    with make_store(tmp_path / "two", moved) as kept:
        cut_release(kept, ABOUT, tmp_path / "b", tmp_path / "a")
    old, new = read_release(tmp_path / "a"), read_release(tmp_path / "b")
    assert list(new.ids) == [t.event for t in (*many, *moved)]
    after = {n: f"e{n + 1:02}" for n in range(12)}
    on = {key: {**c, "event": after[int(c["id"][1:])]} for key, c in old.claims.items()}
    chained = replace(old, claims=on)
    assert moved_events(old, chained, {"e00"}) == set()
    assert moved_events(old, chained, ()) == {"e00", *after.values()}


def test_other_settings_are_not_told_as_other_weights(tmp_path: Path) -> None:
    with make_store(tmp_path, TOLD) as kept:
        cut_release(kept, ABOUT, tmp_path / "one")
    old = read_release(tmp_path / "one")
    program = {**old.settings["program"], "weights": "f00d" * 16}
    heavier = replace(old, settings={**old.settings, "program": program})
    runs = replace(old, settings={**old.settings, "runs": []})
    (weights,), (codebook,) = (compare_releases(old, r) for r in (heavier, runs))
    assert weights.cause == "new models" and weights.detail.endswith("→ f00df00d")
    assert codebook.detail == "the same codebooks: other settings, or another version"


def test_a_release_describes_itself(tmp_path: Path) -> None:
    from frictionless import Package

    with make_store(tmp_path, TOLD) as kept:
        counts = cut_release(kept, ABOUT, tmp_path / "out")
    assert counts == {"events": 3, "claims": 4, "reports": 4, "ids": 3}
    cite = yaml.safe_load((tmp_path / "out" / "CITATION.cff").read_text())
    assert (cite["cff-version"], cite["authors"]) == ("1.2.0", [{"name": "Lake Institute"}])
    report = Package(str(tmp_path / "out" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    told = json.loads((tmp_path / "out" / "croissant.json").read_text())
    assert told["conformsTo"] == "http://mlcommons.org/croissant/1.0"
    files = {each["@id"]: each for each in told["distribution"]}
    columns = (tmp_path / "out" / "claims.csv").read_text().splitlines()[0].split(",")
    claims = next(s for s in told["recordSet"] if s["@id"] == "claims")
    assert [f["source"]["extract"]["column"] for f in claims["field"]] == columns
    for name, each in files.items():
        assert sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == each["sha256"]
    sheet = (tmp_path / "out" / "README.md").read_text()
    assert "3 events that 4 claims of 4 reports tell" in sheet


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what reads it
def test_a_release_is_sound_croissant(tmp_path: Path) -> None:
    import mlcroissant

    with make_store(tmp_path, TOLD) as kept:
        counts = cut_release(kept, ABOUT, tmp_path / "out")
    found = mlcroissant.Dataset(jsonld=str(tmp_path / "out" / "croissant.json"))
    issues = found.metadata.ctx.issues
    assert (issues.errors, issues.warnings) == (set(), set())
    for name, many in counts.items():
        rows = list(found.records(name))
        assert len(rows) == many
    assert {row["ids/event"] for row in rows} == {b"e1", b"e2", b"e3"}


def test_what_cannot_be_released_is_told(tmp_path: Path) -> None:
    with make_store(tmp_path, TOLD) as kept:
        cut_release(kept, ABOUT, tmp_path / "out")
        with pytest.raises(StoreError, match="never overwritten"):
            cut_release(kept, ABOUT, tmp_path / "out")
        with pytest.raises(StoreError, match="no name for a release"):
            cut_release(kept, About("No Name"), tmp_path / "x")
    with (tmp_path / "out" / "events.csv").open("a") as file:
        file.write("x\n")
    with pytest.raises(StoreError, match=r"events.csv is not as it was released"):
        read_release(tmp_path / "out")
    with pytest.raises(StoreError, match="is no release"):
        read_release(tmp_path)
    with SqlStore(str(tmp_path / "e.db")) as empty, pytest.raises(StoreError, match="holds no"):
        cut_release(empty, ABOUT, tmp_path / "y")


def test_forgotten_people_are_in_no_release(tmp_path: Path) -> None:
    told = [*TOLD, Told("e7", "r7", name="Ann Karlov", id="c7")]
    with make_store(tmp_path, told) as kept:
        forget_person(kept, "Ann Karlov")
        summarise(kept)
        about = replace(ABOUT, names=True, words=True)
        cut_release(kept, about, tmp_path / "out")
    for path in (tmp_path / "out").iterdir():
        assert "Karlov" not in path.read_text(), path.name


def test_what_a_model_answered_is_part_of_a_release(tmp_path: Path) -> None:
    asked = Prompt("r1", "Choose.", "Kenya freed Ann Poe.", {"type": "object"}, 64)
    question = frame_question(asked, Server("http://localhost/v1", "small"))
    text = '{"words": "freed Ann Poe"}'
    came = Came(200, text.encode(), KeptAnswer(text, "", "", "small", "stop", 40, 10))
    with make_store(tmp_path, TOLD) as kept:
        assert kept.file is not None
        beside = place_answers(str(kept.file))
        book = AnswerBook(beside)
        book.keep(question, "http://localhost/v1", "", came)
        book.close()
        cut_release(kept, ABOUT, tmp_path / "a")
        open_ = replace(ABOUT, words=True, names=True)
        cut_release(kept, open_, tmp_path / "b")
    bare, whole = (json.loads((tmp_path / name / "answers.jsonl").read_text()) for name in "ab")
    assert "answer" not in bare and "Poe" not in str(bare)
    assert whole["answer"] == text
    assert bare["content"] == question.content
    assert bare["model"] == "small"
    assert "answers.jsonl" in (tmp_path / "a" / "SHA256SUMS").read_text()
    assert forget_answers(beside, "ann poe") == 1
    assert b"Poe" not in beside.read_bytes()
    assert forget_answers(beside, "ann poe") == 0


def test_a_release_counts_the_killed_of_the_act_and_no_total_beside_it() -> None:
    total = {"what": "killed", "low": 90, "best": 90, "high": 90, "scope": "total"}
    here = {"what": "killed", "low": 2, "best": 3, "high": 4, "scope": "this act"}
    line = Line({"quantities": [total, here]})
    told = {c.name: c.draw(line) for c in REST if c.draw and c.name[:6] == "killed"}
    assert told == {"killed_low": 2, "killed_best": 3, "killed_high": 4}
