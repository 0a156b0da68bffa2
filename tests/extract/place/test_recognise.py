import pytest

from dateline.extract.place.recognition import recognise, words_for_peoples
from dateline.resources.gazetteer import gazetteer


def names(parsed, text):
    found = recognise(gazetteer(), parsed(text))
    return [span.of(text) for span, _ in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police in Columbia, S.C., were told.", ["Columbia", "S.C."]),
        ("The bomb went off in downtown Istanbul.", ["Istanbul"]),
        ("Kenyan troops left Somalia on Friday.", ["Somalia"]),
        ("Police arrested 12 people in Dar es Salaam.", ["Dar es Salaam"]),
    ],
)
def test_names_of_places(parsed, text, expected):
    assert names(parsed, text) == expected


def test_persons_and_papers_named_like_places_are_left_alone(parsed):
    text = "Chad Smith of the Washington Post spoke to Sydney Brown in London."
    assert names(parsed, text) == ["London"]


def test_peoples_speak_for_their_country(parsed):
    text = "Kenyan troops left Somalia on Friday."
    spans = words_for_peoples(gazetteer(), parsed(text))
    assert [span.of(text) for span in spans] == ["Kenyan"]


def test_an_empty_report_names_nothing(parsed):
    assert names(parsed, "") == []
