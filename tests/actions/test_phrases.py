import pytest

from dateline.actions.phrases import trimmed, words_of
from dateline.model import Span


@pytest.mark.parametrize(
    ("text", "head", "words"),
    [
        ("A car bomb in Marn killed a guard.", "bomb", "A car bomb"),
        (
            "At least 75 displaced people fled.",
            "people",
            "At least 75 displaced people",
        ),
        ("The government of Chad fell.", "government", "The government of Chad"),
        ("The rebels who fled were caught.", "rebels", "The rebels"),
        (
            "He met German Chancellor Ute Brandt.",
            "Brandt",
            "German Chancellor Ute Brandt",
        ),
    ],
)
def test_words_of(parsed, text, head, words):
    p = parsed(text)
    token = next(t for t in p.tokens if t.text == head)
    assert words_of(p, token).of(text).startswith(words)


def test_trimmed(parsed):
    p = parsed('"The king," he said.')
    assert trimmed(p, Span(0, 10)).of(p.text) == "The king"
