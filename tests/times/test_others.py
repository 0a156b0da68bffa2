"""Days of another act: of a noun, of what came before, of another saying."""

from dataclasses import replace
from datetime import date

import pytest

from dateline.evaluate.texts import parse_question
from dateline.model import Dating, Setting, Span, When, Why
from dateline.times import tag_event_times
from dateline.times.others import of_another
from tests.acts import bare
from tests.claims import claim

DAY = date(2009, 3, 19)  # a Thursday
SETTING = Setting(Dating(DAY, DAY, True, ()))


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
        (
            "Riots broke out over the pact, which Chad signed in June.",
            "Riots",
            "pact",
            "June",
        ),
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
    assert of_another(asked, [one, two], one, one.when.span)


@pytest.mark.parametrize(
    ("text", "trigger", "other", "day"),
    [
        ("Ten died in Monday's raid.", "died", "raid", "Monday"),
        ("In talks on Monday, Chad agreed to leave.", "agreed", "talks", "Monday"),
        ("The raid in May, in which ten were killed.", "killed", "raid", "May"),
        ("They fled shortly after the raid on Monday.", "fled", "raid", "Monday"),
        (
            "They fled shortly after rebels struck on Monday.",
            "fled",
            "struck",
            "Monday",
        ),
        ("Rebels shot ten hours before Monday's truce.", "shot", "truce", "Monday"),
        ("Chad said on Monday that rebels fled.", "fled", "said", "Monday"),
        ("Chad said on Monday rebels came to block it.", "block", "came", "Monday"),
        ("Chad's raid and siege in May failed.", "raid", "siege", "May"),
    ],
)
def test_a_day_of_what_holds_the_act_is_its_own(text, trigger, other, day):
    one, two = told(text, trigger, day), told(text, other, day)
    asked = tag_event_times(parse_question(text), SETTING)
    assert not of_another(asked, [one, two], one, one.when.span)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shot ten men ahead of Monday's vote.",
        "Rebels shot ten men before the May 15 deadline.",
    ],
)
def test_what_came_before_something_is_not_of_its_day(text):
    one = told(text, "shot", "Monday" if "Monday" in text else "May 15")
    assert of_another(
        tag_event_times(parse_question(text), SETTING), [one], one, one.when.span
    )


def test_who_died_after_gunmen_struck_on_monday_died_then():
    text = "Ten died after rebels struck on Monday."
    one = told(text, "died", "Monday", traits=("force",))
    two = told(text, "struck", "Monday", traits=("force",))
    asked = tag_event_times(parse_question(text), SETTING)
    assert not of_another(asked, [one, two], one, one.when.span)


def test_a_day_that_a_noun_goes_by_is_not_of_what_is_done_about_it():
    text = "Chad swayed the March 2 vote."
    one = told(text, "swayed", "March 2")
    assert of_another(
        tag_event_times(parse_question(text), SETTING), [one], one, one.when.span
    )


def test_words_of_one_happening_share_its_day():
    text = "Chad condemned Monday's raid."
    one = told(text, "condemned", "Monday", "x")
    two = told(text, "raid", "Monday", "x")
    asked = tag_event_times(parse_question(text), SETTING)
    assert not of_another(asked, [one, two], one, one.when.span)
