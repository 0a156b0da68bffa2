"""Names of one report that are the same one, and those that are not."""

from dataclasses import replace

import pytest

from dateline.model import Mention, Report, Span
from dateline.model.mention import Grammar
from dateline.nlp.coref.names import Figures, body_identity, owner_of_body
from dateline.nlp.en import pack


def figures(text: str) -> dict[str, str]:
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    found = Figures(parsed)
    fullest = {}
    for n, who in found.whose.items():
        best = parsed.mentions[found.figures[who].best]
        fullest[parsed.mentions[n].span.of(text)] = best.span.of(text)
    return fullest


@pytest.mark.parametrize("title", ["Mr. ", "Mr ", ""])
def test_a_surname_with_and_without_a_title_is_the_one_named_in_full(title):
    text = f"President Boris Karlov spoke on Monday. {title}Karlov left for Oslo."
    assert figures(text)[f"{title}Karlov"] == "President Boris Karlov"


def test_a_wife_is_not_her_husband():
    text = "Mr. Boris Karlov flew to Oslo on Monday. Mrs. Karlov stayed in Geneva."
    assert figures(text)["Mrs. Karlov"] == "Mrs. Karlov"


def test_two_of_one_surname_leave_it_open():
    text = (
        "Boris Karlov met the mayor on Monday. Anna Karlov met the judge in Oslo. Then Karlov left."
    )
    assert "Karlov" not in figures(text)


def test_the_one_of_whom_a_report_tells_most_keeps_the_surname():
    text = (
        "Boris Karlov won. His brother Ivan Karlov lost. Boris Karlov thanked voters. "
        "Boris Karlov spoke in Oslo. On Tuesday Karlov resigned."
    )
    assert figures(text)["Karlov"] == "Boris Karlov"


def test_a_land_stays_a_land_beside_a_man_of_its_name():
    text = (
        "Senator Michael Jordan flew to Amman. He met officials in Jordan. "
        "Jordan signed the treaty."
    )
    assert figures(text)["Jordan"] == "Jordan"


def test_an_acronym_is_the_name_it_shortens():
    text = "The Forest Liberation Front burned a bridge. The FLF fled to Geneva."
    assert "Forest Liberation Front" in figures(text)["FLF"]


def test_a_name_is_the_same_with_and_without_its_marks():
    text = "President Nicolás Marón spoke on Monday. President Nicolas Maron left Oslo."
    found = figures(text)
    assert found["President Nicolas Maron"] == found["President Nicolás Marón"]


def test_two_names_joined_are_nobodys_full_name():
    text = (
        "Anger clouds the Karlov-Brandt meeting. President Boris Karlov met Ivo Brandt "
        "in Oslo on Monday. Brandt said that Karlov would leave."
    )
    found = figures(text)
    assert found["Brandt"] == "Ivo Brandt"
    assert found["Karlov"] == "President Boris Karlov"


def test_a_surname_taken_for_a_town_is_still_a_mans():
    text = (
        "Senator Ivo Jenrick spoke on Monday. Jenrick left early. Jenrick's aide "
        "stayed. The mayor deplored such language from Jenrick."
    )
    assert figures(text)["Jenrick"] == "Senator Ivo Jenrick"


def groups(text: str) -> list[list[str]]:
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    every = Figures(parsed).figures
    return [[parsed.mentions[n].span.of(text) for n in one.mentions] for one in every]


def test_ministries_of_two_countries_are_two() -> None:
    text = (
        "Turkey's Foreign Ministry said so. Greece's Foreign Ministry denied it. "
        "Turkey's Foreign Ministry smiled."
    )
    assert groups(text).count(["Foreign Ministry", "Foreign Ministry"]) == 1
    assert ["Foreign Ministry"] in groups(text)


def test_the_bare_ministry_is_the_one_named_last() -> None:
    text = (
        "The Turkish Foreign Ministry said so. Greece's Foreign Ministry denied it. "
        "The Foreign Ministry smiled."
    )
    assert ["Foreign Ministry", "Foreign Ministry"] in groups(text)
    assert ["Turkish Foreign Ministry"] in groups(text)


def test_a_countrys_ministry_is_one_by_noun_and_adjective() -> None:
    text = (
        "The Russian Defense Ministry said so. The Ukrainian Defense Ministry denied "
        "it. Russia's Defense Ministry smiled."
    )
    assert ["Russian Defense Ministry", "Defense Ministry"] in groups(text)


def test_the_end_of_an_owned_name_is_no_short_form() -> None:
    text = "The Korvian Central News Agency said so. Norway's News Agency denied it."
    assert figures(text)["News Agency"] == "News Agency"


def test_a_name_goes_on_after_a_plurals_apostrophe() -> None:
    text = (
        "The Iranian Students' News Agency spoke. The Kurdistan Workers' Party fled. "
        "The Sudan People's Liberation Army won. The SPLA left."
    )
    found = figures(text)
    assert "Iranian Students' News Agency" in found
    assert "Kurdistan Workers' Party" in found
    assert found["SPLA"] == "Sudan People's Liberation Army"


def test_the_stop_of_a_rank_is_no_name() -> None:
    text = "A spokesman, Col. Adnan Karim, left. Brig. Gen. Ali Hasan and Lt. Jon Lee stayed."
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    names = [m.words for m in parsed.mentions if m.kind == "name"]
    assert names == [("adnan", "karim"), ("ali", "hasan"), ("jon", "lee")]


def test_a_man_named_like_a_land_owns_things_too() -> None:
    text = "Senator Jack Chad spoke on Monday. Chad left early. Chad's aides stayed."
    assert figures(text)["Chad"] == "Senator Jack Chad"


def test_letters_are_no_mans_last_name() -> None:
    text = "Kim Jong Un spoke on Monday. The UN condemned him."
    assert figures(text)["UN"] == "UN"


def test_a_name_begins_behind_the_office() -> None:
    text = "Secretary of State John Brandt met 34-year-old Paul Dixon."
    assert {"John Brandt", "Paul Dixon"} <= set(figures(text))


def test_a_body_that_the_base_knows_is_one_by_all_its_names() -> None:
    text = (
        "The European Union imposed sanctions on Friday. Minsk rebuked the EU. The"
        " PKK claimed the attack, and the Kurdistan Workers Party threatened another."
    )
    found = figures(text)
    assert found["EU"] == "European Union"
    assert found["PKK"] == found["Kurdistan Workers Party"]


def test_a_namesake_who_comes_up_later_leaves_the_surname_where_it_was():
    text = (
        "Boris Karlov won on Monday. Karlov thanked voters in Oslo. His wife "
        "Anna Karlov stood beside him. Then Karlov left."
    )
    assert figures(text)["Karlov"] == "Boris Karlov"


def test_two_names_joined_are_two_people():
    text = (
        "President Boris Karlov met Premier Ivo Brandt. The Karlov-Brandt summit ended "
        "without a deal."
    )
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    told = [m.span.of(text) for m in parsed.mentions if m.kind == "name"]
    assert told[-2:] == ["Karlov", "Brandt"]


def test_a_double_name_stays_one():
    text = "Mrs. Ana Holt-Brandt spoke in Oslo. On Monday Holt-Brandt left Norway."
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    told = [m.span.of(text) for m in parsed.mentions if m.kind == "name"]
    assert "Holt-Brandt" in told


@pytest.mark.parametrize("letters", ["MSP", "MEP", "MS"])
def test_the_letters_of_a_membership_are_no_name_and_no_title(letters):
    text = f"Ivo Brandt {letters} spoke in Oslo. On Monday Mr Brandt left Norway."
    assert figures(text)["Mr Brandt"].startswith("Ivo Brandt")


def test_a_surname_that_is_a_title_is_a_surname():
    text = (
        "Senator Ivo King spoke in Oslo. King accused the mayor of lying. Mr. King left on Monday."
    )
    found = figures(text)
    assert found["King"] == found["Mr. King"] == "Senator Ivo King"


def test_a_surname_that_is_a_month_is_somebody_where_it_speaks():
    text = (
        "Prime Minister Tessa May spoke in Oslo. May said that Norway would pay. The "
        "talks end in May."
    )
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    starts = [m.span.start for m in parsed.mentions if m.span.of(text) == "May"]
    assert starts == [text.index("May said")]


def test_a_papers_name_before_a_mans_is_not_his():
    text = "President Boris Karlov spoke in Minsk. Ana Roy/Reuters Karlov left for Oslo."
    assert figures(text)["Karlov"] == "President Boris Karlov"


def test_the_office_of_a_state_is_no_given_name():
    text = (
        "Secretary of State Ivo J. Brandt flew to Oslo. Brandt met the king. Secretary "
        "of State Brandt left on Monday."
    )
    assert figures(text)["Brandt"].endswith("Ivo J. Brandt")


def test_a_surname_before_a_land_is_no_name_of_the_land():
    text = (
        "Karlov Russia: a deal on sanctions. President Boris Karlov met Mr. Karlov's "
        "critics. They accuse Russia of theft. He said Russia has lied."
    )
    assert figures(text)["Russia"] == "Russia"


def test_the_vice_president_is_no_president():
    text = (
        "President Boris Karlov met Vice President Ana Roy in Minsk. The vice "
        "president left for Oslo."
    )
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    found = Figures(parsed)
    told = [m.span.of(text) for m in parsed.mentions]
    never = found.unlike(told.index("The vice president"))
    assert [found.figures[who].words for who in never] == [("boris", "karlov")]


def test_no_house_goes_by_the_last_word_of_its_name():
    text = "The White House praised the vote. The House passed the bill on Friday."
    assert figures(text)["House"] == "House"


OWNER = Mention(Span(0, 6), 0, 1, 0, 0, "name", "state", ("turkey",), Grammar("modifier"))
BODY = Mention(Span(7, 17), 1, 2, 1, 0, "name", "body", ("parliament",), Grammar("subject"))


def test_a_name_right_before_a_body_owns_it_as_a_modifier_alone() -> None:
    assert owner_of_body((OWNER, BODY), 1) is OWNER  # "the Turkey Parliament"
    subject = replace(OWNER, grammar=Grammar("subject"))
    assert owner_of_body((subject, BODY), 1) is None  # "Turkey, Parliament said, …"
    assert owner_of_body((replace(OWNER, last=0), BODY), 1) is None  # words between


def test_an_owner_by_grammar_owns_a_body_wherever_it_stands() -> None:
    owned = replace(BODY, grammar=Grammar("subject", owner=OWNER.head))
    far = replace(OWNER, grammar=Grammar("other"), last=0)
    assert owner_of_body((far, owned), 1) is far


@pytest.mark.parametrize(("word", "alone"), [("turks", "turk"), ("french", "french")])
def test_a_people_is_told_apart_without_the_ending_of_its_plural(word, alone):
    report = Report("r", "Nobody came.")
    parsed = pack.parse(report, pack.sentences(report))
    people = replace(OWNER, words=(word,), sort="people")
    assert body_identity(parsed, people) == (alone,)
