"""What the learned judge adds to the rules, and what it leaves as the rules have it."""

from dataclasses import replace

import pytest

from benchmarks.engines.commitment import CLASSES, committed, judges
from benchmarks.engines.encoder import Encoder, available
from benchmarks.texts import parse_question
from dateline.model import Certainty, Parsed, Span, Token

NEWS = "The ministry said on Monday that the company will [pay] 20 million dollars ."
TALK = "i hope you will [pay] me when you can , thanks !"


def asked(marked: str) -> tuple[Parsed, Token]:
    trigger = Span(marked.index("["), marked.index("]") - 1)
    text = parse_question(marked.replace("[", "").replace("]", ""))
    token = text.head_of(trigger)
    assert token is not None
    return text, token


def told(marked: str) -> Certainty:
    text, token = asked(marked)
    return committed(text, token, Encoder.load().read_report(text))


needs_weights = pytest.mark.skipif(not available(), reason="no encoder weights")


@needs_weights
def test_what_news_announces_is_taken_as_done_and_a_wish_in_talk_is_not() -> None:
    assert told(NEWS).status == "happened"
    assert told(NEWS).why.rule == "certainty.learned.v2"
    assert told(TALK).status != "happened"


@needs_weights
def test_the_rules_status_stands_where_the_class_is_theirs() -> None:
    found = told("The army said on Monday that it had not [shelled] the town .")
    assert (found.status, found.why.rule) == ("denied", "certainty.own-denial.v1")


@needs_weights
def test_readers_of_news_and_of_talk_are_heard_and_chances_add_up() -> None:
    text, token = asked(TALK)
    seen = Encoder.load().read_report(text).commitment(token.span)
    assert seen is not None
    found = judges().weigh(text, token, seen)
    assert found.shape == (len(CLASSES),)
    assert found.sum() == pytest.approx(1, abs=1e-4)
    other = replace(seen, numbers=seen.numbers[::-1].copy())
    assert abs(found - judges().weigh(text, token, other)).max() > 1e-4


def test_without_an_encoder_the_rules_status_stands() -> None:
    text, token = asked(NEWS)
    assert committed(text, token).status == "planned"


def test_a_text_without_a_word_there_is_left_to_the_rules() -> None:
    assert committed(parse_question("?"), None).why.rule == "certainty.unread.v1"
