"""Days told without their year, or from another day of the story."""

from datetime import date

import pytest

from dateline.extract.time.report_times import anchor_times, with_years
from dateline.extract.time.tagging import tag
from dateline.nlp.en.lexicon import load_english_lexicon

DAY = date(2014, 11, 20)
MAY = date(2018, 5, 9)


def days(text: str) -> list[str]:
    times = tag(text, load_english_lexicon(), DAY)
    return [t.value for t in anchor_times(text, load_english_lexicon(), times, DAY)]


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("They met on Tuesday. The day before, police had raided a shop.", "2014-11-17"),
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


@pytest.mark.parametrize(
    ("text", "words", "value", "day"),
    [
        ("It fell on May 7, 2016. Since the May 7 raid", "May 7 ", "2016-05-07", MAY),
        ("It fell on 7 May 2016. The May 7 raid", "May 7", "2016-05-07", None),
        ("The third anniversary of the May 7 raid", "May 7", "2015-05-07", MAY),
        ("The anniversary of the May 7 raid", "May 7", "2017-05-07", MAY),
        ("The May 7 raid", "May 7", "2018-05-07", MAY),
        ("May 7, 2015 and May 7, 2016. The May 7 raid", "May 7 r", "2018-05-07", MAY),
    ],
)
def test_a_day_is_of_the_year_told_for_it(text, words, value, day):
    start = text.rindex(words)
    found = with_years(text, load_english_lexicon(), tag(text, load_english_lexicon(), day))
    assert [t.value for t in found if t.span.start == start] == [value]
