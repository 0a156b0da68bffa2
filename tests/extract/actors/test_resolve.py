"""Both sides and the two countries of a report that tells of two."""

import csv
import gc
import pickle
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dateline.extract.actors import Resolver
from dateline.extract.actors.lexicon import split_words
from dateline.extract.actors.report_features import Survey
from dateline.ml.encoder import Reader
from dateline.model import Actor, Dating, Link, Parsed, Report, Setting, Span, Why
from dateline.model import Sentence as Stretch
from dateline.nlp.en import pack

RESOLVE = Resolver()


def setting(day: date | None = None, filed: str = "") -> Setting:
    return Setting(Dating(day, day, day is not None, ()), filed=filed)


def parsed(text: str, *links: tuple[str, str]) -> Parsed:
    found = tuple(
        Link(at(text, later), (at(text, earlier),), Why("coreference.surname.v1"))
        for later, earlier in links
    )
    whole = (Stretch(Span(0, len(text)), 0, 0),)
    bare = Parsed(Report("r", text), whole, (), (), (), found, lexicon=pack.lexicon)
    read = replace(bare, sentences=(Stretch(Span(0, len(text)), 0, 1),))
    return replace(bare, states=Reader.load().encode(read.text, read.runs))


def at(text: str, mention: str) -> Span:
    start = text.rindex(mention)
    return Span(start, start + len(mention))


def who(mention: str, text: str = "", day: date | None = None, filed: str = "") -> list[Actor]:
    text = text or mention
    return list(RESOLVE(parsed(text), at(text, mention), setting(day, filed)))


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("Turkish police", "TUR", "COP"),
        ("a retired Indian diplomat", "IND", "ELI"),
        ("Zambian opposition leader Foo Barson", "ZMB", "OPP"),
        ("the former Danish prime minister", "DNK", "ELI"),
        ("the wife of the former Malaysian prime minister", "MYS", "ELI"),
        ("spokesman for the Peruvian army", "PER", "MIL"),
        ("a member of the Syrian parliament", "SYR", "LEG"),
        ("paramilitary troops", None, "MIL"),
        ("outside analysts", None, "EDU"),
        ("unidentified gunmen", None, "UAF"),
        ("Kenyan journalists", "KEN", "JRN"),
        ("SALVADORAN GUERRILLAS", "SLV", "REB"),
        ("French farmers", "FRA", "AGR"),
    ],
)
def test_title_and_nationality(mention, country, sector):
    found = who(mention)[0]
    assert found.country == country
    assert sector in found.sectors[:2]


def test_two_people_of_a_country_are_no_government():
    found = who("two Libyans", "Police in Tripoli arrested two Libyans on Monday.")[0]
    assert (found.country, found.sectors[0]) == ("LBY", "CVL")


@pytest.mark.parametrize(
    ("mention", "country"),
    [
        ("U.S.-backed rebels", None),
        ("anti-Iranian protesters", None),
        ("Moscow-based analysts", None),
        ("ethnic Albanians in Turkey", "TUR"),
    ],
)
def test_bystanders_are_nobodys_nationality(mention, country):
    assert who(mention)[0].country == country


def test_several_parties_in_one_mention():
    assert {a.country for a in who("U.S. and British officials")} == {"USA", "GBR"}
    assert [a.country for a in who("Japan and South Korea")] == ["JPN", "KOR"]
    assert [a.sectors[0] for a in who("Turkish police and soldiers")] == ["COP", "MIL"]


def test_capitals_stand_for_governments():
    found = who("Pyongyang")[0]
    assert (found.country, found.sectors) == ("PRK", ("GOV",))


def test_the_same_man_is_in_office_one_year_and_out_the_next():
    text = "George W. Bush"
    assert who(text, day=date(2005, 5, 1))[0].sectors[0] == "GOV"
    assert who(text, day=date(2012, 5, 1))[0].sectors[0] == "ELI"


def test_a_title_in_the_text_wins_over_the_table():
    found = who("President George W. Bush", day=date(2012, 5, 1))[0]
    assert found.sectors[0] == "GOV"
    assert found.why.rule == "actors.title-over-base.v1"


def test_hidden_characters_and_accents_do_not_matter():
    plain = who("Turkish President Erdogan", day=date(2019, 5, 1))[0]
    marked = who("Turkish President Erdo\u200bğan", day=date(2019, 5, 1))[0]
    assert plain.entity is not None
    assert (plain.country, plain.entity) == (marked.country, marked.entity)


def test_a_later_mention_takes_the_answer_of_the_earlier():
    text = "Nepalese army chief Foo Barson spoke. Barson left."
    linked = parsed(text, ("Barson", "Nepalese army chief Foo Barson"))
    found = RESOLVE(linked, at(text, "Barson"), setting())[0]
    assert (found.country, found.sectors[0]) == ("NPL", "MIL")
    assert found.why.rule in ("actors.introduced.v1", "actors.coreference.v1")


def test_a_pronoun_has_the_sector_that_the_base_tells_of_whom_it_means():
    text = "The Xinhua news agency reported the raid. It said two men fled."
    linked = parsed(text, ("It", "The Xinhua news agency"))
    found = RESOLVE(linked, at(text, "It"), setting())[0]
    assert (found.country, found.entity) == ("CHN", "media:xinhua")
    assert "JRN" in found.sectors


def test_police_belong_to_the_country_of_the_report_as_a_guess():
    text = "Police in Kenya arrested ten. The police used gas."
    found = who("The police", text)[0]
    assert (found.country, found.answer) == ("KEN", "guess")


def test_a_foreigner_named_beside_is_no_home():
    text = "Rebels freed a Japanese tourist."
    assert who("Rebels", text)[0].country is None


def test_breakaway_regions_are_marked():
    found = who("Transnistrian authorities")[0]
    assert (found.country, found.sectors) == ("MDA", ("GOV", "PRE"))


def test_unknown_is_an_answer_with_a_rule():
    found = who("Foo Barson")[0]
    assert (found.country, found.answer) == (None, "unknown")
    assert found.why.rule == "actors.unknown.v1"


@pytest.mark.parametrize("text", ["", " ", "(((", "'" * 500, "a" * 9000, "the of and ,"])
def test_odd_mentions_raise_nothing(text):
    assert RESOLVE(parsed(text), Span(0, len(text)), setting())


def test_words_are_read_in_linear_time(within_50_ms):
    for text in ("A." * 50_000, "'" * 100_000, "x-" * 10_000):
        with within_50_ms():
            list(split_words(text, pack.lexicon))


@pytest.mark.parametrize(
    "mention",
    [
        "Mary Kuleba",
        "Gen. Peter Putin",
        "Judge John Sharon",
        "Foreign Minister Pablo de Lima",
        "JESUS CASTRO",
    ],
)
def test_a_first_name_of_their_own_makes_somebody_else(mention):
    found = who(mention)[0]
    assert found.country is None
    assert found.entity is None


@pytest.mark.parametrize(
    ("mention", "entity"),
    [
        ("Wladimir Putin", "person:vladimir-putin"),
        ("President V. Putin", "person:vladimir-putin"),
        ("Col. Orlando Zepeda", "person:juan-orlando-zepeda"),
    ],
)
def test_another_spelling_of_the_first_name_is_still_the_same_man(mention, entity):
    assert who(mention)[0].entity == entity


def test_a_bare_surname_is_no_foreigner_whom_the_report_never_names():
    text = "President Garcia flew home. Troops left Sri Lanka, where Tamils rejoiced."
    assert who("President Garcia", text)[0].country != "PER"
    text = "President Garcia flew home. Troops left Peru, where farmers rejoiced."
    assert who("President Garcia", text)[0].country == "PER"


def test_a_common_name_of_fronts_is_not_the_best_known_one_abroad():
    text = "The National Liberation Front shelled barracks near San Salvador."
    assert who("The National Liberation Front", text)[0].country != "DZA"


@pytest.mark.parametrize(
    "mention",
    [
        "South American presidents",
        "Latin American farmers",
        "Niger Delta militants",
        "fishermen of the Gulf of Mexico",
        "SAN RAMON",
        "residents of El Congo",
        "A CAR",
        "Persian Gulf monarchies",
        "Senegal River fishermen",
        "Indian subcontinent leaders",
    ],
)
def test_a_country_inside_a_longer_name_is_nobodys_home(mention):
    land = who(mention)[0].country
    assert land not in ("USA", "MEX", "NER", "BWA", "COD", "CAF", "IRN", "SEN", "IND")


@pytest.mark.parametrize(
    "mention", ["all Balkan states", "the Sahel states", "Lake Chad countries", "Sahel militants"]
)
def test_the_states_of_a_region_are_of_no_one_state(mention):
    assert who(mention)[0].country is None


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("New Mexico police", "USA", "COP"),
        ("New York police", "USA", "COP"),
        ("Moldovan winemakers", "MDA", "BUS"),
        ("Australian backpackers", "AUS", "CVL"),
        ("Polish border orders", "POL", "GOV"),
        ("UNICEF officials", "UNO", "GOV"),
        ("Bavarian interior minister", "DEU", "GOV"),
        ("Peruvian ex-president", "PER", "ELI"),
        ("Volkswagen", "MNC", "BUS"),
    ],
)
def test_bare_words_tell_whose_and_what(mention, country, sector):
    found = who(mention)[0]
    assert (found.country, found.sectors[0]) == (country, sector)


@pytest.mark.parametrize(
    "mention", ["The USS Theodore Roosevelt", "HMS Queen Elizabeth", "The Charles de Gaulle"]
)
def test_a_ship_is_not_the_man_whose_name_it_bears(mention):
    found = who(mention, f"{mention} sailed for the Gulf on Friday.")[0]
    assert not (found.entity or "").startswith("person:")


def test_the_dalai_lama_is_no_ship():
    assert who("the Dalai Lama")[0].entity == "person:dalai-lama"


def test_a_pronoun_in_capitals_is_no_surname():
    assert who("HE", "HE SAID SO IN BEIJING.")[0].entity is None


@pytest.mark.parametrize(
    ("mention", "day", "entity"),
    [
        ("the Russian defense minister", date(2016, 5, 1), "person:sergei-shoigu"),
        ("the Indian defence minister", date(2018, 5, 1), "person:nirmala-sitharaman"),
        ("the Turkish foreign minister", date(2018, 5, 1), "person:mevlut-cavusoglu"),
        ("the deputy Russian defense minister", date(2016, 5, 1), None),
    ],
)
def test_a_post_alone_is_its_holder_of_the_day(mention, day, entity):
    assert who(mention, day=day)[0].entity == entity


def test_wire_copy_of_four_decades_names_whom_we_know():
    table = (Path(__file__).parent / "mentions.csv").read_text("utf-8")
    rows = list(csv.DictReader(table.splitlines()))
    wrong = [row for row in rows if not right(row)]
    assert len(rows) > 250
    assert len(wrong) <= 0.02 * len(rows), wrong


def right(row: dict[str, str]) -> bool:
    before, mention, after = re.split(r"[\[\]]", row["text"])
    day = date.fromisoformat(row["day"])
    found = who(mention, before + mention + after, day)[0]
    fits = row["sector"] in ("*", *found.sectors)
    return found.country == row["country"] and fits


@pytest.mark.parametrize(
    "mention", ["Nabil Foobar", "Mohamed Barfoo", "Gen. Eugene Bazfoo", "Clinton Foobaz"]
)
def test_a_surname_before_an_unknown_name_is_a_first_name(mention):
    found = who(mention)[0]
    assert (found.country, found.entity) == (None, None)


@pytest.mark.parametrize(
    ("mention", "entity"),
    [
        ("the Lord's Resistance Army", "lords-resistance-army"),
        ("LORD'S RESISTANCE ARMY", "lords-resistance-army"),
        ("New People’s Army", "new-peoples-army"),
    ],
)
def test_a_possessive_inside_a_name_is_part_of_it(mention, entity):
    assert who(mention)[0].entity == f"armed-group:{entity}"


def test_an_agency_in_capitals_is_no_city_of_its_letters():
    told = who("SANA", "The report came from SANA, Syria's state news agency.")[0]
    assert told.country == "SYR"
    assert who("SANA", "The report came from SANA.")[0].country != "YEM"
    assert who("Sana")[0].country == "YEM"


def test_a_slain_rebel_or_reporter_stays_one_in_the_news():
    assert "REB" in who("Jonas Savimbi", day=date(2002, 3, 1))[0].sectors
    assert "JRN" in who("Jamal Khashoggi", day=date(2018, 11, 1))[0].sectors
    assert "ELI" in who("John Major", day=date(2012, 3, 1))[0].sectors


@pytest.mark.parametrize(
    ("mention", "country", "sector"),
    [
        ("Norwegian F-16s", "NOR", "MIL"),
        ("Zambian helicopters", "ZMB", "MIL"),
        ("a Kenyan passenger jet", "KEN", "BUS"),
    ],
)
def test_arms_of_a_state_are_its_forces(mention, country, sector):
    found = who(mention)[0]
    assert (found.country, found.sectors[0]) == (country, sector)


def test_several_asked_together_are_who_they_are_one_by_one():
    text = "Turkish police held Foo Barson. Peru and Chad met. The two countries agreed."
    whole = parsed(text, ("The two countries", "Peru"))
    link = replace(whole.links[0], antecedents=(at(text, "Peru"), at(text, "Chad")))
    whole = replace(whole, links=(link,))
    words = ("Turkish police", "Foo Barson", "The two countries", "Turkish police")
    spans = [at(text, some) for some in words]
    together = Resolver().many(whole, spans, setting())
    alone = [Resolver()(whole, span, setting()) for span in spans]
    assert [bare(some) for some in together] == [bare(some) for some in alone]
    assert [each.country for each in together[2]] == ["PER", "TCD"]
    assert {each.span for each in together[2]} == {spans[2]}


def bare(actors):
    return [replace(each, sure=round(each.sure, 5)) for each in actors]


def test_a_document_that_another_thread_lets_go_is_kept_here():
    text = "Turkish police held Foo Barson."
    whole, day = parsed(text), setting()
    both = Resolver()
    both(whole, at(text, "Turkish police"), day)
    mine = both._opened(whole, day)
    met = dict(mine.seen.met)
    with ThreadPoolExecutor(1) as pool:
        pool.submit(both.close).result()
        pool.submit(both, parsed(text), at(text, "Foo Barson"), day).result()
    assert both._opened(whole, day) is mine
    assert dict(mine.seen.met) == met
    both.close()
    assert both._opened(whole, day) is not mine


def test_what_a_thread_asked_about_goes_with_it_and_into_no_pickle():
    text, one = "Turkish police held Foo Barson.", Resolver()
    whole = parsed(text)

    def surveys() -> int:
        gc.collect()
        every = (o for o in gc.get_objects() if isinstance(o, Survey))
        return sum(survey.parsed is whole for survey in every)

    def ask() -> int:
        one(whole, at(text, "Turkish police"), setting())
        assert not one._last.document.seen.met  # what was read of mentions is gone
        return surveys()

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(ask).result() == 1
    assert surveys() == 0
    one(whole, at(text, "Foo Barson"), setting())
    assert pickle.loads(pickle.dumps(one))._last.document is None
    assert one._last.document is not None


TRUCE = (
    "Eritrea and Ethiopia agreed on a truce. Eritrea said Ethiopian troops had "
    "left Eritrean soil. Ethiopia denied it. Ethiopia and Eritrea will meet again. "
    "Norway welcomed the truce, and a Swedish envoy praised {}."
)


def codes(text: str, mention: str) -> list[str | None]:
    return sorted(actor.country or "" for actor in who(mention, text))


def test_both_sides_are_the_two_of_the_report_and_not_the_two_named_last() -> None:
    for mention in ("both sides", "the two countries", "the two armies"):
        assert codes(TRUCE.format(mention), mention) == ["ERI", "ETH"]
    found = who("both sides", TRUCE.format("both sides"))
    assert {actor.why.rule for actor in found} == {"actors.two-of-report.v1"}
    assert {actor.answer for actor in found} == {"guess"}


def test_a_report_of_one_country_or_of_many_tells_no_two() -> None:
    one = "Kenya sent police. Kenya said Kenyan rebels fled. Kenya urged both sides."
    assert codes(one, "both sides") == [""]
    many = "Mali, Chad, Niger, Togo, Benin and Ghana met, and Mali urged both countries."
    assert codes(many, "both countries") == [""]


def test_leaders_of_the_opposition_are_of_the_report_and_ministers_are_not() -> None:
    text = "Police in Lima arrested nine. {} met."
    assert codes(text.format("Opposition leaders"), "Opposition leaders") == ["PER"]
    assert codes(text.format("Foreign ministers"), "Foreign ministers") == [""]


def test_a_counterpart_in_a_capital_is_of_its_country() -> None:
    assert codes("He telephoned his counterparts in Lima.", "counterparts in Lima") == ["PER"]


def test_two_states_of_one_name_are_told_together() -> None:
    text = "Norway urged {} to sign a treaty on fishing."
    for mention in ("the two Koreas", "both Koreas"):
        assert codes(text.format(mention), mention) == ["KOR", "PRK"]
    assert len(codes(text.format("the two Guineas"), "the two Guineas")) == 1
