"""Names of one report that are the same one, and those that are not."""

import pytest

from dateline.cast.names import Figures
from dateline.language.en import pack
from dateline.model import Report


def figures(text: str) -> dict[str, str]:
    report = Report("r", text)
    parsed = pack.parse(report, pack.sentences(report))
    found = Figures(parsed.mentions)
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
        "Boris Karlov met the mayor on Monday. Anna Karlov met the judge in Oslo. "
        "Then Karlov left."
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
