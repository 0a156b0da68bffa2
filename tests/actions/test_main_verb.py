"""Plain news: what a sentence's own verb says was done is told."""

import pytest

from dateline.model import Report
from dateline.parts import Options, make_coder
from dateline.read.inputs import complete_report

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
    claims = (
        make_coder(Options()).code(complete_report(Report("r", text + REST))).claims
    )
    told = [c for c in claims if verb in c.action.trigger.of(text)]
    assert [c.type for c in told] == ["ASSAULT"]
    ends = [(q.low, q.high) for q in told[0].quantities if q.what == "killed"]
    assert ends == [(low, high)]


def test_what_might_be_done_is_not_told_for_its_verb():
    text = "A bomb in the hall would kill many people." + REST
    assert not make_coder(Options()).code(complete_report(Report("r", text))).claims


@pytest.mark.parametrize(
    ("text", "deed", "status"),
    [
        ("Rebels could attack the airport, diplomats said.", "ASSAULT", "possible"),
        ("Norway might impose sanctions on Sudan.", "SANCTION", "possible"),
        ("Sudan must end its blockade.", "REQUEST", "happened"),
        ("The carmaker could cut its prices, analysts said.", None, None),
    ],
)
def test_a_lone_sentence_tells_what_may_or_must_be_done(text, deed, status):
    claims = make_coder(Options()).code(complete_report(Report("r", text))).claims
    told = [(claim.action.deed, claim.certainty.status) for claim in claims]
    assert told == ([(deed, status)] if deed else [])


def test_what_must_be_done_is_asked_of_who_must_do_it_by_who_says_so():
    text = "Oman must end its blockade, Norway said on Monday." + REST
    (claim,) = make_coder(Options()).code(complete_report(Report("r", text))).claims
    assert claim.type == "REQUEST"
    assert [who.country for who in claim.actors] == ["NOR"]
    assert [who.country for who in claim.recipients] == ["OMN"]
