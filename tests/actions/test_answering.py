"""Whom a denial or a refusal answers."""

from dateline.model import Report
from dateline.parts import Options, coder
from dateline.read.inputs import known


def recipients(text: str) -> list[list[str | None]]:
    claims = coder(Options()).code(known(Report("r", text))).claims
    return [[who.country for who in c.recipients] for c in claims if c.type == "REJECT"]


def test_the_charge_is_denied_to_him_who_made_it():
    assert recipients("Chad accused Sudan of a raid. Sudan denied the charge.") == [
        ["TCD"]
    ]


def test_a_charge_of_another_kind_is_nobody_s():
    assert recipients("Chad praised Sudan. Sudan denied the charge.") == [[]]
