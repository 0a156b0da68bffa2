from dataclasses import replace

from dateline.actions.veto import vetoed
from dateline.model import Entity, Span
from tests.actions.made import act, parsed, span


def test_a_trigger_that_is_all_of_a_name_tells_nothing():
    named = replace(parsed(), entities=(Entity(span("Friday"), "DATE"),))
    why = vetoed(named, act("Friday", "ASSAULT"))
    assert why is not None
    assert why.rule == "actions.name.v1"
    assert vetoed(named, act("shelled", "ASSAULT")) is None


def test_marks_alone_are_no_word():
    comma = replace(act("shelled", "ASSAULT"), trigger=Span(29, 30))
    why = vetoed(parsed(), comma)
    assert why is not None
    assert why.rule == "actions.no-word.v1"
