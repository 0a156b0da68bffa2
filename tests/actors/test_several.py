import pytest

from dateline.actors import Resolver
from dateline.actors.evidence import mention_at
from dateline.actors.identify import ask_mention, likelihoods, surroundings
from dateline.actors.survey import survey
from dateline.evaluate.actors import open_line
from dateline.facts import base
from dateline.model import Actor, Dating, Setting, Span

RESOLVE = Resolver()
SETTING = Setting(Dating(None, None, False, ()), filed="")


def who(text: str, words: str) -> list[Actor]:
    parsed, _ = open_line({"id": "r", "text": text})
    start = text.rindex(words)
    return list(RESOLVE(parsed, Span(start, start + len(words)), SETTING))


def likeliest_of(text: str, words: str) -> str | None:
    parsed, _ = open_line({"id": "r", "text": text})
    start = text.rindex(words)
    seen = survey(parsed, SETTING, base())
    mention = mention_at(Span(start, start + len(words)), seen, base())
    asked = ask_mention(mention)
    around = surroundings([mention], [asked.found.codes])
    (likely,) = likelihoods([asked], around)
    return asked.found.codes[likely.index(max(likely))]


def test_the_three_countries_are_three_parties() -> None:
    text = "Egypt, Sudan and Ethiopia met. The three countries disagree over the dam."
    found = [each.country for each in who(text, "The three countries")]
    assert found == ["EGY", "SDN", "ETH"]


def test_a_neighbour_is_never_the_country_it_borders_on() -> None:
    found = who("Japan accused its neighbor of spying.", "its neighbor")[0]
    assert found.country is None
    assert found.why.rule in ("actors.neighbour.v1", "actors.unknown.v1")


def test_a_neighbour_that_was_named_is_never_the_other() -> None:
    text = "India warned its neighbor Pakistan. Its neighbor denied the charge."
    assert who(text, "Its neighbor")[0].country in ("PAK", None)


def test_police_in_the_capital_are_at_home() -> None:
    text = "Riots broke out in Kenya. Police in the capital fired into the air."
    assert who(text, "Police in the capital")[0].country == "KEN"


def test_inspectors_are_theirs_whose_inspectors_were_told_before() -> None:
    text = "U.N. weapons inspectors left Iraq. A guard followed the inspectors."
    assert who(text, "the inspectors")[0].country == "UNO"


def test_inspectors_of_two_bodies_are_left_open() -> None:
    text = "U.N. inspectors and NATO inspectors left. The inspectors were tired."
    assert {each.country for each in who(text, "The inspectors")} == {None}


def test_tourists_are_of_the_country_they_were_told_to_be_of() -> None:
    text = "Gunmen seized three Danish tourists in Yemen. The tourists were freed."
    assert likeliest_of(text, "The tourists") == "DNK"


def test_north_and_south_korea_are_two_states() -> None:
    text = "North and South Korea exchanged fire on Monday."
    found = [each.country for each in who(text, "North and South Korea")]
    assert found == ["PRK", "KOR"]


def test_militants_in_two_countries_are_one_party() -> None:
    text = "The jets struck militants in Syria and Iraq on Sunday."
    assert len(who(text, "militants in Syria and Iraq")) == 1


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "Iran's foreign minister, Abbas Karimi, condemned the raid.",
            "Iran's foreign minister, Abbas Karimi",
            "Abbas Karimi",
        ),
        (
            "Police arrested Omar Diallo, a former union leader, on Monday.",
            "Omar Diallo, a former union leader",
            "Omar Diallo",
        ),
    ],
)
def test_a_party_goes_by_its_name_not_its_description(
    text: str, words: str, name: str
) -> None:
    (found,) = who(text, words)
    assert found.name == name
    assert found.entity is None


@pytest.mark.parametrize("words", ["and", "and , and"])
def test_words_that_name_nobody_are_an_unknown_party(words: str) -> None:
    (found,) = who(f"The men {words} fled to Oslo.", words)
    assert (found.country, found.answer) == (None, "unknown")


def test_leaders_of_the_two_countries_are_of_each() -> None:
    text = "Eritrea and Ethiopia signed a truce. The leaders of both countries met."
    found = [each.country for each in who(text, "The leaders of both countries")]
    assert found == ["ERI", "ETH"]
    text = "The leaders of North and South Korea met on Friday."
    found = [each.country for each in who(text, "The leaders of North and South Korea")]
    assert found == ["PRK", "KOR"]


def test_lawmakers_of_both_parties_are_of_their_own_country() -> None:
    words = "Kenyan lawmakers from both parties"
    text = f"Uganda and Tanzania signed a pact. {words} criticised it."
    assert [each.country for each in who(text, words)] == ["KEN"]


def test_two_states_told_in_one_word_are_two_parties() -> None:
    for words in ("US-North Korean", "U.S.-North Korea"):
        found = who(f"The {words} talks failed on Monday.", words)
        assert [each.country for each in found] == ["USA", "PRK"]
    (one,) = who("The US-led coalition left.", "US-led")
    assert one.country == "USA"


def test_a_ministry_of_foreign_affairs_is_no_magazine() -> None:
    words = "Kenya's Ministry of Foreign Affairs"
    (found,) = who(f"{words} accused Chad of a serious mistake.", words)
    assert (found.name, found.country, found.entity) == (words, "KEN", None)


def test_both_sides_of_which_one_is_no_state_are_not_the_reports_two_states() -> None:
    text = (
        "Israel and Hamas agreed on a truce in Egypt. Egypt said Egyptian envoys and "
        "Israeli officials had met in Israel. Israel and Hamas met again. Both sides "
        "freed prisoners."
    )
    assert [each.country for each in who(text, "Both sides")] == ["ISR", "PSE"]


def test_marks_without_a_word_are_nobody() -> None:
    (found,) = who("Kenya charged the banker and her co-defendant.", "-")
    assert (found.country, found.answer) == (None, "unknown")
