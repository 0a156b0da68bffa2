"""A country that a report tells only as whom somebody acts on is not his own."""

import pytest

import dateline

OFF = "The streets of the city were quiet after dark. "


def parties(text: str, day: str) -> dict[str, str | None]:
    """Return the countries of all parties of a report by their words."""
    claims = dateline.load().code(text, published=day).claims
    return {p.text: p.country for c in claims for p in (*c.actors, *c.recipients)}


@pytest.mark.parametrize(
    ("text", "words", "other"),
    [
        (
            "HARARE, March 4 - Officials accused Britain of meddling in the vote. "
            "Police arrested the opposition leader. " + OFF,
            ("Officials", "Police"),
            "GBR",
        ),
        (
            "TUNIS, March 4 - The government accused Libya of arming rebels. " + OFF,
            ("The government",),
            "LBY",
        ),
    ],
)
def test_who_accuses_a_state_is_not_of_it(text, words, other):
    found = parties(text, "1998-03-04")
    assert all(found[each] != other for each in words), found


def test_a_surname_is_of_no_state_but_that_of_its_ruler_of_the_day():
    text = (
        "Medvedev met soldiers on the border. Georgia accused Russia of shelling a "
        "village. Georgian police arrested two men. " + OFF
    )
    assert parties(text, "2009-10-02").get("Medvedev") in (None, "RUS")


def test_who_are_counted_are_of_their_land():
    text = "About 300 Kenyans fled to Uganda on Monday. " + OFF
    assert parties(text, "2020-03-04")["About 300 Kenyans"] == "KEN"
