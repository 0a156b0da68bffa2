"""Cases in which a near country, or a near name, is the wrong one."""

import pytest

from benchmarks.actors import open_line
from dateline.extract.actors import Resolver
from dateline.extract.actors.cues import Cue
from dateline.extract.actors.evidence import mention_at
from dateline.extract.actors.learned.identify import ask_mention, likelihoods, surroundings
from dateline.extract.actors.learned.scorer import scorer
from dateline.extract.actors.nationalities import countries_of_place
from dateline.extract.actors.report_features import survey
from dateline.model import Actor, Dating, Setting, Span
from dateline.nlp.en import pack
from dateline.resources.knowledge_base import base
from tests.extract.actors.test_resolve import at, parsed, setting, who

ABOUT_KENYA = (
    "NAIROBI, Kenya - Police in Kenya arrested nine men on Monday. Kenyan officials "
    "said the men had planned a raid on a camp in northern Kenya. "
)


def read(text: str, words: str) -> Actor:
    whole, _ = open_line({"id": "r", "text": text})
    return Resolver()(whole, at(text, words), setting())[0]


@pytest.mark.parametrize(
    ("mention", "never"),
    [
        ("U.S.-backed rebels", "USA"),
        ("anti-Turkish demonstrators", "TUR"),
        ("pro-Russian gunmen", "RUS"),
        ("ethnic Albanian rebels", "ALB"),
    ],
)
def test_who_is_backed_or_opposed_is_nobodys_state(mention: str, never: str) -> None:
    text = ABOUT_KENYA + f"{mention} burned two villages."
    assert read(text, mention).country != never


def test_a_small_town_that_an_act_is_set_in_tells_the_country() -> None:
    text = "Soldiers shot two protesters in Goma on Monday."
    assert read(text, "Soldiers").country == "COD"
    assert read(text, "two protesters").country == "COD"


@pytest.mark.parametrize(
    "mention", ["Turkey's armed forces", "Turkish armed forces", "Turkish armed police"]
)
def test_a_states_armed_forces_are_its_own(mention: str) -> None:
    found = read(ABOUT_KENYA + f"{mention} burned two villages.", mention)
    assert (found.country, found.answer) == ("TUR", "resolved")


@pytest.mark.parametrize(
    ("region", "country"),
    [("Queensland", "AUS"), ("Donetsk", "UKR"), ("Flanders", "BEL"), ("Sicily", "ITA")],
)
def test_a_region_is_of_its_country_however_short_the_report(region: str, country: str) -> None:
    text = f"{region} condemned the decision on Tuesday."
    assert read(text, region).country == country


@pytest.mark.parametrize(
    ("body", "country"),
    [
        ("Gdansk's mayor", "POL"),
        ("the bishop of Brno", "CZE"),
        ("residents of Tatarstan", "RUS"),
        ("the mayor of San Pedro Sula", "HND"),  # none of the San
    ],
)
def test_a_body_of_a_town_is_of_its_country(body: str, country: str) -> None:
    text = f"{body[0].upper()}{body[1:]} condemned the arrests on Tuesday."
    assert read(text, text[: len(body)]).country == country


@pytest.mark.parametrize(
    ("name", "never"),
    [
        ("Victoria", "SYC"),  # the capital, and a state of Australia
        ("Tamil Nadu", "LKA"),
        ("the AKP", "KHM"),  # an agency has no article
        ("the PTI", "IND"),
        ("Alexander Pope", "VAT"),
    ],
)
def test_a_name_of_two_is_not_of_the_lesser(name: str, never: str) -> None:
    text = f"{name[0].upper()}{name[1:]} condemned the decision on Tuesday."
    assert read(text, text[: len(name)]).country != never


def test_an_ally_or_enemy_of_a_state_is_not_that_state() -> None:
    for mention in ("America's enemies", "U.S. allies", "a U.S. ally"):
        text = f"Washington said on Monday that the United States would warn {mention}."
        assert read(text, mention).country != "USA"


def test_a_denied_nationality_is_not_theirs() -> None:
    text = ABOUT_KENYA + "They were, he said, not Ugandan soldiers."
    assert read(text, "not Ugandan soldiers").country != "UGA"


@pytest.mark.parametrize(
    ("mention", "never"),
    [("Michael Jordan", "JOR"), ("Chad Foobar", "TCD"), ("Israel Barsona", "ISR")],
)
def test_a_land_in_a_name_is_nobodys_home(mention: str, never: str) -> None:
    text = ABOUT_KENYA + f"Doctor {mention} treated the wounded."
    assert read(text, mention).country != never


def test_an_aide_is_not_named_for_his_president() -> None:
    for mention in ("Vladimir Putin's supporters", "the aides of Vladimir Putin"):
        found = who(mention)[0]
        assert found.entity != "person:vladimir-putin"
        assert found.name == mention


def test_workers_go_by_their_own_words_and_a_state_by_its_name() -> None:
    miners = who("Peruvian copper miners")[0]
    assert (miners.name, miners.country) == ("Peruvian copper miners", "PER")
    assert who("Turkish President Foo Barson")[0].name == "Turkish President Foo Barson"
    assert who("Pyongyang")[0].name == "North Korea"


def test_two_of_one_surname_are_not_one() -> None:
    text = (
        "Vladimir Putin of Russia spoke. The baker Ivo Putin of Latvia answered. Putin left early."
    )
    assert who("Putin", text)[0].entity is None


def test_hong_kong_is_filed_under_china() -> None:
    assert who("Hong Kong police")[0].country == "CHN"


def test_a_town_of_a_common_name_is_where_the_report_is() -> None:
    assert dict(countries_of_place("Georgia", pack.lexicon))["USA"] > 0
    text = "Police in Atlanta, in the U.S. state of Georgia, held ten men on Monday."
    cues = survey_of(text)
    assert {cue.code for cue in cues} == {"USA"}


def survey_of(text: str) -> list[Cue]:
    from dateline.extract.actors.report_features import survey

    whole = parsed(text)
    return [c for row in survey(whole, setting(), base()).cues for c in row]


def test_a_user_own_row_is_found_by_the_surname_too(tmp_path) -> None:
    rows = "name,country,sector\nFoo Barson,TGO,REB\n"
    path = tmp_path / "own.csv"
    path.write_text(rows, "utf-8")
    text = "Nepalese general Foo Barson spoke. Barson left."
    found = Resolver((path,))(parsed(text), at(text, "Barson"), setting())[0]
    assert (found.country, found.why.rule) == ("TGO", "actors.user-list.v1")


def test_how_sure_is_told_and_a_guess_is_less_sure() -> None:
    assert who("Turkish police")[0].sure > 0.9
    assert 0 <= who("Foo Barson")[0].sure <= 1


@pytest.mark.parametrize(
    "mention",
    [
        "Brussels-based lobbyists",
        "experts based in Warsaw",
        "Swiss-trained insurgents",
        "Capt. Wanda Merkel",
    ],
)
def test_what_is_near_is_not_theirs(mention: str) -> None:
    assert who(mention)[0].country is None


def test_captors_are_not_of_their_captives_country() -> None:
    text = "Raiders carried off a Finnish nurse."
    assert read(text, "Raiders").country is None
    assert read(text, "a Finnish nurse").country == "FIN"


def test_weights_fit_the_columns() -> None:
    from dateline.extract.actors.learned.features import COLUMNS
    from dateline.extract.actors.learned.sectors import COLUMNS as SORTS

    held = scorer()
    assert len(held.nets[0].at["mean"]) == len(COLUMNS) + 1
    assert held.ranker.columns.max() < len(SORTS)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("NATO struck Kenyan tanks. [The government] said two men died.", None),
        ("Mali took in refugees. [Mali's neighbour] closed a road.", None),
        ("[Allies of Kenyan President Juma Odero] met on Monday.", "KEN"),
        ("NAIROBI, March 5 (Reuters) - [The army] freed ten men.", "KEN"),
        ("LONDON, March 5 (Reuters) - [Rebels] freed ten men.", None),
        ("U.N. troops in Mali shot a man. [The troops] fled.", "UNO"),
        ("Thai envoys met the Lao delegation. [The delegation] left.", "LAO"),
        (
            "Juma Odero and Okot Lule, the presidents of Kenya and Uganda, met. "
            "[The two presidents] embraced.",
            None,
        ),
    ],
)
def test_words_are_of_a_state_that_they_can_be_of(text: str, country: str | None) -> None:
    words = text[text.index("[") + 1 : text.index("]")]
    text = text.replace("[", "").replace("]", "")
    whole, told = open_line({"id": "r", "text": text})
    assert Resolver()(whole, at(text, words), told)[0].country == country


@pytest.mark.parametrize(
    ("text", "words", "never"),
    [
        ("Juma Odero met Okot Lule in Kampala. It was cold.", "It", "person:"),
        (
            "The St. Louis Post-Dispatch said so. St. Louis officers fired.",
            "St. Louis officers",
            "media:",
        ),
        ("The State Dept condemned the arrests.", "The State Dept", "media:"),
    ],
)
def test_no_entity_is_of_a_kind_that_the_words_contradict(
    text: str, words: str, never: str
) -> None:
    assert not (read(text, words).entity or "").startswith(never)


def test_each_of_a_list_that_shares_a_noun_has_its_own_words() -> None:
    text = "Kenyan and Ugandan troops killed ten men."
    whole, told = open_line({"id": "r", "text": text})
    found = Resolver()(whole, at(text, "Kenyan and Ugandan troops"), told)
    assert [who.name for who in found] == ["Kenyan troops", "Ugandan troops"]


RESOLVE = Resolver()
SETTING = Setting(Dating(None, None, False, ()), filed="")


def parties_of(text: str, words: str) -> list[Actor]:
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
    found = [each.country for each in parties_of(text, "The three countries")]
    assert found == ["EGY", "SDN", "ETH"]


def test_a_neighbour_is_never_the_country_it_borders_on() -> None:
    found = parties_of("Japan accused its neighbor of spying.", "its neighbor")[0]
    assert found.country is None
    assert found.why.rule in ("actors.neighbour.v1", "actors.unknown.v1")


def test_a_neighbour_that_was_named_is_never_the_other() -> None:
    text = "India warned its neighbor Pakistan. Its neighbor denied the charge."
    assert parties_of(text, "Its neighbor")[0].country in ("PAK", None)


def test_police_in_the_capital_are_at_home() -> None:
    text = "Riots broke out in Kenya. Police in the capital fired into the air."
    assert parties_of(text, "Police in the capital")[0].country == "KEN"


def test_inspectors_are_theirs_whose_inspectors_were_told_before() -> None:
    text = "U.N. weapons inspectors left Iraq. A guard followed the inspectors."
    assert parties_of(text, "the inspectors")[0].country == "UNO"


def test_inspectors_of_two_bodies_are_left_open() -> None:
    text = "U.N. inspectors and NATO inspectors left. The inspectors were tired."
    assert {each.country for each in parties_of(text, "The inspectors")} == {None}


def test_tourists_are_of_the_country_they_were_told_to_be_of() -> None:
    text = "Gunmen seized three Danish tourists in Yemen. The tourists were freed."
    assert likeliest_of(text, "The tourists") == "DNK"


def test_north_and_south_korea_are_two_states() -> None:
    text = "North and South Korea exchanged fire on Monday."
    found = [each.country for each in parties_of(text, "North and South Korea")]
    assert found == ["PRK", "KOR"]


def test_militants_in_two_countries_are_one_party() -> None:
    text = "The jets struck militants in Syria and Iraq on Sunday."
    assert len(parties_of(text, "militants in Syria and Iraq")) == 1


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
def test_a_party_goes_by_its_name_not_its_description(text: str, words: str, name: str) -> None:
    (found,) = parties_of(text, words)
    assert found.name == name
    assert found.entity is None


@pytest.mark.parametrize("words", ["and", "and , and"])
def test_words_that_name_nobody_are_an_unknown_party(words: str) -> None:
    (found,) = parties_of(f"The men {words} fled to Oslo.", words)
    assert (found.country, found.answer) == (None, "unknown")


def test_leaders_of_the_two_countries_are_of_each() -> None:
    text = "Eritrea and Ethiopia signed a truce. The leaders of both countries met."
    found = [each.country for each in parties_of(text, "The leaders of both countries")]
    assert found == ["ERI", "ETH"]
    text = "The leaders of North and South Korea met on Friday."
    found = [each.country for each in parties_of(text, "The leaders of North and South Korea")]
    assert found == ["PRK", "KOR"]


def test_lawmakers_of_both_parties_are_of_their_own_country() -> None:
    words = "Kenyan lawmakers from both parties"
    text = f"Uganda and Tanzania signed a pact. {words} criticised it."
    assert [each.country for each in parties_of(text, words)] == ["KEN"]


def test_two_states_told_in_one_word_are_two_parties() -> None:
    for words in ("US-North Korean", "U.S.-North Korea"):
        found = parties_of(f"The {words} talks failed on Monday.", words)
        assert [each.country for each in found] == ["USA", "PRK"]
    (one,) = parties_of("The US-led coalition left.", "US-led")
    assert one.country == "USA"


def test_a_ministry_of_foreign_affairs_is_no_magazine() -> None:
    words = "Kenya's Ministry of Foreign Affairs"
    (found,) = parties_of(f"{words} accused Chad of a serious mistake.", words)
    assert (found.name, found.country, found.entity) == (words, "KEN", None)


def test_both_sides_of_which_one_is_no_state_are_not_the_reports_two_states() -> None:
    text = (
        "Israel and Hamas agreed on a truce in Egypt. Egypt said Egyptian envoys and "
        "Israeli officials had met in Israel. Israel and Hamas met again. Both sides "
        "freed prisoners."
    )
    assert [each.country for each in parties_of(text, "Both sides")] == ["ISR", "PSE"]


def test_marks_without_a_word_are_nobody() -> None:
    (found,) = parties_of("Kenya charged the banker and her co-defendant.", "-")
    assert (found.country, found.answer) == (None, "unknown")
