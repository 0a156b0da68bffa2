"""When a clause tells of the day: read over real parses."""

from datetime import date

import pytest

from dateline.language.en import pack
from dateline.model import Dating, Report, Setting, Span
from dateline.read.wire import mark
from dateline.times import when
from tests.acts import bare

SETTING = Setting(Dating(date(2009, 3, 19), date(2009, 3, 19), True, ()))


def asked(text: str, trigger: str, deed: str = "ASSAULT"):
    report = mark(Report("r", text))
    start = text.rindex(trigger)
    at = Span(start, start + len(trigger))
    return when(pack.parse(report, pack.sentences(report)), SETTING)(bare(at, deed))


TOLD = [
    ("They have been foes since 1994, when rebels shot a king.", "shot", 1994),
    ("Ties soured in 2001, when India tested a bomb and Nepal shut its border.", "shut")
    + (2001,),
]


@pytest.mark.parametrize(("text", "trigger", "year"), TOLD)
def test_a_clause_with_when_has_the_date_before_it(text, trigger, year):
    found = asked(text, trigger)
    assert (found.first, found.last) == (date(year, 1, 1), date(year, 12, 31))


def test_what_another_came_a_day_after_was_a_day_before():
    text = "A bomb killed ten men on Wednesday, a day after troops stormed a camp."
    assert asked(text, "stormed").first == date(2009, 3, 17)


def test_what_goes_on_for_weeks_began_so_long_ago():
    found = asked("Farmers have blocked the road for two weeks.", "blocked", "PROTEST")
    assert (found.first, found.last) == (date(2009, 3, 5), date(2009, 3, 19))


def test_today_is_the_day_of_the_dateline():
    text = "ATHENS, March 18 -- Greek police arrested six men today."
    assert asked(text, "arrested", "COERCE").first == date(2009, 3, 18)
