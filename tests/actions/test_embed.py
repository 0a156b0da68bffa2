import pytest

from dateline.actions.embed import conditional, modal_unreal, unreal


@pytest.mark.parametrize(
    ("text", "word", "told"),
    [
        ("The rebels attacked the town.", "attacked", True),
        ("The army said rebels attacked the town.", "attacked", True),
        ("The rebels want to attack the town.", "attack", False),
        ("They work hard to avoid a war.", "war", False),
        ("He spoke of the risk of an invasion.", "invasion", False),
        ("The army was sent to attack the town.", "attack", False),
        ("Rebels began attacking the town.", "attacking", True),
    ],
)
def test_unreal(parsed, book, text, word, told):
    p = parsed(text)
    token = next(t for t in p.tokens if t.text == word)
    assert (unreal(book, p, token) == "") is told


def test_condition(parsed):
    p = parsed("We will leave if they attack.")
    attack = next(t for t in p.tokens if t.text == "attack")
    assert conditional(p, attack)


def test_modals(parsed):
    p = parsed("They could attack.")
    attack = next(t for t in p.tokens if t.text == "attack")
    assert modal_unreal(p, attack, frozenset(["could"]))
    assert not modal_unreal(p, attack, frozenset(["must"]))


def test_no_decision_is_a_deed(acts):
    assert acts("Any decision to expel Togo must be agreed by both.") == []


def test_a_task_is_no_charge(acts):
    told = acts("The council has charged the inspectors with verifying the cuts.")
    assert told == []
