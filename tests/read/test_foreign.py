"""Passages in another language are marked, and left out of what is coded."""

import pytest

from dateline.language.en import pack
from dateline.model import Report
from dateline.read.foreign import find_foreign_passages
from dateline.read.inputs import complete_report

GERMAN = (
    "Die Regierung hat gestern beschlossen, dass die Truppen sofort abziehen sollen,"
    " weil der Krieg seit Monaten nicht mehr zu gewinnen ist."
)
ENGLISH = "The army of Kenya killed five rebels on Monday, President Ruto said."


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        (
            "Kim said: “대통령은 화요일 도착했다.” He left.",
            ["대통령은 화요일 도착했다."],
        ),
        ("Ruto left. Он уехал вчера. He spoke.", ["Он уехал вчера."]),
        (f"{ENGLISH}\n\n{GERMAN}\n\n{ENGLISH}", [GERMAN]),
        ("The daily Правда said so.", []),
        ("Gen. Müller and Erdoğan met in São Paulo.", []),
        ("Leeds 2 Hull 1, Ayr 0 York 3, " * 8, []),
        (ENGLISH.upper(), []),
    ],
)
def test_passages_of_another_language_are_found(text: str, passages: list[str]) -> None:
    assert [span.of(text) for span in find_foreign_passages(text)] == passages


def test_what_is_foreign_is_marked_and_is_no_sentence() -> None:
    report = complete_report(
        Report("r", f"{ENGLISH}\n\n{GERMAN}\n\n{ENGLISH}", language="")
    )
    assert report.language == "en"
    (span,) = report.marked("foreign")
    assert span.of(report.text) == GERMAN
    words = [s.span.of(report.text) for s in pack.sentences(report)]
    assert words == [ENGLISH, ENGLISH]


def test_a_report_in_another_language_is_no_passage() -> None:
    report = complete_report(Report("r", f"{GERMAN}\n\n{GERMAN}", language=""))
    assert report.language == "de"
    assert not report.marked("foreign")
