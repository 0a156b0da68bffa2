"""A report is of the language of most sentences; passages in another are marked."""

import pytest

from dateline.ingest.reading.inputs import complete_report
from dateline.model import Report
from dateline.nlp.en import pack
from dateline.nlp.language_id import detect_language, find_foreign_passages

TERSE = (
    "Protesters attacked police headquarters Monday. President Tavo Okello met"
    " Kenyan leader William Ruto. Kenyan police arrested 12 people."
)
SPANISH = (
    "“No vamos a permitir que el gobierno siga matando a nuestros hijos”,"
    " dijo la madre de un joven."
)
FRENCH = "« Nous ne permettrons pas que ce gouvernement tue nos enfants », dit-elle."
ROWS = "".join(f"{town}\t{n}\t{n + 3}\t12\n" for n in range(60) for town in ("Ayr", "Ely"))
LEAD = (
    "Rebels killed five people in the town of Ayr on Monday, police said."
    " The army said that it had sent troops to the town.\n\n"
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"{TERSE} {SPANISH}", "en"),
        (f"{TERSE} {FRENCH}", "en"),
        (f"{SPANISH} {SPANISH} Kenyan police arrested 12 people.", "es"),
        (f"{FRENCH} {FRENCH} {FRENCH}", "fr"),
        (LEAD + ROWS, "en"),
        (ROWS + LEAD, "en"),
        (ROWS, "zxx"),
        (f"LONDON (AP) - Results of matches on Saturday in the league:\n{ROWS}", "zxx"),
        ("KHAN YOUNIS, Gaza Strip, Jan. 8, 2019 (Reuters) -", "zxx"),
    ],
)
def test_most_sentences_tell_the_language(text: str, language: str) -> None:
    assert detect_language(text) == language


def test_short_sentences_beside_a_long_list_are_read() -> None:
    told = "Gunmen killed villagers in Isiolo, police said.\nUganda sent nurses to Kenya."
    dead = "\n".join(f"Amina Njoroge Mutua, {age}" for age in range(10, 90))
    assert detect_language(f"{told}\n{dead}") == "en"


GERMAN = (
    "Die Regierung hat gestern beschlossen, dass die Truppen sofort abziehen sollen,"
    " weil der Krieg seit Monaten nicht mehr zu gewinnen ist."
)
ENGLISH = "The army of Kenya killed five rebels on Monday, President Ruto said."


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("Kim said: “대통령은 화요일 도착했다.” He left.", ["대통령은 화요일 도착했다."]),
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
    report = complete_report(Report("r", f"{ENGLISH}\n\n{GERMAN}\n\n{ENGLISH}", language=""))
    assert report.language == "en"
    (span,) = report.marked("foreign")
    assert span.of(report.text) == GERMAN
    words = [s.span.of(report.text) for s in pack.sentences(report)]
    assert words == [ENGLISH, ENGLISH]


def test_a_report_in_another_language_is_no_passage() -> None:
    report = complete_report(Report("r", f"{GERMAN}\n\n{GERMAN}", language=""))
    assert report.language == "de"
    assert not report.marked("foreign")
