"""Gold files and Label Studio's tasks; agreement; how answers are written and read."""

import json
from pathlib import Path

import pytest

from benchmarks.reports import read_annotated_reports, score_reports
from dateline.analysis.review.decisions import Reviewer, book_of
from dateline.analysis.review.forms import QUESTIONS, About, read_answer, write_answer
from dateline.analysis.review.gold import write_review_files
from dateline.analysis.review.reviewed import agreements, kappa
from dateline.model.record import claim_record
from dateline.testing import TEXT, sample
from tests.analysis.review.conftest import id_of
from tests.claims import TEXT as REPORT_TEXT


def cut(report: dict[str, str]) -> list[tuple[int, int]]:
    return [(0, len(report["text"]))]


def test_gold_is_what_evaluate_reads(ana: Reviewer, tmp_path: Path) -> None:
    store, out = ana.store, tmp_path / "out"
    ana.confirm(id_of(store, "r1"))
    ana.judge(id_of(store, "r3"), {"recipients": "two Ugandan pilots = UGA MIL"}, "so")
    ana.whole("r3")
    assert write_review_files(store, out, cut, book_of(store)) == 2
    gold = read_annotated_reports([out])
    assert {row["id"]: row["complete"] for row in gold} == {"r1": False, "r3": True}
    assert all(row["text"] == REPORT_TEXT for row in gold)
    names = {row["id"]: row["report"] for row in gold}
    claims = [
        {**c, "report": names[c["report"]]}
        for name in ("r1", "r3")
        for c in store.claims({"report": name})
    ]
    scored = score_reports(gold, claims)
    assert scored["detection F1"] == 1.0
    assert scored["all matched: recipient"] == 0.5  # as r3 was corrected
    assert write_review_files(store, tmp_path / "whole", cut, book_of(store), whole=True) == 1


def test_an_unjudged_claim_is_neither_right_nor_wrong(ana: Reviewer, tmp_path: Path) -> None:
    ana.add("r1", {"trigger": "said", "type": "ACCUSE"}, "missed")
    write_review_files(ana.store, tmp_path, cut, book_of(ana.store))
    told = read_annotated_reports([tmp_path])[0]["tellings"]
    found = {t["trigger"]["text"]: t["importance"] for t in told}
    assert found == {"freed": "arguable", "said": "core"}


def test_label_studio_gets_words_beside_offsets(ana: Reviewer, tmp_path: Path) -> None:
    ana.judge(id_of(ana.store, "r1"), {"type": "AID"}, "aid")
    write_review_files(ana.store, tmp_path, cut, book_of(ana.store))
    (task,) = json.loads((tmp_path / "label-studio.json").read_text())
    text, made = task["data"]["text"], task["annotations"][0]["result"]
    spans = [r["value"] for r in made if r["type"] != "relation"]
    assert spans and all(text[v["start"] : v["end"]] == v["text"] for v in spans)
    types = {
        kind: [r["value"]["choices"] for r in rows if r.get("from_name") == "type"]
        for kind, rows in (("made", made), ("said", task["predictions"][0]["result"]))
    }
    assert types == {"made": [["AID"]], "said": [["RETREAT"]]}
    ids = {r["id"] for r in made if r["type"] == "labels"}
    ends = [(r["from_id"], r["to_id"]) for r in made if r["type"] == "relation"]
    assert ends and all(a in ids and b in ids for a, b in ends)
    interface = (tmp_path / "label-studio.xml").read_text()
    used = {r["from_name"] for r in made if r["type"] != "relation"}
    assert all(f'name="{name}"' in interface for name in used)


def test_reviewers_agree_as_far_as_counted_by_hand(ana: Reviewer) -> None:
    ben = Reviewer(ana.store, "ben")
    for report, types in (("r1", "AID AID"), ("r2", "AID CONSULT"), ("r3", "AID AID")):
        one, other = types.split()
        name = id_of(ana.store, report)
        ana.judge(name, {"type": one}, "so")
        ben.judge(name, {"type": other}, "so")
    found = {a.question: a for a in agreements(ana.store.review.decisions())}
    assert found["type"].items == 3 and found["type"].observed == pytest.approx(2 / 3)
    assert found["type"].kappa == 0.0  # ana always says AID: chance agrees as often
    assert found["right?"].kappa is None  # both hold all three to be claims
    assert found.keys() == {"type", "right?"}


def test_kappa_of_the_textbook() -> None:
    both = [("yes", "yes")] * 20 + [("no", "no")] * 15
    apart = [("yes", "no")] * 5 + [("no", "yes")] * 10
    assert kappa(both + apart) == pytest.approx(0.4)


def test_answers_are_read_as_they_are_written() -> None:
    import dateline.pipeline.factory

    claim, about = (
        claim_record(sample(), TEXT),
        About(TEXT, dateline.pipeline.factory.choose_codebook("plover")),
    )
    for question in QUESTIONS:
        told = write_answer(question, claim)
        assert read_answer(question, told, claim, about) == claim[question], question


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("when", "2025-03-03..2025-03-05"),
        ("when", "..2025-03-05"),
        ("when", ""),
        ("where", "Nairobi, KEN (city)"),
        ("where", ""),
        ("actors", "the army = KEN MIL; - (Uganda) = UGA GOV"),
        ("recipients", ""),
        ("said_by", "the army > a minister"),
        ("quantities", "killed 12; injured 3-5; crowd >=1000; troops <=40; arrested ~7"),
        ("mode", "visit phone"),
    ],
)
def test_new_answers_are_written_as_they_were_read(question: str, told: str) -> None:
    import dateline.pipeline.factory

    claim, about = (
        claim_record(sample(), TEXT),
        About(TEXT, dateline.pipeline.factory.choose_codebook("plover")),
    )
    made = {**claim, question: read_answer(question, told, claim, about)}
    assert write_answer(question, made) == told


def test_lists_and_files_are_as_reviewed_unless_asked_otherwise(
    ana: Reviewer, tmp_path: Path
) -> None:
    from typer.testing import CliRunner

    from dateline.cli import app

    def kinds(*words: str) -> tuple[list[str], str]:
        done = CliRunner().invoke(app, [*words, "--store", ana.store.where])
        assert done.exit_code == 0, done.output
        rows = map(json.loads, done.stdout.splitlines())
        return sorted(row["type"] for row in rows), done.stderr

    lists = ("events", "--claims", "--format", "jsonl")
    before, said = kinds(*lists)
    assert "as reviewed" not in said
    ana.judge(id_of(ana.store, "r1"), {"type": "AID"}, "it was aid")
    after, said = kinds(*lists)
    assert after.count("AID") == before.count("AID") + 1
    assert "as reviewed, 1 decisions heard" in said
    assert kinds(*lists, "--as-coded")[0] == before
    out = tmp_path / "x.jsonl"
    kinds("export", "--format", "jsonl", "--of", "claims", "--out", str(out))
    rows = map(json.loads, out.read_text().splitlines())
    assert sorted(row["type"] for row in rows) == after
