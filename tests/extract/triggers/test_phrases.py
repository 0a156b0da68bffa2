"""In which words an act is told: one phrase, its saying, the promise of it."""

from dataclasses import replace

import pytest

from dateline.extract.triggers import Decoder
from dateline.extract.triggers.skipped_spans import list_left_out
from dateline.model import Reading, Span, Words
from dateline.resources.codebook.plover import load
from tests.extract.triggers.made import act
from tests.extract.triggers.test_parties import read

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
        ("The rebels shot and killed a judge.", ["shot and", "killed"], "shot and killed"),
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
        ("The rebels killed, tortured and robbed farmers.", ["killed", "tortured"]),
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


@pytest.mark.parametrize(
    ("text", "verb", "deed", "whom", "told"),
    [
        ("Chad pledged 30 million to Oman.", "pledged", "AID", "Oman", "AGREE"),
        ("Chad agreed to free the monks.", "agreed", "RETREAT", "monks", "CONCEDE"),
        ("Chad offered to send police.", "offered", "MOBILIZE", "police", "AGREE"),
        ("Chad told police to free them.", "told", "RETREAT", "police", "REQUEST"),
        ("Chad told police to free them.", "told", "RETREAT", "them", "RETREAT"),
        ("Chad ordered him to stay in jail.", "ordered", "COERCE", "him", "COERCE"),
        ("Chad ordered a strike on Oman.", "ordered", "ASSAULT", "Oman", "ASSAULT"),
        ("Chad managed to free the monks.", "managed", "RETREAT", "monks", "RETREAT"),
    ],
)
def test_a_promise_or_request_is_not_the_deed(text, verb, deed, whom, told):
    def span(words):
        return Span(at := text.index(words), at + len(words))

    found = replace(
        act("shelled", deed),
        trigger=span(verb),
        sentence=Span(0, len(text)),
        deeds=((deed, 0.6), ("REQUEST", 0.2), ("AGREE", 0.1)),
        recipients=(Words(span(whom), 0.95),),
    )
    actions = Decoder(load())(read(text + PLACE), Reading((found,)))
    assert [action.deed for action in actions] == [told]


LONG = "“It is a disgrace that nobody in the ministry was told of the loan,” Diaz said."


def told_by_saying(text, *acts, actor="Diaz"):
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


def saying_words(text, *acts, actor="Diaz"):
    parsed, _, actions = told_by_saying(text, *acts, actor=actor)
    return [(a.deed, a.trigger.of(parsed.text)) for a in actions]


@pytest.mark.parametrize(
    ("text", "trigger", "whole"),
    [
        ("Diaz said the vote was unfair.", "unfair", "said the vote was unfair"),
        ("“The vote was unfair,” Diaz said.", "unfair", "unfair,” Diaz said"),
        (LONG, "disgrace", "said"),
    ],
)
def test_what_somebody_calls_bad_is_an_accusation_made_by_saying_so(text, trigger, whole):
    assert saying_words(text, (trigger, "ACCUSE", 0.9)) == [("ACCUSE", whole)]


def test_an_accusation_and_the_saying_of_it_are_one_act():
    both = ("disgrace", "ACCUSE", 0.9), ("said", "ACCUSE", 0.95)
    assert saying_words(LONG, *both) == [("ACCUSE", "said")]


def test_of_two_doubtful_words_for_it_one_is_likely():
    both = ("disgrace", "ACCUSE", 0.7), ("said", "ACCUSE", 0.65)
    assert saying_words(LONG, *both) == [("ACCUSE", "said")]
    _, _, (doubtful,) = told_by_saying(LONG, both[0])  # alone it is there to be decided on
    assert not doubtful.clear


def test_a_demand_far_from_the_saying_keeps_its_words():
    text = LONG.replace("is a disgrace", "must end now")
    assert saying_words(text, ("must end", "REQUEST", 0.9)) == [("REQUEST", "must end")]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Diaz said the mayor condemned the vote.", "the mayor"),
        ("Diaz said that he condemned the vote.", "Diaz"),
        ("Diaz said the vote was over and condemned it.", "Diaz"),
    ],
)
def test_what_a_verb_of_saying_tells_keeps_its_words(text, actor):
    found = saying_words(text, ("condemned", "ACCUSE", 0.9), actor=actor)
    assert found == [("ACCUSE", "condemned")]


def test_a_verb_that_tells_another_act_is_left_to_it():
    text = "Diaz warned that the vote was unfair."
    both = ("unfair", "ACCUSE", 0.9), ("warned", "THREATEN", 0.95)
    assert saying_words(text, *both) == [("THREATEN", "warned"), ("ACCUSE", "unfair")]


def test_the_words_that_were_read_are_not_left_out():
    parsed, read_as, actions = told_by_saying(LONG, ("disgrace", "ACCUSE", 0.9))
    assert list_left_out(parsed, read_as, actions) == ()
    assert actions[0].evidence.of(parsed.text).startswith("disgrace")
