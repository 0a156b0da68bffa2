"""A report is judged by most of its sentences; tables and other languages are none."""

import pytest

from dateline.read.spoken import detect_language

TERSE = (
    "Protesters attacked police headquarters Monday. President Tavo Okello met"
    " Kenyan leader William Ruto. Kenyan police arrested 12 people."
)
SPANISH = (
    "“No vamos a permitir que el gobierno siga matando a nuestros hijos”,"
    " dijo la madre de un joven."
)
FRENCH = "« Nous ne permettrons pas que ce gouvernement tue nos enfants », dit-elle."
ROWS = "".join(
    f"{town}\t{n}\t{n + 3}\t12\n" for n in range(60) for town in ("Ayr", "Ely")
)
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
    told = (
        "Gunmen killed villagers in Isiolo, police said.\nUganda sent nurses to Kenya."
    )
    dead = "\n".join(f"Amina Njoroge Mutua, {age}" for age in range(10, 90))
    assert detect_language(f"{told}\n{dead}") == "en"
