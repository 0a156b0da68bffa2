from dataclasses import replace

from dateline.actors import conceivable, one_sided
from tests.claims import actor


def test_who_acts_by_the_same_words_has_nothing_done_to_him() -> None:
    kenya, pilots = actor("Kenya", "KEN"), actor("two Ugandan pilots", "UGA")
    assert one_sided((kenya, pilots), (pilots,)) == ()
    assert one_sided((kenya,), (pilots,)) == (pilots,)


def test_whom_no_words_tell_is_not_told_on_the_other_side() -> None:
    kenya = actor("Kenya", "KEN", "GOV")
    again = replace(kenya, span=None)
    assert conceivable((again,), (kenya,)) == ()
    assert conceivable((kenya,), (kenya,)) == (kenya,)
    assert conceivable((again,), (again,)) == (again,)


def test_no_force_harms_its_own_where_no_words_say_so() -> None:
    soldiers = actor("two Ugandan pilots", "UGA", "MIL")
    army = replace(soldiers, name="the Ugandan army", span=None)
    assert conceivable((army,), (soldiers,), harm=True) == ()
    assert conceivable((army,), (soldiers,)) == (army,)
    rebels = replace(army, sectors=("REB",))
    assert conceivable((rebels,), (soldiers,), harm=True) == (rebels,)
