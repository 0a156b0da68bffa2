from dateline.actions import grammar


def verb(parsed, word):
    return next(t for t in parsed.tokens if t.text == word)


def texts(found):
    return [t.text for t in found[0]]


def test_voices(parsed):
    p = parsed("The town was shelled by the army.")
    shelled = verb(p, "shelled")
    assert grammar.passive(p, shelled)
    assert texts(grammar.doers(p, shelled)) == ["army"]
    assert texts(grammar.sufferers(p, shelled)) == ["town"]


def test_control(parsed):
    p = parsed("France agreed to send troops.")
    assert texts(grammar.doers(p, verb(p, "send"))) == ["France"]
    p = parsed("The king asked the army to leave.")
    assert texts(grammar.doers(p, verb(p, "leave"))) == ["army"]


def test_reduced_relative(parsed):
    p = parsed("Rebels fighting the army took the hill.")
    assert texts(grammar.doers(p, verb(p, "fighting"))) == ["Rebels"]


def test_lists(parsed):
    p = parsed("Norway, Sweden and Finland signed the treaty.")
    assert len(grammar.doers(p, verb(p, "signed"))[0]) == 3


def test_after(parsed):
    p = parsed("The general spoke with the mayor.")
    found = list(grammar.after(p, (verb(p, "spoke"),), ("with",)))
    assert [t.text for t in found] == ["mayor"]
