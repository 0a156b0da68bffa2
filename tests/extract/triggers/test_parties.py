"""Words of a party: whole names, whole phrases, nobody told twice."""

import pytest

from dateline.extract.triggers.parties import (
    drop_pieces_of_others,
    opens_headline_list,
    trim_parties,
)
from dateline.model import Parsed, Report, Span
from dateline.nlp.en import pack


def read(text: str) -> Parsed:
    report = Report("r", text)
    return pack.parse(report, pack.sentences(report))


def told(text: str, *words: str) -> list[str]:
    spans = [Span(at := text.index(w), at + len(w)) for w in words]
    return [s.of(text) for s in trim_parties(read(text), spans, Span(0, 0))]


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        (
            "Police arrested Omar Diallo, a former union leader, on Monday.",
            ["Omar Diallo", "a former union leader"],
            ["Omar Diallo, a former union leader"],
        ),
        (
            "President Moon Jae-in will meet the envoys next week.",
            ["President Moon Jae", "in"],
            ["President Moon Jae-in"],
        ),
        ("Nabil al-Rashid criticised the government.", ["Nabil al", "Rashid"], ["Nabil al-Rashid"]),
        (
            "Peru's president, Dina Salazar, has refused to resign.",
            ["Peru's president", "Dina Salazar"],
            ["Peru's president, Dina Salazar"],
        ),
        (
            "The Rapid Relief Forces (RRF) killed at least 30 people on Friday.",
            ["The Rapid Relief Forces", "RRF"],
            ["The Rapid Relief Forces (RRF)"],
        ),
        (
            "Clashes between troops and rebels of the Karen National Union killed 14.",
            ["troops", "rebels", "the Karen National Union"],
            ["troops", "rebels of the Karen National Union"],
        ),
        (
            "The minister imposed sanctions on Iranian, Russian and Chinese companies.",
            ["Iranian, Russian", "Chinese companies"],
            ["Iranian, Russian and Chinese companies"],
        ),
        (
            "Peacekeepers from Uganda and Burundi drove the militants from the port.",
            ["Peacekeepers from Uganda", "Burundi"],
            ["Peacekeepers from Uganda and Burundi"],
        ),
    ],
)
def test_pieces_of_one_phrase_are_one_party(text: str, words: list[str], whole: list[str]) -> None:
    assert told(text, *words) == whole


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "President Ashraf Noori, his deputy and several ministers met the envoy.",
            ["President Ashraf Noori", "his deputy", "several ministers"],
        ),
        ("Germany, France and Italy condemned the coup on Friday.", ["Germany", "France", "Italy"]),
        (
            "The leaders of France, Italy and Spain condemned the coup on Friday.",
            ["The leaders of France", "Italy", "Spain"],
        ),
    ],
)
def test_a_list_is_as_many_parties_as_it_names(text: str, words: list[str]) -> None:
    assert told(text, *words) == words


def test_an_age_is_nobody() -> None:
    text = "Prosecutors charged Jean Kabongo, 45, with treason on Friday."
    assert told(text, "Jean Kabongo", "45") == ["Jean Kabongo"]


def test_a_name_is_never_cut() -> None:
    text = "Bosnia and Herzegovina's foreign minister met his counterpart from Oslo."
    cut = "Bosnia", "Herzegovina", "foreign minister"
    assert told(text, *cut) == ["Bosnia and Herzegovina's foreign minister"]
    text = "Trinidad and Tobago sent food aid after the eruption."
    assert told(text, "Trinidad", "Tobago") == ["Trinidad and Tobago"]
    text = "The envoy flew to Jerusalem to meet Prime Minister Menachem Begin."
    assert told(text, "Prime Minister Menachem") == ["Prime Minister Menachem Begin"]
    text = "Officials said that Israel opened fire on Tuesday in the northern town."
    assert told(text, "Israel") == ["Israel"]


def test_leaders_who_are_named_go_by_their_names() -> None:
    text = "The two leaders, Vladimir Putin and Xi Jinping, signed an agreement."
    every = ["The two leaders", "Vladimir Putin", "Xi Jinping"]
    assert told(text, *every) == every[1:]


def test_an_adjective_or_number_is_read_on_to_its_noun() -> None:
    text = "He told his European counterparts that 14 people had been killed."
    assert told(text, "his European", "14") == ["his European counterparts", "14 people"]
    assert told("Britain recalled its ambassador on Monday.", "its") == ["its"]


def test_a_name_that_is_begun_within_is_read_whole() -> None:
    text = "Two men are suspected of blowing up Pan Am flight 99 over the sea in June."
    assert told(text, "Am flight 99") == ["Pan Am flight 99"]


@pytest.mark.parametrize(
    ("text", "words", "cut"),
    [
        ("He told how armed men raided the town.", "how armed men", ["armed men"]),
        ("Dozens of miners were held on Friday.", "of miners", ["miners"]),
        ("The mayor met the protesters.", "met the protesters", ["the protesters"]),
        ("Gunmen shot “certain foreign agents”.", "“certain foreign", ["certain"]),
        ("Peru's Diaz threatens a strike.", "'s", []),
    ],
)
def test_no_party_begins_with_a_verb_or_a_mark(text, words, cut):
    found = told(text, words)
    assert len(found) == len(cut)
    assert all(one.startswith(begin) for one, begin in zip(found, cut, strict=True))


def test_a_word_that_tells_of_a_noun_is_read_on_to_it():
    text = "The president dismissed two retired generals on Monday."
    assert told(text, "two retired") == ["two retired generals"]


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        (
            "Peru warned refugees from Chile, Cuba and Haiti on Monday.",
            ["refugees", "Chile", "Cuba", "Haiti"],
            ["refugees"],
        ),
        (
            "Envoys monitoring the sanctions on Chad condemned the attack.",
            ["Envoys", "Chad"],
            ["Envoys"],
        ),
        (
            "The ministers of Chile, Cuba and Haiti met on Monday.",
            ["ministers of Chile", "Cuba", "Haiti"],
            ["ministers of Chile", "Cuba", "Haiti"],
        ),
        (
            "He met several allies, including Chile, on Monday.",
            ["several allies", "Chile"],
            ["several allies", "Chile"],
        ),
    ],
)
def test_words_that_only_tell_more_of_a_party_are_no_other_one(text, words, kept):
    assert told(text, *words) == kept


def test_a_name_with_a_small_first_piece_is_one() -> None:
    text = "The gate is shut because of al-Qaeda-linked attacks on the compound."
    assert told(text, "al", "Qaeda") == ["al-Qaeda"]


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        (
            "A guard of the Northern Relief Force (NRF) brigade shot a man.",
            ["the Northern Relief Force", "NRF", "brigade"],
            ["the Northern Relief Force (NRF) brigade"],
        ),
        (
            "The council of former and current judges urged a boycott of the vote.",
            ["The council of former", "current judges"],
            ["The council of former and current judges"],
        ),
        (
            "Workers at state-run oil and gas firms walked out on Monday.",
            ["Workers at state-run oil"],
            ["Workers at state-run oil and gas firms"],
        ),
        (
            "On Thursday Mr Okello called off the talks with the rebels.",
            ["Thursday Mr Okello"],
            ["Mr Okello"],
        ),
        (
            "Gunmen killed two hundred and ninety people in the north.",
            ["ninety people"],
            ["two hundred and ninety people"],
        ),
        (
            "Image copyright Reuters Image caption Mrs Brandt met the envoy in Oslo.",
            ["Image copyright Reuters Image caption Mrs Brandt"],
            ["Mrs Brandt"],
        ),
    ],
)
def test_a_party_is_told_whole_and_nothing_else_with_it(
    text: str, words: list[str], whole: list[str]
) -> None:
    assert told(text, *words) == whole


def test_two_states_whose_noun_is_one_stay_two_parties() -> None:
    text = "US and Iraqi forces shelled the town on Friday."
    assert told(text, "US", "Iraqi forces") == ["US", "Iraqi forces"]


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        (
            "The rebels met a top Chadian diplomat in the north on Monday.",
            ["a top Chadian"],
            ["a top Chadian diplomat"],
        ),
        (
            "The order was signed by the Brandt administration in the spring.",
            ["the Brandt"],
            ["the Brandt administration"],
        ),
        ("The army shelled Hamas fighters on Friday.", ["Hamas"], ["Hamas"]),
        ("He welcomed home three captives on Friday.", ["home three captives"], ["three captives"]),
        (
            "The Foreign and Commonwealth Office advised against all travel.",
            ["The Foreign", "Commonwealth Office"],
            ["The Foreign and Commonwealth Office"],
        ),
        (
            '"It is wrong," said Sen. Mark Van Doren, Utah Democrat.',
            ["Sen. Mark Van Doren", "Utah Democrat"],
            ["Sen. Mark Van Doren, Utah Democrat"],
        ),
        (
            "The chief of police in Louisville, Kentucky has been sacked.",
            ["The chief of police in Louisville", "Kentucky"],
            ["The chief of police in Louisville"],
        ),
        (
            "Police seek associates of Omari, a British-born man of 23.",
            ["associates of Omari", "British"],
            ["associates of Omari"],
        ),
        ("A would-be assassin shot the minister on Friday.", ["be assassin"], ["assassin"]),
        ("China, Russia veto UN resolution on Chad.", ["China", "Russia"], ["China", "Russia"]),
        (
            "Peru, Chile, Bolivia and Brazil signed the pact on Friday.",
            ["Peru", "Chile", "Bolivia", "Brazil"],
            ["Peru", "Chile", "Bolivia", "Brazil"],
        ),
    ],
)
def test_no_piece_of_a_phrase_is_a_party(text: str, words: list[str], whole: list[str]) -> None:
    assert told(text, *words) == whole


def test_a_piece_of_one_side_is_nobody_on_the_other() -> None:
    text = "Taliban officials and Peru-Chile envoys met his aides and him."
    met = Span(at := text.index("met"), at + 3)

    def kept(own: str, other: str) -> bool:
        one, two = (Span(at := text.index(w), at + len(w)) for w in (own, other))
        return bool(drop_pieces_of_others(read(text), (one,), (two,), met))

    assert not kept("Taliban", "Taliban officials")
    assert kept("Taliban officials", "Taliban")
    assert kept("Chile", "Peru-Chile")
    assert kept("his", "his aides")


def test_two_names_that_open_a_headline_are_a_list() -> None:
    def both(text: str, *names: str) -> bool:
        spans = [Span(at := text.index(name), at + len(name)) for name in names]
        return opens_headline_list(read(text), *spans)

    assert both("U.S., Iran cite progress in talks.", "U.S.", "Iran")
    assert not both("U.S. and Iran cite progress in talks.", "U.S.", "Iran")
    assert not both("The U.S., Iran said, cites progress.", "U.S.", "Iran")


def test_the_ages_of_several_are_nobody() -> None:
    text = "Three men, aged 34, 36 and 51, were arrested by police in Leeds."
    assert told(text, "Three men", "34", "36", "51") == ["Three men"]


def test_where_somebody_is_tells_of_him_and_is_nobody_else() -> None:
    text = "Demonstrators stormed the American Embassy in Cairo."
    whole = ["the American Embassy in Cairo"]
    assert told(text, "the American Embassy", "Cairo") == whole


def test_what_somebody_named_is_said_to_be_is_nobody_else() -> None:
    text = "Ann Roe, a priest in Oslo and an expert on oil ties, criticised Norway."
    words = "Ann Roe", "a priest in Oslo", "an expert on oil ties"
    assert told(text, *words) == ["Ann Roe"]
    text = "Ann Bell, a nurse, a driver and a cook were killed by rebels in Mali."
    several = told(text, "Ann Bell", "a nurse", "a driver", "a cook")
    assert several == ["Ann Bell, a nurse", "a driver", "a cook"]


def test_a_name_with_a_small_middle_piece_is_one() -> None:
    text = "Chad's Prime Minister Rahim-ul-Din Shah accused the rebels of murder."
    words = "Chad's Prime Minister Rahim", "ul", "Shah"
    assert told(text, *words) == ["Chad's Prime Minister Rahim-ul-Din Shah"]


def test_a_known_name_is_read_on_past_its_and() -> None:
    text = "The army fought the Islamic State of Iraq and Syria near Mosul."
    whole = ["the Islamic State of Iraq and Syria"]
    assert told(text, "the Islamic State of Iraq", "Syria") == whole
    text = "The army fought the Islamic State of Iraq and Iran near Mosul."
    words = "the Islamic State of Iraq", "Iran"
    assert told(text, *words) == list(words)
