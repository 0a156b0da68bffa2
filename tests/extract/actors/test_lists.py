from datetime import date
from pathlib import Path

import pytest

from dateline.extract.actors import Resolver, bring_in, check_actor_list, unresolved_names
from dateline.extract.actors.user_lists import Lists, parse_term_day, read_actor_list
from dateline.model import Dating, Parsed, Report, Sentence, Setting, Span
from dateline.nlp.en import pack

HEAD = "name,country,sector,from,to,source\n"


def write(folder: Path, text: str, name: str = "mine.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def ask(lists: tuple[Path, ...], text: str, day: date):
    whole = (Sentence(Span(0, len(text)), 0, 0),)
    parsed = Parsed(Report("r", text), whole, (), (), lexicon=pack.lexicon)
    setting = Setting(Dating(day, day, True, ()))
    return Resolver(lists)(parsed, Span(0, len(text)), setting)[0]


def test_a_list_answers_first_and_tells_file_and_line(tmp_path):
    path = write(tmp_path, HEAD + "Foo Barson,SWE,GOV,2019,2020-06,desk\n")
    found = ask((path,), "Mr. Foo Barson", date(2020, 1, 1))
    assert (found.country, found.sectors) == ("SWE", ("GOV",))
    assert found.entity == "list:mine.csv:2"
    assert ask((path,), "Foo Barson", date(2021, 1, 1)).country is None


def test_a_later_file_wins(tmp_path):
    one = write(tmp_path, HEAD + "Foo Barson,SWE,GOV,,,\n", "one.csv")
    two = write(tmp_path, HEAD + "Foo Barson,NOR,MIL,,,\n", "two.csv")
    assert ask((one, two), "Foo Barson", date(2020, 1, 1)).country == "NOR"


def test_a_byte_order_mark_is_no_part_of_the_header(tmp_path):
    path = write(tmp_path, "\ufeff" + HEAD + "Foo Barson,SWE,GOV,,,\n")
    assert check_actor_list(path) == []


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Foo,XYZ,GOV,,,", "country"),
        ("Foo,SWE,ABC,,,", "sector"),
        ("Foo,SWE,GOV,2019-13-01,,", "date"),
        ("Foo,SWE,GOV,yesterday,,", "date"),
        ("Foo,SWE,GOV,2020,2019,", "before"),
        (",SWE,GOV,,,", "name"),
        ("Foo,SWE,GOV,,,,,", "cells"),
    ],
)
def test_bad_lines_are_told_with_their_number(tmp_path, line, word):
    faults = check_actor_list(write(tmp_path, HEAD + "Bar,SWE,GOV,,,\n" + line + "\n"))
    assert [fault.line for fault in faults] == [3]
    assert word in str(faults[0])


def test_wrong_columns_are_told(tmp_path):
    faults = check_actor_list(write(tmp_path, "who,land\nFoo,SWE\n"))
    assert faults[0].line == 1
    assert "name" in faults[0].message


def test_no_text_at_all_is_told(tmp_path):
    path = tmp_path / "x.csv"
    path.write_bytes(b"\xff\xfe\x00name")
    assert check_actor_list(path)[0].line == 1


def test_terms_that_clash_are_told(tmp_path):
    text = HEAD + "Foo,SWE,GOV,2019,2021,\nFoo,SWE,ELI,2021,,\nfoo,SWE,GOV,2022-02,,\n"
    faults = check_actor_list(write(tmp_path, text))
    assert [fault.line for fault in faults] == [3, 4]


def test_a_wrong_list_is_refused_by_line(tmp_path):
    with pytest.raises(ValueError, match="line 2"):
        Lists([write(tmp_path, HEAD + "Foo,XYZ,GOV,,,\n")])


def test_a_month_ends_on_its_last_day():
    assert parse_term_day("2020-02", last=True) == date(2020, 2, 29)
    assert parse_term_day("2020", last=True) == date(2020, 12, 31)
    assert parse_term_day("") is None


def test_unknown_names_are_counted():
    party = {"text": "Foo Barson", "answer": "unknown"}
    other = {"text": "the men", "answer": "unknown"}
    claims = [{"actors": [party, other], "recipients": [party]}, {"actors": None}]
    assert unresolved_names(claims) == [("Foo Barson", 2)]


def test_a_dictionary_of_the_field_becomes_a_list(tmp_path):
    text = (
        "# a comment\n"
        "FOO_BARSON_ [SWEGOV 010120-050120] [SWEELI >050120]\n"
        "+BARSON_OF_UPPSALA\n"
        "RED_FRONT_\n"
        "\t[SWEREB]\n"
        "NOBODY_ [???]\n"
    )
    source = write(tmp_path, text, "dictionary.txt")
    target = tmp_path / "out.csv"
    faults = bring_in(source, target)
    assert [fault.line for fault in faults] == [6]
    rows = list(read_actor_list(target))
    assert len(rows) == 5
    assert rows[0].since == date(2001, 1, 20)
    assert rows[-1].sectors == ("REB",)


@pytest.mark.parametrize(
    "words", ["Supporters of Foo Barson", "Foo Barson's critics", "men near Foo Barson"]
)
def test_whose_somebody_is_is_another(tmp_path, words):
    path = write(tmp_path, HEAD + "Foo Barson,SWE,GOV,,,\n")
    found = ask((path,), words, date(2020, 1, 1))
    assert (found.country, found.entity) == (None, None)
