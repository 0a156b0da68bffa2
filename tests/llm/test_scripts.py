"""Quotes are found by offset in whatever script a report is written, all invented."""

import json
import unicodedata

import pytest

from dateline.llm.prompt import Sheet, cut_report, write_question
from dateline.llm.validation import Checker, find_words, ground_answer
from dateline.model import Report, Span
from dateline.resources.codebook.plover import load

BOOK = load()
# language, text, what the model quotes, the first words of its sentence
REPORTS = [
    row.split(" | ")
    for row in """\
es | ¿Quién protestó? Ruria expulsó a dos cónsules. | expulsó | Ruria expulsó
fr | L’armée s’est retirée. Elle a libéré l’otage. | l'otage | Elle a libéré
pt | A polícia prendeu três. A greve não parou. | prendeu três | A polícia
ar | التقى الوزير السفير. وأدان الوزير الهجوم. | وأدان | وأدان الوزير
ru | Министр осудил удар. Послы уехали. | осудил | Министр осудил
zh | 部长谴责了袭击。军队周五撤出特尔姆。 | 撤出 | 军队周五
""".splitlines()
]


def ask(text: str, words: str, sentence: str) -> list[Span]:
    """Where an act that a model adds to a report is found."""
    what = {"why": "", "type": "ACCUSE", "mode": "", "status": "happened"}
    sides = {"actors": [], "recipients": []}
    missed = {"words": words, "sentence": sentence, **what, **sides}
    raw = json.dumps({"parties": [], "acts": [], "missed": [missed]})
    whole = Span(0, len(text))
    checker = Checker("r", text, [whole], Sheet(), BOOK, whole)
    return [found.trigger for found in ground_answer(raw, checker).found]


@pytest.mark.parametrize("report", REPORTS, ids=[row[0] for row in REPORTS])
def test_an_act_is_found_by_its_words_in_the_original(report):
    _, text, words, sentence = report
    (span,) = ask(text, words, sentence)
    assert span.of(text).replace("’", "'") == words
    assert text in write_question(Report("r", text), Sheet())


@pytest.mark.parametrize("report", REPORTS, ids=[row[0] for row in REPORTS])
def test_composed_and_decomposed_letters_are_the_same(report):
    _, text, words, sentence = report
    parted = unicodedata.normalize("NFD", text)
    (span,) = ask(parted, words, sentence)
    told = unicodedata.normalize("NFC", span.of(parted))
    assert told.replace("’", "'") == words
    (span,) = ask(text, unicodedata.normalize("NFD", words), sentence)
    assert span.of(text).replace("’", "'") == words


def test_a_letter_with_a_mark_is_not_the_letter_without_it():
    text = unicodedata.normalize("NFD", "La sé calló. Se fue.")
    (span,) = find_words(text, "se", Span(0, len(text)))
    assert span.of(text) == "Se"


def test_vowel_signs_and_stretched_letters_of_arabic_do_not_count():
    text = "أَدَانَ الوزيـــر الهجوم"
    (span,) = find_words(text, "أدان الوزير", Span(0, len(text)))
    assert span.of(text) == "أَدَانَ الوزيـــر"


def test_full_width_letters_are_letters():
    text = "军队于１２月１日撤出ＵＮ营地。"
    (span,) = find_words(text, "12月1日撤出UN", Span(0, len(text)))
    assert span.of(text) == "１２月１日撤出ＵＮ"


def test_a_long_report_is_cut_behind_the_stops_of_its_script():
    text = "部长谴责了袭击。" * 50
    parts = cut_report(text, (), most=100)
    assert all(part.of(text).endswith("。") for part in parts)
    assert "".join(part.of(text) for part in parts) == text
