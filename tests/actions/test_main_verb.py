"""Plain news: what a sentence's own verb says was done is told."""

import pytest

from dateline.model import Report
from dateline.parts import Options, coder
from dateline.read.inputs import known

REST = " The streets of the city were quiet after dark, a resident told reporters."
NEWS = [
    ("A bomb killed at least 12 people in Kabul on Monday.", "killed", 12, None),
    ("A bomb killed between 20 and 30 people in Kabul on Monday.", "killed", 20, 30),
    ("A bomb exploded in Kabul on Monday, killing nine people.", "exploded", 9, 9),
    ("Gunmen killed three soldiers in Mosul on Monday.", "killed", 3, 3),
    ("A bomb killed 12 people and wounded 30 others in Kabul.", "bomb", 12, 12),
]


@pytest.mark.parametrize(("text", "verb", "low", "high"), NEWS)
def test_a_deed_of_the_main_verb_is_told(text, verb, low, high):
    claims = coder(Options()).code(known(Report("r", text + REST))).claims
    told = [c for c in claims if verb in c.action.trigger.of(text)]
    assert [c.type for c in told] == ["ASSAULT"]
    ends = [(q.low, q.high) for q in told[0].quantities if q.what == "killed"]
    assert ends == [(low, high)]


def test_what_might_be_done_is_not_told_for_its_verb():
    text = "A bomb in the hall would kill many people." + REST
    assert not coder(Options()).code(known(Report("r", text))).claims
