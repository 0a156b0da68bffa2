from dataclasses import replace

from dateline.actors import at_home
from dateline.model import Action, Actor, Place, Span, Why

WHY = Why("test.v1")
TALKS = Action(
    trigger=Span(10, 15),
    evidence=Span(0, 40),
    deed="CONSULT",
    modes=(),
    contexts=(),
    actors=(Span(0, 5), Span(20, 25)),
    recipients=(),
    mutual=True,
    sure=0.8,
    why=(),
)
FRANCE = Actor("France", "FRA", ("GOV",), "FRA", "resolved", Span(0, 5), WHY)
KENYA = Actor("Kenya", "KEN", ("GOV",), "KEN", "resolved", Span(20, 25), WHY)
NAIROBI = Place(
    "Nairobi", "KEN", None, None, None, None, None, None, "city", Span(30, 37), WHY
)


def test_he_who_meets_at_home_is_the_host():
    action, guests, hosts = at_home(TALKS, (FRANCE, KENYA), (), NAIROBI)
    assert (action.modes, guests, hosts) == (("visit",), (FRANCE,), (KENYA,))


def test_a_third_place_has_no_host():
    rome = replace(NAIROBI, country="ITA")
    assert at_home(TALKS, (FRANCE, KENYA), (), rome)[1:] == ((FRANCE, KENYA), ())


def test_a_place_within_a_name_is_no_place_of_meeting():
    mayor = replace(NAIROBI, span=Span(22, 25))
    assert at_home(TALKS, (FRANCE, KENYA), (), mayor)[1:] == ((FRANCE, KENYA), ())


def test_a_call_is_no_visit():
    call = replace(TALKS, modes=("phone",))
    assert at_home(call, (FRANCE, KENYA), (), NAIROBI)[2] == ()


def test_an_unknown_party_may_be_at_home_too():
    nobody = replace(FRANCE, country=None)
    assert at_home(TALKS, (nobody, KENYA), (), NAIROBI)[2] == ()
