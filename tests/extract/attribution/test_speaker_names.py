"""Whom a speaker's words mean."""

from dataclasses import replace

import pytest

from dateline.extract.attribution import attributions
from dateline.extract.attribution.candidates import Rivals
from dateline.extract.attribution.speaker_names import (
    expand_abbreviation,
    join_speakers,
    name_of_office_holder,
    name_of_speaker,
    speaker_in_own_words,
    spoke_before,
)
from dateline.model import Actor, Link, Parsed, Report, Span, Why
from dateline.nlp.en import pack
from dateline.pipeline.factory import Options, make_coder


def read(text: str) -> Parsed:
    report = Report("r", text)
    return pack.parse(report, pack.sentences(report))


def at(text: str, words: str) -> Span:
    start = text.rindex(words)
    return Span(start, start + len(words))


def words(text: str, of: str) -> str:
    found = expand_abbreviation(read(text), at(text, of))
    return found.of(text) if found else ""


def before(text: str, pronoun: str) -> str:
    parsed = read(text)
    speech = Rivals(parsed, attributions(parsed)).speech
    found = spoke_before(parsed, at(text, pronoun), speech)
    return found.of(text) if found else ""


def test_an_abbreviation_speaks_by_its_full_name() -> None:
    text = "The Israel Defense Forces fired. The IDF said that rebels shelled a town."
    assert words(text, "The IDF").endswith("Israel Defense Forces")
    assert name_of_speaker(read(text), at(text, "The IDF")) == expand_abbreviation(
        read(text), at(text, "The IDF")
    )


@pytest.mark.parametrize("short", ["Rnbo", "R(N)BO", "R.n.b.o"])
def test_a_short_form_in_brackets_stands_for_the_name_before_it(short: str) -> None:
    text = f"The Security Council ({short}) met. {short} said that rebels shelled it."
    assert words(text, short).endswith("Security Council")


@pytest.mark.parametrize("who", ["The army", "Kenya", "The U.N. envoy", "A"])
def test_other_words_stand_for_no_full_name(who: str) -> None:
    text = f"The United Nations met in Rome. {who} said that rebels shelled a town."
    assert words(text, who) == ""


def test_a_pronoun_goes_on_from_who_spoke_before() -> None:
    text = "Ofir Brenn said the port was lost. He said that troops had shelled it."
    assert before(text, "He") == "Ofir Brenn"


def test_a_pronoun_passes_over_those_of_whom_it_cannot_be_said() -> None:
    text = (
        "Ofir Brenn said the port was lost. Officials said it was safe."
        " He said that troops had shelled it."
    )
    assert before(text, "He") == "Ofir Brenn"
    text = text.replace("Officials", "Ada Brenn").replace("Ofir Brenn", "Officials")
    assert before(text.replace("He said", "They said"), "They") == "Officials"


def test_a_pronoun_is_nobody_where_nobody_spoke_or_the_cast_knows() -> None:
    text = "Ofir Brenn left. He said that troops had shelled the port."
    assert before(text, "He") == ""
    text = "Ofir Brenn said so. He said that troops had shelled the port."
    parsed = read(text)
    link = Link(at(text, "He"), (at(text, "Ofir Brenn"),), Why("cast.linked.v1"))
    speech = Rivals(parsed, attributions(parsed)).speech
    linked = replace(parsed, links=(link,))
    assert spoke_before(linked, at(text, "He"), speech) is None


def test_he_is_nobody_whom_she_stands_for_elsewhere() -> None:
    text = (
        "Ofir Brenn said the port was lost. Chris Roe said her men had fled."
        " He said that troops had shelled it."
    )
    parsed = read(text)
    link = Link(at(text, "her"), (at(text, "Chris Roe"),), Why("cast.linked.v1"))
    linked = replace(parsed, links=(link,))
    speech = Rivals(parsed, attributions(parsed)).speech
    assert spoke_before(parsed, at(text, "He"), speech) == at(text, "Chris Roe")
    assert spoke_before(linked, at(text, "He"), speech) == at(text, "Ofir Brenn")


def test_first_persons_and_relatives_are_left_alone() -> None:
    text = "Ofir Brenn said the port was lost. We said that troops had shelled it."
    assert before(text, "We") == ""


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("Kenya's Defence Minister, Ofir Brenn,", "Ofir Brenn"),
        ("Rear Adm Ofir Brenn, a spokesman for the Kenya Army,", "Ofir Brenn"),
        ("Army spokesman Ofir Brenn", "Ofir Brenn"),
        ("Mr. Brenn", "Mr. Brenn"),
        ("A spokesman for Ofir Brenn", "A spokesman for Ofir Brenn"),
        ("Ofir Brenn and Ann Roe", "Ofir Brenn and Ann Roe"),
    ],
)
def test_a_person_speaks_by_his_name_alone(who: str, name: str) -> None:
    text = f"{who} said that rebels shelled a town."
    span = Span(0, len(who.rstrip(",")))
    assert name_of_speaker(read(text), span).of(text) == name


@pytest.mark.parametrize(("words", "stays"), [("Witnesses", True), ("It", False)])
def test_people_are_not_called_by_the_place_they_are_of(words: str, stays: bool) -> None:
    text = f"Kenya closed the road. {words} said that rebels shelled a town."
    parsed, span = read(text), at(text, words)
    link = Link(span, (Span(0, 5),), Why("cast.linked.v1"))
    parsed = replace(parsed, links=(link,))
    assert (name_of_speaker(parsed, span) == span) is stays


@pytest.mark.parametrize(
    ("who", "name"), [("A U.N. envoy", "A U.N. envoy"), ("The U.N.", "United Nations")]
)
def test_who_speaks_for_a_body_is_not_called_by_its_name(who: str, name: str) -> None:
    text = f"{who} said that rebels shelled a town."
    span, why, entity = (Span(0, len(who)), Why("actors.base-name.v1"), "igo:united-nations")
    body = Actor("United Nations", "UNO", (), entity, "resolved", span, why)
    assert speaker_in_own_words(read(text), span, body).name == name


@pytest.mark.parametrize("words", ["Chuck Hagel", "The American defense secretary"])
def test_a_man_in_office_speaks_by_his_bare_name(words: str) -> None:
    text = "Defense Secretary Chuck Hagel spoke. The American defense secretary left."
    why = Why("actors.base-name.v1")
    him = "person:chuck-hagel"
    who = Actor("Chuck Hagel", "USA", ("MIL",), him, "resolved", None, why)
    assert name_of_office_holder(read(text), at(text, words), who) == at(text, "Chuck Hagel")


@pytest.mark.parametrize(("det", "linked"), [("A", False), ("The", True)])
def test_a_man_told_anew_is_none_told_before(det: str, linked: bool) -> None:
    text = f"Ofir Brenn was silent. {det} retired official said rebels shelled it."
    parsed, span = read(text), at(text, f"{det} retired official")
    link = Link(span, (at(text, "Ofir Brenn"),), Why("cast.linked.v1"))
    parsed = replace(parsed, links=(link,))
    assert (name_of_speaker(parsed, span).of(text) == "Ofir Brenn") == linked


def test_two_who_speak_together_are_not_the_first_of_them() -> None:
    text = "Hamas and Fatah said so."
    why = Why("actors.words.v1")
    two = [
        Actor(name, land, ("REB",), f"armed-group:{name}", "resolved", None, why)
        for name, land in (("Hamas", "PSE"), ("Fatah", "PSE"))
    ]
    found = join_speakers(read(text), at(text, "Hamas and Fatah"), two)
    assert (found.name, found.country, found.entity) == ("Hamas and Fatah", "PSE", None)


def test_his_lawyer_speaks_for_himself() -> None:
    text = "Ofir Brenn was jailed. His lawyer said that troops had beaten him."
    parsed, him = read(text), (at(text, "Ofir Brenn"),)
    links = tuple(
        Link(at(text, words), him, Why("cast.noun.v1")) for words in ("His", "His lawyer")
    )
    linked = replace(parsed, links=links)
    assert name_of_speaker(linked, at(text, "His lawyer")) == at(text, "His lawyer")


def test_a_short_name_speaks_by_the_full_one() -> None:
    text = "Ofir Brenn was jailed. Mr. Brenn said that troops had beaten him."
    link = Link(at(text, "Mr. Brenn"), (at(text, "Ofir Brenn"),), Why("cast.name.v1"))
    linked = replace(read(text), links=(link,))
    assert name_of_speaker(linked, at(text, "Mr. Brenn")) == at(text, "Ofir Brenn")


def test_it_goes_on_from_whom_the_report_has_accuse() -> None:
    text = "The ministry accused her of treason. It said that she had taken money."
    parsed = read(text)
    spoken = Rivals(parsed, attributions(parsed)).spoken
    found = spoke_before(parsed, at(text, "It"), spoken)
    assert found is not None and found.of(text) == "The ministry"


def test_a_spokesman_is_not_the_body_he_speaks_for() -> None:
    text = "The United Nations left. A spokesman said that troops had shelled it."
    body = at(text, "The United Nations")
    link = Link(at(text, "A spokesman"), (body,), Why("cast.noun.v1"))
    linked = replace(read(text), links=(link,))
    assert name_of_speaker(linked, at(text, "A spokesman")) == at(text, "A spokesman")


SHORT_FORMS = (
    "The Ministry of State Security (MSS) met. China had arrested a spy, the MSS said"
    " on Friday. Laos's Council for Public Order (Coporla) was silent. Rebels had"
    " attacked two villages, Coporla said on Saturday."
)


def test_a_short_form_in_brackets_speaks_by_its_name():
    claims = make_coder(Options()).code(Report("r", SHORT_FORMS)).claims
    told = {s.text for c in claims for s in c.attribution.speakers}
    assert told == {"Ministry of State Security", "Council for Public Order"}
