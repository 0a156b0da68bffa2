"""Days that an act cannot have: another's, one to come, one that is past."""

from dataclasses import replace
from datetime import date

import pytest

from dateline.evaluate.texts import parse_question
from dateline.model import Certainty, Dating, Setting, Span, When, Why
from dateline.times import attach, tag_event_times, told_elsewhere
from dateline.times.fitting import possible
from dateline.times.one_day import keep_own_days
from tests.acts import bare
from tests.claims import claim

DAY = date(2009, 3, 19)  # a Thursday
SETTING = Setting(Dating(DAY, DAY, True, ()))
WHY = Why("reading.time.v1")


def at(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def told(text, trigger, day, words="", status="happened", rule="reading.time.v1"):
    span = at(text, words) if words else None
    found = When(day, day, "day", span, Why(rule, span))
    action = bare(at(text, trigger), "RETREAT")
    sure = Certainty(status, WHY)
    return replace(claim(), action=action, when=found, certainty=sure)


@pytest.mark.parametrize(
    ("status", "day", "fits"),
    [
        ("happened", date(2009, 3, 20), False),
        ("happened", date(2009, 3, 18), True),
        ("planned", date(2009, 3, 18), False),
        ("planned", date(2009, 3, 20), True),
        ("ongoing", date(2009, 3, 20), True),
    ],
)
def test_what_is_done_is_not_to_come_and_what_is_planned_not_past(status, day, fits):
    text = "Chad freed ten men."
    one = told(text, "freed", day, status=status)
    doer = attach.parse_deed(parse_question(text), one.action)
    assert possible(one, doer, one.when, DAY) == fits


def test_what_goes_on_is_not_of_one_day_long_past_that_is_told_elsewhere():
    text = "The siege of Arva goes on."
    one = told(text, "siege", date(2008, 3, 3), status="ongoing")
    doer = attach.parse_deed(parse_question(text), one.action)
    assert not possible(one, doer, one.when, DAY)
    wide = replace(one.when, last=date(2008, 3, 31))
    assert possible(one, doer, wide, DAY)


def test_a_day_of_another_act_is_taken_back():
    text = "Chad condemned Monday's raid."
    day = date(2009, 3, 16)
    one = replace(told(text, "condemned", day, "Monday"), event="a")
    two = replace(told(text, "raid", day, "Monday"), event="b")
    found = keep_own_days(tag_event_times(parse_question(text), SETTING), [one, two])
    assert [c.when.first for c in found] == [None, day]


def test_what_was_done_once_was_not_done_since_2001():
    text = "Chad freed ten men."
    one = told(text, "freed", date(2009, 3, 18), rule="times.since.v2")
    doer = attach.parse_deed(parse_question(text), one.action)
    assert not possible(one, doer, one.when, DAY)


@pytest.mark.parametrize(
    ("status", "day", "known"),
    [
        ("ongoing", date(2008, 3, 3), False),
        ("ongoing", date(2009, 3, 18), True),
        ("happened", date(2008, 3, 3), True),
        ("happened", date(2009, 3, 24), False),
    ],
)
def test_what_goes_on_is_of_no_day_long_past_and_what_is_done_of_none_to_come(
    status, day, known
):
    text = "The siege of Arva goes on."
    one = told(text, "siege", day, status=status)
    (found,) = told_elsewhere(tag_event_times(parse_question(text), SETTING), [one])
    assert found.when.known == known


def test_what_goes_on_may_have_begun_long_ago():
    text = "In March Chad renewed its siege. They have been fighting since the raid."
    past = date(2008, 3, 3)
    one = told(text, "renewed", past, status="ongoing", rule="reading.time.v1")
    two = told(text, "siege", past, status="ongoing", rule="reading.time.v1")
    three = told(text, "fighting", past, status="ongoing", rule="reading.time.v1")
    found = keep_own_days(
        tag_event_times(parse_question(text), SETTING), [one, two, three]
    )
    assert [c.when.first for c in found] == [past, None, None]


def test_what_was_done_is_of_no_day_to_come():
    text = "Ministers agreed on talks next week, they said."
    ahead = date(2009, 3, 23)
    one = told(text, "agreed", ahead, "next week")
    two = told(text, "talks", ahead, "next week", "planned")
    found = keep_own_days(tag_event_times(parse_question(text), SETTING), [one, two])
    assert [c.when.first for c in found] == [None, ahead]
