"""Who stands on which side of an act, does it to a deed, or only comes along."""

from dataclasses import replace

import pytest

from dateline.extract.triggers import Decoder
from dateline.extract.triggers.sides import keep_lists_together, visited
from dateline.model import Reading, Span, Words
from dateline.resources.codebook.plover import load
from tests.extract.triggers.made import act
from tests.extract.triggers.test_parties import read


def sides(text: str, act: str, who: list[str], whom: list[str]) -> list[list[str]]:
    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    both = keep_lists_together(read(text), [*map(at, who)], [*map(at, whom)], at(act))
    return [[span.of(text) for span in some] for some in both]


def test_all_of_a_list_are_acted_on_where_one_is():
    text = "Kohl met Mitterrand, Gonzalez and Andreotti on Monday."
    told = sides(text, "met", ["Kohl"], ["Andreotti"])
    assert told == [["Kohl"], ["Mitterrand", "Gonzalez", "Andreotti"]]


def test_nobody_of_a_list_acts_on_the_rest_of_it():
    text = "Chad signed a pact with Niger, Mali and Togo on Monday."
    told = sides(text, "signed", ["Chad", "Mali"], ["Niger"])
    assert told == [["Chad"], ["Niger", "Mali", "Togo"]]


def test_a_list_that_is_not_all_names_is_none():
    text = "Kohl met Mitterrand and some farmers on Monday."
    told = sides(text, "met", ["Kohl"], ["Mitterrand"])
    assert told == [["Kohl"], ["Mitterrand"]]


def test_two_at_war_act_on_each_other():
    text = "The war between Chad and Niger went on."
    told = sides(text, "war", ["Chad"], ["Niger"])
    assert told == [["Chad"], ["Niger"]]


def actors(text: str, *told: tuple[str, str]) -> dict[str, list[str]]:
    """Return the actors of acts by trigger; the reader has "Norway" for each."""
    text += " The streets of the city were quiet after dark."
    who = Span(at := text.index("Norway"), at + 6)

    def one(words: str, deed: str):
        span = Span(start := text.index(words), start + len(words))
        own = replace(act("shelled", deed), trigger=span, sentence=Span(0, 60))
        return replace(own, sure=0.95, actors=(Words(who, 0.9),), recipients=())

    found = Decoder(load())(read(text), Reading(tuple(one(*each) for each in told)))
    return {a.trigger.of(text): [s.of(text) for s in a.actors] for a in found}


def test_who_condemns_a_raid_has_not_raided() -> None:
    text = "The raid on the village was condemned by Norway on Monday."
    found = actors(text, ("raid", "ASSAULT"), ("condemned", "ACCUSE"))
    assert found == {"raid": [], "condemned": ["Norway"]}


def test_who_launches_a_raid_has_raided() -> None:
    text = "The raid on the village was launched by Norway on Monday."
    assert actors(text, ("raid", "ASSAULT")) == {"raid": ["Norway"]}


def span(text: str, words: str) -> Span:
    at = text.index(words)
    return Span(at, at + len(words))


@pytest.mark.parametrize(
    ("text", "verb", "told", "places", "whom"),
    [
        (
            "President Ruto left for Germany with his wife and two ministers.",
            "left for Germany",
            ["his wife", "two ministers"],
            ["Germany"],
            ["Germany"],
        ),
        (
            "Merkel travelled to China with a delegation of bankers.",
            "travelled",
            ["China", "a delegation of bankers"],
            [],
            ["China"],
        ),
        ("Putin met with Modi in Delhi.", "met", ["Modi"], ["Delhi"], ["Modi"]),
        (
            "Pompeo flew to Riyadh for talks with King Salman.",
            "flew",
            ["King Salman"],
            ["Riyadh"],
            ["King Salman"],
        ),
    ],
)
def test_nobody_is_visited_by_those_who_come_along(text, verb, told, places, whom):
    spans, there = ([span(text, w) for w in some] for some in (told, places))
    found = visited(read(text), span(text, verb), spans, there)
    assert [s.of(text) for s in found] == whom
