"""Days that count from another day of the story."""

from datetime import date

import pytest

from dateline.language.en.lexicon import load_english_lexicon
from dateline.times.anchored import anchor_times
from dateline.times.tagging import tag

DAY = date(2014, 11, 20)


def days(text: str) -> list[str]:
    times = tag(text, load_english_lexicon(), DAY)
    return [t.value for t in anchor_times(text, load_english_lexicon(), times, DAY)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        (
            "They met on Tuesday. The day before, police had raided a shop.",
            "2014-11-17",
        ),
        ("They met on Tuesday. On the eve of the talks, he fled.", "2014-11-17"),
        ("They met on Tuesday. The embassy shut the same day.", "2014-11-18"),
        ("They met on Tuesday. He left the next morning.", "2014-11-19"),
        ("Crowds marched the night before.", "2014-11-19"),
    ],
)
def test_the_day_is_counted_from_the_one_told_before(text, last):
    assert days(text)[-1] == last


def test_a_day_counted_from_another_says_so():
    text = "They met on Tuesday. The embassy shut the same day. He left the next day."
    times = tag(text, load_english_lexicon(), DAY)
    rules = {t.why.rule for t in anchor_times(text, load_english_lexicon(), times, DAY)}
    assert rules > {"times.anchored.v1", "times.day-beside.v1"}


def test_the_day_before_a_vote_is_another_s():
    assert "2014-11-19" not in days("He fled the day before the vote.")
