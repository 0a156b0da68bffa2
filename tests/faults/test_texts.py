"""The whole coder over text that no reader expects: bounded time, honest answers."""

import json
from time import process_time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.model.coding import Coding
from dateline.model.record import claim_record
from dateline.pipeline.coder import Coder
from dateline.pipeline.factory import Options, make_coder
from tests.faults.texts import LEAD, REFUSED, TEXTS

pytestmark = pytest.mark.fault
BOUND = 60  # CPU seconds: ten times what the slowest takes on a quiet machine
WORDS = ("Kenya", "army", "killed", "five", "said", "“", "”", "'", ".", ",", "\n", "the")
MORE = ("Monday", "—", "(", ")", "U.S.", "not", "will", "met", "and", "\u200b", "31", "é")


@pytest.fixture(scope="module")
def program() -> Coder:
    """The coder with every sentence parsed: the hardest case."""
    return make_coder(Options(gate=False))


def code(program: Coder, text: str) -> Coding:
    coding = program.code(complete_report(Report("r", text, language="")))
    rows = [claim_record(claim, text) for claim in coding.claims]
    json.dumps(rows)
    for row in rows:
        sliced(row, text)
    return coding


def sliced(value: Any, text: str) -> None:
    """Every offset slices the report's text to the words told beside it."""
    if isinstance(value, dict):
        if value.get("start") is not None and value.get("text") is not None:
            assert text[value["start"] : value["end"]] == value["text"]
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            sliced(one, text)


@pytest.mark.parametrize("name", TEXTS)
def test_any_text_is_coded_in_bounded_time(program: Coder, name: str) -> None:
    began = process_time()
    code(program, TEXTS[name])
    assert process_time() - began < BOUND


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_report_is_told_as_such(program: Coder, name: str) -> None:
    text, problem = REFUSED[name]
    coding = code(program, text)
    assert [p.code for p in coding.problems] == [problem]
    assert not coding.claims


@pytest.mark.parametrize("name", ["orders", "markup", "zero width", "BOM in the middle"])
def test_noise_around_a_report_adds_no_act(program: Coder, name: str) -> None:
    own = {c.action.deed for c in code(program, LEAD).claims}
    assert {c.action.deed for c in code(program, TEXTS[name]).claims} <= own


def test_capitals_are_read(program: Coder) -> None:
    assert "ASSAULT" in {c.type for c in code(program, TEXTS["capitals"]).claims}


@pytest.mark.parametrize("name", ["no verbs", "place names only", "boilerplate", "a table"])
def test_silence_where_nothing_is_done(program: Coder, name: str) -> None:
    assert not code(program, TEXTS[name]).claims


def test_ten_times_the_text_takes_ten_times_the_time(program: Coder) -> None:
    def seconds(n: int, name: str) -> float:
        text = "\n\n".join(LEAD.replace("five", f"{i} {name}") for i in range(n))
        began = process_time()
        code(program, text)
        return process_time() - began

    seconds(10, "armed")
    short = seconds(60, "armed") + seconds(60, "young")
    assert seconds(600, "armed") < 16 * short  # twice the aim: machines are noisy


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.one_of(st.sampled_from(WORDS + MORE), st.text(max_size=5))))
def test_random_text_breaks_nothing(program: Coder, words: list[str]) -> None:
    text = " ".join(words)
    assert code(program, text) == code(program, text)
