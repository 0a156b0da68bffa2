import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from benchmarks import opinion
from benchmarks.tasks import evaluate_task
from dateline.llm.prompt import pack_sheet
from dateline.model.text import hash_words
from tests.llm.sheets import list_claims

TEXT = (
    "NAIROBI - Kenya's president met Uganda's president in Nairobi on Monday.\n"
    "Kenya condemned Uganda over the arrest of two pilots."
)
GOLD: dict[str, Any] = {
    "report": "g1",
    "outlet": "Global Wire",
    "published": "2025-03-04",
    "sentences": [[0, 72], [73, 126]],
}
KENYA = {"country": "KEN", "sector": "GOV", "accept_countries": []}
UGANDA = {**KENYA, "country": "UGA"}


def event(words: str, kind: str, **more: object) -> dict[str, Any]:
    start = TEXT.index(words)
    at = {"text": words, "start": start, "end": start + len(words)}
    known = {"accept_sectors": [], "implicit": False, "text": "", "name": ""}
    sides = {
        "actors": [{**KENYA, **known, "start": 0, "end": 1}],
        "recipients": [{**UGANDA, **known, "start": 0, "end": 1}],
    }
    return {
        "id": kind,
        "event_id": kind,
        "importance": "core",
        "trigger": at,
        "mentions": [at],
        "evidence": at,
        "type": kind,
        "accept_types": [],
        "mode": [],
        "reciprocal": kind == "CONSULT",
        "when": None,
        "where": None,
        "status": "happened",
        "accept_status": [],
        "said_by": [[]],
        **sides,
        **more,
    }


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """A folder of gold about one report, and the sheet that a model is shown."""
    folder = tmp_path_factory.mktemp("gold")
    events = [event("met", "CONSULT"), event("condemned", "ACCUSE")]
    for name in ("gold", "texts"):
        (folder / name).mkdir()
    gold = json.dumps({**GOLD, "events": events})
    (folder / "gold" / "g1.json").write_text(gold, "utf-8")
    (folder / "texts" / "g1.txt").write_text(TEXT, "utf-8")
    found = opinion.find_candidates(opinion.gold_report({**GOLD, "text": TEXT}))
    return folder, pack_sheet(list_claims(found.acts, found.doubted))


def figures(asked: tuple[Path, dict[str, Any]], **lists: object) -> dict[str, float]:
    folder, sheet = asked
    answer = json.dumps({"parties": [], "missed": [], **lists})
    row = {"report": "g1", "answer": answer, "sheet": sheet}
    path = folder / "answers.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    found = evaluate_task("opinion", [folder, path])
    return {name: round(cells[0], 3) for name, cells in found.items()}


def number(sheet: dict[str, Any], words: str) -> int:
    at = TEXT.index(words)
    return next(i for i, a in enumerate(sheet["acts"], 1) if a[0] <= at < a[1])


def test_what_a_model_drops_is_not_told_and_what_it_adds_is(asked):
    folder, sheet = asked
    parties = [
        {"party": "N1", "words": "Kenya", "name": "Kenya", "country": "KEN"},
        {"party": "N2", "words": "Uganda", "name": "Uganda", "country": "UGA"},
    ]
    parties = [{**p, "sectors": ["GOV"]} for p in parties]
    what = {"why": "", "mode": "", "status": "happened"}
    sides = {"actors": ["N1"], "recipients": ["N2"]}
    met = number(sheet, "met")
    acts = [
        {"act": f"A{i}", "why": "", "drop": True}
        for i in range(1, len(sheet["acts"]) + 1)
        if i != met
    ]
    acts.append({"act": f"A{met}", "type": "CONSULT", **what, **sides})
    found = figures(asked, parties=parties, acts=acts)
    assert found["all, missed acts too: precision"] == 1.0
    assert found["all, missed acts too: recall"] == 0.5
    assert found["all, missed acts too: END-TO-END precision"] == 1.0
    assert found["counted: parties added"] == 2
    lone = {**sheet, "acts": [sheet["acts"][met - 1]]}
    kept = [{"act": "A1", "type": "CONSULT", **what, **sides}]
    words = {"words": "condemned", "sentence": "Kenya condemned"}
    missed = [{**words, "type": "ACCUSE", **what, **sides}]
    found = figures((folder, lone), parties=parties, acts=kept, missed=missed)
    assert found["counted: acts added"] == 1
    assert found["all, missed acts too: recall"] == 1.0


def test_an_unusable_answer_changes_nothing(asked):
    folder, sheet = asked
    row = {"report": "g1", "answer": "I cannot help.", "sheet": sheet}
    (folder / "bad.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    found = evaluate_task("opinion", [folder, folder / "bad.jsonl"])
    assert found["counted: unusable answers"][0] == 1
    for figure in ("precision", "recall", "END-TO-END"):
        own = found[f"the program as it is: {figure}"]
        assert found[f"all, missed acts too: {figure}"] == own


def test_answers_are_named_beside_the_gold(asked):
    with pytest.raises(ValueError, match="file of answers"):
        evaluate_task("opinion", [asked[0]])


def test_kept_answers_quote_nothing_and_are_checked_as_if_they_did():
    party = {"party": "N1", "words": "Uganda’s  president", "name": "Foo"}
    missed = {"words": "condemned", "sentence": "Kenya condemned", "why": "told"}
    strange = {"words": "never said", "sentence": "Kenya"}
    answer = {"parties": [party], "acts": [], "missed": [missed, strange, "?"]}
    kept = opinion.hide_quotes(json.dumps(answer), TEXT)
    told = json.dumps(kept)
    assert not any(words in told for words in ("president", "condemned", "never"))
    row = {"report": "g1", "text": hash_words(TEXT), "answer": kept}
    again = json.loads(opinion.quote_again(row, TEXT)["answer"])
    assert again["parties"] == [{**party, "words": "Uganda's president"}]
    assert again["missed"][0] == missed
    assert again["missed"][1]["words"] not in TEXT
    with pytest.raises(ValueError, match="another text"):
        opinion.quote_again(row, TEXT + ".")
    assert "unread" in opinion.hide_quotes("I cannot help.", TEXT)


def test_asking_only_where_unsure_spends_no_more_than_its_share():
    rows = [{"opinion": {"characters": [size, 9]}} for size in (40, 10, 20, 30)]
    doubts = (4.0, 3.0, 1.0, 6.0)
    tallies = [opinion.Tally({}, Counter(), doubt) for doubt in doubts]
    asked = {s: opinion.ask_unsure(rows, tallies, s) for s in (0.05, 0.2, 0.5, 1.0)}
    taken = {s: [part == opinion.ALL for part in parts] for s, parts in asked.items()}
    assert taken == {
        0.05: [False] * 4,
        0.2: [False, True, False, False],
        0.5: [False, True, False, True],
        1.0: [True] * 4,
    }
