from hypothesis import given
from hypothesis import strategies as st

from dateline.resources.reference import countries, find_outlet, fold_name, load_sectors, outlets


def test_dependencies_fold_and_breakaways_are_marked():
    table = countries()
    assert table.by_name("Puerto Rico").answers == "USA"
    abkhazia = table.by_name("Abkhazia")
    assert abkhazia.answers == "GEO" and abkhazia.partial
    assert table.by_name("Soviet Union").answers == "RUS"
    assert table.by_name("Burma").code == "MMR"


def test_forms_that_need_context_are_told_only_when_asked():
    assert countries().by_name("the North") is None
    assert countries().by_name("the North", loose=True).code == "PRK"


def test_short_forms_keep_their_case():
    assert countries().by_name("U.S.").code == "USA"
    assert countries().by_name("us") is None


def test_every_parent_and_capital_is_known():
    for row in countries():
        if row.parent:
            assert countries().by_code(row.parent), row
    assert countries().by_capital("Sana'a").code == "YEM"
    assert countries().by_people("Danes").code == "DNK"
    assert countries().by_adjective("Côte d'Ivoire") is None


def test_outlets_by_name_and_address():
    assert find_outlet("KCNA").sectors == ("JRN", "GOV")
    assert find_outlet("http://edition.cnn.com/2019/x").name == "CNN"
    assert find_outlet("http://") is None
    assert all(countries().by_code(o.country) for o in outlets())


def test_sectors_have_a_meaning():
    assert len(load_sectors()) == 25


@given(st.text())
def test_no_text_is_too_odd(text):
    fold_name(text)
    find_outlet(text)
    countries().by_name(text, loose=True)
