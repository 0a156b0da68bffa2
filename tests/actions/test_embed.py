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


def test_stopped_short_is_not_done(acts):
    assert acts("Italy stopped short of endorsing Mali.") == []


def test_a_deed_told_beside_a_demand_stands(acts):
    text = (
        "Chad rebuffed an ultimatum by Mali to hold a vote and accused Togo of lying."
    )
    assert ("ACCUSE", "accused", ["Chad"], ["Togo"]) in acts(text)


def test_an_infinitive_beside_a_demand_is_demanded(acts):
    text = "Mali urged Chad to free the prisoners and withdraw its troops."
    assert [act[0] for act in acts(text)] == ["REQUEST"]


def test_not_ready_is_no_agreement(acts):
    assert "AGREE" not in [
        act[0] for act in acts("Chad is not ready to help Mali.", 0.3)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Were Chad to invade Mali, neither side would win.",
        "Had Chad not invaded Mali, the talks would have gone on, an envoy said.",
    ],
)
def test_a_condition_told_by_order_alone(acts, text):
    assert "ASSAULT" not in [act[0] for act in acts(text)]


def test_what_an_envoy_says_beside_a_refusal_stands(acts):
    text = "Chad spurned the plea by Mali, with its envoy accusing Togo of lying."
    assert "ACCUSE" in [act[0] for act in acts(text)]
