from dataclasses import replace

from dateline.actions.veto import vetoed, whole_acts
from dateline.model import Entity, Span
from tests.actions.made import act, parsed, span
from tests.actions.test_parties import read


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


def test_a_modal_is_no_act_beside_that_of_its_verb():
    may = replace(act("shelled", "THREATEN"), trigger=Span(5, 8))
    lift = replace(act("shelled", "CONCEDE"), trigger=Span(9, 24))
    assert whole_acts(read("Chad may lift the curfew."), (may, lift)) == (lift,)


def test_a_word_that_points_at_somebody_is_no_act():
    his = replace(act("shelled", "REJECT"), trigger=Span(9, 12))
    why = vetoed(read("Chad was his mistake."), his)
    assert why is not None
    assert why.rule == "actions.small-word.v1"
