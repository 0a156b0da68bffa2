from dateline.actions.modality import modal, negated


def test_modal_and_negation(parsed):
    p = parsed("The army will not attack the town.")
    attack = next(t for t in p.tokens if t.text == "attack")
    assert modal(p, attack) == "will"
    assert negated(p, attack)


def test_plain(parsed):
    p = parsed("The army attacked the town.")
    attacked = p.tokens[2]
    assert modal(p, attacked) == ""
    assert not negated(p, attacked)
