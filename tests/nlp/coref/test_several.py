import csv
from datetime import date
from pathlib import Path

import pytest

from dateline.model import Report
from dateline.nlp.coref import cast
from dateline.nlp.wire import mark_wire
from tests.encoded import encoded

CASES = Path(__file__).with_name("several_cases.tsv")
AIM = 0.95  # precision of what is answered
OFTEN = 0.85  # share answered of what the text names


def linked(text: str, day: date | None = None) -> dict[str, list[str]]:
    links = cast(encoded(mark_wire(Report("r", text, published=day)))).links
    return {
        link.mention.of(text): [each.of(text) for each in link.antecedents]
        for link in links
        if not link.faint
    }


def cases() -> list[tuple[str, str, list[str]]]:
    lines = CASES.read_text("utf-8").splitlines()
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    wanted = ((r["text"], r["mention"], r["stands_for"] or "") for r in rows)
    return [(text, words, [w for w in want.split("|") if w]) for text, words, want in wanted]


def test_several_stand_for_as_many_as_the_text_says() -> None:
    answered = right = asked = 0
    for text, words, want in cases():
        found = linked(text).get(words, [])
        answered += bool(found)
        right += bool(found) and found == want
        asked += bool(want)
    assert len(cases()) >= 30
    assert right >= AIM * answered
    assert right >= OFTEN * asked


def test_what_the_text_does_not_name_is_left_open() -> None:
    for text, words, want in cases():
        if not want:
            assert words not in linked(text), text


@pytest.mark.parametrize("words", ["The pair", "The two", "Both men", "The two leaders"])
def test_people_called_by_a_surname_are_two_and_no_lands(words: str) -> None:
    text = f"Mitterrand met Gorbachev in Poland. {words} praised Hungary."
    assert linked(text, date(1989, 7, 1))[words] == ["Mitterrand", "Gorbachev"]


def test_a_list_that_a_parser_begins_late_is_whole() -> None:
    text = "Saudi Arabia, Egypt, Bahrain and the UAE met. The four countries left Oslo."
    assert len(linked(text)["The four countries"]) == 4


def test_they_are_the_two_who_met_where_nobody_else_is_told_of() -> None:
    text = "Mitterrand rang Gorbachev on Monday. They praised Hungary."
    assert linked(text, date(1989, 7, 1))["They"] == ["Mitterrand", "Gorbachev"]
