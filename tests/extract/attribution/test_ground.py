"""Quotations of every kind of mark, balanced or not."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.extract.attribution.parse_index import quotes
from dateline.nlp.en.lexicon import load_english_lexicon


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("“We won,” he said.", ["We won,"]),
        ('"We won," he said. "They fled."', ["We won,", "They fled."]),
        ("``We won,'' he said.", ["We won,"]),
        ("«We won», he said.", ["We won"]),
        ("« We won », he said.", ["We won"]),
        ("»We won«, he said. »They fled.«", ["We won", "They fled."]),
        ("‹We won›, he said; ›They fled‹, she added.", ["We won", "They fled"]),
        ("„We won“, he said.", ["We won"]),
        ("‚We won‘, he said of the guards’ plan.", ["We won"]),
        ("'We won,' he said.", ["We won,"]),
        ("The ministers' plan and the unions' answer.", []),
        ("It was '90s music, not rock 'n' roll.", []),
        ("It's the guards' job, isn't it?", []),
        ('He said "we never stop', ["we never stop"]),
        ('The "plan" of both ministers won.', ["plan"]),
    ],
)
def test_marks_quote_and_apostrophes_do_not(text: str, quoted: list[str]) -> None:
    assert [q.inner.of(text) for q in quotes(text, load_english_lexicon())] == quoted


def test_a_quotation_left_open_runs_on_into_the_next_paragraph() -> None:
    text = '"We won and we stay.\n"They fled," he said.'
    first, second = quotes(text, load_english_lexicon())
    assert first.runs_on
    assert second.inner.of(text) == "They fled,"


@given(st.text(alphabet="ab s.,\"'“”„‘’‚`«»‹›\n", max_size=80))
def test_any_text_gives_quotations_in_order(text: str) -> None:
    spans = [q.span for q in quotes(text, load_english_lexicon())]
    assert spans == sorted(spans)
    assert all(0 <= s.start < s.end <= len(text) for s in spans)


def test_a_hundred_thousand_marks_take_no_time() -> None:
    for pattern in ("'a \"", "'a ", '"', "' a's "):
        start = time.process_time()
        quotes(pattern * (100_000 // len(pattern)), load_english_lexicon())
        assert time.process_time() - start < 5.0
