from hypothesis import given
from hypothesis import strategies as st

from dateline.resources.gazetteer.entry import place_hash, place_key


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(name):
    once = place_key(name)
    assert place_key(once) == once or " " in once


@given(st.text(max_size=40))
def test_digests_fit_forty_bits(name):
    assert 0 <= place_hash(name) < 2**40


def test_how_long_a_name_may_be() -> None:
    assert place_key("x" * 80) == "x" * 80
    assert place_key("x" * 81) == ""
