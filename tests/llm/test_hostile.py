"""Thirty reports that try to command a model, each with an answer that obeys.

No texts of anybody: `hostile.jsonl` is invented. What a report says must change no
claim of another report, and no answer may bring a code outside the schema.
"""

import json
from collections.abc import Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from benchmarks.opinion import revise_claims
from dateline.llm.prompt import (
    CLOSE,
    OPEN,
    ListedAct,
    ListedParty,
    Sheet,
    make_fence,
    write_question,
)
from dateline.llm.revision import Book
from dateline.llm.validation import (
    UNPRINTABLE,
    Checker,
    Opinion,
    Unusable,
    country_code,
    ground_answer,
)
from dateline.model import Actor, Claim, Report, Span, Why
from dateline.model.record import STATUSES
from dateline.resources.codebook.plover import load
from tests.claims import TEXT, claim
from tests.llm.sheets import list_claims

BOOK = load()
ROWS = [
    json.loads(line)
    for line in Path(__file__).with_name("hostile.jsonl").read_text("utf-8").split("\n")
    if line
]
OTHER = claim()
CODES = {"wrong_code", "wrong_number", "wrong_shape", "no_such_words", "told_before"}


def hostile_sheet(text: str) -> Sheet:
    at, deed = (Span(*find(text, words)) for words in ("Ruria's army", "shelled"))
    army = Actor("army of Ruria", "KEN", ("MIL",), None, "resolved", at, Why("t.v1"))
    act = ListedAct(deed, "ASSAULT", "", "happened", (0,))
    return Sheet((act,), (ListedParty(army, (at,)),))


def find(text: str, words: str) -> tuple[int, int]:
    start = text.rindex(words)
    return start, start + len(words)


def obey(row: dict[str, Any]) -> tuple[Opinion, Sequence[Claim]]:
    """What stands of the answer of a model that did as the report says."""
    text, sheet, told = row["text"], hostile_sheet(row["text"]), row["answer"]
    if isinstance(told, dict) and "nested" in told:
        told = "[" * told["nested"]
    raw = told if isinstance(told, str) else json.dumps(told)
    whole = Span(0, len(text))
    try:
        opinion = ground_answer(raw, Checker("h", text, [whole], sheet, BOOK, whole))
    except Unusable:
        opinion = Opinion(sheet.parties)
    return opinion, list(revise_claims({}, sheet, opinion, Book(BOOK, "h", text)))


def revise_other() -> list[Claim]:
    """What becomes of another report, to which an honest model said yes."""
    sheet = list_claims([OTHER])
    sides = {"actors": ["M1"], "recipients": ["M2"]}
    what = {"type": "RETREAT", "mode": "release", "status": "happened"}
    told = {"parties": [], "acts": [{"act": "A1", "why": "", **what, **sides}]}
    whole = Span(0, len(TEXT))
    checker = Checker("r1", TEXT, [whole], sheet, BOOK, whole)
    opinion = ground_answer(json.dumps(told), checker)
    return list(revise_claims({0: OTHER}, sheet, opinion, Book(BOOK, "r1", TEXT)))


def test_there_are_thirty():
    assert len({row["what"] for row in ROWS}) == 30


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_a_report_stays_in_its_block(row):
    text = row["text"]
    question = write_question(Report("h", text), hostile_sheet(text))
    fence = make_fence(text)
    head, rest = question.split(f"\n<<<{fence}\n")
    assert fence not in text
    assert rest.endswith(f"\n{fence}>>>")
    block = rest.removesuffix(f"\n{fence}>>>")
    assert block.count(OPEN) == block.count(CLOSE) == 1
    bare = block.replace(f"{OPEN}A1:shelled{CLOSE}", "shelled")
    assert bare == text.replace(OPEN, "[").replace(CLOSE, "]")
    assert head.splitlines()[2:] == [
        *("PARTIES", "M1 army of Ruria [KEN MIL]", ""),
        *("ACTS", 'A1 "shelled" ASSAULT happened M1 > -', "", "REPORT"),
    ]


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_a_model_that_obeys_brings_in_no_code_and_no_words(row):
    opinion, every = obey(row)
    assert {problem.code for problem in opinion.problems} <= {*CODES, "unanswered"}
    assert all(len(p.message) <= 200 for p in opinion.problems)
    reasons = [each.why for each in (*opinion.judged, *opinion.found)]
    assert all(len(why) <= 200 for why in reasons)
    said = [p.message for p in opinion.problems] + reasons
    said += [party.who.name for party in opinion.parties]
    assert all(not UNPRINTABLE.search(words) for words in said)
    for each in every:
        check_claim(each, row["text"])


def check_claim(told: Claim, text: str) -> None:
    assert told.report_id == "h"
    assert told.action.deed in BOOK.types
    assert told.type in BOOK.types
    assert told.certainty.status in STATUSES
    known = {m.name for m in BOOK.modes if m.type == told.action.deed}
    assert set(told.action.modes) <= known
    assert text[told.action.trigger.start : told.action.trigger.end]
    for who in chain(told.actors, told.recipients):
        assert who.country is None or who.country == country_code(who.country)
        assert set(who.sectors) <= set(BOOK.sectors)
        assert "\n" not in who.name
        assert len(who.name) <= 120
        assert who.span is None or who.span.of(text)


REFUSED = {row["what"] for row in ROWS} - {
    "a finished answer",  # says nothing of A1, which is told below
    "an end of the block",
    "a schema of its own",
    "lists that are none",
    "depth without end",
    "a name of many lines",
    "a reason as long as a book",
    "markup in a reason",
}


@pytest.mark.parametrize("row", ROWS, ids=[row["what"] for row in ROWS])
def test_what_was_commanded_is_refused_and_told(row):
    opinion, every = obey(row)
    if row["what"] in REFUSED:
        assert opinion.problems
    assert len(every) <= 1
    assert not opinion.found


def test_no_claim_of_another_report_changes():
    before = revise_other()
    for row in ROWS:
        obey(row)
        assert revise_other() == before
    assert before == [OTHER]
