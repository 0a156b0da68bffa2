"""Happenings whose day is known: told as ahead only by the words right before them."""

import re

import pytest

from dateline.extract.time.dating.known import is_still_ahead
from dateline.nlp.en import pack

REST = ", envoys of both sides packed their papers and flew home again"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"before the alaska summit{REST}", True),
        (f"long before dawn the envoys of both had left the alaska summit{REST}", False),
        (f"they spoke at the alaska summit{REST}", False),
    ],
)
def test_a_happening_is_ahead_by_the_words_before_it(text: str, told: bool) -> None:
    hit = re.search("alaska summit", text)
    assert hit is not None
    assert is_still_ahead(text, pack.lexicon, hit) is told
