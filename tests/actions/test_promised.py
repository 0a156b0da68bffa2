"""What is promised, or asked of others, is told as the promise or the request."""

from dataclasses import replace

import pytest

from dateline.actions import Decoder
from dateline.codebook.plover import load
from dateline.model import Reading, Span, Words
from tests.actions.made import act
from tests.actions.test_parties import read

REST = " The streets of the city were quiet after dark."


@pytest.mark.parametrize(
    ("text", "verb", "deed", "whom", "told"),
    [
        ("Chad pledged 30 million to Oman.", "pledged", "AID", "Oman", "AGREE"),
        ("Chad agreed to free the monks.", "agreed", "RETREAT", "monks", "CONCEDE"),
        ("Chad offered to send police.", "offered", "MOBILIZE", "police", "AGREE"),
        ("Chad told police to free them.", "told", "RETREAT", "police", "REQUEST"),
        ("Chad told police to free them.", "told", "RETREAT", "them", "RETREAT"),
        ("Chad ordered him to stay in jail.", "ordered", "COERCE", "him", "COERCE"),
        ("Chad ordered a strike on Oman.", "ordered", "ASSAULT", "Oman", "ASSAULT"),
        ("Chad managed to free the monks.", "managed", "RETREAT", "monks", "RETREAT"),
    ],
)
def test_a_promise_or_request_is_not_the_deed(text, verb, deed, whom, told):
    def span(words):
        return Span(at := text.index(words), at + len(words))

    found = replace(
        act("shelled", deed),
        trigger=span(verb),
        sentence=Span(0, len(text)),
        deeds=((deed, 0.6), ("REQUEST", 0.2), ("AGREE", 0.1)),
        recipients=(Words(span(whom), 0.95),),
    )
    actions = Decoder(load())(read(text + REST), Reading((found,)))
    assert [action.deed for action in actions] == [told]
