"""Who is meant where no words name a party: whoever is likely enough, or nobody."""

from dataclasses import replace

import pytest

from dateline.cast import cast
from dateline.cast.implied import GIVEN, Act, fits, land, likeliest, members
from dateline.cast.network import network
from dateline.codebook.taught import deeds
from dateline.language.en import pack
from dateline.model import Parsed, Report, Span
from dateline.model.cast import Cast, Member
from tests.encoded import encoded

TEXT = (
    "Israel bombed the port of Tyrenia on Monday. Israeli jets struck it twice. "
    "Minister Dov Harel had threatened the port. "
    "The bombing killed nine people."
)


def read(text: str) -> Parsed:
    return encoded(Report("r", text))


def span(words: str) -> Span:
    at = TEXT.index(words)
    return Span(at, at + len(words))


@pytest.mark.parametrize(
    ("text", "code"),
    [("the Israeli army", "ISR"), ("Israel’s", "ISR"), ("Israel and Egypt", "")],
)
def test_words_of_one_country_tell_it(text, code):
    parsed = Parsed(Report("r", text), (), (), (), lexicon=pack.lexicon)
    assert land(parsed, Span(0, len(text))) == code


def test_the_bombing_is_by_whoever_bombed():
    parsed = read(TEXT)
    found = cast(parsed)
    act = Act(parsed, found, span("bombing"), "ASSAULT", "actor", ())
    told = likeliest(act, network("implied"), somebody=True)
    assert told is not None
    assert found.members[told[0]].name.of(TEXT) in ("Israel", "Israeli")
    assert 0.5 < told[1] <= 1


def test_the_arrested_were_arrested_by_the_police_of_the_story():
    text = (
        "Kenyan police fired tear gas at students on Monday. Kenyan police broke up "
        "the march. Nine students were arrested."
    )
    parsed, at = read(text), text.index("arrested")
    where = Span(at, at + len("arrested"))
    found = cast(parsed)
    act = Act(parsed, found, where, "COERCE", "actor", ())
    told = likeliest(act, network("implied"), somebody=True)
    assert told is not None
    assert "Kenya" in found.members[told[0]].name.of(text)
    assert GIVEN["actor"] < told[1] <= 1


@pytest.mark.parametrize("deed", deeds("might"))
def test_the_implied_actor_of_force_is_never_a_person(deed):
    parsed = read(TEXT)
    found = cast(parsed)
    asked = members(Act(parsed, found, span("bombing"), deed, "actor", ()))
    assert asked
    assert "person" not in {found.members[k].kind for k in asked}


def test_nobody_is_implied_where_nobody_appears():
    parsed = read("Snow fell. The strike went on.")
    act = Act(parsed, cast(parsed), Span(15, 21), "PROTEST", "actor", ())
    told = likeliest(act, network("implied"))
    assert told is None or told[1] < GIVEN["actor"]


def test_who_is_told_on_the_other_side_is_not_implied_on_this():
    parsed = read(TEXT)
    found = cast(parsed)
    act = Act(
        parsed, found, span("threatened"), "THREATEN", "recipient", (span("Dov Harel"),)
    )
    assert found.member(span("Dov Harel")) not in [
        found.members[k] for k in members(act)
    ]


def test_whoever_is_sentenced_is_not_the_judge_by_another_name():
    text = "Lawmaker Omar Diop, leader of the Unity Party, was sentenced on Friday."
    parsed = read(text)
    found = cast(parsed)
    at, who = text.index("sentenced"), text.index(", was")
    told = (Span(0, who),)
    act = Act(parsed, found, Span(at, at + 9), "SANCTION", "actor", told)
    names = [found.members[k].name.of(text) for k in members(act)]
    assert not any("Diop" in name or "leader" in name for name in names)


def test_nobody_is_implied_who_is_no_more_than_he() -> None:
    parsed = read("The attack shook the town.")
    he = Span(0, 3)
    pronoun = replace(parsed.tokens[0], form="pronoun")
    parsed = replace(parsed, tokens=(pronoun, *parsed.tokens[1:]), mentions=())
    who = Cast((Member(he, "person", (he,)),))
    act = Act(parsed, who, Span(4, 10), "ASSAULT", "recipient", ())
    assert not fits(act, 0)
