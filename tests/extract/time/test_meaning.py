"""What the words that the reader takes for an act's time say, over real parses."""

from dataclasses import replace
from datetime import date

import pytest

from dateline.extract.time import tag_event_times
from dateline.model import Act, Dating, Report, Setting, Span
from dateline.model.encoder_output import Words
from dateline.nlp.en import pack
from dateline.nlp.wire import mark_wire
from tests.acts import bare

SETTING = Setting(Dating(date(2009, 3, 19), date(2009, 3, 19), True, ()))


def asked(text: str, trigger: str, deed: str = "ASSAULT", read: str = ""):
    """Ask when; `read` are words that the model reads as the act's time."""
    report = mark_wire(Report("r", text))
    start = text.rindex(trigger)
    at = Span(start, start + len(trigger))
    action = replace(bare(at, deed), act=act(at, text, read))
    return tag_event_times(pack.parse(report, pack.sentences(report)), SETTING)(action)


def act(at: Span, text: str, read: str) -> Act:
    """What the model reads of an act: that it is done, and its time."""
    start = text.find(read)
    times = (Words(Span(start, start + len(read)), 0.9),) if read else ()
    status = (("happened", 1.0),)
    return Act(at, at, 0.9, (), status, (), (), 0.0, times=times)


FOREIGN = [
    ("The rebels, who had fled on Monday, attacked the town.", "attacked", "ASSAULT"),
    ("Rome admitted on Monday that its planes had bombed a village.", "bombed") + ("ASSAULT",),
    ("Rome accused Chad of breaking a deal reached on Monday.", "accused", "ACCUSE"),
    ("The rebels threatened to attack the town on Monday.", "threatened", "THREATEN"),
    ("Unions called a strike for Monday.", "called", "REQUEST"),
    ("Crowds rallied on Monday where gunmen had shot ten men.", "shot", "ASSAULT"),
    ("Police said on Monday that they had seized ten boats.", "seized", "COERCE"),
    ("Brandt said on Monday that the attack was a crime.", "attack", "ASSAULT"),
    ("Rome spoke of rebels on Monday who have shot ten men.", "shot", "ASSAULT"),
]


@pytest.mark.parametrize(("text", "trigger", "deed"), FOREIGN)
def test_the_time_of_another_doing_is_not_taken(text, trigger, deed):
    assert not asked(text, trigger, deed, read="Monday").known


def test_what_may_have_been_done_on_sunday_was_done_last_sunday():
    text = "Up to 50 men may have been killed on Sunday."
    assert asked(text, "killed", read="Sunday").first == date(2009, 3, 15)


def test_as_of_a_day_is_up_to_it():
    text = "Forty schools have been shelled as of 3 March."
    found = asked(text, "shelled", read="3 March")
    assert (found.first, found.last) == (None, date(2009, 3, 3))


def test_nothing_goes_on_since_a_day_to_come():
    text = "Farmers are blocking roads since the vote of June 1."
    found = asked(text, "blocking", "PROTEST", read="June 1")
    assert (found.first, found.last) == (date(2008, 6, 1), date(2009, 3, 19))


def test_a_time_since_a_later_day_never_ends_before_it_begins():
    text = "Farmers are blocking roads since the vote of 2 May 2010."
    found = asked(text, "blocking", "PROTEST", read="2 May 2010")
    assert found.first is None or found.last is None or found.first <= found.last


def test_a_day_told_of_the_deed_itself_stays_its_own():
    text = "Brandt condemned the Monday attack as a crime."
    assert asked(text, "attack", read="Monday").first == date(2009, 3, 16)


def test_within_a_month_what_was_over_and_what_is_told_may_both_fall():
    text = "In January Rome said that rebels had shelled the town."
    assert asked(text, "shelled", read="January").first == date(2009, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels shot a judge on Tuesday. Police arrested six men.",
        "Rome spoke on Tuesday. Police are arresting six men.",
    ],
)
def test_the_day_of_another_sentence_is_not_taken_without_being_weighed(text):
    assert not asked(text, "arrest", "COERCE").known


def test_today_is_the_day_of_the_dateline():
    text = "ATHENS, March 18 -- Greek police arrested six men today."
    assert asked(text, "arrested", "COERCE", read="today").first == date(2009, 3, 18)


@pytest.mark.parametrize(
    ("text", "trigger", "year"),
    [
        ("The raid was the deadliest attack on the town since 2001.", "raid", None),
        ("It is the first trial of a king since 1997.", "trial", None),
        ("They held the first talks since 2001, when rebels shot a king.", "shot", 2001),
        ("Rebels have held the town since 2001.", "held", 2001),
    ],
)
def test_nothing_like_it_since_a_time_is_not_done_since_then(text, trigger, year):
    found = asked(text, trigger, read=str(year or text.split()[-1].rstrip(".")))
    assert (found.first.year if found.first else None) == year


def test_since_a_days_raid_is_since_that_day():
    found = asked("Chad has bombed Mali since the March 7 raid.", "bombed", read="March 7")
    assert (found.first, found.last) == (date(2009, 3, 7), date(2009, 3, 19))
