import pickle

import pytest

from dateline.extract.place import EventPlaces

CASES = [
    ("The two presidents met in Vienna on Tuesday.", "met", "CONSULT", "AUT", "city"),
    ("Kim met Trump in Vietnam.", "met", "CONSULT", "VNM", "country"),
    ("The minister visited Cairo last week.", "visited", "CONSULT", "EGY", "city"),
    ("Thousands protested outside the embassy in Ankara.", "protested", "PROTEST")
    + ("TUR", "city"),
    ("They held talks at the Great Hall of the People.", "talks", "CONSULT") + ("CHN", "site"),
    ("In Nairobi, police fired tear gas.", "fired", "ASSAULT", "KEN", "city"),
    ("Troops were sent to the Persian Gulf.", "sent", "MOBILIZE", None, "region"),
    ("Turkish jets bombed targets in northern Iraq.", "bombed", "ASSAULT") + ("IRQ", "country"),
    ("The envoy flew to Moscow for talks.", "talks", "CONSULT", "RUS", "city"),
    ("Delegates met in the Ethiopian capital.", "met", "CONSULT", "ETH", "city"),
    ("The troops had withdrawn from Chad.", "withdrawn", "RETREAT", "TCD", "country"),
    ("Police arrested 40 people in Springfield, Ill.", "arrested", "COERCE") + ("USA", "city"),
    ("Bombs killed three men in Somalia's capital, Mogadishu.", "killed", "ASSAULT")
    + ("SOM", "city"),
    ("Rebels shot a judge in Iraq's city of Mosul on Monday.", "shot", "ASSAULT") + ("IRQ", "city"),
    ("Rebels shot a judge in Syria's Idlib province.", "shot", "ASSAULT", "SYR") + ("admin1",),
    ("FIVE SOLDIERS WERE KILLED IN USULUTAN DEPARTMENT, EL SALVADOR.", "KILLED")
    + ("ASSAULT", "SLV", "admin1"),
]


@pytest.mark.parametrize(("text", "trigger", "deed", "country", "grain"), CASES)
def test_the_place_of_the_act(where, text, trigger, deed, country, grain):
    place, _ = where(text, trigger, deed)
    assert (place.country, place.precision) == (country, grain), place
    assert place.role == "site"


def test_a_name_within_an_adjective_is_no_place(where):
    text = "Bombers struck a consulate and a London-based bank in Istanbul on Friday."
    assert where(text, "struck", "ASSAULT")[0].country == "TUR"


def test_where_others_fled_is_not_where_some_died(where):
    text = "Hundreds died since May 4 and 40,000 people have fled to Sudan."
    assert where(text, "died", "ASSAULT")[0].country != "SDN"
    assert where(text, "fled", "SANCTION")[0].country == "SDN"


def test_a_compass_point_is_no_province_of_another_land(where):
    text = "Washington keeps 37,000 troops in the South."
    assert where(text, "keeps", "MOBILIZE")[0].country != "CMR"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Tanaka told reporters in Manila that rebels had shelled a base.", "shelled"),
        ("Speaking in Geneva, the envoy said rebels had shelled a base.", "shelled"),
        ("A man accused of killing two soldiers was arrested in Lyon.", "killing"),
        ("Diplomats expelled by Moscow arrived in Berlin.", "expelled"),
        ("The army tested a missile that could reach Alaska.", "tested"),
    ],
)
def test_the_place_of_another_clause_is_not_the_acts(where, text, trigger):
    assert not where(text, trigger, "ASSAULT")[0].known


def test_a_speakers_seat_is_not_the_place(where):
    text = "Officials in Washington said rebels attacked a convoy near Goma."
    assert where(text, "attacked", "ASSAULT")[0].country == "COD"


def test_a_government_is_not_a_place(where):
    place, _ = where("Beijing said it would expel two envoys.", "expel", "REJECT")
    assert not place.known
    assert place.why.rule == "places.unknown.v1"


def test_the_dateline_is_never_the_place(where):
    text = "KABUL, Afghanistan — The government rejected the offer."
    place, others = where(text, "rejected", "REJECT", "KABUL")
    assert not place.known
    assert not others


def test_other_places_keep_their_part(where):
    text = "Troops deported 40 migrants from Chad to Libya."
    place, others = where(text, "deported", "COERCE")
    assert place.name == "Chad"
    assert [(p.name, p.role) for p in others] == [("Libya", "to")]


def test_words_do_not_vouch_for_more_than_they_say(where):
    place, _ = where("Rebels killed 12 people in western Sudan.", "killed", "ASSAULT")
    assert place.precision == "country"


def test_answers_point_at_their_words(where):
    text = "The two presidents met in Vienna on Tuesday."
    place, _ = where(text, "met", "CONSULT")
    assert place.span.of(text) == "Vienna"
    assert place.geonameid == 2761369


def test_the_answerer_travels_to_other_processes():
    assert isinstance(pickle.loads(pickle.dumps(EventPlaces())), EventPlaces)


def test_here_is_where_the_report_was_filed(where):
    text = "HANOI, Vietnam — The two leaders held talks here on Monday."
    assert where(text, "talks", "CONSULT", "HANOI, Vietnam")[0].country == "VNM"


POINTED = [
    ("Rebels camp near Goma. They killed six men there.", "killed", "ASSAULT", "COD"),
    ("He left Monday for Rome.", "left", "CONSULT", "ITA"),
    ("He flew to Oslo, where he will meet the king.", "meet", "CONSULT", "NOR"),
    ("Police in Lagos said they had arrested six.", "arrested", "COERCE", "NGA"),
    ("They signed a pact in a suburb of Paris.", "signed", "SUPPORT", "FRA"),
    ("Rebels raided Mogadishu and burned six houses.", "burned", "ASSAULT", "SOM"),
]


@pytest.mark.parametrize(("text", "trigger", "deed", "country"), POINTED)
def test_places_that_are_pointed_at(where, text, trigger, deed, country):
    assert where(text, trigger, deed)[0].country == country


def test_a_doer_is_not_where_there_is(where):
    text = "Troops camp near Goma. Rwanda attacked three posts there."
    assert where(text, "attacked", "ASSAULT")[0].country == "COD"


@pytest.mark.parametrize("name", ["NATO", "Nato"])
def test_an_alliance_is_no_town(where, name):
    text = f"They threw bottles at a {name} jeep."
    assert not where(text, "threw", "ASSAULT")[0].known


def test_an_unlisted_place_lies_in_the_state_the_sentence_names(where):
    text = "They met in Bishkek. In Uzbekistan, police shot a man in Surkhandaryev."
    assert where(text, "shot", "ASSAULT")[0].country == "UZB"
