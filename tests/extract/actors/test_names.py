"""By what name a party is told: the person in office, whom a pronoun stands for."""

from datetime import date

import pytest

from dateline.model import Report
from dateline.pipeline.factory import Options, make_coder
from tests.extract.actors.test_resolve import parsed, who

DAY = date(2020, 1, 12)


def parties(text):
    told = {}
    for claim in make_coder(Options()).code(Report("r", text)).claims:
        for actor in (*claim.actors, *claim.recipients):
            if actor.span is not None:
                told[actor.span.of(text)] = actor
    return told


@pytest.mark.parametrize(
    ("mention", "entity"),
    [
        ("the US vice president", "person:mike-pence"),
        ("the US secretary of state", "person:mike-pompeo"),
        ("the Canadian PM", "person:justin-trudeau"),
        ("Iran's supreme leader", "person:ali-khamenei"),
        ("the British secretary of state", None),
        ("the US deputy secretary of state", None),
        ("the Chinese vice foreign minister", None),
        ("the deputy prime minister of Canada", None),
    ],
)
def test_an_office_of_the_day_has_its_holder(mention, entity):
    assert who(mention, day=DAY)[0].entity == entity


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Kenyan farmer Foo Barson led the protest. He attacked two policemen.",
            "He",
            "Kenyan farmer Foo Barson",
        ),
        (
            "President Donald Trump met Moon Jae-in. A Trump official spoke of it. As "
            "Trump left, Trump attacked the press.",
            "Trump",
            "Donald Trump",
        ),
        (
            "President Moon Jae-in proposed talks. Moon accused Peru of theft.",
            "Moon",
            "Moon Jae-in",
        ),
        (
            "Peru recalled its ambassador from Chile on Friday. It accused Chile of arming rebels.",
            "It",
            "Peru",
        ),
    ],
)
def test_nobody_is_called_he_of_whom_the_report_says_more(text, words, name):
    claims = make_coder(Options()).code(Report("r", text)).claims
    found = [a for c in claims for a in c.actors if a.span and a.span.of(text) == words]
    assert {a.name for a in found} == {name}
    assert all(a.why.rule.startswith("actors.") for a in found)


def test_one_party_told_by_two_names_stands_once():
    text = "The Kurdistan Workers' Party, the PKK, attacked a Turkish army post on Friday."
    claims = make_coder(Options()).code(Report("r", text)).claims
    assert claims
    for claim in claims:
        entities = [who.entity for who in claim.actors if who.entity]
        assert len(entities) == len(set(entities))


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "A Chechen commander, Aslan Dadayev, fled. Mr. Dadayev's brother, Ruslan "
            "Dadayev, was captured in Moscow.",
            "Mr. Dadayev's brother, Ruslan Dadayev",
            "Ruslan Dadayev",
        ),
        (
            "A man who spoke for Boko Haram said the group had abducted 200 girls. The "
            "man, Abubakar Shekau, said that he would sell them.",
            "200 girls",
            "200 girls",
        ),
        (
            "Gunmen kidnapped three oil workers in the Niger Delta, according to a "
            "statement by Shell. The statement said the men had been seized from a "
            "barge. A previously unknown group, the Delta Avengers, said it had "
            "abducted the men. The group demanded the release of its leader.",
            "it",
            "Delta Avengers",
        ),
        (
            "Defense Secretary Mahin Silva was dismissed. Mahin Silva accused the army of treason.",
            "Mahin Silva",
            "Defense Secretary Mahin Silva",
        ),
        (
            "President Omar Karimi spoke in Doha on Monday. But Karimi left early. "
            "After that Karimi accused Chile of treason.",
            "Karimi",
            "President Omar Karimi",
        ),
        (
            "North Korea and South Korea agreed on a truce. The North accused Japan of "
            "a plot on Monday.",
            "The North",
            "North Korea",
        ),
        (
            "Chile fired a missile on Monday. Peru accused the country of a plot on Tuesday.",
            "the country",
            "Chile",
        ),
        (
            "Iran fired a missile on Monday. France accused the Islamic Republic of a "
            "plot, and Iran denied it.",
            "the Islamic Republic",
            "Iran",
        ),
        (
            "EU commissioner Jana Roubal accused Russia of a plot on Monday.",
            "EU commissioner Jana Roubal",
            "EU commissioner Jana Roubal",
        ),
        (
            "The attack was condemned by the OPEC producer Kuwait on Monday.",
            "the OPEC producer Kuwait",
            "Kuwait",
        ),
        (
            "President Boris Karlov spoke in Minsk on Monday. Police arrested fans of "
            "Karlov on Tuesday.",
            "fans of Karlov",
            "fans of Karlov",
        ),
        (
            "Kenyan farmer Foo Barson led a protest on Friday. Kenyan police announced his arrest.",
            "his",
            "Kenyan farmer Foo Barson",
        ),
        (
            "Donald Trump praised China. Trump met Xi. Melania Trump visited Poland. "
            "Mr. Trump accused Iran.",
            "Mr. Trump",
            "Donald Trump",
        ),
        (
            "Hillary Clinton criticised Iran. Bill Clinton left. She met Emmanuel Macron.",
            "She",
            "Hillary Clinton",
        ),
        (
            "Judge Susan Bolton blocked the law on Friday. A governor accused "
            "Judge Bolton of lying.",
            "Judge Bolton",
            "Judge Susan Bolton",
        ),
        (
            "AP Photo North Korea tested a missile on Monday. Japan condemned it.",
            "AP Photo North Korea",
            "North Korea",
        ),
        (
            "Susan Rice spoke on Sunday. On Monday Mrs. Rice accused Iran of lying.",
            "Mrs. Rice",
            "Susan Rice",
        ),
        (
            "President Donald Trump spoke. Reporters criticised Mrs. Trump on Monday.",
            "Mrs. Trump",
            "Mrs. Trump",
        ),
        ("Her father Bassem accused Israel of lying on Monday.", "Her father Bassem", "Bassem"),
        (
            "Hezbollah's benefactor Iran condemned the attack on Monday.",
            "Hezbollah's benefactor Iran",
            "Iran",
        ),
        (
            "An Israeli military court indicted a teenage girl on Monday.",
            "An Israeli military court",
            "An Israeli military court",
        ),
        (
            "Militants attacked the Syrian Alawite regime of Bashar al-Assad.",
            "the Syrian Alawite regime of Bashar al-Assad",
            "the Syrian Alawite regime of Bashar al-Assad",
        ),
        (
            "A Chinese People's Liberation Army (PLA) soldier shot a protester.",
            "A Chinese People's Liberation Army (PLA) soldier",
            "People's Liberation Army",
        ),
        (
            "Why have US-China relations soured? Trump met Xi Jinping of China "
            "on Friday. "
            "Trump accused China of theft and urged it to stop.",
            "it",
            "China",
        ),
    ],
)
def test_nobody_goes_by_the_name_of_another(text, words, name):
    assert parties(text)[words].name == name


def test_the_states_of_an_island_are_not_the_united_states():
    assert who("the States of Jersey")[0].country != "USA"
    assert who("the States", day=DAY)[0].country == "USA"
    assert who("the Sahel States", day=DAY)[0].country != "USA"


def test_a_title_at_a_lines_end_is_nobodys_in_the_next_line():
    text = "The group will be led by prime minister\n\nKarlov Ltd accused Peru of theft."
    named = [m for m in parsed(text).mentions if m.kind == "name"]
    assert not any("\n" in m.span.of(text) or m.titles for m in named)


def test_a_land_before_a_title_is_no_town_of_missouri():
    text = "At the summit in Mexico, Mr. Brandt spoke. Envoys of Mexico accused him."
    assert who("Mexico", text, day=DAY)[0].country == "MEX"
    assert who("Envoys of Mexico", text, day=DAY)[0].country == "MEX"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Oleg Biden, a baker, lost his shop. Biden accused the mayor.", "Biden"),
        ("The court freed Igor Stoltenberg. Stoltenberg thanked it.", "Stoltenberg"),
    ],
)
def test_a_surname_is_his_whom_the_report_first_names_in_full(text, words):
    at = text.rindex(words)
    report = Report("r", text, published=date(2023, 5, 1))
    every = make_coder(Options()).code(report).claims
    found = [a for claim in every for a in claim.actors if a.span.start == at]
    assert found
    assert all(a.entity is None for a in found)


def test_a_piece_of_a_surname_is_no_first_name():
    assert who("Russian senator Ivan Ivanov", day=DAY)[0].entity is None


def test_an_armed_group_that_words_name_keeps_its_name():
    text = "Kurdish fighters shelled Islamic State militants, a US official said."
    (found,) = who("Islamic State militants", text, day=DAY)
    assert (found.country, found.entity) == ("IMG", "armed-group:islamic-state")


def test_a_body_is_none_whose_name_begins_with_another_word_in_small_letters():
    text = "The state Department of Bridges shut two roads in Oregon on Friday."
    (found,) = who("The state Department of Bridges", text, day=DAY)
    assert found.entity is None


def test_an_ally_of_whose_nation_words_tell_is_of_that_nation():
    text = "The United States armed its Kenyan allies and warned Kenya's allies."
    assert who("its Kenyan allies", text)[0].country == "KEN"
    assert who("Kenya's allies", text)[0].country is None


def test_nobody_is_of_the_land_that_he_is_told_to_know_of():
    text = "Jane Roe, an expert on Russia, accused Moscow of lying. Roe urged Ukraine"
    assert parties(f"{text} to attack.")["Roe"].country is None


def test_whom_a_name_follows_is_not_the_holder_of_the_office():
    for link in ("of", "for"):
        text = f"President Bishop {link} the Church of Kenya John Olmo"
        assert who(text, day=DAY)[0].entity is None
