"""The words of a report, cut once: any stretch has those it has by itself."""

from itertools import product

from dateline.extract.actors.lexicon import (
    split_words,
    two_words_after,
    two_words_before,
    words_in_span,
)
from dateline.model import Parsed, Report
from dateline.nlp.en import pack

TEXTS = (
    "Iraq's U.S.-backed army and the bosses' O'Neill 's men left. “We said.” A.B.C.",
    "Jean-Luc ’s men, i's and the Nations’ U.N. envoys - they met x_y's é S’ men",
)
NEAR = 12


def parsed_words(text: str) -> Parsed:
    return Parsed(Report("r", text), (), (), (), lexicon=pack.lexicon)


def test_a_stretch_has_the_words_that_it_has_alone() -> None:
    for text in TEXTS:
        whole = parsed_words(text)
        for start, size in product(range(len(text)), range(30)):
            end = min(len(text), start + size)
            alone = list(split_words(text, pack.lexicon, start, end))
            assert words_in_span(whole, start, end) == alone


def test_the_two_words_beside_a_place_are_those_of_the_text_there() -> None:
    for text in TEXTS:
        whole = parsed_words(text)
        for at in range(len(text)):
            low, high = max(0, at - NEAR), min(len(text), at + NEAR)
            before = list(split_words(text, pack.lexicon, low, at))[-2:]
            after = list(split_words(text, pack.lexicon, at, high))[:2]
            keys = [w.key for w in two_words_before(whole, at, NEAR)]
            assert keys == [w.key for w in before]
            assert [w.key for w in two_words_after(whole, at, NEAR)] == [w.key for w in after]
