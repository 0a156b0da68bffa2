from dataclasses import replace

import pytest

from dateline.actions import Decoder, confidence, enough
from dateline.codebook.plover import load
from dateline.model import Actor, Reading, Why
from tests.actions.made import act, parsed, span, words

SHELLED = act(
    "shelled", "ASSAULT", actors=(words("Rebels"),), recipients=(words("Arva"),)
)


def one(told=SHELLED):
    (found,) = Decoder(load())(parsed(), Reading((told,)))
    return found


def actor(name: str, country: str | None, answer: str, sure: float) -> Actor:
    why = Why("actors.test.v1")
    return Actor(name, country, (), None, answer, span(name), why, sure)  # type: ignore[arg-type]


def test_a_probability_comes_out_whatever_is_known():
    for found in ((), (actor("Rebels", None, "unknown", 0.0),)):
        assert 0 < confidence(one(), found, ()) < 1


def test_what_the_model_believes_more_is_surer():
    doubtful, sure = (one(replace(SHELLED, sure=p)) for p in (0.94, 0.999))
    assert confidence(doubtful, (), ()) < confidence(sure, (), ())


def test_a_party_who_is_known_makes_it_surer():
    known = (actor("Rebels", "XKX", "resolved", 0.97),)
    guess = (actor("Rebels", "XKX", "guess", 0.6),)
    assert confidence(one(), known, known) > confidence(one(), guess, guess)


def test_the_users_own_pattern_is_as_sure_as_he_says():
    told = replace(one(), sure=1.0, act=replace(SHELLED, asked=True))
    assert confidence(told, (), ()) == pytest.approx(1.0)


def test_an_act_told_clearly_is_told_though_nobody_knows_by_whom():
    told = one()
    clear, doubtful = (
        replace(told, act=replace(SHELLED, sure=p)) for p in (0.97, 0.87)
    )
    assert enough(clear, 0.15, 0.28)
    assert not enough(doubtful, 0.15, 0.28)
    assert not enough(clear, 0.03, 0.28)
    assert all(enough(some, 0.3, 0.28) for some in (clear, doubtful))
    assert enough(clear, 0.0, 0.0)


def test_what_somebody_is_said_to_do_to_himself_by_two_names_is_less_sure():
    own = (actor("Rebels", "XKX", "resolved", 0.97),)
    others = (actor("Arva", "XKX", "resolved", 0.97),)
    himself = (replace(others[0], name="Rebels"),)
    assert confidence(one(), own, himself) < confidence(one(), own, others)


def test_another_name_for_a_type_leaves_the_claim_as_sure():
    book = load()
    types = dict(book.types)
    types["HARM"] = replace(types.pop("ASSAULT"), name="HARM")
    renamed = Decoder(replace(book, types=types))
    (other,) = renamed(parsed(), Reading((SHELLED,)))
    assert other.deed == "HARM"
    assert confidence(other, (), ()) == confidence(one(), (), ())
