"""Days told without a year that the report tells elsewhere."""

from datetime import date

import pytest

from dateline.language.en.lexicon import load_english_lexicon
from dateline.times.tagging import tag
from dateline.times.years import with_years

DAY = date(2018, 5, 9)


@pytest.mark.parametrize(
    ("text", "words", "value", "day"),
    [
        ("It fell on May 7, 2016. Since the May 7 raid", "May 7 ", "2016-05-07", DAY),
        ("It fell on 7 May 2016. The May 7 raid", "May 7", "2016-05-07", None),
        ("The third anniversary of the May 7 raid", "May 7", "2015-05-07", DAY),
        ("The anniversary of the May 7 raid", "May 7", "2017-05-07", DAY),
        ("The May 7 raid", "May 7", "2018-05-07", DAY),
        ("May 7, 2015 and May 7, 2016. The May 7 raid", "May 7 r", "2018-05-07", DAY),
    ],
)
def test_a_day_is_of_the_year_told_for_it(text, words, value, day):
    start = text.rindex(words)
    found = with_years(
        text, load_english_lexicon(), tag(text, load_english_lexicon(), day)
    )
    assert [t.value for t in found if t.span.start == start] == [value]
