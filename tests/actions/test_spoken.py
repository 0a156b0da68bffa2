"""What is done in saying so is told once, by the saying of it."""

from dataclasses import replace

import pytest

from dateline.actions import Decoder
from dateline.actions.left_out import list_left_out
from dateline.codebook.plover import load
from dateline.model import Reading, Span, Words
from tests.actions.made import act
from tests.actions.test_parties import read

PLACE = " The streets of the city were quiet after dark."
LONG = "“It is a disgrace that nobody in the ministry was told of the loan,” Diaz said."


def told(text, *acts, actor="Diaz"):
    def span(words):
        return Span(at := text.index(words), at + len(words))

    parsed = read(text + PLACE)
    found = tuple(
        replace(
            act("shelled", deed),
            trigger=span(words),
            sentence=Span(0, len(text)),
            sure=sure,
            actors=(Words(span(actor), 0.9),),
        )
        for words, deed, sure in acts
    )
    actions = Decoder(load())(parsed, Reading(found))
    return parsed, found, actions


def words(text, *acts, actor="Diaz"):
    parsed, _, actions = told(text, *acts, actor=actor)
    return [(a.deed, a.trigger.of(parsed.text)) for a in actions]


@pytest.mark.parametrize(
    ("text", "trigger", "whole"),
    [
        ("Diaz said the vote was unfair.", "unfair", "said the vote was unfair"),
        ("“The vote was unfair,” Diaz said.", "unfair", "unfair,” Diaz said"),
        (LONG, "disgrace", "said"),
    ],
)
def test_what_somebody_calls_bad_is_an_accusation_made_by_saying_so(
    text, trigger, whole
):
    assert words(text, (trigger, "ACCUSE", 0.9)) == [("ACCUSE", whole)]


def test_an_accusation_and_the_saying_of_it_are_one_act():
    both = ("disgrace", "ACCUSE", 0.9), ("said", "ACCUSE", 0.95)
    assert words(LONG, *both) == [("ACCUSE", "said")]


def test_of_two_doubtful_words_for_it_one_is_likely():
    both = ("disgrace", "ACCUSE", 0.7), ("said", "ACCUSE", 0.65)
    assert words(LONG, *both) == [("ACCUSE", "said")]
    _, _, (doubtful,) = told(LONG, both[0])  # alone it is there to be decided on
    assert not doubtful.clear


def test_a_demand_far_from_the_saying_keeps_its_words():
    text = LONG.replace("is a disgrace", "must end now")
    assert words(text, ("must end", "REQUEST", 0.9)) == [("REQUEST", "must end")]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Diaz said the mayor condemned the vote.", "the mayor"),
        ("Diaz said that he condemned the vote.", "Diaz"),
        ("Diaz said the vote was over and condemned it.", "Diaz"),
    ],
)
def test_what_a_verb_of_saying_tells_keeps_its_words(text, actor):
    found = words(text, ("condemned", "ACCUSE", 0.9), actor=actor)
    assert found == [("ACCUSE", "condemned")]


def test_a_verb_that_tells_another_act_is_left_to_it():
    text = "Diaz warned that the vote was unfair."
    both = ("unfair", "ACCUSE", 0.9), ("warned", "THREATEN", 0.95)
    assert words(text, *both) == [("THREATEN", "warned"), ("ACCUSE", "unfair")]


def test_the_words_that_were_read_are_not_left_out():
    parsed, read_as, actions = told(LONG, ("disgrace", "ACCUSE", 0.9))
    assert list_left_out(parsed, read_as, actions) == ()
    assert actions[0].evidence.of(parsed.text).startswith("disgrace")
