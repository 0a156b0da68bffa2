"""Days of another act, of one to come, or that cannot be of an act any more."""

from dataclasses import replace
from datetime import date

import pytest

from benchmarks.texts import parse_question
from dateline.extract.time import attach, tag_event_times, told_elsewhere
from dateline.extract.time.contradictions import is_time_of_another, may_fall_on
from dateline.extract.time.cross_sentence import keep_own_days
from dateline.model import Certainty, Dating, Setting, Span, When, Why
from tests.acts import bare
from tests.claims import claim

DAY = date(2009, 3, 19)  # a Thursday
SETTING = Setting(Dating(DAY, DAY, True, ()))
WHY = Why("reading.time.v1")


def at(text, words):
    start = text.index(words)
    return Span(start, start + len(words))


def told(text, trigger, words, event="", traits=()):
    span = at(text, words)
    found = When(DAY, DAY, "day", span, Why("reading.time.v1", span))
    action = replace(bare(at(text, trigger), "ASSAULT"), traits=frozenset(traits))
    return replace(claim(), action=action, when=found, event=event or trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "other", "day"),
    [
        ("Chad condemned Monday's raid.", "condemned", "raid", "Monday"),
        ("The protests began over the March 2 death.", "protests", "death", "March 2"),
        ("Talks followed Monday's raid.", "Talks", "raid", "Monday"),
        ("Aides met after rebels struck on Monday.", "met", "struck", "Monday"),
        ("Following a clash in March, Chad and Mali met.", "met", "clash", "March"),
        ("Riots broke out over the pact, which Chad signed in June.", "Riots", "pact", "June"),
        (
            "Chad said on Sunday that it keeps the pact Mali had threatened to leave.",
            "threatened",
            "keeps",
            "Sunday",
        ),
    ],
)
def test_a_day_of_another_act_is_not_this_ones(text, trigger, other, day):
    one, two = told(text, trigger, day), told(text, other, day)
    asked = tag_event_times(parse_question(text), SETTING)
    assert is_time_of_another(asked.parsed, [one, two], one, one.when.span)


@pytest.mark.parametrize(
    ("text", "trigger", "other", "day"),
    [
        ("Ten died in Monday's raid.", "died", "raid", "Monday"),
        ("In talks on Monday, Chad agreed to leave.", "agreed", "talks", "Monday"),
        ("The raid in May, in which ten were killed.", "killed", "raid", "May"),
        ("They fled shortly after the raid on Monday.", "fled", "raid", "Monday"),
        ("They fled shortly after rebels struck on Monday.", "fled", "struck", "Monday"),
        ("Rebels shot ten hours before Monday's truce.", "shot", "truce", "Monday"),
        ("Chad said on Monday that rebels fled.", "fled", "said", "Monday"),
        ("Chad said on Monday rebels came to block it.", "block", "came", "Monday"),
        ("Chad's raid and siege in May failed.", "raid", "siege", "May"),
    ],
)
def test_a_day_of_what_holds_the_act_is_its_own(text, trigger, other, day):
    one, two = told(text, trigger, day), told(text, other, day)
    asked = tag_event_times(parse_question(text), SETTING)
    assert not is_time_of_another(asked.parsed, [one, two], one, one.when.span)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shot ten men ahead of Monday's vote.",
        "Rebels shot ten men before the May 15 deadline.",
    ],
)
def test_what_came_before_something_is_not_of_its_day(text):
    one = told(text, "shot", "Monday" if "Monday" in text else "May 15")
    assert is_time_of_another(parse_question(text), [one], one, one.when.span)


def test_who_died_after_gunmen_struck_on_monday_died_then():
    text = "Ten died after rebels struck on Monday."
    one = told(text, "died", "Monday", traits=("force",))
    two = told(text, "struck", "Monday", traits=("force",))
    asked = tag_event_times(parse_question(text), SETTING)
    assert not is_time_of_another(asked.parsed, [one, two], one, one.when.span)


def test_a_day_that_a_noun_goes_by_is_not_of_what_is_done_about_it():
    text = "Chad swayed the March 2 vote."
    one = told(text, "swayed", "March 2")
    assert is_time_of_another(parse_question(text), [one], one, one.when.span)


def test_words_of_one_happening_share_its_day():
    text = "Chad condemned Monday's raid."
    one = told(text, "condemned", "Monday", "x")
    two = told(text, "raid", "Monday", "x")
    asked = tag_event_times(parse_question(text), SETTING)
    assert not is_time_of_another(asked.parsed, [one, two], one, one.when.span)


def dated(text, trigger, day, words="", status="happened", rule="reading.time.v1"):
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
    one = dated(text, "freed", day, status=status)
    doer = attach.parse_deed(parse_question(text), one.action)
    assert may_fall_on(one, doer, one.when, DAY) == fits


def test_what_goes_on_is_not_of_one_day_long_past_that_is_told_elsewhere():
    text = "The siege of Arva goes on."
    one = dated(text, "siege", date(2008, 3, 3), status="ongoing")
    doer = attach.parse_deed(parse_question(text), one.action)
    assert not may_fall_on(one, doer, one.when, DAY)
    wide = replace(one.when, last=date(2008, 3, 31))
    assert may_fall_on(one, doer, wide, DAY)


def test_a_day_of_another_act_is_taken_back():
    text = "Chad condemned Monday's raid."
    day = date(2009, 3, 16)
    one = replace(dated(text, "condemned", day, "Monday"), event="a")
    two = replace(dated(text, "raid", day, "Monday"), event="b")
    found = keep_own_days(tag_event_times(parse_question(text), SETTING), [one, two])
    assert [c.when.first for c in found] == [None, day]


def test_what_was_done_once_was_not_done_since_2001():
    text = "Chad freed ten men."
    one = dated(text, "freed", date(2009, 3, 18), rule="times.since.v2")
    doer = attach.parse_deed(parse_question(text), one.action)
    assert not may_fall_on(one, doer, one.when, DAY)


@pytest.mark.parametrize(
    ("status", "day", "known"),
    [
        ("ongoing", date(2008, 3, 3), False),
        ("ongoing", date(2009, 3, 18), True),
        ("happened", date(2008, 3, 3), True),
        ("happened", date(2009, 3, 24), False),
    ],
)
def test_what_goes_on_is_of_no_day_long_past_and_what_is_done_of_none_to_come(status, day, known):
    text = "The siege of Arva goes on."
    one = dated(text, "siege", day, status=status)
    (found,) = told_elsewhere(tag_event_times(parse_question(text), SETTING), [one])
    assert found.when.known == known


def test_what_goes_on_may_have_begun_long_ago():
    text = "In March Chad renewed its siege. They have been fighting since the raid."
    past = date(2008, 3, 3)
    one = dated(text, "renewed", past, status="ongoing", rule="reading.time.v1")
    two = dated(text, "siege", past, status="ongoing", rule="reading.time.v1")
    three = dated(text, "fighting", past, status="ongoing", rule="reading.time.v1")
    found = keep_own_days(tag_event_times(parse_question(text), SETTING), [one, two, three])
    assert [c.when.first for c in found] == [past, None, None]


def test_what_was_done_is_of_no_day_to_come():
    text = "Ministers agreed on talks next week, they said."
    ahead = date(2009, 3, 23)
    one = dated(text, "agreed", ahead, "next week")
    two = dated(text, "talks", ahead, "next week", "planned")
    found = keep_own_days(tag_event_times(parse_question(text), SETTING), [one, two])
    assert [c.when.first for c in found] == [None, ahead]
