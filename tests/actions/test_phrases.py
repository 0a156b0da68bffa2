"""One phrase one act, and no loose end on the words that tell it."""

from dataclasses import replace

import pytest

from dateline.actions import Decoder
from dateline.codebook.plover import load
from dateline.model import Reading, Span, Words
from tests.actions.made import act
from tests.actions.test_parties import read

PLACE = " The streets of the city were quiet after dark."


def told(text, *triggers, deed="ASSAULT", actor="", sure=0.95):
    def span(words):
        return Span(at := text.index(words), at + len(words))

    whole = Span(0, len(text) - len(PLACE))
    acts = tuple(
        replace(
            act("shelled", deed),
            trigger=span(words),
            sentence=whole,
            sure=sure + n / 100,
            actors=(Words(span(actor), 0.9),) if actor else (),
        )
        for n, words in enumerate(triggers)
    )
    return Decoder(load())(read(text), Reading(acts))


@pytest.mark.parametrize(
    ("text", "pieces", "whole"),
    [
        (
            "The general ordered the invasion of Arva.",
            ["ordered the", "invasion"],
            "ordered the invasion",
        ),
        (
            "The rebels shot and killed a judge.",
            ["shot and", "killed"],
            "shot and killed",
        ),
        (
            "The army launched a ground offensive in Arva.",
            ["launched", "ground offensive"],
            "launched a ground offensive",
        ),
        (
            "The army put its neighbours on notice.",
            ["put", "on notice"],
            "put its neighbours on notice",
        ),
        (
            "The rebels wounded a judge in an attack.",
            ["wounded", "attack"],
            "wounded a judge in an attack",
        ),
    ],
)
def test_one_phrase_tells_one_act(text, pieces, whole):
    actor = " ".join(text.split()[:2])
    (one,) = told(text + PLACE, *pieces, actor=actor)
    assert one.trigger.of(text) == whole
    assert [a.of(text) for a in one.actors] == [actor]
    assert dict(one.why)["what"].span == one.trigger


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        (
            "The rebels killed, tortured and robbed farmers.",
            ["killed", "tortured"],
        ),
        ("Rebels shelled Arva and bombed Brod.", ["shelled", "bombed"]),
        ("The police beat a judge before an attack.", ["beat", "attack"]),
    ],
)
def test_two_acts_with_other_words_between_stay_two(text, pieces):
    assert [a.trigger.of(text) for a in told(text + PLACE, *pieces)] == pieces


@pytest.mark.parametrize(
    ("text", "read_so", "phrase"),
    [
        ("The youths were looting and burning shops.", "looting and", "looting"),
        ("The state “nationalised” two islands.", "“nationalised", "nationalised"),
        ("The army is ready to start the withdrawal.", "start the", "start"),
    ],
)
def test_a_phrase_has_no_loose_end(text, read_so, phrase):
    (one,) = told(text + PLACE, read_so)
    assert one.trigger.of(text) == phrase


@pytest.mark.parametrize(
    ("text", "read_so", "party", "phrase"),
    [
        (
            "The general issued a fierce statement on Friday.",
            "issued a fierce",
            "The general",
            "issued a fierce statement",
        ),
        (
            "The army freed its own soldiers on Friday.",
            "freed its own",
            "its own soldiers",
            "freed",
        ),
        (
            "The army was fighting Kenyan-backed rebels in the east.",
            "fighting Kenyan-backed",
            "Kenyan-backed rebels",
            "fighting",
        ),
    ],
)
def test_a_phrase_ends_with_a_noun_or_before_a_party(text, read_so, party, phrase):
    (one,) = told(text + PLACE, read_so, actor=party)
    assert one.trigger.of(text) == phrase


def test_a_party_has_none_of_the_words_of_the_act():
    text = "Mayor Diaz criticises the new law." + PLACE
    (one,) = told(text, "criticises", deed="ACCUSE", actor="Mayor Diaz criticises")
    assert [a.of(text) for a in one.actors] == ["Mayor Diaz"]
