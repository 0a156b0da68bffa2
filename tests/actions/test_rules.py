"""Every rule that a frame can give has its own sentence."""

from dateline.actions.roles import PLACES
from dateline.actions.rules import RULES
from dateline.codebook.plover import load


def test_every_place_of_every_frame_has_a_rule() -> None:
    for frame in load().lexicon.frames:
        for place in (*frame.actor, *frame.recipient):
            if place in ("subj", "-", ""):
                continue
            name = place if place in PLACES else f"prep-{place}"
            if place.startswith("obj-") and place not in PLACES:
                name = f"object-{place[4:]}"
            assert f"actions.{name}.v1" in RULES, place


def test_rules_say_different_things() -> None:
    assert len(set(RULES.values())) == len(RULES)
