"""Whose a body is: a name that owns it, or one that stands right before it."""

from dataclasses import replace

from dateline.cast.bodies import owner_of_body
from dateline.model import Mention, Span
from dateline.model.mention import Grammar

OWNER = Mention(
    Span(0, 6), 0, 1, 0, 0, "name", "state", ("turkey",), Grammar("modifier")
)
BODY = Mention(
    Span(7, 17), 1, 2, 1, 0, "name", "body", ("parliament",), Grammar("subject")
)


def test_a_name_right_before_a_body_owns_it_as_a_modifier_alone() -> None:
    assert owner_of_body((OWNER, BODY), 1) is OWNER  # "the Turkey Parliament"
    subject = replace(OWNER, grammar=Grammar("subject"))
    assert owner_of_body((subject, BODY), 1) is None  # "Turkey, Parliament said, …"
    assert owner_of_body((replace(OWNER, last=0), BODY), 1) is None  # words between


def test_an_owner_by_grammar_owns_a_body_wherever_it_stands() -> None:
    owned = replace(BODY, grammar=Grammar("subject", owner=OWNER.head))
    far = replace(OWNER, grammar=Grammar("other"), last=0)
    assert owner_of_body((far, owned), 1) is far
