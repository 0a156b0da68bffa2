from dateline.codebook.frames import Frame, lexicon


def a(unit, kind="verb", needs=(), negative=False):
    parts = tuple(unit.split())
    return Frame(kind, parts, "AID", (), (), (), frozenset(needs), (), "", negative)


def test_longest_unit_comes_first():
    found = lexicon([a("blow"), a("blow up"), a("blow", negative=True)])
    units = [(f.unit, f.negative) for f in found.verbs["blow"]]
    assert units == [(("blow",), True), (("blow", "up"), False), (("blow",), False)]


def test_vetoes_are_kept_apart():
    found = lexicon([a("heart attack", "phrase"), a("attack", "noun")])
    assert found.vetoes == {"heart": (("heart", "attack"),)}
    assert "attack" in found.nouns


def test_limit():
    assert a("blow").limit("only") == frozenset()
