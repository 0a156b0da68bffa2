from dataclasses import replace

from dateline.actors import governments, one_sided, peoples, possible
from dateline.actors.sides import conceivable
from dateline.language.en import pack
from dateline.model import Span, Why
from tests.claims import TEXT, actor

LINK = Why("actors.coreference.v1", Span(0, 5))


def test_who_acts_by_the_same_words_has_nothing_done_to_him() -> None:
    kenya, pilots = actor("Kenya", "KEN"), actor("two Ugandan pilots", "UGA")
    assert one_sided((kenya, pilots), (pilots,), TEXT, pack.lexicon)[1] == ()
    assert one_sided((kenya,), (pilots,), TEXT, pack.lexicon)[1] == (pilots,)


def test_a_state_does_nothing_to_itself() -> None:
    kenya = actor("Kenya", "KEN", "GOV")
    again = replace(kenya, span=Span(20, 22))
    assert one_sided((kenya,), (again,), TEXT, pack.lexicon) == ((kenya,), ())


def test_whom_only_a_link_makes_the_doer_is_somebody_else() -> None:
    text = "Otieno shot at the former president, then shot himself."
    man = replace(actor("Kenya", "KEN", "CVL"), name="Otieno", span=Span(0, 6))
    other = replace(man, span=Span(15, 35), why=LINK)
    _, (whom,) = one_sided((man,), (other,), text, pack.lexicon)
    assert (whom.name, whom.country) == ("the former president", "KEN")
    himself = replace(man, span=Span(47, 54), why=LINK)
    assert one_sided((man,), (himself,), text, pack.lexicon)[1] == (himself,)


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


def test_a_state_that_says_its_soldiers_were_killed_did_not_kill_them() -> None:
    soldiers = actor("two Ugandan pilots", "UGA", "MIL")
    state = replace(soldiers, name="Uganda", sectors=("GOV", "MIL"))
    assert possible((state,), (soldiers,), harm=True) == ((), (soldiers,))
    assert possible((state,), (soldiers,), harm=True, mutual=True)[0] == (state,)
    assert possible((state,), (soldiers,)) == ((state,), (soldiers,))
    crowd = replace(soldiers, sectors=("CVL",))
    assert possible((state,), (crowd, soldiers), harm=True)[0] == (state,)


def test_victims_of_another_telling_are_not_the_forces_of_who_attacks() -> None:
    soldiers = replace(actor("two Ugandan pilots", "UGA", "MIL"), span=None)
    state = actor("Kenya", "UGA", "GOV")
    assert possible((state,), (soldiers,), harm=True) == ((state,), ())


def test_a_minister_is_not_harmed_by_his_own_state_where_no_words_say_so() -> None:
    state = actor("Kenya", "KEN", "GOV")
    minister = replace(state, name="a minister", span=None)
    assert possible((state,), (minister,), harm=True) == ((state,), ())
    crowd = replace(minister, name="villagers", sectors=("CVL",))
    assert possible((state,), (crowd,), harm=True) == ((state,), (crowd,))


def test_a_states_people_protest_and_not_the_state() -> None:
    state = replace(actor("Kenya", "KEN", "GOV"), span=None)
    (people,) = peoples((state,), pack.lexicon)
    assert (people.name, people.country, people.sectors) == ("Kenyans", "KEN", ("CVL",))
    police = replace(state, name="the police", sectors=("COP",))
    assert peoples((police,), pack.lexicon) == ()
    told = actor("Kenya", "KEN", "GOV")
    assert peoples((told,), pack.lexicon) == (told,)


def test_nothing_is_done_to_a_state_by_its_government_where_no_words_say_so() -> None:
    state = replace(actor("Kenya", "KEN", "GOV"), span=None)
    leader = replace(actor("the army", "KEN", "GOV"), name="the Kenyan leader")
    assert possible((leader,), (state,)) == ((leader,), ())
    assert possible((leader,), (state,), mutual=True) == ((leader,), (state,))


def test_nobody_acts_unnamed_but_the_state_that_he_governs() -> None:
    ruler = replace(actor("Kenya", "KEN", "GOV"), entity="person:jane-roe")
    (state,) = governments((ruler,))
    assert (state.name, state.country, state.entity) == ("Kenya", "KEN", None)
    assert governments((replace(ruler, sectors=("LEG",)),)) == ()
    army = actor("the army", "KEN", "MIL")
    assert governments((army,)) == (army,)
