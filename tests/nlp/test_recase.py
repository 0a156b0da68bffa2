import pytest

import dateline
from dateline.nlp.en.recase import lowercase, raised, recase

TEXT = (
    "Turkey will send 500 troops to Somalia, Defence Minister Yasar Guler said on"
    " Monday. Police in Nairobi arrested 12 protesters in May."
)


@pytest.mark.parametrize(
    "text",
    [
        "The army of El Salvador said that U.S. aid had come in March.",
        "Ministers may meet on 4 May; protesters march on Monday.",
    ],
)
def test_a_text_without_capitals_gets_them_back(text: str) -> None:
    assert raised(text.lower()) == text


def test_usual_case_stays() -> None:
    assert raised(TEXT) == TEXT
    assert len(raised("ﬁve straßen in ankara, " * 9)) == len("ﬁve straßen in ankara, " * 9)


def test_initials_end_no_sentence_of_capitals() -> None:
    told = recase("TALKS BETWEEN THE U.S. AND IRAN OPENED IN MUSCAT ON MONDAY.")
    assert "U.S. and Iran" in told


def test_copy_without_capitals_is_coded_as_with_them() -> None:
    def answers(text: str) -> list[object]:
        claims = dateline.load().code(text, published="2026-06-10").claims
        return [(c.type, c.status, c.actors[0].country, c.recipients[0].country) for c in claims]

    assert answers(TEXT) == answers(TEXT.lower())


def test_every_word_of_the_list_is_found_and_none_beside_it() -> None:
    lines = lowercase().lines.decode().split("\n")
    assert lines == sorted(set(lines))
    some = [lines[0], lines[1], lines[-1], *lines[:: len(lines) // 500]]
    assert all(map(lowercase().seek, some))
    assert not any(f"{word}q" in lowercase() for word in some if f"{word}q" not in lines)
    assert "" not in lowercase() and "zzz" not in lowercase() and "!" not in lowercase()


def test_capitals_are_recased_letter_for_letter() -> None:
    text = "THE ARMY OF HONDURAS [ABC] SAID TODAY THAT NO ONE WAS HURT."
    assert recase(text) == "The army of Honduras [ABC] said today that no one was hurt."
    usual = "Kenya’s army freed two men. The rain fell. Police in Lima arrested Roy."
    assert recase(usual) == usual


def test_capitals_keep_the_names_that_small_words_make() -> None:
    text = "TEN WERE HURT NEAR THE WHITE HOUSE, THE SUPREME COURT SAID ON MONDAY."
    told = "Ten were hurt near the White House, the Supreme Court said on Monday."
    assert recase(text) == told


def test_a_headline_written_so_is_read_as_running_text() -> None:
    body = "\n\nThe president said on Monday that the Green Guard would leave."
    text = "Brandt Tells White House That Green Guard Will Leave Bases" + body
    told = "Brandt tells White House that Green Guard will leave bases" + body
    assert recase(text) == told
    assert recase("U.S. Troops Will Leave Bases Soon").startswith("U.S. troops will")


def test_a_sentence_with_many_names_is_no_headline() -> None:
    text = "Secretary Ivo Brandt flew from Riga to the Green Party office in Oslo."
    assert recase(text) == text
