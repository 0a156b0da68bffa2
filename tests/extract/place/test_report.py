import re
from time import process_time
from types import SimpleNamespace

import pytest

from dateline.extract.place import report as placing
from dateline.extract.place.candidates import Atlas
from dateline.extract.place.report import home_of, place_names
from dateline.extract.place.resolve import Home
from dateline.model import Span
from dateline.nlp.en import pack
from dateline.resources.gazetteer import gazetteer

NONE = Home()


def placed(text, *names, home=NONE):
    spans = [Span(*hit.span()) for n in names for hit in re.finditer(re.escape(n), text)]
    atlas = Atlas(gazetteer(), pack.lexicon)
    return place_names(atlas, text, sorted(spans), home)


def told(text, *names, home=NONE):
    return [
        (p.entry.country, p.entry.admin1) if p.entry else None
        for p in placed(text, *names, home=home)
    ]


def test_containment_decides():
    text = "Springfield, Ill., and Portland, Maine"
    assert told(text, "Springfield", "Portland") == [("USA", "Illinois"), ("USA", "Maine")]


@pytest.mark.parametrize(
    ("short", "country", "unit"),
    [
        ("B.C.", "CAN", "British Columbia"),
        ("N.S.W.", "AUS", "New South Wales"),
        ("Calif.", "USA", "California"),
    ],
)
def test_short_forms_of_units(short, country, unit):
    assert told(f"in {short} they said", short) == [(country, unit)]


def test_one_sense_a_report():
    text = "Paris, Texas, is small. Paris has one school."
    assert set(told(text, "Paris")) == {("USA", "Texas")}


@pytest.mark.parametrize("name", ["Paris", "Cairo", "Geneva"])
def test_a_great_city_is_no_small_town_of_the_papers_land(name):
    text = f"Ohio, Texas, Iowa and Boston mourned after attacks in {name}."
    ((land, _),) = told(text, name, home=Home("USA"))
    assert land in ("FRA", "EGY", "CHE")
    others = ("Ohio", "Texas", "Iowa", "Boston")
    assert told(text, *others, name, home=Home("USA"))[-1][0] == land


def test_a_small_town_of_a_great_name_is_told_by_what_is_near_it_or_its_paper():
    near = "Police in Cairo and Cape Girardeau arrested ten men."
    assert told(near, "Cairo", "Cape Girardeau", home=Home("USA"))[0][0] == "USA"
    local = Home("USA", "Texas", "Dallas")
    assert told("Police in Paris.", "Paris", home=local)[0] == ("USA", "Texas")


def test_what_no_table_lists_is_in_the_town_of_its_paper():
    text, name = "Police closed Shawnee Mill Lane on Monday.", "Shawnee Mill Lane"
    (found,) = placed(text, name, home=Home("USA", "Ohio", "Lima", "limanews"))
    assert found.rule == "places.home.v1"
    assert found.entry and (found.entry.name, found.exact) == ("Lima", False)
    (unknown,) = placed(text, name)
    assert unknown.entry is None


def test_the_others_decide_on_georgia():
    caucasus = "Tbilisi, Yerevan, Baku, Georgia"
    assert told(caucasus, "Tbilisi", "Yerevan", "Georgia")[-1][0] == "GEO"
    south = "Atlanta, Savannah, Macon, Augusta and Georgia"
    assert told(south, "Atlanta", "Savannah", "Georgia")[-1] == ("USA", "Georgia")


def test_a_region_of_several_states_is_no_village_named_so():
    text = "Washington, New York, Chicago and Boston left the Middle East."
    names = "Washington", "New York", "Chicago", "Boston", "Middle East"
    assert told(text, *names)[-1] == (None, None)


def test_the_outlets_home_decides():
    home = Home("USA", "Ohio", "Lima", "limanews")
    assert told("Police in Lima said so.", "Lima", home=home) == [("USA", "Ohio")]
    assert told("Police in Lima said so.", "Lima")[0][0] == "PER"


def test_an_unlisted_site_lies_beside_what_is_listed():
    text = "The Qwoxley Arena in Nairobi was full."
    arena, city = placed(text, "Qwoxley Arena", "Nairobi")
    assert not arena.exact
    assert arena.rule == "places.beside.v1"
    assert arena.entry == city.entry


def test_peoples_are_placed_in_their_country():
    assert told("Texan ranchers", "Texan") == [("USA", "Texas")]
    assert told("Kenyan troops", "Kenyan")[0][0] == "KEN"


def test_a_long_list_of_towns_takes_bounded_time():
    names = ["Springfield", "San Jose", "Paris", "Santa Rosa", "Georgetown"] * 2000
    text = "; ".join(names)
    began = process_time()
    found = placed(text, *set(names))
    assert len(found) == 10_000
    assert process_time() - began < 5


def test_home_by_the_ending_of_the_domain():
    assert home_of("https://www.example.ie/news").country == "IRL"
    assert home_of("") == Home()


def test_a_town_of_a_land_told_of_is_no_city_once_called_so():
    text = "British police searched a house in Salisbury."
    assert told(text, "British", "Salisbury")[1] == ("GBR", "England")
    assert told("Troops left Salisbury.", "Salisbury")[0][0] == "ZWE"


def test_a_part_of_nothing_is_no_small_town_of_another_name():
    assert placed("They closed the Southern Border.", "Southern Border")[0].entry is None


@pytest.mark.parametrize(("people", "great"), [(200_000, True), (199_999, False)])
def test_how_great_a_city_of_a_name_within_a_name_must_be(people, great, monkeypatch):
    entry = SimpleNamespace(population=people, alias=False, feature="PPL")
    found = SimpleNamespace(entries=[entry], how="name")
    monkeypatch.setattr(placing, "place_candidates", lambda atlas, name: found)
    atlas = Atlas(gazetteer(), pack.lexicon)
    assert (placing.find_great_place(atlas, "Ezurwa") is entry) is great
