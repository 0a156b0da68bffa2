import csv

import pytest
from typer.testing import CliRunner

from dateline.analysis.missing_names import base_holds_name, country_most_named
from dateline.cli import app
from dateline.nlp.en import pack

TEXT = """Foreign Minister Xavi Qwortz of Zambia met Kofi Annan in Lusaka on Monday.
Qwortz told reporters that Zambia would sign. The Blorvak Trust, a Zambian charity,
thanked Xavi Qwortz. "Zambia is ready," said Qwortz after the talks with Kofi Annan.
"""


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("missing") / "report.txt"
    path.write_text(TEXT, "utf-8")
    told = CliRunner().invoke(app, ["actors", "missing", str(path), "--least", "1"])
    assert told.exit_code == 0, told.output
    return list(csv.DictReader(told.stdout.splitlines()))


def test_an_unknown_name_is_listed_with_its_surnames_and_its_region(rows):
    found = {row["name"]: row for row in rows}
    minister = found["Xavi Qwortz"]
    assert minister["region"] == "Southern Africa" and minister["told of"] == "ZMB"
    assert int(minister["times"]) >= 3 and minister["reports"] == "1"


def test_who_is_known_is_not_missing(rows):
    assert not [row for row in rows if "Annan" in row["name"] or row["name"] == "Zambia"]


def test_the_list_is_one_that_actors_check_reads(rows):
    assert {"name", "country", "sector", "from", "to", "source"} <= set(rows[0])


def test_a_file_that_is_not_there_is_said(tmp_path):
    told = CliRunner().invoke(app, ["actors", "missing", str(tmp_path / "none.txt")])
    assert told.exit_code == 2 and "no such file" in told.output


@pytest.mark.parametrize(
    ("name", "kind", "is_known"),
    [
        ("Interior Ministry", "organisation", True),
        ("Zambian Bar Circle", "organisation", True),
        ("Blorvak", "organisation", False),
        ("Nelson Mandela", "person", True),
        ("Zorg Mandela", "person", False),
    ],
)
def test_what_words_tell_needs_no_table(name, kind, is_known):
    assert base_holds_name(name, kind, pack.lexicon) is is_known


def test_a_story_of_nowhere_has_no_country():
    from dateline.model import Report

    assert country_most_named(Report(id="a", text="They talked at length."), pack.lexicon) == ""
