import pytest

from dateline.actions.contents import contexts


@pytest.mark.parametrize(
    ("text", "modes"),
    [
        ("Warplanes bombed the village.", ("explosives", "aerial")),
        ("A suicide bomber killed two guards.", ("suicide-attack",)),
        ("Masked men kidnapped a nun.", ("abduct",)),
        ("Kenya urged Chad to release the hostages.", ("yield",)),
        ("The army sent tanks to the border.", ("weapons",)),
        ("Riot police were deployed in the capital.", ("police",)),
        ("Workers went on strike.", ("strike",)),
    ],
)
def test_modes(found, text, modes):
    act = found(text)[0]
    assert set(modes) <= set(act.modes), act.modes


def test_contexts_need_two_words(parsed, book):
    one = parsed("The election was quiet.")
    two = parsed("Voters said the election was quiet.")
    assert "election" not in contexts(book, one)
    assert "election" in contexts(book, two)
