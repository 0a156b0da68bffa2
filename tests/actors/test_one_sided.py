from dateline.actors import one_sided
from tests.claims import actor


def test_who_acts_by_the_same_words_has_nothing_done_to_him() -> None:
    kenya, pilots = actor("Kenya", "KEN"), actor("two Ugandan pilots", "UGA")
    assert one_sided((kenya, pilots), (pilots,)) == ()
    assert one_sided((kenya,), (pilots,)) == (pilots,)
