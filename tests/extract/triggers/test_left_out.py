"""What is no act, and what of a report no claim tells, each with the reason."""

from dataclasses import replace

from dateline.extract.triggers.skipped_spans import list_left_out, vetoed, whole_acts
from dateline.model import Action, Entity, LeftOut, Report, Sentence, Span, Why
from tests.acts import bare
from tests.extract.triggers.made import act, parsed, span
from tests.extract.triggers.test_parties import read


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


def told(trigger: str) -> Action:
    return bare(span(trigger), "ASSAULT")


def test_acts_that_no_claim_tells_are_left_out_with_what_they_were_taken_for() -> None:
    read = [act("shelled", "ASSAULT"), act("condemned", "ACCUSE")]
    found = list_left_out(parsed(), read, [told("shelled")])
    assert found == (LeftOut("actions.unsure.v1", span("condemned"), "ACCUSE"),)


def test_a_forbidden_act_names_the_rule_that_forbids_it() -> None:
    comma = replace(act("shelled", "ASSAULT"), trigger=Span(29, 30))
    (found,) = list_left_out(parsed(), [comma], [])
    assert found.rule == "actions.no-word.v1"


def test_what_a_pattern_forbids_names_its_row() -> None:
    row = Why("actions.forbidden.v1", span("shelled"), "U2")
    (found,) = list_left_out(parsed(), [act("shelled", "ASSAULT")], [], [row])
    assert (found.rule, found.pattern) == ("actions.forbidden.v1", "U2")


def test_what_a_pattern_of_the_user_tells_is_not_left_out() -> None:
    asked = replace(act("shelled", "ASSAULT"), asked=True)
    assert list_left_out(parsed(), [asked], []) == ()


def test_neighbours_that_were_not_read_for_one_reason_are_one_stretch() -> None:
    text = "A fair opened. Bands played. 3-1. Kenya freed two men. It rained."
    ends = [0, 15, 29, 34, 55, len(text)]
    spans = [Span(a, b) for a, b in zip(ends, ends[1:], strict=False)]
    read = {3: (0, 5)}
    made = tuple(Sentence(s, *read.get(i, (0, 0))) for i, s in enumerate(spans))
    whole = replace(parsed(), report=Report("r", text), sentences=made)
    found = list_left_out(whole, [], [])
    assert [(each.rule, each.span.of(text).strip()) for each in found] == [
        ("actions.gate.v1", "A fair opened. Bands played."),
        ("actions.wordless.v1", "3-1."),
        ("actions.gate.v1", "It rained."),
    ]
