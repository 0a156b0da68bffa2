import pytest

from dateline.actions.parties import is_party


@pytest.mark.parametrize(
    ("text", "word", "yes"),
    [
        ("The government fell.", "government", True),
        ("The gunmen fled.", "gunmen", True),
        ("Kenya agreed.", "Kenya", True),
        ("The table fell.", "table", False),
        ("The decision came late.", "decision", False),
        ("They left.", "They", True),
        ("There was rain.", "There", False),
        ("The ambush killed a trainee.", "trainee", True),
    ],
)
def test_is_party(parsed, book, text, word, yes):
    p = parsed(text)
    token = next(t for t in p.tokens if t.text == word)
    assert is_party(book, p, token) is yes
