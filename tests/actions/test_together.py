"""Names in one list stand on one side of an act."""

from dateline.actions.sides import keep_lists_together
from dateline.language.en import pack
from dateline.model import Report, Span


def sides(text: str, act: str, who: list[str], whom: list[str]) -> list[list[str]]:
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    both = keep_lists_together(parsed, [*map(at, who)], [*map(at, whom)], at(act))
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
